// Other decisions about a customer, not far from one: what may be worth its price in an uncertain world.
// Invited earlier, moved some workdays earlier or later, its automatic renewal switched off earlier; and
// another way to end the old contract. They lie in the space of M6.1 as far as days go; which of them keep
// the rules is for the judge to say.
#pragma once

#include <span>
#include <vector>

#include "model/scenario.h"
#include "planning/customer_decision.h"

namespace termwise {

/// Of more subscriptions than this, single ones are not tried by themselves, but all of a customer together.
inline constexpr std::size_t kMostTriedAlone = 8;

/// Far and wide: invited at once and moved up to sixty workdays earlier, and ended in other ways. The first
/// is `decision` itself. Runtime, and size: some twenty.
[[nodiscard]] std::vector<CustomerDecision> far_from(const Scenario& scenario, CustomerIndex customer,
                                                     const CustomerDecision& decision);

/// Step by step, all subscriptions together and each by itself: a few workdays earlier or later, invited on
/// other days, or as one of `others` has it. Runtime, and size: some thirty, and as many a subscription.
[[nodiscard]] std::vector<CustomerDecision> near_to(const Scenario& scenario, CustomerIndex customer,
                                                    const CustomerDecision& decision,
                                                    std::span<const CustomerDecision> others);

}  // namespace termwise
