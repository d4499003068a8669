#include "live/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "live/json_access.h"

namespace termwise::live {
namespace {

constexpr std::size_t kMostText = 300;
constexpr std::int64_t kLongestRetryAfter_s = kSecondsPerDay;

template <std::size_t N>
[[nodiscard]] bool is_one_of(std::string_view code, const std::array<std::string_view, N>& codes) {
    return std::ranges::find(codes, code) != codes.end();
}

constexpr std::array<std::string_view, 5> kTransient{"800003", "800005", "800094", "900192", "900225"};
constexpr std::array<std::string_view, 8> kNotReady{"800060", "800064", "800081", "800082",
                                                    "900261", "900278", "900280", "27009"};
constexpr std::array<std::string_view, 2> kStale{"2055", "800036"};
constexpr std::array<std::string_view, 4> kReResolve{"400019", "800008", "400072", "10001"};
constexpr std::array<std::string_view, 7> kHuman{"13605",  "900309", "800073", "800074",
                                                 "800075", "900123", "900124"};

/// One line, no control characters, cut, and UTF-8 whatever came.
[[nodiscard]] std::string plain(std::string_view text) {
    std::string line;
    for (const char c : text.substr(0, kMostText))
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    line = Json::parse(Json(line).dump(-1, ' ', false, Json::error_handler_t::ignore)).get<std::string>();
    if (text.size() > kMostText) line += " ...";
    return line;
}

[[nodiscard]] std::string_view no_answer_text(NoAnswer why) {
    switch (why) {
        case NoAnswer::refused:
            return "no connection";
        case NoAnswer::tls:
            return "the server is not who it should be";
        case NoAnswer::reset:
            return "the connection broke";
        case NoAnswer::truncated:
            return "the answer broke off";
        case NoAnswer::timed_out:
            return "no answer in time";
        case NoAnswer::too_large:
            return "the answer is larger than any should be";
        case NoAnswer::malformed:
            return "the answer is not HTTP";
    }
    return {};
}

}  // namespace

ReplyClass classify(int status, std::string_view code) {
    if (is_one_of(code, kReResolve)) return ReplyClass::re_resolve;
    if (status >= 200 && status < 300) return ReplyClass::ok;
    if (status == 429) return ReplyClass::throttled;
    if (is_one_of(code, kHuman)) return ReplyClass::human;
    if (is_one_of(code, kTransient) || status == 408 || status >= 500) return ReplyClass::transient;
    if (is_one_of(code, kNotReady) || (status == 400 && code == "60012")) return ReplyClass::not_ready;
    if (is_one_of(code, kStale) || status == 412) return ReplyClass::stale;
    // Before the customer accepts, and after the relationship ends: for people, not for another try.
    if (status == 403 && code == "20002") return ReplyClass::human;
    // The one thing that is not there with another status (reference 3.16).
    if (status == 404 || (status == 400 && code == "900224")) return ReplyClass::absent;
    return ReplyClass::permanent;
}

bool asks_for_mfa(const HttpResponse& response) {
    if (response.status != 401) return false;
    if (response.reason.find("MFA") != std::string::npos) return true;
    // Without a reason phrase only the missing body tells it from a token that ran out (reference 1.7).
    return response.body.empty() && !header_value(response.headers, "WWW-Authenticate").empty();
}

std::optional<Instant> parse_http_date(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    // "Mon, 03 Feb 2031 04:05:06 GMT"
    if (text.size() != 29 || text.substr(25) != " GMT") return std::nullopt;
    const auto month = std::ranges::find(kMonths, text.substr(8, 3));
    if (month == kMonths.end()) return std::nullopt;
    return parse_instant(fmt::format("{}-{:02}-{}T{}Z", text.substr(12, 4), month - kMonths.begin() + 1,
                                     text.substr(5, 2), text.substr(17, 8)));
}

ReplyNote note_of(const HttpOutcome& outcome) {
    ReplyNote note;
    if (!outcome.response) {
        const bool nothing_sent =
            outcome.no_answer == NoAnswer::refused || outcome.no_answer == NoAnswer::tls;
        note.reply_class = nothing_sent ? ReplyClass::not_sent : ReplyClass::no_answer;
        note.text = no_answer_text(outcome.no_answer);
        if (!outcome.detail.empty()) note.text += fmt::format(" ({})", plain(outcome.detail));
        return note;
    }
    const HttpResponse& response = *outcome.response;
    note.http_status = response.status;
    note.server_time = parse_http_date(header_value(response.headers, "Date"));
    const std::optional<Json> body = parse_body(response.body);
    if (body && body->is_object()) {
        note.code = text_in(*body, "code");
        if (response.status >= 300) {
            note.text = text_in(*body, "description");
            if (note.text.empty()) note.text = text_in(*body, "message");
        }
    } else if (response.status >= 300) {
        note.text = response.body;
    }
    note.text = plain(note.text);
    if (const std::string_view wait = header_value(response.headers, "Retry-After"); !wait.empty()) {
        std::int64_t seconds = 0;
        const auto [end, error] = std::from_chars(wait.data(), wait.data() + wait.size(), seconds);
        if (error == std::errc() && end == wait.data() + wait.size() && seconds >= 0)
            note.retry_after_s = std::min(seconds, kLongestRetryAfter_s);
    }
    note.reply_class = classify(response.status, note.code);
    if (asks_for_mfa(response)) {
        note.reply_class = ReplyClass::locked_out;
        note.text = kWantsSecondFactor;
    }
    if (response.status >= 300 && response.status < 400)
        note.text =
            "the service sends elsewhere; that is not followed, for tokens do not leave the configured host";
    return note;
}

}  // namespace termwise::live
