#include "emulator/server.h"

#include <utility>  // before Asio 1.74, which uses it and does not say so

#include <fmt/format.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "emulator/control.h"

namespace termwise::emulator {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;

constexpr std::uint64_t kMostBody = 64 * 1024 * 1024;
constexpr std::chrono::milliseconds kStopEvery{50};
constexpr std::chrono::seconds kIdle{120};

/// Whether the name in Host is this machine: a page in a browser that was led here under another name is not.
bool is_local_name(std::string_view host) {
    const bool bracketed = host.starts_with('[');
    host = bracketed ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

HttpRequest to_request(const http::request<http::string_body>& received) {
    HttpRequest request;
    request.method = std::string(received.method_string());
    request.url = std::string(received.target());
    for (const auto& field : received)
        request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    request.body = received.body();
    return request;
}

/// The bytes of an answer. Written by hand, because it may have to end anywhere or be no HTTP at all.
std::string to_bytes(const Reply& reply, bool keep_alive) {
    if (reply.garbage) return reply.response.body;
    std::string bytes = fmt::format("HTTP/1.1 {} {}\r\n", reply.response.status, reply.response.reason);
    for (const HttpHeader& header : reply.response.headers)
        bytes += fmt::format("{}: {}\r\n", header.name, header.value);
    bytes += fmt::format("Content-Length: {}\r\nConnection: {}\r\n\r\n", reply.response.body.size(),
                         keep_alive ? "keep-alive" : "close");
    bytes += reply.cut_body ? std::string_view(reply.response.body).substr(0, *reply.cut_body)
                            : std::string_view(reply.response.body);
    return bytes;
}

Reply refuse_host() {
    Reply reply;
    reply.response = {421,
                      "Misdirected Request",
                      {{"Content-Type", "application/json"}},
                      R"({"error":"this emulator answers to 127.0.0.1, [::1] and localhost only"})"};
    return reply;
}

}  // namespace

struct Server::Parts {
    Parts(Emulator& world, const std::optional<Certificate>& given) : emulator(world) {
        if (!given) return;
        tls.emplace(asio::ssl::context::tls_server);
        tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1);
        boost::system::error_code error;
        tls->use_certificate_chain_file(given->chain, error);
        if (error)
            throw std::runtime_error(
                fmt::format("cannot use the certificate {}: {}", given->chain, error.message()));
        tls->use_private_key_file(given->key, asio::ssl::context::pem, error);
        if (error)
            throw std::runtime_error(fmt::format("cannot use the key {}: {}", given->key, error.message()));
    }

    void listen(const std::string& address, std::uint16_t at, bool required) {
        boost::system::error_code error;
        const Tcp::endpoint endpoint(asio::ip::make_address(address), at);
        Tcp::acceptor acceptor(context);
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error && endpoint.protocol() == Tcp::v6()) acceptor.set_option(asio::ip::v6_only(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error) {
            if (required)
                throw std::runtime_error(
                    fmt::format("cannot listen on {}:{}: {}", address, at, error.message()));
            return;
        }
        if (port == 0) port = acceptor.local_endpoint().port();
        acceptors.push_back(std::move(acceptor));
    }

    asio::awaitable<void> accept_from(Tcp::acceptor& acceptor) {
        for (;;) {
            Tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            boost::system::error_code error;
            const Tcp::endpoint from = socket.remote_endpoint(error);
            if (error || !from.address().is_loopback()) continue;
            if (tls)
                asio::co_spawn(context, serve_tls(std::move(socket)), asio::detached);
            else
                asio::co_spawn(context, serve_plain(std::move(socket)), asio::detached);
        }
    }

    asio::awaitable<void> serve_plain(Tcp::socket socket) {
        beast::tcp_stream stream(std::move(socket));
        co_await serve(stream, stream);
    }

