// Days, amounts and durations as the model page writes them, so that a test reads like a calendar sheet; and
// how a failing test prints them. Amounts are of a currency with two decimals, unless a test says otherwise.
#pragma once

#include <cstddef>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/interval.h"
#include "calendar/day.h"
#include "calendar/period.h"
#include "model/scenario.h"
#include "money/decimal.h"
#include "money/money.h"

namespace termwise {

/// "2026-03-16"_day. A day that does not exist is a mistake of the test.
inline Day operator""_day(const char* text, std::size_t length) {
    const std::optional<Day> day = parse_day({text, length});
    if (!day) throw std::invalid_argument("no day: " + std::string(text, length));
    return *day;
}

/// "240.50"_usd, "-12.00"_usd: exact minor units.
inline Money operator""_usd(const char* text, std::size_t length) {
    std::string_view digits(text, length);
    const bool negative = digits.starts_with('-');
    if (negative) digits.remove_prefix(1);
    const std::optional<Decimal> decimal = parse_decimal(digits);
    const std::optional<Money> money = decimal ? to_money(*decimal, 2) : std::nullopt;
    if (!money) throw std::invalid_argument("no amount: " + std::string(text, length));
    return negative ? -*money : *money;
}

inline constexpr Period P1M{1};
inline constexpr Period P3M{3};
inline constexpr Period P1Y{12};
inline constexpr Period P3Y{36};

/// "240.50", "-12.00".
inline std::string usd_text(Money amount) { return to_decimal_text(amount, 2); }

inline void PrintTo(Day day, std::ostream* out) { *out << (day.none() ? "no day" : to_text(day)); }
inline void PrintTo(Money amount, std::ostream* out) { *out << usd_text(amount); }
inline void PrintTo(Period period, std::ostream* out) { *out << to_short_text(period); }
inline void PrintTo(const Interval<Day>& days, std::ostream* out) {
    *out << to_text(days.from) << '/' << to_text(days.to);
}
inline void PrintTo(TermBilling sold_as, std::ostream* out) {
    *out << to_short_text(sold_as.term) << '/' << to_short_text(sold_as.billing);
}

}  // namespace termwise
