// ISO 4217: which currencies there are, and how many decimals each has (M0.3).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace termwise {

/// Decimals of the minor unit of an ISO 4217 currency ("USD": 2, "JPY": 0, "KWD": 3); nothing for a code that
/// is no currency in use. Metals, test codes and the like have no minor unit and are not listed.
[[nodiscard]] std::optional<int> minor_digits_of(std::string_view currency);

/// All codes, ascending.
[[nodiscard]] std::span<const std::string_view> currency_codes();

}  // namespace termwise
