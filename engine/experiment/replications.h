// Several plans in the same worlds, many worlds: the raw results of a simulation (M7.3), kept exactly. What
// is kept is a row for each world and plan, and whole-number sums by team and by customer; so the
// replications may be split in any way, over threads and machines, and joined to the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/interval.h"
#include "base/wide.h"
#include "model/scenario.h"
#include "plan/plan.h"
#include "scoring/score.h"
#include "simulation/chances.h"
#include "simulation/prepared_plan.h"

namespace termwise {

/// As many replications as an experiment may have: what the sums of squares are sized for.
inline constexpr std::uint32_t kMostReplications = 10'000'000;

/// What one world did to one plan.
struct WorldRow {
    Components components;
    Readings readings;
    /// Last hand-over or end of an old contract; none if nothing was to move; kAfterAllDays if something that
    /// was to move did not, or if an old contract that was to end is in service at H1.
    Day finished_on;
    std::int32_t missed_deadlines = 0;   ///< subscriptions handed over after their move_by or H1, or never
    std::int32_t unwanted_renewals = 0;  ///< (M7.1)
    std::int32_t not_moved = 0;  ///< subscriptions that were to move and did not, declined or too late

    friend bool operator==(const WorldRow&, const WorldRow&) = default;
};

/// A bucket of a team's time, over all worlds.
struct BucketSums {
    Wide worked_seconds = 0;
    std::int64_t waiting = 0;       ///< pieces of work at the end of the bucket
    std::int32_t most_waiting = 0;  ///< in one world
    std::int64_t queues = 0;        ///< worlds in which some were waiting

    void add(const BucketSums& other);
    friend bool operator==(const BucketSums&, const BucketSums&) = default;
};

/// How a customer's total went with the whole plan's: deviations from what is planned, in minor units.
struct CustomerSums {
    Wide deviation = 0;
    Wide product = 0;       ///< of its deviation and that of the total
    std::int64_t gaps = 0;  ///< worlds in which somebody there was without service

    friend bool operator==(const CustomerSums&, const CustomerSums&) = default;
};

/// What the worlds did to one plan.
struct PlanWorlds {
    std::vector<WorldRow> rows;                  ///< by replication
    std::vector<std::vector<BucketSums>> teams;  ///< by team and bucket, from that of H0
    std::vector<CustomerSums> customers;         ///< by CustomerIndex

    friend bool operator==(const PlanWorlds&, const PlanWorlds&) = default;
};

/// A range of replications.
struct Replications {
    std::uint32_t first = 0;
    std::vector<PlanWorlds> plans;

    [[nodiscard]] std::uint32_t count() const {
        return plans.empty() ? 0 : static_cast<std::uint32_t>(plans[0].rows.size());
    }
    /// Joins the replications that follow these, of the same plans.
    void append(Replications&& next);

    friend bool operator==(const Replications&, const Replications&) = default;
};

/// The planned cost of a plan: what deviations are measured from.
struct PlannedCost {
    Score score;                   ///< Detail::totals
    std::vector<Money> customers;  ///< totals, by CustomerIndex
    KnownCosts known;
};
[[nodiscard]] PlannedCost planned_cost(const Scenario& scenario, const Plan& plan);

/// Plans in the same worlds. Refers to scenario and plans, which have to outlive it.
class Experiment {
  public:
    Experiment(const Scenario& scenario, std::span<const Plan> plans);

    /// Whether worlds can differ at all.
    [[nodiscard]] bool uncertain() const { return chances_.any(); }
    [[nodiscard]] const std::vector<PlannedCost>& planned() const { return planned_; }
    [[nodiscard]] const PreparedPlan& prepared(std::size_t plan) const { return prepared_[plan]; }
    [[nodiscard]] const ChanceTables& chances() const { return chances_; }

    /// Runs the replications [from, to) with `threads` threads, the calling one among them. `progress(done)`
    /// is told now and then, by the calling thread. The result does not depend on `threads`. Throws
    /// std::overflow_error if deviations are too large to be squared exactly (2^51 minor units).
    /// Runtime: replications times plans times DirectWorld::run() and scoring.
    [[nodiscard]] Replications run(std::uint64_t seed, Interval<std::uint32_t> replications, unsigned threads,
                                   const std::function<void(std::uint32_t)>& progress) const;

  private:
    class Worker;

    const Scenario* scenario_;
    ChanceTables chances_;
    std::vector<PreparedPlan> prepared_;
    std::vector<PlannedCost> planned_;
};

}  // namespace termwise
