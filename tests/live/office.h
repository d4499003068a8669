// The adapter in front of a scripted server, for tests of its calls.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "live/partner_center.h"
#include "live/scripted_transport.h"

namespace termwise::test {

inline constexpr const char* kTenant = "33333333-3333-4333-8333-333333333333";
inline const std::string kCustomer = "https://api.example.test/v1/customers/" + std::string(kTenant);

/// An adapter in front of a scripted server.
struct Office {
    ScriptedTransport server;
    int guids = 0;
    live::TokenSource tokens{
        server,
        {"https://login.example.test", "tenant", "https://user.test", "https://app.test"},
        {"client", "s3cret", "refresh"},
        [] { return Instant{1'900'000'000}; },
        {}};
    live::PartnerCenter partner{server, tokens, {"https://api.example.test", "DE"}, [this] {
                                    return "guid-" + std::to_string(++guids);
                                }};

    void says(int status, std::string body, std::vector<HttpHeader> headers = {}) {
        server.answers.push_back(ScriptedTransport::json(status, std::move(body), std::move(headers)));
    }
    [[nodiscard]] const HttpRequest& asked(std::size_t number = 0) const {
        return server.requests.at(number);
    }
    [[nodiscard]] std::string line(std::size_t number = 0) const {
        return asked(number).method + " " + asked(number).url;
    }
    [[nodiscard]] std::string header(std::string_view name, std::size_t number = 0) const {
        return std::string(header_value(asked(number).headers, name));
    }
    [[nodiscard]] live::Json body(std::size_t number = 0) const {
        return live::Json::parse(asked(number).body);
    }
    /// The token of the last request was for a user, or for the application.
    [[nodiscard]] bool as_user() const {
        return server.token_requests.back().body.find("grant_type=refresh_token") != std::string::npos;
    }
};

inline const CallId kId{"11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222",
                        "correlation-2"};

/// A page of a list, as the service writes it, with a link to the next one.
inline std::string page(std::string_view rows, std::string_view next = {}, std::string_view token = {}) {
    std::string text = R"({"items":[)" + std::string(rows) + "]";
    if (!next.empty()) {
        text += R"(,"links":{"next":{"uri":")" + std::string(next) + R"(","method":"GET","headers":[)";
        if (!token.empty())
            text += R"({"key":"MS-ContinuationToken","value":")" + std::string(token) + R"("})";
        text += "]}}";
    }
    return text + "}";
}

}  // namespace termwise::test
