// Amounts as people write them: decimal text in, decimal text out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "money/money.h"

namespace termwise {

/// A decimal number as it was written, before the currency is known: "240.50" is 24050 with 2 decimals.
struct Decimal {
    std::int64_t digits = 0;
    std::int8_t decimals = 0;

    friend constexpr bool operator==(Decimal, Decimal) = default;
};

/// Amounts are at most this many whole units (M0.3 sets no limit; ours keeps every sum inside 64 bits).
inline constexpr std::int64_t kMostUnits = 999'999'999'999'999;

/// Reads `240`, `240.5`, `0.05`: digits, at most four of them after a point, no sign, no exponent, no leading
/// zero, no blank, at most kMostUnits whole units. Anything else is nothing.
[[nodiscard]] std::optional<Decimal> parse_decimal(std::string_view text);

/// The amount in minor units of a currency with `minor_digits` decimals; nothing if `decimal` has more
/// decimals than that (M0.3) or does not fit.
[[nodiscard]] std::optional<Money> to_money(Decimal decimal, int minor_digits);

/// "1234.50", "-0.05", "1117" for a currency without decimals.
[[nodiscard]] std::string to_decimal_text(Money amount, int minor_digits);

/// Appends the same to `out`, for writers of many amounts.
void append_decimal_text(std::string& out, Money amount, int minor_digits);

}  // namespace termwise
