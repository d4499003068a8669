// Integers of 128 bits, a compiler extension that is named nowhere else: products of what fills 64 bits, and
// sums of squares.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace termwise {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

/// `numerator / denominator` rounded to the nearest integer, halves away from zero; `denominator` above 0.
[[nodiscard]] std::int64_t rounded_quotient(Wide numerator, std::int64_t denominator);

/// In decimal digits, with a minus sign if negative.
[[nodiscard]] std::string to_text(Wide number);
/// Reads what to_text() writes; anything else is nothing.
[[nodiscard]] std::optional<Wide> parse_wide(std::string_view text);

}  // namespace termwise
