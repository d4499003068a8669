#include "base/wide.h"

#include <algorithm>

namespace termwise {

std::int64_t rounded_quotient(Wide numerator, std::int64_t denominator) {
    const Wide size = numerator < 0 ? -numerator : numerator;
    const Wide quotient = (size + denominator / 2) / denominator;
    return static_cast<std::int64_t>(numerator < 0 ? -quotient : quotient);
}

std::string to_text(Wide number) {
    std::string digits;
    const bool negative = number < 0;
    do {
        const auto digit =
            static_cast<int>(number % 10);  // of the sign of the number: its least has no opposite
        digits += static_cast<char>('0' + (negative ? -digit : digit));
        number /= 10;
    } while (number != 0);
    if (negative) digits += '-';
    std::ranges::reverse(digits);
    return digits;
}

std::optional<Wide> parse_wide(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = negative ? text.substr(1) : text;
    if (digits.empty() || digits.size() > 39) return std::nullopt;
    Wide number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        if (__builtin_mul_overflow(number, 10, &number)) return std::nullopt;
        const int digit = c - '0';
        if (__builtin_add_overflow(number, negative ? -digit : digit, &number)) return std::nullopt;
    }
    if (to_text(number) != text) return std::nullopt;  // zeros in front, "-0"
    return number;
}

}  // namespace termwise
