// HTTP as plain values, and whoever carries them: a socket (curl_transport.h), or an emulator in the same
// process. Requests are whole before they are sent and answers whole when they come; bodies are bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace termwise {

struct HttpHeader {
    std::string name;
    std::string value;

    friend bool operator==(const HttpHeader&, const HttpHeader&) = default;
};

struct HttpRequest {
    std::string method;  ///< "GET"
    std::string url;     ///< absolute, encoded: "https://host[:port]/v1/customers?size=500"
    std::vector<HttpHeader> headers;
    std::string body;
};

struct HttpResponse {
    int status = 0;
    std::string reason;  ///< empty where the protocol has none
    std::vector<HttpHeader> headers;
    std::string body;
};

/// Why there is no answer. Except for `refused` and `tls` the request may have been carried out.
enum class NoAnswer : std::uint8_t {
    refused,    ///< no connection was made: nothing was sent
    tls,        ///< the other side is not who it should be, or not encrypted: nothing was sent
    reset,      ///< the connection broke after something was sent
    truncated,  ///< the answer began and did not end
    timed_out,
    too_large,  ///< more than an answer may have
    malformed,  ///< not HTTP
};

/// What became of a request: an answer, or why there is none.
struct HttpOutcome {
    std::optional<HttpResponse> response;
    NoAnswer no_answer = NoAnswer::reset;  ///< only without a response
    std::string detail;                    ///< in words, for a log; no secrets
};

class Transport {
  public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual HttpOutcome send(const HttpRequest& request) = 0;
};

/// The value of the first header of that name, whatever its case; of a doubled value ("a,a") the first
/// element (partner-center reference 2.3). Empty if there is none.
[[nodiscard]] std::string_view header_value(const std::vector<HttpHeader>& headers, std::string_view name);

}  // namespace termwise
