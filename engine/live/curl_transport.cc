#include "live/curl_transport.h"

#include <curl/curl.h>

#include <new>

#include "live/url.h"

namespace termwise {
namespace {

/// libcurl wants to be set up once a process, before threads.
struct CurlLibrary {
    CurlLibrary() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~CurlLibrary() { curl_global_cleanup(); }
};

/// An answer as it comes in.
struct Incoming {
    HttpResponse response;
    std::size_t most_body_bytes = 0;
    bool is_too_large = false;
};

constexpr std::size_t kMostHeaderBytes = std::size_t{1} << 20U;

std::size_t take_body(const char* bytes, std::size_t size, std::size_t count, void* user) {
    auto& incoming = *static_cast<Incoming*>(user);
    if (incoming.response.body.size() + size * count > incoming.most_body_bytes) {
        incoming.is_too_large = true;
        return 0;  // ends the transfer
    }
    incoming.response.body.append(bytes, size * count);
    return size * count;
}

std::size_t take_header(const char* bytes, std::size_t size, std::size_t count, void* user) {
    auto& incoming = *static_cast<Incoming*>(user);
    std::string_view line(bytes, size * count);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        // A new beginning: "100 Continue" comes before the real one.
        incoming.response.headers.clear();
        const std::size_t status = line.find(' ');
        const std::size_t reason = status == std::string_view::npos ? status : line.find(' ', status + 1);
        incoming.response.reason =
            reason == std::string_view::npos ? std::string() : std::string(line.substr(reason + 1));
        return size * count;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return size * count;
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    incoming.response.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
    std::size_t total = 0;
    for (const HttpHeader& header : incoming.response.headers)
        total += header.name.size() + header.value.size();
    if (total <= kMostHeaderBytes) return size * count;
    incoming.is_too_large = true;
    return 0;
}

[[nodiscard]] NoAnswer reason_of(CURLcode code, bool is_too_large) {
    if (is_too_large) return NoAnswer::too_large;
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_CONNECT:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT:
            return NoAnswer::refused;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_USE_SSL_FAILED:
            return NoAnswer::tls;
        case CURLE_OPERATION_TIMEDOUT:
            return NoAnswer::timed_out;
        case CURLE_PARTIAL_FILE:
            return NoAnswer::truncated;
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_HTTP2:
            return NoAnswer::malformed;
        default:
            return NoAnswer::reset;
    }
}

}  // namespace

struct CurlTransport::Handle {
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    ~Handle() {
        curl_slist_free_all(headers);
        curl_easy_cleanup(easy);
    }
};

CurlTransport::CurlTransport(CurlSettings settings)
    : settings_(std::move(settings)), handle_(std::make_unique<Handle>()) {
    static const CurlLibrary kLibrary;
    handle_->easy = curl_easy_init();
    if (handle_->easy == nullptr) throw std::bad_alloc();
}

CurlTransport::~CurlTransport() = default;

HttpOutcome CurlTransport::send(const HttpRequest& request) {
    HttpOutcome outcome;
    if (!live::is_safe_origin(request.url)) {
        outcome.no_answer = NoAnswer::tls;
        outcome.detail = "only https is spoken, or http with this machine";
        return outcome;
    }
    CURL* curl = handle_->easy;
    curl_easy_reset(curl);  // connections stay
    curl_slist_free_all(handle_->headers);
    handle_->headers = nullptr;
    const auto add_header = [&](const std::string& line) {
        handle_->headers = curl_slist_append(handle_->headers, line.c_str());
    };
    for (const HttpHeader& header : request.headers) add_header(header.name + ": " + header.value);
    add_header("Expect:");  // nobody needs the round trip

    Incoming incoming;
    incoming.most_body_bytes = settings_.most_body_bytes;
    char error[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, handle_->headers);
    if (!request.body.empty() || request.method == "POST" || request.method == "PATCH") {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, settings_.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_timeout_ms));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout_ms));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);

    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        incoming.response.status = static_cast<int>(status);
        outcome.response = std::move(incoming.response);
        return outcome;
    }
    outcome.no_answer = reason_of(code, incoming.is_too_large);
    outcome.detail = error[0] != '\0' ? error : curl_easy_strerror(code);
    return outcome;
}

}  // namespace termwise
