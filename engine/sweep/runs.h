// What a run of a sweep is: one strategy in one scenario, planned, judged and scored, and tried in many
// worlds if that was asked for.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "experiment/statistics.h"
#include "model/scenario.h"
#include "planning/approach.h"
#include "scoring/components.h"

namespace termwise {

/// What is asked about every scenario.
struct Questions {
    std::vector<Approach> strategies;
    std::uint32_t replications = 0;  ///< 0: what is planned, and no more
    std::uint64_t seed = 1;          ///< of the worlds
    /// How far the cheapest plan is looked for: PlanningOptions::gap and effort, by default by size.
    std::optional<double> gap = {};
    std::optional<std::int64_t> effort = {};
};

/// What the worlds say of a total (M7.3).
struct Estimates {
    Summary total;
    Probability gap, missed_deadline, unwanted_renewal;
};

struct RunResult {
    bool has_plan = false;  ///< `optimal` may end without one; then nothing else is known
    bool feasible = false;
    int minor_digits = 2;
    Components planned;
    std::int64_t gap_days = 0;  ///< planned, seat-days
    Day finished_on;            ///< as planned; none if nothing migrates
    std::optional<Estimates> estimates;

    /// The mean total if there were worlds, else the planned one; none without a plan.
    [[nodiscard]] std::optional<Money> amount() const;
};

/// One result for each of `asked.strategies`, all in the same worlds. `threads` and nothing else decides how
/// long it takes, in what it allows; the results do not depend on it. `stop` ends the search for a cheapest
/// plan early: what is returned then is of no use. Runtime: planning, judging, scoring; replications times
/// worlds.
[[nodiscard]] std::vector<RunResult> run_strategies(const Scenario& scenario, const Questions& asked,
                                                    unsigned threads, const std::atomic<bool>* stop);

}  // namespace termwise
