// When a team is busiest under a plan.
#pragma once

#include <cstdint>
#include <optional>

#include "plan/work.h"

namespace termwise {

/// The bucket in which a team is busiest: the largest share of its limit, without limit the most work; the
/// first of equals.
struct TeamPeak {
    TeamIndex team;
    std::int32_t bucket = 0;
    std::int64_t used_seconds = 0;
    std::int64_t limit_seconds = TeamLoad::kUnlimited;
};
/// None for a team without work.
[[nodiscard]] std::optional<TeamPeak> peak_of(const TeamLoad& load, TeamIndex team);

}  // namespace termwise
