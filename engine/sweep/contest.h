// Two strategies against each other: what tornado and threshold ask again and again.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "sweep/design.h"
#include "sweep/runs.h"

namespace termwise {

/// Which strategy is better: the feasible one, of two feasible ones that of the lower amount.
enum class Better : std::uint8_t { first, second, equal, neither };

/// What two strategies come to in one scenario.
struct Contest {
    RunResult first, second;

    /// The amount of the first less that of the second; none if one has no plan.
    [[nodiscard]] std::optional<Money> difference() const {
        const std::optional<Money> a = first.amount(), b = second.amount();
        return a && b ? std::optional(*a - *b) : std::nullopt;
    }
    [[nodiscard]] bool feasible() const { return first.feasible && second.feasible; }
    [[nodiscard]] Better better() const {
        if (!first.feasible || !second.feasible)
            return first.feasible ? Better::first : second.feasible ? Better::second : Better::neither;
        const Money ahead = *difference();
        return ahead < Money(0) ? Better::first : ahead > Money(0) ? Better::second : Better::equal;
    }
};

/// Holds a contest at each of some points, in their order.
using Referee = std::function<std::vector<Contest>(const std::vector<Point>&)>;

}  // namespace termwise
