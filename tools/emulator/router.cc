// From a request to a reply: what is asked, who asks, what goes wrong on request, what is written down.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/checks.h"
#include "emulator/lifecycle.h"
#include "emulator/people.h"

namespace termwise::emulator {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::string_view kPartnerAudience = "https://api.partnercenter.microsoft.com";
constexpr std::string_view kGraphAudience = "https://graph.windows.net";
constexpr std::string_view kPriceAudience = "https://api.partner.microsoft.com";

std::string decoded(std::string_view text, bool plus_is_blank) {
    const auto hex = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
            result += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            result += plus_is_blank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash != 0) segments.push_back(decoded(path.substr(0, slash), false));
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return segments;
}

ApiCall understand(const HttpRequest& request) {
    ApiCall call;
    call.request = &request;
    call.method = request.method;
    for (char& c : call.method)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    std::string_view url = request.url;
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
        const std::size_t slash = url.find('/', scheme + 3);
        url = slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
    }
    url = url.substr(0, url.find('#'));
    const std::size_t mark = url.find('?');
    call.raw_path = url.substr(0, mark);
    call.path = decoded(call.raw_path, false);
    call.segments = split_path(call.raw_path);
    std::string_view query = mark == std::string_view::npos ? std::string_view() : url.substr(mark + 1);
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        call.query.emplace_back(
            decoded(pair.substr(0, equals), true),
            equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1), true));
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    }
    call.request_id = lower(header_value(request.headers, "MS-RequestId"));
    call.correlation_id = lower(header_value(request.headers, "MS-CorrelationId"));
    return call;
}

bool fits(std::string_view pattern, const std::vector<std::string>& segments, std::size_t first,
          std::map<std::string, std::string>& parts) {
    std::map<std::string, std::string> found;
    for (std::size_t i = first; i < segments.size(); ++i) {
        if (pattern.empty()) return false;
        const std::size_t slash = pattern.find('/');
        const std::string_view word = pattern.substr(0, slash);
        if (word.front() == '{')
            found[std::string(word.substr(1, word.size() - 2))] = segments[i];
        else if (!same_text(word, segments[i]))
            return false;
        pattern = slash == std::string_view::npos ? std::string_view() : pattern.substr(slash + 1);
    }
    if (!pattern.empty()) return false;
    parts = std::move(found);
    return true;
}

std::string scope_of(const ApiCall& call) {
    return call.segments.size() > 2 && same_text(call.segments[1], "customers") ? lower(call.segments[2])
                                                                                : std::string();
}

HttpResponse throttled(World& world, const std::string& scope, std::int64_t seconds) {
    Instant& until = world.not_before[scope];
    until = std::max(until, world.now + seconds);
    HttpResponse response = ok(
        {{"statusCode", 429}, {"message", fmt::format("Try again in {} seconds.", until - world.now)}}, 429);
    response.reason = "Too Many Requests";
    response.headers.push_back({"Retry-After", std::to_string(until - world.now)});
    return response;
}

/// Retry-After windows and the rate. Nothing if the call may pass.
std::optional<HttpResponse> throttle(World& world, const ApiCall& call) {
    const std::string scope = scope_of(call);
    const auto window = world.not_before.find(scope);
    if (window != world.not_before.end()) {
        if (world.now < window->second) {
            violate(world, call, "a call before the time that Retry-After named");
            return throttled(world, scope, window->second - world.now + kMinute / 2);
        }
        world.not_before.erase(window);
    }
    if (world.options.rate_limit == 0) return std::nullopt;
    std::vector<Instant>& recent = world.recent[scope];
    std::erase_if(recent, [&](Instant at) { return world.now - at >= kMinute; });
    recent.push_back(world.now);  // those that are refused count as well
    if (static_cast<std::int64_t>(recent.size()) <= world.options.rate_limit) return std::nullopt;
    return throttled(world, scope, kMinute - (world.now - recent.front()));
}

HttpResponse mfa_required() {
    return {401, "Unauthorized - MFA required", {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}}, ""};
}

