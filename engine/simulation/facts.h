// What happened in a world, as days counted from H0, and what that means for a subscription: the last step of
// every simulation, whichever way it was made.
#pragma once

#include <cstdint>

#include "simulation/outcome.h"
#include "simulation/prepared_plan.h"

namespace termwise {

/// What happened to one subscription. kNever: not before H1.
struct SubscriptionFacts {
    std::int32_t provisioned_on = kNever;
    std::int32_t handed_over_on = kNever;
    std::int32_t switched_off_on = kNever;
    std::int32_t cancelled_on = kNever;
    std::int32_t seats = 0;  ///< as provisioned
};

/// What became of a subscription that is not left out of the score; `declined_on` of its customer. Runtime:
/// old_end().
[[nodiscard]] SubscriptionOutcome outcome_of(const PreparedPlan& plan, SubscriptionIndex subscription,
                                             const SubscriptionFacts& facts, std::int32_t declined_on);

/// The day on which the work of cancelling falls due once users need the old subscription until `day`; kNever
/// if there is none before H1 (M7.1).
[[nodiscard]] std::int32_t cancel_due(const PreparedPlan& plan, const Task& task, std::int32_t day);

}  // namespace termwise
