// What plans cost in worlds drawn by chance, customer by customer: what a plan that is to be good on average
// is chosen by. The worlds are none of those that results are reported of.
#pragma once

#include <cstdint>
#include <vector>

#include "experiment/replications.h"
#include "model/scenario.h"
#include "plan/plan.h"
#include "simulation/chances.h"

namespace termwise {

/// Replications from here on are for planning: beyond those that an experiment can have, so that what is
/// chosen by these worlds is never judged by them.
inline constexpr std::uint32_t kFirstForPlanning = std::uint32_t{1} << 31;
static_assert(kMostReplications <= kFirstForPlanning);

/// Some worlds of a scenario, which has to outlive it.
class SampledWorlds {
  public:
    SampledWorlds(const Scenario& scenario, std::uint64_t seed, std::uint32_t worlds, unsigned threads);

    [[nodiscard]] std::uint32_t count() const { return worlds_; }

    /// The total of each customer in each world, minor units: customer c in world w at [c * count() + w].
    /// Subscriptions without a move cost nothing. Does not depend on the number of threads. Runtime: the
    /// portfolio, and worlds times DirectWorld::run() and scoring; where no team's time is limited, only
    /// customers about whom the plan says anything.
    [[nodiscard]] std::vector<std::int64_t> costs(const Plan& plan) const;

  private:
    const Scenario* scenario_;
    ChanceTables chances_;
    std::uint64_t seed_;
    std::uint32_t worlds_;
    unsigned threads_;
};

}  // namespace termwise
