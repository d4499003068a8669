#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"

namespace termwise::emulator {
namespace {

constexpr std::int64_t kPageUnasked = 0;  // the SDK's "no size": as many as a page may have

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string next_uri(const World& world, std::string_view path, std::int64_t size) {
    const bool v1 = world.options.link_prefix == LinkPrefix::v1 ||
                    (world.options.link_prefix == LinkPrefix::mixed && world.page_count % 2 == 0);
    return fmt::format("{}/{}?size={}&seekOperation=Next", v1 ? "/v1" : "", path, size);
}

Json link(std::string uri, const std::string& token) {
    Json headers = Json::array();
    if (!token.empty()) headers.push_back({{"key", "MS-ContinuationToken"}, {"value", token}});
    return {{"uri", std::move(uri)}, {"method", "GET"}, {"headers", std::move(headers)}};
}

}  // namespace

HttpResponse ok(const Json& body, int status) {
    return {status,
            status == 201   ? "Created"
            : status == 202 ? "Accepted"
                            : "OK",
            {{"Content-Type", "application/json; charset=utf-8"}},
            body.dump()};
}

namespace {

std::string_view reason(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 417:
            return "Expectation Failed";
        case 429:
            return "Too Many Requests";
        case 500:
            return "Internal Server Error";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return "Error";
    }
}

}  // namespace

HttpResponse error(const World& world, int status, int code, std::string_view description, const Json& data) {
    Json body;
    if (world.options.codes_as_text)
        body["code"] = std::to_string(code);
    else
        body["code"] = code;
    body["description"] = description;
    if (!data.is_null()) body["data"] = data;
    body["source"] = "PartnerFD";
    HttpResponse response = ok(body, status);
    response.reason = reason(status);
    return response;
}

HttpResponse account_error(const World& world, int status, int code, std::string_view name,
                           std::string_view message) {
    Json body;
    if (world.options.codes_as_text)
        body["code"] = std::to_string(code);
    else
        body["code"] = code;
    body["message"] = message;
    body["description"] = message;
    body["errorName"] = name;
    body["isRetryable"] = false;
    body["parameters"] = Json::object();
    body["errorMessageExtended"] = fmt::format("InternalErrorCode={}", code);
    HttpResponse response = ok(body, status);
    response.reason = reason(status);
    return response;
}

HttpResponse unknown_path(const World& world) {
    return error(world, 404, 1000, "There is no such resource.");
}

HttpResponse stale(const World& world) {
    switch (world.options.stale_form) {
        case StaleForm::status_412:
            return error(world, 412, 2055, "The etag is not the current one.");
        case StaleForm::status_417:
            return error(world, 417, 800036, "The pre-condition failed.");
        case StaleForm::code_2055:
            break;
    }
    return error(world, 400, 2055, "The etag is not the current one.");
}

Json attributes(std::string_view object_type) { return {{"objectType", object_type}}; }

Json collection(Json items) {
    const std::size_t count = items.size();
    return {{"totalCount", count}, {"items", std::move(items)}, {"attributes", attributes("Collection")}};
}

HttpResponse page(World& world, ApiCall& call, const Json& items, std::string_view path) {
    std::int64_t size = kPageUnasked;
    if (const auto asked = call.parameter("size")) {
        const bool digits = !asked->empty() && asked->size() < 10 &&
                            std::ranges::all_of(*asked, [](char c) { return c >= '0' && c <= '9'; });
        if (!digits) return error(world, 400, 2000, "The size is no number.");
        size = std::stoll(*asked);
    }
    if (size == kPageUnasked || size > world.options.page_cap) size = world.options.page_cap;

    Json rows = items;
    std::string end_marker;
    const std::string token(header_value(call.request->headers, "MS-ContinuationToken"));
    if (call.parameter("seekOperation") && same_text(*call.parameter("seekOperation"), "Next")) {
        const auto stored = world.pages.find(token);
        if (stored == world.pages.end() || call.fault(FaultKind::lost_page) != nullptr)
            return error(world, 400, 2000, "The continuation token is not known.");
        rows = stored->second;
    }
    Json shown = Json::array(), rest = Json::array();
    for (std::size_t i = 0; i < rows.size(); ++i)
        (static_cast<std::int64_t>(i) < size ? shown : rest).push_back(rows[i]);
    // A row that was shown is shown again on the page that follows.
    if (call.fault(FaultKind::double_row) != nullptr && !shown.empty())
        rest.insert(rest.begin(), shown.back());
    const bool endless = call.fault(FaultKind::endless) != nullptr;
    if (endless) rest = rows;
    const bool more = !rest.empty() || call.fault(FaultKind::empty_page) != nullptr;

    Json body{{"totalCount", shown.size()}, {"items", std::move(shown)}};
    body["links"]["self"] = link(fmt::format("/{}?size={}", path, size), {});
    if (more) {
        const std::string next = guid_of(world.options.seed, "page", std::to_string(++world.page_count));
        world.pages[next] = std::move(rest);
        body["links"]["next"] = link(next_uri(world, path, size), next);
        body["continuationToken"] = next;
    }
    body["attributes"] = attributes("Collection");
    return ok(body);
}

const Json* member(const Json& object, std::string_view name) {
    if (!object.is_object()) return nullptr;
    for (const auto& [key, value] : object.items())
        if (same_text(key, name)) return value.is_null() ? nullptr : &value;
    return nullptr;
}

std::string text_of(const Json& object, std::string_view name) {
    const Json* const value = member(object, name);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<std::int64_t> number_of(const Json& object, std::string_view name) {
    const Json* const value = member(object, name);
    if (value == nullptr || !value->is_number_integer()) return std::nullopt;
    return value->get<std::int64_t>();
}

std::optional<bool> flag_of(const Json& object, std::string_view name) {
    const Json* const value = member(object, name);
    if (value == nullptr || !value->is_boolean()) return std::nullopt;
    return value->get<bool>();
}

bool same_text(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower_char, lower_char);
}

bool same_word(std::string_view a, std::string_view b) {
    const auto plain = [](std::string_view text) {
        std::string word;
        for (const char c : text)
            if (c != '_' && c != ' ') word += lower_char(c);
        return word;
    };
    return plain(a) == plain(b);
}

std::string_view status_word(Status status) {
    constexpr std::string_view kWords[]{"pending", "active", "suspended", "expired", "disabled", "deleted"};
    return kWords[static_cast<std::size_t>(status)];
}

std::string billing_word(Period billing) {
    switch (billing.months) {
        case 1:
            return "monthly";
        case 12:
            return "annual";
        case 24:
            return "biennial";
        case 36:
            return "triennial";
        default:
            return "none";
    }
}

std::optional<Period> billing_period(std::string_view word, Period term) {
    if (same_word(word, "monthly")) return Period{1};
    if (same_word(word, "annual")) return Period{12};
    if (same_word(word, "biennial")) return Period{24};
    if (same_word(word, "triennial")) return Period{36};
    if (same_word(word, "one_time")) return term;
    return std::nullopt;
}

std::string term_word(Period term) { return to_short_text(term); }

std::string day_text(Day day) { return to_text(start_of(day)); }

std::string http_date(Instant instant) {
    constexpr std::string_view kDays[]{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    constexpr std::string_view kMonths[]{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = day_of(instant);
    const CivilDate date = to_civil(day);
    const std::int64_t second = instant - start_of(day);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                       kDays[static_cast<std::size_t>(weekday_of(day))], date.day,
                       kMonths[static_cast<std::size_t>(date.month - 1)], date.year, second / 3600,
                       second / 60 % 60, second % 60);
}

}  // namespace termwise::emulator
