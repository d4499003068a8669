// The outcome when nothing goes otherwise than planned.
#pragma once

#include <span>

#include "plan/check.h"
#include "plan/plan.h"
#include "simulation/outcome.h"

namespace termwise {

/// What a move leads to if all goes as planned; its work is added to `work`.
[[nodiscard]] SubscriptionOutcome as_planned(const Scenario& scenario, const Move& move,
                                             std::vector<WorkItem>& work);

/// What the plan leads to for one customer: `outcome` is filled anew. `positions` is move_positions() of the
/// plan. Subscriptions without exactly one move are left out (M3.1).
void as_planned(const Scenario& scenario, const Plan& plan, std::span<const std::int32_t> positions,
                CustomerIndex customer, CustomerOutcome& outcome);

/// Calls `f(const CustomerOutcome&)` for every customer, in order.
template <class F>
void for_each_as_planned(const Scenario& scenario, const Plan& plan, F&& f) {
    const std::vector<std::int32_t> positions = move_positions(scenario, plan);
    CustomerOutcome outcome;
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        as_planned(scenario, plan, positions, CustomerIndex(c), outcome);
        f(static_cast<const CustomerOutcome&>(outcome));
    }
}

}  // namespace termwise
