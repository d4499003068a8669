// The named strategies side by side (M5): each planned, then judged and scored like any other plan.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/scenario.h"
#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"

namespace termwise {

struct StrategyResult {
    Strategy strategy = Strategy::stay;
    Plan plan;
    std::vector<NotPlaced> not_placed;
    CheckResult judgement;
    Score score;

    [[nodiscard]] bool feasible() const { return judgement.feasible(); }
};

struct Comparison {
    std::vector<StrategyResult> results;  ///< in the order of kStrategies
    std::optional<std::size_t> best;  ///< the feasible one of least total; none if none is feasible (M5.2)

    /// The feasible strategies, cheapest first; ties in the order of kStrategies.
    [[nodiscard]] std::vector<Strategy> ranking() const;
    [[nodiscard]] bool any_feasible() const { return best.has_value(); }
};

/// Runtime: that of plan_by(), check() and score() for each strategy.
[[nodiscard]] Comparison compare_strategies(const Scenario& scenario, Detail detail);

/// The end of the horizon `months` later.
[[nodiscard]] Day later_horizon_end(const Scenario& scenario, int months);

}  // namespace termwise
