// Tokens (partner-center reference 1): app-only and App+User, told apart by the grant; lifetimes by the clock
// of the emulator. They look like JWTs and their claims can be read; what they are worth stands in World.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/emulator.h"

namespace termwise::emulator {
namespace {

constexpr std::int64_t kBeforeIssue = 300;  // validity starts so long before, for clocks that differ

std::string base64url(std::string_view bytes) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) text += kLetters[bits >> (count - 6) & 63];
    }
    if (count > 0) text += kLetters[bits << (6 - count) & 63];
    return text;
}

std::string form_value(std::string_view body, std::string_view name) {
    while (!body.empty()) {
        const std::size_t end = body.find('&');
        const std::string_view pair = body.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            std::string value;
            const std::string_view raw = pair.substr(equals + 1);
            for (std::size_t i = 0; i < raw.size(); ++i) {
                if (raw[i] == '%' && i + 2 < raw.size()) {
                    value += static_cast<char>(
                        std::strtol(std::string(raw.substr(i + 1, 2)).c_str(), nullptr, 16));
                    i += 2;
                } else {
                    value += raw[i] == '+' ? ' ' : raw[i];
                }
            }
            return value;
        }
        body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    }
    return {};
}

HttpResponse refusal(int status, std::string_view name, std::string_view description) {
    HttpResponse response = ok({{"error", name}, {"error_description", description}}, status);
    response.reason = status == 401 ? "Unauthorized" : "Bad Request";
    return response;
}

/// What the token is for: `resource` of the first version, or the `scope` of the second without its ending.
std::string audience_of(std::string_view body) {
    std::string resource = form_value(body, "resource");
    const std::string scope = form_value(body, "scope");
    if (resource.empty() && scope.find("/.default") != std::string::npos)
        resource = scope.substr(0, scope.find("/.default"));
    while (!resource.empty() && resource.back() == '/') resource.pop_back();
    return resource;
}

/// Faults that are an answer of this endpoint.
std::optional<HttpResponse> struck(const ApiCall& call) {
    if (const Fault* fault = call.fault(FaultKind::server_error)) {
        HttpResponse response = refusal(fault->argument < 0 ? 503 : static_cast<int>(fault->argument),
                                        "temporarily_unavailable", "Try again later.");
        response.reason = "Service Unavailable";
        return response;
    }
    if (const Fault* fault = call.fault(FaultKind::throttle)) {
        HttpResponse response = refusal(429, "temporarily_unavailable", "Too many requests.");
        response.reason = "Too Many Requests";
        response.headers.push_back(
            {"Retry-After", std::to_string(fault->argument < 0 ? 60 : fault->argument)});
        return response;
    }
    if (call.fault(FaultKind::refused) != nullptr)
        return refusal(400, "invalid_grant", "The grant is not valid any more.");
    return std::nullopt;
}

std::string issue(World& world, const Token& token, const std::string& client) {
    Json claims{{"aud", token.audience},
                {"iss", "https://sts.windows.net/" + world.binding.partner_tenant + "/"},
                {"iat", token.from.seconds},
                {"nbf", token.from.seconds - kBeforeIssue},
                {"exp", token.until.seconds},
                {"appid", client},
                {"tid", world.binding.partner_tenant},
                {"uti", guid_of(world.options.seed, "token", std::to_string(++world.token_count))}};
    if (token.user) {
        claims["oid"] = guid_of(world.options.seed, "partner user", "");
        claims["amr"] = token.multi_factor ? Json{"pwd", "mfa"} : Json{"pwd"};
    }
    const std::string text =
        base64url(R"({"typ":"JWT","alg":"none"})") + "." + base64url(claims.dump()) + "." +
        base64url(guid_of(world.options.seed, "signature", std::to_string(world.token_count)));
    world.tokens[text] = token;
    return text;
}

}  // namespace

HttpResponse post_token(World& world, ApiCall& call) {
    const std::string_view body = call.request->body;
    if (auto answer = struck(call)) return *answer;
    if (!same_text(call.segments[0], world.binding.partner_tenant))
        return refusal(400, "invalid_request", "There is no such tenant.");
    const std::string client = form_value(body, "client_id");
    if (!same_text(client, guid_of(world.options.seed, "client", "")) ||
        form_value(body, "client_secret") != guid_of(world.options.seed, "client secret", ""))
        return refusal(401, "invalid_client", "The client or its secret is not known.");
    const std::string grant = form_value(body, "grant_type");
    Token token;
    token.from = world.now;
    token.until = world.now + world.options.token_lifetime;
    token.audience = audience_of(body);
    if (token.audience.empty()) return refusal(400, "invalid_resource", "No resource is named.");
    std::string next_refresh;
    if (grant == "refresh_token") {
        // They are GUIDs here, and answers may have come with capitals.
        const std::string refresh = lower(form_value(body, "refresh_token"));
        const auto known = world.refresh_tokens.find(refresh);
        if (known == world.refresh_tokens.end())
            return refusal(400, "invalid_grant", "The refresh token is not known.");
        token.user = true;
        token.multi_factor = known->second && world.multi_factor && call.fault(FaultKind::mfa) == nullptr;
        if (world.options.rotate_refresh_token) {
            next_refresh =
                guid_of(world.options.seed, "refresh token", std::to_string(++world.refresh_count));
            world.refresh_tokens[next_refresh] = known->second;
        }
    } else if (grant != "client_credentials") {
        return refusal(400, "unsupported_grant_type", "This grant cannot be used here.");
    }
    const std::string lifetime = std::to_string(world.options.token_lifetime);
    Json answer{{"token_type", "Bearer"}};
    if (token.user) answer["scope"] = "user_impersonation";
    answer["expires_in"] = lifetime;
    answer["ext_expires_in"] = lifetime;
    answer["expires_on"] = std::to_string(token.until.seconds);
    answer["not_before"] = std::to_string(token.from.seconds - kBeforeIssue);
    answer["resource"] = token.audience;
    answer["access_token"] = issue(world, token, client);
    if (!next_refresh.empty()) answer["refresh_token"] = next_refresh;
    return ok(answer);
}

}  // namespace termwise::emulator
