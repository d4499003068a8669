// How a plan is made: by one of the named strategies (M5), or as the cheapest one there is (M6). What verbs
// that compare plans let people choose from.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "planning/strategies.h"

namespace termwise {

struct Approach {
    std::optional<Strategy> named;  ///< none: the cheapest plan

    [[nodiscard]] bool is_optimal() const { return !named; }
    friend bool operator==(Approach, Approach) = default;
};
inline constexpr Approach kOptimal{};

/// "stay", "wait", "cancel-now", "optimal".
[[nodiscard]] std::string_view approach_name(Approach approach);
/// Nothing for any other name.
[[nodiscard]] std::optional<Approach> parse_approach(std::string_view name);
/// All names, for messages.
[[nodiscard]] std::span<const std::string_view> approach_names();

}  // namespace termwise
