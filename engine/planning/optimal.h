// The cheapest safe schedule (M6): a feasible plan, a proven lower bound on every plan of the space, and what
// lies between them.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "model/scenario.h"
#include "plan/check.h"
#include "plan/keeps.h"
#include "plan/plan.h"
#include "planning/conflict.h"
#include "planning/reasons.h"
#include "scoring/score.h"

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

/// M6.2: 0 up to 100 subscriptions, 0.5% up to 3,000 customers, 0.1% beyond.
[[nodiscard]] double default_gap(const Scenario& scenario);

/// Plans a portfolio. The plan is judged by check() and not_kept(), its total is score()'s; should they
/// disagree with the planner's arithmetic, std::logic_error says so. Runtime: options plus, for each step, a
/// few customers; memory: the options.
[[nodiscard]] OptimalPlan plan_optimally(const Scenario& scenario, const PlanningOptions& asked);

}  // namespace termwise
