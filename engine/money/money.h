// Exact amounts of one currency (M0.3): an integer number of minor units (cents, yen). No floating point.
#pragma once

#include <compare>
#include <cstdint>

namespace termwise {

/// An amount in minor units of the scenario's one currency. Sums cannot overflow for a scenario that was
/// built: the builder bounds every amount, seat count and day, and the portfolio's whole exposure (see
/// model/build.h).
struct Money {
    std::int64_t minor = 0;

    constexpr Money() = default;
    constexpr explicit Money(std::int64_t minor_units) : minor(minor_units) {}

    constexpr Money& operator+=(Money other) {
        minor += other.minor;
        return *this;
    }
    constexpr Money& operator-=(Money other) {
        minor -= other.minor;
        return *this;
    }
    friend constexpr Money operator+(Money a, Money b) { return Money(a.minor + b.minor); }
    friend constexpr Money operator-(Money a, Money b) { return Money(a.minor - b.minor); }
    friend constexpr Money operator-(Money a) { return Money(-a.minor); }
    /// Quantity times unit price: the only product there is, and exact.
    friend constexpr Money operator*(std::int64_t quantity, Money price) {
        return Money(quantity * price.minor);
    }
    friend constexpr auto operator<=>(Money, Money) = default;
};

}  // namespace termwise
