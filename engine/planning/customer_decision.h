// What a plan decides about one customer, as a value of its own: other decisions are tried in its place.
#pragma once

#include <span>
#include <vector>

#include "model/scenario.h"
#include "options/limits.h"
#include "plan/plan.h"

namespace termwise {

struct CustomerDecision {
    Day invite_on;            ///< none: not invited
    std::vector<Move> moves;  ///< one a subscription of the customer, ascending

    friend bool operator==(const CustomerDecision&, const CustomerDecision&) = default;
};

/// By customer, what `plan` decides; the plan has one move a subscription. Runtime: linear.
[[nodiscard]] std::vector<CustomerDecision> decisions_of(const Scenario& scenario, const Plan& plan);

/// The plan that decides so; `decisions` by customer, null where nothing is decided. Runtime: linear.
[[nodiscard]] Plan plan_of(std::span<const CustomerDecision* const> decisions);

[[nodiscard]] bool migrates(const CustomerDecision& decision);

/// What a decision takes of the limits that customers share (M3.10), ascending by limit. Work on days outside
/// the horizon takes nothing: such a decision breaks a rule of its own. Runtime: work items, and billing
/// dates if there are budgets.
[[nodiscard]] std::vector<Use> uses_of(const Scenario& scenario, const Limits& limits, CustomerIndex customer,
                                       const CustomerDecision& decision);

}  // namespace termwise
