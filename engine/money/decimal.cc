#include "money/decimal.h"

#include <charconv>

namespace termwise {
namespace {

constexpr int kMostDecimals = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    std::size_t i = 0;
    std::int64_t digits = 0;
    while (i < text.size() && is_digit(text[i])) {
        digits = digits * 10 + (text[i] - '0');
        if (digits > kMostUnits) return std::nullopt;
        ++i;
    }
    if (i == 0 || (i > 1 && text[0] == '0')) return std::nullopt;
    int decimals = 0;
    if (i < text.size()) {
        if (text[i] != '.') return std::nullopt;
        for (++i; i < text.size() && is_digit(text[i]); ++i) {
            if (++decimals > kMostDecimals) return std::nullopt;
            if (__builtin_mul_overflow(digits, std::int64_t{10}, &digits)) return std::nullopt;
            if (__builtin_add_overflow(digits, std::int64_t{text[i] - '0'}, &digits)) return std::nullopt;
        }
        if (decimals == 0 || i < text.size()) return std::nullopt;
    }
    return Decimal{digits, static_cast<std::int8_t>(decimals)};
}

std::optional<Money> to_money(Decimal decimal, int minor_digits) {
    if (decimal.decimals > minor_digits) return std::nullopt;
    std::int64_t minor = 0;
    if (__builtin_mul_overflow(decimal.digits, power_of_ten(minor_digits - decimal.decimals), &minor))
        return std::nullopt;
    return Money(minor);
}

void append_decimal_text(std::string& out, Money amount, int minor_digits) {
    char buffer[24];
    const bool negative = amount.minor < 0;
    const auto size =
        negative ? 0 - static_cast<std::uint64_t>(amount.minor) : static_cast<std::uint64_t>(amount.minor);
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, size).ptr;
    const auto length = static_cast<int>(end - buffer);
    if (negative) out += '-';
    if (minor_digits == 0) {
        out.append(buffer, end);
        return;
    }
    const int whole = length - minor_digits;
    if (whole <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-whole), '0');
        out.append(buffer, end);
    } else {
        out.append(buffer, buffer + whole);
        out += '.';
        out.append(buffer + whole, end);
    }
}

std::string to_decimal_text(Money amount, int minor_digits) {
    std::string text;
    append_decimal_text(text, amount, minor_digits);
    return text;
}

}  // namespace termwise
