// The wire: what every answer carries, and what goes wrong with it on request.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"

namespace termwise::emulator {
namespace {

constexpr std::int64_t kHugeBytes = 100'000'000;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_guid_at(const std::string& text, std::size_t at) {
    constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (at + kShape.size() > text.size()) return false;
    for (std::size_t i = 0; i < kShape.size(); ++i)
        if (kShape[i] == 'x' ? !is_hex(text[at + i]) : text[at + i] != '-') return false;
    return true;
}

void raise_guids(std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_guid_at(text, i)) continue;
        for (std::size_t end = i + 36; i < end; ++i)
            if (text[i] >= 'a' && text[i] <= 'f') text[i] = static_cast<char>(text[i] - 'a' + 'A');
    }
}

/// As other versions of the service write: names in PascalCase, members nobody knows, codes as text.
Json noisy(const Json& value) {
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& item : value) list.push_back(noisy(item));
        return list;
    }
    if (!value.is_object()) return value;
    Json object = Json::object();
    for (const auto& [key, inner] : value.items()) {
        std::string name = key;
        if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
            name[0] = static_cast<char>(name[0] - 'a' + 'A');
        if (same_text(key, "links")) continue;
        if (same_text(key, "code") && inner.is_number_integer())
            object[name] = std::to_string(inner.get<std::int64_t>());
        else if (same_text(key, "contractType"))
            object[name] = "something_new";
        else if (same_text(key, "status") && inner == "Started")
            object[name] = "Started ";
        else
            object[name] = noisy(inner);
    }
    object["ClientFlags"] = {{"seen", true}};
    return object;
}

/// The same shape with other types: numbers become texts, texts numbers, lists objects.
Json retyped(const Json& value) {
    if (value.is_string()) return 7;
    if (value.is_number() || value.is_boolean()) return "seven";
    if (value.is_array()) return Json{{"0", value.empty() ? Json(nullptr) : retyped(value[0])}};
    if (!value.is_object()) return Json::array();
    Json object = Json::object();
    for (const auto& [key, inner] : value.items()) object[key] = retyped(inner);
    return object;
}

std::size_t after(const Fault& fault, std::size_t by_default) {
    return fault.argument < 0 ? by_default : static_cast<std::size_t>(fault.argument);
}

void add_headers(const World& world, const ApiCall& call, HttpResponse& response, std::int64_t ahead) {
    std::vector<HttpHeader> headers{
        {"Date", http_date(world.now + ahead)},
        {"MS-RequestId", call.request_id.empty()
                             ? guid_of(world.options.seed, "request", std::to_string(call.number))
                             : call.request_id},
        {"MS-CorrelationId", call.correlation_id.empty()
                                 ? guid_of(world.options.seed, "correlation", std::to_string(call.number))
                                 : call.correlation_id},
        {"X-Locale", "en-US"},
        {"MS-ServerId", "emulator"}};
    headers.insert(headers.end(), response.headers.begin(), response.headers.end());
    response.headers = std::move(headers);
}

void make_noise(HttpResponse& response) {
    for (HttpHeader& header : response.headers)
        if (header.name == "X-Locale" || header.name.starts_with("MS-")) header.value += "," + header.value;
    const Json body = Json::parse(response.body, nullptr, false);
    if (body.is_discarded()) return;
    response.body = "\xEF\xBB\xBF" + noisy(body).dump();
    raise_guids(response.body);
}

}  // namespace

void distort(World& world, const ApiCall& call, Reply& reply) {
    HttpResponse& response = reply.response;
    std::int64_t ahead = world.options.date_skew;
    if (const Fault* fault = call.fault(FaultKind::clock_skew))
        ahead += static_cast<std::int64_t>(after(*fault, 600));
    if (response.status != 0) add_headers(world, call, response, ahead);
    if (world.options.upper_case_ids) raise_guids(response.body);
    for (const Fault& fault : call.faults) switch (fault.kind) {
            case FaultKind::lost_answer:
                reply.no_answer = true;
                break;
            case FaultKind::truncated:
                reply.cut_body = std::min(after(fault, response.body.size() / 2), response.body.size());
                break;
            case FaultKind::slow:
                reply.delay_seconds = fault.argument < 0 ? 300 : fault.argument;
                break;
            case FaultKind::error_after:
                response.status = fault.argument < 0 ? 503 : static_cast<int>(fault.argument);
                response.reason = "Error";
                response.body =
                    fault.text == "empty" ? ""
                    : fault.text == "html"
                        ? "<html><body>Oops</body></html>"
                        : R"({"code":800003,"description":"Something went wrong here.","source":"PartnerFD"})";
                break;
            case FaultKind::minimal_answer:
                if (response.status < 300) response.body.clear();
                break;
            case FaultKind::noise:
                make_noise(response);
                break;
            case FaultKind::html:
                response.status = 200;
                response.headers.push_back({"Content-Type", "text/html"});
                response.body =
                    "<html><head><title>Sign in</title></head><body>Please sign in.</body></html>";
                break;
            case FaultKind::huge:
                response.status = 200;
                response.body.assign(after(fault, kHugeBytes), ' ');
                break;
            case FaultKind::wrong_types:
                if (const Json body = Json::parse(response.body, nullptr, false); !body.is_discarded())
                    response.body = retyped(body).dump();
                break;
            case FaultKind::redirect:
                response.status = 307;
                response.reason = "Temporary Redirect";
                response.headers.push_back(
                    {"Location", fault.text.empty() ? "https://example.invalid/" : fault.text});
                response.body.clear();
                break;
            case FaultKind::garbage:
                reply.garbage = true;
                response.body = "220 mail.example.invalid ESMTP ready\r\n";
                break;
            default:
                break;
        }
}

}  // namespace termwise::emulator
