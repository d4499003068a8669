// An index type per kind of thing: a customer's index is not a subscription's, and neither is a number to add
// to.
#pragma once

#include <compare>
#include <cstdint>

namespace termwise {

/// Position of a thing in its list of the scenario; `Tag` names the kind. -1 means "none".
/// A plain integer would let an offer be looked up among customers without a word from the compiler.
template <class Tag>
struct Index {
    std::int32_t value = -1;

    constexpr Index() = default;
    constexpr explicit Index(std::int32_t position) : value(position) {}
    constexpr explicit Index(std::size_t position) : value(static_cast<std::int32_t>(position)) {}

    [[nodiscard]] constexpr bool none() const { return value < 0; }
    [[nodiscard]] constexpr std::size_t at() const { return static_cast<std::size_t>(value); }
    friend constexpr auto operator<=>(Index, Index) = default;
};

}  // namespace termwise
