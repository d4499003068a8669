#include "sweep/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "calendar/day.h"
#include "money/decimal.h"

namespace termwise {
namespace {

constexpr int kMostDecimals = 4;  // of what parse_decimal() reads
constexpr std::uint64_t kMostValues = std::uint64_t{1} << 62U;

struct SignedDecimal {
    Decimal size;
    bool negative = false;

    [[nodiscard]] std::optional<std::int64_t> scaled(int decimals) const {
        const std::optional<Money> amount = to_money(size, decimals);
        if (!amount) return std::nullopt;
        return negative ? -amount->minor : amount->minor;
    }
};

std::optional<SignedDecimal> parse_signed(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::optional<Decimal> size = parse_decimal(negative ? text.substr(1) : text);
    if (!size) return std::nullopt;
    return SignedDecimal{*size, negative};
}

/// "7" days or "P1M".
bool parse_day_step(std::string_view text, std::int64_t& days, Period& months) {
    if (const std::optional<Period> period = parse_period(text)) {
        months = *period;
        return true;
    }
    const std::optional<Decimal> count = parse_decimal(text);
    if (!count || count->decimals != 0 || count->digits < 1 || count->digits > 1'000'000) return false;
    days = count->digits;
    return true;
}

/// Where the parts of a list begin and end: at commas outside of brackets and quotation marks.
std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
            continue;
        }
        // A quotation mark opens a JSON text only where one may begin; in a word it is a character like
        // others.
        if (c == '"' && (depth > 0 || i == begin)) quoted = true;
        const bool is_json = depth > 0 || i == begin;
        if ((c == '[' || c == '{') && is_json) ++depth;
        if ((c == ']' || c == '}') && depth > 0) --depth;
        if (c != ',' || depth > 0) continue;
        parts.push_back(text.substr(begin, i - begin));
        begin = i + 1;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

bool looks_like_range(std::string_view part) {
    return part.find("..") != std::string_view::npos &&
           std::string_view("\"[{").find(part[0]) == std::string_view::npos;
}

}  // namespace

std::optional<ValueRange> ValueRange::parse(std::string_view text, std::string& problem) {
    const auto refuse = [&](std::string_view why) {
        problem = fmt::format("\"{}\" is no range: {}", text, why);
        return std::nullopt;
    };
    const std::size_t dots = text.find("..");
    const std::size_t colon = text.find(':');
    if (dots == std::string_view::npos || (colon != std::string_view::npos && colon < dots))
        return refuse("one is written FROM..TO or FROM..TO:STEP");
    const std::string_view from = text.substr(0, dots);
    const std::string_view to = text.substr(dots + 2, std::min(colon, text.size()) - dots - 2);
    const std::optional<std::string_view> step =
        colon == std::string_view::npos ? std::nullopt : std::optional(text.substr(colon + 1));
    ValueRange range;
    range.text_ = text;
    if (const std::optional<Day> first = parse_day(from), last = parse_day(to); first && last) {
        range.days_ = true;
        if (step && !parse_day_step(*step, range.step_, range.months_))
            return refuse("from day to day goes a whole number of days, or a duration such as P1M");
        if (*last < *first) return refuse("it has to go up");
        range.first_ = first->serial;
        range.size_ =
            range.months_.months > 0
                ? static_cast<std::uint64_t>(Boundaries(*first, range.months_).last_at_or_before(*last)) + 1
                : static_cast<std::uint64_t>((*last - *first) / range.step_) + 1;
        return range;
    }
    const std::optional<SignedDecimal> low = parse_signed(from), high = parse_signed(to);
    if (!low || !high)
        return refuse(
            "it goes from a number to a number or from a day to a day; a text with two dots in it takes "
            "quotation marks");
    const std::optional<Decimal> wide = step ? parse_decimal(*step) : Decimal{1, 0};
    if (!wide || wide->digits == 0) return refuse("its step is a number above 0");
    range.decimals_ = std::max({low->size.decimals, high->size.decimals, wide->decimals});
    static_assert(kMostDecimals == 4);
    const auto first = low->scaled(range.decimals_), last = high->scaled(range.decimals_);
    const auto distance =
        SignedDecimal{step ? *wide : Decimal{1, static_cast<std::int8_t>(range.decimals_)}}.scaled(
            range.decimals_);
    constexpr std::int64_t kMost = std::int64_t{1} << 60U;
    if (!first || !last || !distance || std::max(std::abs(*first), std::abs(*last)) > kMost)
        return refuse("its numbers are too large");
    if (*last < *first) return refuse("it has to go up");
    range.first_ = *first;
    range.step_ = *distance;
    range.size_ = static_cast<std::uint64_t>((*last - *first) / *distance) + 1;
    return range;
}

std::string ValueRange::at(std::uint64_t i) const {
    if (months_.months > 0)
        return to_text(
            Boundaries(Day(static_cast<std::int32_t>(first_)), months_).at(static_cast<std::int32_t>(i)));
    const std::int64_t value = first_ + static_cast<std::int64_t>(i) * step_;
    return days_ ? to_text(Day(static_cast<std::int32_t>(value))) : to_decimal_text(Money(value), decimals_);
}

std::string ValueRange::unit() const {
    const auto counted = [](std::int64_t number, std::string_view one) {
        return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
    };
    if (months_.months > 0) return counted(months_.months, "month");
    return days_ ? counted(step_, "day") : to_decimal_text(Money(step_), decimals_);
}

std::optional<ValueList> ValueList::parse(std::string_view text, std::string& problem) {
    ValueList list;
    list.text_ = text;
    std::set<std::string_view> seen;
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
        problem = "a value is one line of text";
        return std::nullopt;
    }
    for (const std::string_view part : split(text)) {
        if (part.empty()) {
            problem = "a value is empty; what holds when nothing is said is null, an empty text is \"\"";
            return std::nullopt;
        }
        if (!seen.insert(part).second) {
            problem = fmt::format("the value {} stands there twice", part);
            return std::nullopt;
        }
        if (looks_like_range(part)) {
            const std::optional<ValueRange> range = ValueRange::parse(part, problem);
            if (!range) return std::nullopt;
            list.size_ += range->size();
            list.parts_.emplace_back(*range);
        } else {
            list.size_ += 1;
            list.parts_.emplace_back(std::string(part));
        }
        if (list.size_ > kMostValues) {
            problem = "there are too many values";
            return std::nullopt;
        }
    }
    return list;
}

std::string ValueList::at(std::uint64_t i) const {
    for (const auto& part : parts_) {
        const auto* range = std::get_if<ValueRange>(&part);
        const std::uint64_t size = range != nullptr ? range->size() : 1;
        if (i < size) return range != nullptr ? range->at(i) : std::get<std::string>(part);
        i -= size;
    }
    return {};
}

const ValueRange* ValueList::only_range() const {
    return parts_.size() == 1 ? std::get_if<ValueRange>(&parts_.front()) : nullptr;
}

}  // namespace termwise
