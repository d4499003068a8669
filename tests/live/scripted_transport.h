// A server that says what a test tells it to, and remembers what it was asked.
#pragma once

#include <deque>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "live/http.h"

namespace termwise::test {

class ScriptedTransport final : public Transport {
  public:
    std::vector<HttpRequest> requests;  ///< without those for tokens
    std::vector<HttpRequest> token_requests;
    std::deque<HttpOutcome> answers;  ///< one for each request
    /// Asked for a token: without this it gives "token-1", "token-2" ... for an hour.
    std::function<HttpOutcome(const HttpRequest&)> token_answer;

    HttpOutcome send(const HttpRequest& request) override {
        if (request.url.find("/oauth2/token") != std::string::npos) {
            token_requests.push_back(request);
            if (token_answer) return token_answer(request);
            return json(200, R"({"expires_in":"3600","access_token":"token-)" +
                                 std::to_string(token_requests.size()) + R"("})");
        }
        requests.push_back(request);
        if (answers.empty()) throw std::logic_error("the test has no answer for " + request.url);
        HttpOutcome answer = answers.front();
        answers.pop_front();
        return answer;
    }

    static HttpOutcome json(int status, std::string body, std::vector<HttpHeader> headers = {}) {
        HttpResponse response;
        response.status = status;
        response.headers = std::move(headers);
        response.body = std::move(body);
        return {std::move(response), NoAnswer::reset, {}};
    }
    static HttpOutcome none(NoAnswer why) { return {std::nullopt, why, "made up"}; }
};

}  // namespace termwise::test
