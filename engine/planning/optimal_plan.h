// What a search for the cheapest safe schedule answers (M6): a feasible plan, a proven lower bound on every
// plan of the space, and what lies between them; or why there is none.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "money/money.h"
#include "plan/keeps.h"
#include "plan/plan.h"
#include "planning/conflict.h"
#include "planning/reasons.h"

namespace termwise {

/// Five different answers (M6.2, M6.3).
enum class PlanStatus : std::uint8_t {
    optimal,     ///< the bound is the total
    within_gap,  ///< as close to the bound as was asked for
    stopped,     ///< a feasible plan, not as close: the effort was used up, or the time, or by request
    infeasible,  ///< proven: no plan of the space is feasible; see `conflicts`
    stopped_without_plan  ///< neither a plan nor a proof; see `conflicts`
};
/// "optimal", "within-gap", "stopped", "infeasible", "stopped-without-plan".
[[nodiscard]] std::string_view status_name(PlanStatus status);

/// What ended the search.
enum class StoppedBy : std::uint8_t { gap, effort, time, request };
/// "gap", "effort", "time-limit", "request".
[[nodiscard]] std::string_view stopped_by_name(StoppedBy stopped_by);

struct OptimalPlan {
    PlanStatus status = PlanStatus::stopped_without_plan;
    StoppedBy stopped_by = StoppedBy::effort;
    Plan plan;        ///< if there is one
    Money total;      ///< what the plan costs (M4)
    Money objective;  ///< the total, and with commitments their cost of a change for each of `changed`
    Money bound;      ///< on the objective of every plan that keeps what is fixed
    Money floor;      ///< of the scenario (M6.2), whatever is fixed
    std::vector<ChangedMove> changed;  ///< ascending by id
    double asked_gap = 0;
    std::int64_t steps = 0;
    std::vector<Conflict> conflicts;
    std::vector<Reason> reasons;  ///< of each move, ascending by subscription; empty: of a strategy's plan

    [[nodiscard]] bool has_plan() const {
        return status != PlanStatus::infeasible && status != PlanStatus::stopped_without_plan;
    }
    /// M6.2, of the objective.
    [[nodiscard]] double gap() const;
    [[nodiscard]] double avoidable_gap() const;
};

/// What lies between an objective and a bound on it, as a part of `beyond`: of the objective, or of what of
/// it could be avoided (M6.2).
[[nodiscard]] double gap_between(Money objective, Money bound, Money beyond);

}  // namespace termwise
