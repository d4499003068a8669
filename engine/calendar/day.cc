#include "calendar/day.h"

#include <fmt/format.h>

namespace termwise {
namespace {

std::optional<std::int32_t> digits(std::string_view text) {
    std::int32_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    if (*year < kFirstYear || *year > kLastYear || *month < 1 || *month > 12) return std::nullopt;
    if (*day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
    return to_day({*year, *month, *day});
}

std::string to_text(Day day) {
    if (day.none()) return "never";
    const CivilDate date = to_civil(day);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string month_text(std::int32_t month_number) {
    return fmt::format("{:04}-{:02}", month_number / 12, month_number % 12 + 1);
}

}  // namespace termwise
