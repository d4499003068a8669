#include "live/token.h"

#include <fmt/format.h>

#include <charconv>

#include "live/answer.h"
#include "live/claims.h"
#include "live/json_access.h"
#include "live/url.h"

namespace termwise::live {
namespace {

/// Asked for anew when less is left, so that no token runs out on its way.
constexpr std::int64_t kEarly_s = 300;
constexpr std::int64_t kUsualLife_s = 3'600;

[[nodiscard]] std::int64_t seconds_in(const Json& body, std::string_view name, std::int64_t otherwise) {
    const std::string text = text_in(body, name);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    return error == std::errc() && end != text.data() && seconds > 0 ? seconds : otherwise;
}

}  // namespace

TokenSource::TokenSource(Transport& transport, TokenSettings settings, Credentials credentials,
                         std::function<Instant()> now, std::function<void(const std::string&)> keep)
    : transport_(transport),
      settings_(std::move(settings)),
      credentials_(std::move(credentials)),
      now_(std::move(now)),
      keep_(std::move(keep)) {}

Reply<std::string> TokenSource::token(TokenKind kind) {
    if (credentials_.refresh_token.empty()) kind = TokenKind::app;
    std::optional<Kept>& kept = kind == TokenKind::user ? user_ : app_;
    if (kept && now_() + kEarly_s < kept->good_until) {
        Reply<std::string> reply;
        reply.value = kept->token;
        return reply;
    }
    return ask(kind);
}

void TokenSource::forget(TokenKind kind) {
    if (credentials_.refresh_token.empty()) kind = TokenKind::app;
    (kind == TokenKind::user ? user_ : app_).reset();
}

Reply<std::string> TokenSource::ask(TokenKind kind) {
    const bool as_user = kind == TokenKind::user;
    HttpRequest request;
    request.method = "POST";
    request.url = fmt::format("{}/{}/oauth2/token", settings_.authority, settings_.partner_tenant);
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = fmt::format("resource={}&client_id={}&client_secret={}",
                               url_encoded(as_user ? settings_.user_resource : settings_.app_resource),
                               url_encoded(credentials_.client_id), url_encoded(credentials_.client_secret));
    request.body += as_user ? fmt::format("&grant_type=refresh_token&refresh_token={}&scope=openid",
                                          url_encoded(credentials_.refresh_token))
                            : "&grant_type=client_credentials";
    const HttpOutcome outcome = transport_.send(request);
    Reply<std::string> reply;
    static_cast<ReplyNote&>(reply) = note_of(outcome);
    // All of it is looked at, for a text may be cut in the middle of a secret.
    if (outcome.response && holds_secret(outcome.response->body)) reply.text.clear();
    if (reply.http_status >= 400 && reply.http_status < 500 && reply.http_status != 429 &&
        reply.http_status != 408) {
        const std::optional<Json> body = parse_body(outcome.response->body);
        std::string text = body ? text_in(*body, "error_description") : std::string();
        if (holds_secret(outcome.response->body)) text.clear();
        reply.reply_class = ReplyClass::locked_out;
        reply.text =
            fmt::format("no access token: {}", text.empty() ? "the credentials are refused"
                                                            : text.substr(0, text.find_first_of("\r\n")));
        return reply;
    }
    if (!reply.ok()) return reply;
    const std::optional<Json> body = parse_body(outcome.response->body);
    reply.value = body ? id_in(*body, "access_token") : std::string();
    if (reply.value.empty()) {
        reply.reply_class = ReplyClass::transient;
        reply.text = "no access token in the answer";
        return reply;
    }
    // Epoch seconds are the server's clock, which need not be ours: the life counts from now.
    const bool is_refused = as_user && lacks_second_factor(reply.value);
    if (!is_refused)
        (as_user ? user_ : app_) = Kept{reply.value, now_() + seconds_in(*body, "expires_in", kUsualLife_s)};
    if (std::string next = id_in(*body, "refresh_token");
        as_user && !next.empty() && next != credentials_.refresh_token) {
        credentials_.refresh_token = std::move(next);
        if (keep_) keep_(credentials_.refresh_token);
    }
    if (is_refused) {
        // Every call for a user would be refused, after others had their effects.
        reply.value.clear();
        reply.reply_class = ReplyClass::locked_out;
        reply.text = kWantsSecondFactor;
    }
    return reply;
}

bool TokenSource::holds_secret(std::string_view text) const {
    const auto holds = [&](std::string_view secret) {
        return !secret.empty() && (text.find(secret) != std::string_view::npos ||
                                   text.find(url_encoded(secret)) != std::string_view::npos);
    };
    return holds(credentials_.client_secret) || holds(credentials_.refresh_token) ||
           (app_ && holds(app_->token)) || (user_ && holds(user_->token));
}

}  // namespace termwise::live
