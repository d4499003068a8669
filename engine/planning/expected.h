// Planning under uncertainty (M7.5): when to invite whom, how long before the end of the old contract to
// provision, how to end it, so that what a plan costs on average is least, and perhaps what it costs in bad
// worlds. The buffer is an output.
//
// The cheapest plan and those of the strategies are where it starts. For each customer other decisions are
// tried in sampled worlds, all customers at once as if teams had time for everybody: then customers do not
// touch each other, and what a change does to the portfolio is a sum. What looks better so is then tried in
// worlds whose teams have no more time than they have, and kept only if it is better there.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "experiment/statistics.h"
#include "model/scenario.h"
#include "plan/plan.h"
#include "planning/approach.h"

namespace termwise {

struct ExpectedOptions {
    /// Of CVaR95 beside the mean, in thousandths; at least 0.
    std::int64_t cvar_weight_thousandths = 0;
    std::uint64_t seed = 1;
    std::uint32_t worlds = 0;  ///< to plan with; 0: default_worlds()
    unsigned threads = 1;      ///< the plan does not depend on it
    std::function<void(const std::string&)> progress;
    const std::atomic<bool>* stop = nullptr;  ///< asks for the best plan so far
};

/// 1,000 up to a hundred customers, 200 beyond.
[[nodiscard]] std::uint32_t default_worlds(const Scenario& scenario);

struct ExpectedPlan {
    Plan plan;
    Approach began_with;  ///< the feasible plan that was best in the sampled worlds
    std::uint32_t worlds = 0;
    std::int64_t tried = 0;  ///< decisions about single customers
    Summary total;           ///< of the plan in the sampled worlds, which it was chosen by
    bool interrupted = false;
};

/// Plans a portfolio for which `cheapest` is feasible. The plan is feasible by check(), lies in the space of
/// M6.1 if `cheapest` does, and in the sampled worlds its mean plus weighted CVaR95 is at most that of
/// `cheapest` and of every named strategy that is feasible; where all are equal it is `cheapest`. Same input,
/// same options: the same plan. Runtime: worlds times some hundred courses of each customer, scored, and
/// worlds of the whole portfolio with its queues, of ten million customers all in all but at least 24 times;
/// memory: worlds times customers times a dozen amounts. Once `stop` is true it ends within the next of them.
[[nodiscard]] ExpectedPlan plan_for_expectation(const Scenario& scenario, const Plan& cheapest,
                                                const ExpectedOptions& asked);

}  // namespace termwise
