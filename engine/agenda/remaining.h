// What is still possible for one customer once a day has passed: the cheapest plan beside everything that all
// others do, found by the planner in what they leave of shared limits.
#pragma once

#include <vector>

#include "agenda/delay.h"

namespace termwise {

/// The cheapest plan in which nothing new happens before `from`, a day of the horizon: whatever the
/// customer's plan `carried_out` does before it stays, and so do the moves of `locked` whatever their days. A
/// plan without moves: nothing is done yet. Where the planner finds none, the subscriptions of which nothing
/// is done stay, and what that breaks is in the answer; or `carried_out` goes on as it is, if that breaks
/// less. Runtime: plan_optimally() of one customer.
[[nodiscard]] OtherPlan best_from(const Reference& reference, const Plan& carried_out, Day from,
                                  const std::vector<SubscriptionIndex>& locked);

/// The same once `duty` of the reference's plan has not been done before `from`: its subscription is decided
/// anew, with its base and its add-ons (an invitation: all of the customer's); the others are locked.
[[nodiscard]] OtherPlan best_without(const Reference& reference, const Duty& duty, Day from);

}  // namespace termwise
