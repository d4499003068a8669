// A client for tests of the emulator: says who it is and sends what a good client sends.
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "emulator/emulator.h"
#include "support/drafts.h"

namespace termwise::test {

using Json = nlohmann::ordered_json;

class Client {
  public:
    explicit Client(emulator::Emulator& world) : world_(world) {}

    /// A fresh token for users, or for the application alone.
    std::string token(bool user = true) {
        const emulator::Credentials who = world_.credentials();
        std::string form = "client_id=" + who.client_id + "&client_secret=" + who.client_secret;
        form += user ? "&grant_type=refresh_token&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com"
                       "&scope=openid&refresh_token=" +
                           who.refresh_token
                     : "&grant_type=client_credentials&resource=https%3A%2F%2Fgraph.windows.net";
        const HttpOutcome outcome = world_.handle({"POST",
                                                   base + "/" + who.tenant + "/oauth2/token",
                                                   {{"Content-Type", "application/x-www-form-urlencoded"}},
                                                   form});
        return Json::parse(outcome.response.value().body).at("access_token").get<std::string>();
    }

    /// The outcome of a call below /v1, with ids that were never used.
    HttpOutcome send(const std::string& method, const std::string& path, const Json& body = nullptr,
                     std::vector<HttpHeader> more = {}) {
        if (token_.empty() || world_.now() >= good_until_) use(token());
        const std::string number = std::to_string(++count_);
        HttpRequest request{method,
                            base + "/v1/" + path,
                            {{"Authorization", "Bearer " + token_},
                             {"Accept", "application/json"},
                             {"MS-RequestId", "request-" + (request_id.empty() ? number : request_id)},
                             {"MS-CorrelationId", "correlation-" + number}},
                            body.is_null() ? std::string() : body.dump()};
        request.headers.insert(request.headers.end(), more.begin(), more.end());
        return world_.handle(request);
    }

    /// The answer's body; the status is left in `status`.
    Json call(const std::string& method, const std::string& path, const Json& body = nullptr,
              std::vector<HttpHeader> more = {}) {
        const HttpOutcome outcome = send(method, path, body, std::move(more));
        if (!outcome.response) throw std::runtime_error(method + " " + path + ": " + outcome.detail);
        status = outcome.response->status;
        headers = outcome.response->headers;
        if (outcome.response->body.empty()) return nullptr;
        return Json::parse(outcome.response->body);
    }
    Json get(const std::string& path) { return call("GET", path); }

    /// From now on, for an hour.
    void use(std::string token) {
        token_ = std::move(token);
        good_until_ = world_.now() + 3600;
    }

    std::string base = "https://api.partnercenter.microsoft.com";
    std::string request_id;  ///< instead of a new one
    int status = 0;
    std::vector<HttpHeader> headers;

  private:
    emulator::Emulator& world_;
    std::string token_;
    Instant good_until_;
    int count_ = 0;
};

/// `contoso` (active) with `contoso-e3`, 10 seats of `e3-open` to be moved to `e3-csp`; other licences there.
inline SmallScenario moving_scenario() {
    SmallScenario s;
    s.offer("e3-csp").sku = "SPE_E3";
    return s;
}

}  // namespace termwise::test
