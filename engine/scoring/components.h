// The nine parts of a total (M4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "money/money.h"

namespace termwise {

enum class Component : std::uint8_t {
    old_charges,
    new_charges,
    fees,
    refunds,
    liability,
    terminal_credit,
    labour,
    disruption,
    gap
};
inline constexpr std::size_t kComponentCount = 9;

inline constexpr std::array<std::string_view, kComponentCount> kComponentNames{
    "old_charges",     "new_charges", "fees",       "refunds", "liability",
    "terminal_credit", "labour",      "disruption", "gap"};

/// Amounts by component, each positive as results show it; refunds and the terminal credit lower the total.
struct Components {
    std::array<Money, kComponentCount> amounts{};

    [[nodiscard]] constexpr Money& operator[](Component c) { return amounts[static_cast<std::size_t>(c)]; }
    [[nodiscard]] constexpr Money operator[](Component c) const {
        return amounts[static_cast<std::size_t>(c)];
    }

    constexpr Components& operator+=(const Components& other) {
        for (std::size_t i = 0; i < kComponentCount; ++i) amounts[i] += other.amounts[i];
        return *this;
    }
    friend constexpr bool operator==(const Components&, const Components&) = default;

    /// Charges and fees less refunds.
    [[nodiscard]] constexpr Money cash() const {
        return (*this)[Component::old_charges] + (*this)[Component::new_charges] + (*this)[Component::fees] -
               (*this)[Component::refunds];
    }
    /// Disruption and gap.
    [[nodiscard]] constexpr Money soft_costs() const {
        return (*this)[Component::disruption] + (*this)[Component::gap];
    }
    /// Liability less terminal credit: what the horizon's end leaves to pay, or the worth it leaves
    /// (negative).
    [[nodiscard]] constexpr Money value_at_end() const {
        return (*this)[Component::liability] - (*this)[Component::terminal_credit];
    }
    /// The total of M4: the only sum of it there is.
    [[nodiscard]] constexpr Money total() const {
        return cash() + (*this)[Component::labour] + soft_costs() + value_at_end();
    }
};

}  // namespace termwise