HttpResponse token_refused(World& world, const ApiCall& call, Token& token) {
    if (token.refused) violate(world, call, "a token that was refused before");
    token.refused = true;
    return error(world, 401, 400, "Access denied: the token has expired.");
}

/// Who asks. Nothing if the token is good for this call.
std::optional<HttpResponse> authorise(World& world, ApiCall& call, Needs needs) {
    const std::string_view value = header_value(call.request->headers, "Authorization");
    if (value.size() < 8 || !same_text(value.substr(0, 7), "Bearer "))
        return error(world, 401, 800001, "The partner token is missing.");
    const auto found = world.tokens.find(std::string(value.substr(7)));
    if (found == world.tokens.end()) return error(world, 401, 400, "Access denied: the token is not valid.");
    Token& token = found->second;
    if (call.fault(FaultKind::expired_token) != nullptr) token.revoked = true;
    if (token.revoked || world.now >= token.until) return token_refused(world, call, token);
    const bool price_sheet = needs == Needs::price_host;
    const bool audience_fits = token.audience == (price_sheet ? kPriceAudience : kPartnerAudience) ||
                               (!token.user && !price_sheet && token.audience == kGraphAudience);
    if (!audience_fits) return error(world, 401, 400, "Access denied: the token is for another resource.");
    if (call.fault(FaultKind::mfa) != nullptr) token.multi_factor = false;
    if (token.user && !token.multi_factor) return mfa_required();
    call.user_token = token.user;
    if (call.fault(FaultKind::app_only) != nullptr)
        return error(world, 403, 900329, "This resource does not take app-only tokens.");
    if (call.fault(FaultKind::wrong_token) != nullptr || (!token.user && needs == Needs::licences))
        return error(world, 400, 900316, "The token is of the wrong type.");
    if (!token.user && price_sheet) return error(world, 400, 900329, "An app-only token does not do.");
    if (!token.user && needs != Needs::either)
        return error(world, 403, 900329, "This resource does not take app-only tokens.");
    return std::nullopt;
}

HttpResponse no_relationship(const World& world) {
    return world.options.foreign_is_404
               ? error(world, 404, 20000, "There is no such customer.")
               : error(world, 403, 20002, "There is no commerce relationship with this customer.");
}

/// The customer of the path, if the partner has one.
std::optional<HttpResponse> find_customer(World& world, ApiCall& call, Needs needs) {
    const auto part = call.parts.find("c");
    if (part == call.parts.end()) return std::nullopt;
    call.tenant = world.tenant(lower(part->second));
    if (call.tenant == nullptr || !call.tenant->related) return no_relationship(world);
    if ((needs == Needs::delegated || needs == Needs::licences) && !call.tenant->delegated)
        return error(world, 403, 900308, "Insufficient privileges in the customer's tenant.");
    const auto s = call.parts.find("s");
    if (s == call.parts.end()) return std::nullopt;
    Sub* const sub = world.sub(lower(s->second));
    if (sub == nullptr || sub->customer != call.tenant->id || sub->channel == Channel::person || !sub->listed)
        return error(world, 404, 20003, "There is no such subscription.");
    call.sub = sub;
    return std::nullopt;
}

HttpResponse plain(int status, std::string reason, std::string_view type, std::string body) {
    return {status, std::move(reason), {{"Content-Type", std::string(type)}}, std::move(body)};
}

HttpResponse server_error(const World& world, const Fault& fault) {
    const int status = fault.argument < 0 ? 503 : static_cast<int>(fault.argument);
    if (fault.text == "html")
        return plain(status, "Error", "text/html",
                     "<html><head><title>Service unavailable</title></head><body>Oops</body></html>");
    if (fault.text == "empty") return plain(status, "Error", "text/plain", "");
    return error(world, status, status == 500 ? 800005 : 800003, "Something went wrong here.");
}