    asio::awaitable<void> serve_tls(Tcp::socket socket) {
        beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), *tls);
        beast::tcp_stream& below = beast::get_lowest_layer(stream);
        try {
            below.expires_after(kIdle);
            co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
        } catch (const boost::system::system_error&) {
            co_return;  // somebody who does not trust us, or does not speak TLS
        }
        const bool whole = co_await serve(stream, below);
        if (!whole) co_return;
        try {
            below.expires_after(std::chrono::seconds(1));
            co_await stream.async_shutdown(asio::use_awaitable);
        } catch (const boost::system::system_error&) {
        }
    }

    /// Answers calls of one connection until it ends; whether it ended in good order.
    template <class Stream>
    asio::awaitable<bool> serve(Stream& stream, beast::tcp_stream& below) {
        beast::flat_buffer buffer;
        try {
            for (;;) {
                http::request_parser<http::string_body> parser;
                parser.body_limit(kMostBody);
                below.expires_after(kIdle);
                co_await http::async_read_header(stream, buffer, parser, asio::use_awaitable);
                if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
                    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
                    co_await asio::async_write(stream, asio::buffer(kContinue.data(), kContinue.size()),
                                               asio::use_awaitable);
                }
                co_await http::async_read(stream, buffer, parser, asio::use_awaitable);
                const http::request<http::string_body> received = parser.release();
                const Reply reply = answer(received);
                if (reply.no_answer) {
                    reset(below);
                    co_return false;
                }
                if (reply.delay_seconds > 0) {
                    below.expires_never();
                    asio::steady_timer timer(context, std::chrono::seconds(reply.delay_seconds));
                    co_await timer.async_wait(asio::use_awaitable);
                }
                const bool keep_alive = received.keep_alive() && !reply.cut_body && !reply.garbage;
                const std::string bytes = to_bytes(reply, keep_alive);
                below.expires_after(kIdle);
                co_await asio::async_write(stream, asio::buffer(bytes), asio::use_awaitable);
                if (reply.cut_body) {
                    // What was written must be seen before the connection breaks.
                    below.socket().shutdown(Tcp::socket::shutdown_send);
                    co_return false;
                }
                if (!keep_alive) break;
            }
        } catch (const boost::system::system_error&) {
            co_return false;  // the client left, or what it sent is no HTTP
        }
        co_return true;
    }

    Reply answer(const http::request<http::string_body>& received) {
        const auto host = received[http::field::host];
        if (!is_local_name({host.data(), host.size()})) return refuse_host();
        const HttpRequest request = to_request(received);
        if (!is_control(request)) return emulator.answer(request);
        Reply reply;
        reply.response = control(emulator, request);
        return reply;
    }

    /// Closes it so that the other side hears of a reset and not of an end.
    static void reset(beast::tcp_stream& stream) {
        boost::system::error_code ignored;
        stream.socket().set_option(asio::socket_base::linger(true, 0), ignored);
        stream.socket().close(ignored);
    }

    asio::awaitable<void> watch(const std::atomic<bool>& stop) {
        asio::steady_timer timer(context);
        while (!stop) {
            timer.expires_after(kStopEvery);
            co_await timer.async_wait(asio::use_awaitable);
        }
        context.stop();
    }

    Emulator& emulator;
    asio::io_context context{1};
    std::optional<asio::ssl::context> tls;
    std::vector<Tcp::acceptor> acceptors;
    std::uint16_t port = 0;
};

Server::Server(Emulator& emulator, std::uint16_t port, const std::optional<Certificate>& certificate)
    : parts_(std::make_unique<Parts>(emulator, certificate)) {
    parts_->listen("127.0.0.1", port, true);
    parts_->listen("::1", parts_->port, false);
}

Server::~Server() = default;

std::string Server::base_url() const {
    return parts_->tls ? fmt::format("https://localhost:{}", parts_->port)
                       : fmt::format("http://127.0.0.1:{}", parts_->port);
}

void Server::run(const std::atomic<bool>& stop) {
    for (Tcp::acceptor& acceptor : parts_->acceptors)
        asio::co_spawn(parts_->context, parts_->accept_from(acceptor), asio::detached);
    asio::co_spawn(parts_->context, parts_->watch(stop), asio::detached);
    parts_->context.run();
}

}  // namespace termwise::emulator
