// The money of a contract as a planner needs it: one sum, and what it takes from each budget (M3.10).
#pragma once

#include <vector>

#include "contract/settle.h"
#include "options/limits.h"

namespace termwise {

/// What a settled contract costs (M4): the sum that matters to whoever chooses.
[[nodiscard]] inline Money cost_of(const Settlement& s) {
    return s.charges + s.fees - s.refunds + s.liability - s.terminal_credit;
}

/// Settles a contract; adds its cash in each budget's days to `uses`.
[[nodiscard]] Settlement settled(const Scenario& scenario, const Limits& limits, const Contract& contract,
                                 Ending ending, std::vector<Use>& uses);

}  // namespace termwise