/// Faults that are an answer by themselves. Nothing is carried out.
std::optional<HttpResponse> refuse(World& world, const ApiCall& call) {
    const auto or_else = [](const Fault& fault, int code) {
        return fault.argument < 0 ? code : static_cast<int>(fault.argument);
    };
    for (const Fault& fault : call.faults) switch (fault.kind) {
            case FaultKind::throttle:
                return throttled(world, scope_of(call), or_else(fault, 60));
            case FaultKind::server_error:
                return server_error(world, fault);
            case FaultKind::conflict:
                return error(world, 409, or_else(fault, 900278), "Another operation is still running.");
            case FaultKind::refused:
                return error(world, fault.text.empty() ? 400 : std::atoi(fault.text.c_str()),
                             or_else(fault, 800002), "The call is refused.");
            case FaultKind::stale:
                return stale(world);
            case FaultKind::no_agreement:
                return error(world, 403, 13605, "The customer has not accepted the agreement.");
            case FaultKind::rotated:
                ++world.rotation;
                return error(world, 404, 400019, "There is no such availability.");
            case FaultKind::expired_cart: {
                const auto cart = call.parts.find("cart");
                if (call.tenant != nullptr && cart != call.parts.end())
                    call.tenant->carts.erase(lower(cart->second));
                return error(world, 404, 800008, "The cart cannot be retrieved.");
            }
            case FaultKind::no_stock:
                return error(world, 400, 60012, "There are no licences left.",
                             Json::array({"LicenseQuotaExceededException : no licences left"}));
            case FaultKind::usage_location:
                return error(world, 400, 60000, "The usage location of the user is not valid.");
            default:
                break;
        }
    return std::nullopt;
}

/// Faults that are others' doing, before the call.
void meddle(World& world, ApiCall& call) {
    if (call.fault(FaultKind::lost_update) != nullptr && call.sub != nullptr &&
        call.sub->status == Status::active)
        seats_changed_by_other(world, *call.sub, call.sub->quantity + 1);
    if (call.fault(FaultKind::relationship_gone) != nullptr && call.tenant != nullptr)
        call.tenant->related = false;
    if (call.fault(FaultKind::user_gone) != nullptr && call.tenant != nullptr && call.parts.contains("u"))
        delete_user_by_other(world, *call.tenant, lower(call.parts["u"]));
}

bool is_token_call(const ApiCall& call) {
    return call.segments.size() >= 3 && same_text(call.segments[1], "oauth2") &&
           same_text(call.segments.back(), "token");
}

/// After which answers the same call may come with the same id: where it is documented that one tries again.
bool repeatable(int status) {
    return status == 401 || status == 408 || status == 412 || status == 429 || status >= 500;
}

HttpResponse dispatch(World& world, ApiCall& call) {
    if (is_token_call(call)) return call.method == "POST" ? post_token(world, call) : unknown_path(world);
    check_headers(world, call);
    if (auto response = throttle(world, call)) return *response;
    const Route* route = nullptr;
    if (!call.segments.empty() && same_text(call.segments[0], "v1"))
        for (const Route& candidate : routes())
            if (candidate.method == call.method && fits(candidate.pattern, call.segments, 1, call.parts)) {
                route = &candidate;
                break;
            }
    static constexpr Route kPrices{"GET", "", Needs::price_host, get_price_sheet};
    static constexpr Route kMatrix{"GET", "", Needs::price_host, get_offer_matrix};
    if (route == nullptr && call.method == "GET" && matches("/v1.0/sales/pricesheets(*)/$value", call.path))
        route = &kPrices;
    if (route == nullptr && call.method == "GET" && matches("/v1.0/sales/offermatrix(*)/$value", call.path))
        route = &kMatrix;
    if (auto response = authorise(world, call, route == nullptr ? Needs::either : route->needs))
        return *response;
    if (route == nullptr) return unknown_path(world);
    if (auto missing = find_customer(world, call, route->needs)) return *missing;
    meddle(world, call);
    if (call.tenant != nullptr && !call.tenant->related) return no_relationship(world);
    if (call.wrong_body) return error(world, 400, 800002, "The body is no JSON.");
    if (auto response = refuse(world, call)) return *response;
    const auto replayed = world.answers.find(call.request_id);
    if (world.options.request_id == IdRepeat::replay && call.method != "GET" && !call.request_id.empty() &&
        replayed != world.answers.end() && replayed->second.response.status != 0 &&
        replayed->second.what == call.method + " " + lower(call.path))
        return replayed->second.response;
    if (call.fault(FaultKind::inner_error) != nullptr && route->handler != post_upgrade &&
        route->handler != post_transition)
        return ok({{"code", 400072}, {"description", "The item is not available."}});
    return route->handler(world, call);
}

