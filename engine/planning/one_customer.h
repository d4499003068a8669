// The plan of a customer who shares the limits with nobody, as long as that needs no search: its cheapest
// choice of what fits, part by part, also fits all together.
#pragma once

#include <cstdint>
#include <optional>

#include "planning/choice.h"
#include "planning/prices.h"

namespace termwise {

struct AloneChoice {
    CustomerChoice choice;  ///< fits into the limits
    std::int64_t cost = 0;  ///< minor units
    Scaled bound = 0;       ///< no choice that fits costs less
};

/// For options of one customer. Nothing if no choice is found, or if the one found takes too much of a limit
/// all together. Runtime: CustomerSolver::solve_alone().
[[nodiscard]] std::optional<AloneChoice> choose_alone(const Options& options);

}  // namespace termwise
