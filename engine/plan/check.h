// The judge of plans: every violation of M3, found from scenario and plan alone. Knows nothing of planners.
#pragma once

#include <vector>

#include "model/scenario.h"
#include "plan/plan.h"
#include "plan/violation.h"
#include "plan/work.h"

namespace termwise {

struct CheckResult {
    std::vector<Violation> violations;  ///< one a rule and subject, sorted as results are (M8)
    TeamLoad load;                      ///< the work of the plan (M3.10)

    [[nodiscard]] bool feasible() const { return violations.empty(); }
};

/// Checks a plan whose ids all belong to `scenario` and which is sorted (sort_plan()).
/// Runtime: linear in moves, plus the billing dates if there are budgets; n log n in violations.
[[nodiscard]] CheckResult check(const Scenario& scenario, const Plan& plan);

/// Position in `plan.moves` of each subscription's one move; -1 where there is none, -2 where there are
/// several.
[[nodiscard]] std::vector<std::int32_t> move_positions(const Scenario& scenario, const Plan& plan);

}  // namespace termwise
