// The search for the cheapest safe schedule (M6).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "model/scenario.h"
#include "plan/keeps.h"
#include "planning/optimal_plan.h"

namespace termwise {

struct PlanningProgress {
    std::optional<Money> best;  ///< objective of the best plan so far
    Money bound;
    double avoidable_gap = 1;
    std::int64_t steps = 0;
};

struct PlanningOptions {
    std::optional<double> gap;           ///< avoidable gap to stop at; by default by size (M6.2)
    std::optional<std::int64_t> effort;  ///< steps of search; by default by size
    std::optional<double> time_limit_seconds;
    int threads = 1;
    std::function<void(const PlanningProgress&)> progress;
    const std::atomic<bool>* stop = nullptr;  ///< asks for the best plan so far
    /// False: where no plan is found, it is not looked for why, so that hardly anything is proven infeasible.
    bool explain = true;
    /// What is fixed, because a plan is being carried out; null: nothing. Only plans that keep it are looked
    /// for.
    const Commitments* commitments = nullptr;
};

/// M6.2: 0 up to 100 subscriptions, 0.5% up to 3,000 customers, 0.1% beyond.
[[nodiscard]] double default_gap(const Scenario& scenario);

/// Plans a portfolio. The plan is judged by check() and not_kept(), its total is score()'s; should they
/// disagree with the planner's arithmetic, std::logic_error says so. Runtime: options plus, for each step, a
/// few customers; memory: the options.
[[nodiscard]] OptimalPlan plan_optimally(const Scenario& scenario, const PlanningOptions& asked);

}  // namespace termwise
