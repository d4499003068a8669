// What an experiment found, apart from the scenario it was made with: a frame (whose money, which plans,
// teams and customers) and the replications. Everything that is reported is computed from it, so that a run
// and the join of its parts say the same.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiment/replications.h"
#include "experiment/statistics.h"
#include "model/scenario.h"

namespace termwise {

struct TeamFrame {
    std::string id;
    CapacityPer per = CapacityPer::week;
    bool limited = false;
    std::int32_t first_bucket = 0;     ///< number of limits[0], see TeamLoad::bucket_of()
    std::vector<std::int64_t> limits;  ///< seconds; TeamLoad::kUnlimited without limit

    friend bool operator==(const TeamFrame&, const TeamFrame&) = default;
};

struct PlanFrame {
    std::string name;    ///< as results call it
    std::string digest;  ///< of the plan
    std::int64_t violations = 0;
    Components planned;
    Readings planned_readings;
    Day planned_finish;
    std::vector<Money> planned_customers;  ///< totals

    [[nodiscard]] bool feasible() const { return violations == 0; }
    friend bool operator==(const PlanFrame&, const PlanFrame&) = default;
};

/// What all parts of an experiment have in common.
struct ExperimentFrame {
    std::string scenario_name;
    std::string scenario_digest;
    Perspective perspective = Perspective::customer;
    bool perspective_given = false;
    std::string currency;
    int minor_digits = 2;
    Interval<Day> horizon;
    std::int64_t subscriptions = 0;
    bool uncertain = false;  ///< whether anything can go otherwise than planned
    std::uint64_t seed = 0;
    std::vector<std::string> customers;  ///< ids, ascending
    std::vector<TeamFrame> teams;
    std::vector<PlanFrame> plans;

    [[nodiscard]] bool any_feasible() const;
    friend bool operator==(const ExperimentFrame&, const ExperimentFrame&) = default;
};

/// How a plan is called, what is wrong with it and who it is: what only the caller knows.
struct PlanLabel {
    std::string name;
    std::string digest;
    std::int64_t violations = 0;
};
[[nodiscard]] ExperimentFrame frame_of(const Scenario& scenario, std::string scenario_digest,
                                       const Experiment& experiment, std::span<const PlanLabel> labels,
                                       std::uint64_t seed);

struct ExperimentResult {
    ExperimentFrame frame;
    Replications worlds;
    std::optional<double> precision;  ///< relative half width that was asked for
    bool precise = false;             ///< and whether it was reached
};

/// A customer's part in the risk: the covariance of its cost with the plan's total, over the total's
/// variance. The parts of all customers sum to 1; those who balance others are negative.
struct CustomerRisk {
    CustomerIndex customer;
    Money planned, mean;
    double share_of_variance = 0;
};

/// How probable it is that somebody at a customer is without service on some day.
struct CustomerGap {
    CustomerIndex customer;
    Probability of_any;
};

struct PlanSummary {
    Summary total;
    std::array<Summary, kComponentCount> components;
    Summary forfeited;
    Summary overlap_days, gap_days;  ///< scale 100
    Probability gap, missed_deadline, unwanted_renewal, not_moved;
    /// Last hand-over or end of an old contract; worlds in which that is not reached count as later than any
    /// day.
    Day finished_p5, finished_p50, finished_p95;
    Probability unfinished;
    std::vector<CustomerRisk> riskiest;  ///< at most ten, the largest part first
    Histogram totals;
    std::int64_t customers_with_gap = 0;  ///< customers who are without service in some world,
    std::vector<CustomerGap> gaps;        ///< at most fifty of them, the most probable first
};
inline constexpr std::int64_t kDaysScale = 100;
inline constexpr std::size_t kMostRiskiest = 10, kMostGaps = 50;

/// One plan of an experiment. Runtime: n log n in the replications, plus the customers.
[[nodiscard]] PlanSummary summarize(const ExperimentResult& result, std::size_t plan);

/// One plan against another, world by world.
struct Difference {
    std::size_t plan = 0, against = 0;
    Money planned;
    Summary amount;               ///< the total of `plan` less that of `against`
    Probability dearer, cheaper;  ///< worlds in which `plan` costs more, less
};
[[nodiscard]] Difference difference(const ExperimentResult& result, std::size_t plan, std::size_t against);

/// The feasible plan of least mean total, the first of equals; none if no plan is feasible.
[[nodiscard]] std::optional<std::size_t> best_plan(const ExperimentResult& result);

/// Whether the 95% interval of every plan's mean total is at most `precision` of the mean to either side.
[[nodiscard]] bool precise_enough(const Replications& worlds, double precision);

}  // namespace termwise