/// `carried_out` is the answer as it was made; `seen` its status as it went out, 0 if it did not.
void note_answer(World& world, const ApiCall& call, const HttpResponse& carried_out, int seen) {
    if (call.request_id.empty() || is_token_call(call)) return;
    StoredAnswer& stored = world.answers[call.request_id];
    stored.what = call.method + " " + lower(call.path);
    stored.repeatable = seen == 0 || repeatable(seen);
    // What is carried out is remembered, whether its answer arrived or not; what was refused may come again.
    const bool done = carried_out.status >= 200 && carried_out.status < 300;
    if (done && call.method != "GET" && call.fault(FaultKind::ignored) == nullptr)
        stored.response = carried_out;
}

void strike(World& world, ApiCall& call) {
    const std::string scope = scope_of(call);
    for (ArmedFault& armed : world.faults) {
        const Fault& fault = armed.fault;
        if (!fault.method.empty() && !same_text(fault.method, call.method)) continue;
        if (!fault.path.empty() && !matches(fault.path, call.path)) continue;
        if (!fault.customer.empty() && !same_text(fault.customer, scope)) continue;
        if (++armed.seen < fault.nth || (fault.times > 0 && armed.struck >= fault.times)) continue;
        ++armed.struck;
        call.faults.push_back(fault);
    }
}

}  // namespace

const Fault* ApiCall::fault(FaultKind kind) const {
    const auto found = std::ranges::find(faults, kind, &Fault::kind);
    return found == faults.end() ? nullptr : &*found;
}

std::optional<std::string> ApiCall::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (same_text(key, name)) return value;
    return std::nullopt;
}

Reply answer_call(World& world, const HttpRequest& request) {
    ApiCall call = understand(request);
    call.number = static_cast<std::int64_t>(world.ledgers.calls.size()) + 1;
    if (!request.body.empty() && !is_token_call(call)) {
        std::string_view body = request.body;
        if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
        call.body = Json::parse(body, nullptr, false);
        // Where no body is documented some client's dummy text is no mistake.
        call.wrong_body = call.body.is_discarded() && !matches("*/checkout", call.path);
        if (call.body.is_discarded()) call.body = nullptr;
    }
    strike(world, call);
    Reply reply;
    if (call.fault(FaultKind::lost_request) != nullptr) {
        reply.no_answer = true;
    } else if (call.fault(FaultKind::ignored) != nullptr) {
        // As if: what it does is done in a world that is thrown away.
        World elsewhere = world;
        ApiCall as_if = understand(request);
        as_if.number = call.number;
        as_if.body = call.body;
        reply.response = dispatch(elsewhere, as_if);
        world.violations = std::move(elsewhere.violations);
        world.correlations = std::move(elsewhere.correlations);
        world.tokens = std::move(elsewhere.tokens);
    } else {
        reply.response = dispatch(world, call);
    }
    const HttpResponse carried_out = reply.response;
    distort(world, call, reply);
    const bool answered = !reply.no_answer && !reply.cut_body && reply.delay_seconds == 0 && !reply.garbage;
    note_answer(world, call, carried_out, answered ? reply.response.status : 0);
    if (!call.effect.empty()) write_audit(world, call, true);

    std::string struck;
    for (const Fault& fault : call.faults) struck += (struck.empty() ? "" : ";") + to_text(fault);
    world.ledgers.calls.push_back({call.number, world.now, call.method, request.url, call.request_id,
                                   call.correlation_id, answered ? reply.response.status : 0, struck});
    if (call.method != "GET" && !is_token_call(call))
        world.ledgers.mutations.push_back({call.number, world.now, call.method, lower(call.path),
                                           call.request_id, carried_out.status, answered, call.effect});
    return reply;
}

}  // namespace termwise::emulator
