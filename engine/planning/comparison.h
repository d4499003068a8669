// The named strategies side by side (M5), and the cheapest plan beside them (M6): each planned, then judged
// and scored like any other plan.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/scenario.h"
#include "plan/check.h"
#include "planning/approach.h"
#include "planning/optimal.h"
#include "scoring/score.h"

namespace termwise {

struct StrategyResult {
    Approach approach;
    Plan plan;
    std::vector<NotPlaced> not_placed;  ///< by a named strategy
    CheckResult judgement;
    Score score;

    [[nodiscard]] bool feasible() const { return judgement.feasible(); }
};

struct Comparison {
    /// In the order of kStrategies; then the cheapest plan, if one was asked for and found.
    std::vector<StrategyResult> results;
    std::optional<std::size_t> best;  ///< the feasible one of least total; none if none is feasible (M5.2)
    /// How the search for the cheapest plan ended, if it was asked for; its plan is the last result's.
    std::optional<OptimalPlan> search;

    /// The feasible ones, cheapest first; ties in the order of `results`.
    [[nodiscard]] std::vector<Approach> ranking() const;
    /// The same without the cheapest plan: what does not depend on how long it was looked for.
    [[nodiscard]] std::vector<Strategy> ranking_of_strategies() const;
    [[nodiscard]] bool any_feasible() const { return best.has_value(); }
    /// The cheapest plan's position in `results`; none: not asked for, or not found.
    [[nodiscard]] std::optional<std::size_t> optimal() const;
    /// The cheapest feasible strategy's position in `results`: what to hold the cheapest plan against.
    [[nodiscard]] std::optional<std::size_t> best_strategy() const;
};

/// `optimally`: null: the named strategies alone. Runtime: that of plan_by(), check() and score() for each
/// strategy, and of plan_optimally().
[[nodiscard]] Comparison compare_strategies(const Scenario& scenario, Detail detail,
                                            const PlanningOptions* optimally = nullptr);

/// The end of the horizon `months` later.
[[nodiscard]] Day later_horizon_end(const Scenario& scenario, int months);

}  // namespace termwise
