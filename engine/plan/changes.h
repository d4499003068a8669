// What one plan of a scenario does otherwise than another.
#pragma once

#include <vector>

#include "plan/plan.h"

namespace termwise {

/// A subscription whose rows differ; a row that its plan does not have is null. The plans must outlive it.
struct Change {
    SubscriptionIndex subscription;
    const Move* was = nullptr;
    const Move* is = nullptr;
};

/// Ascending by subscription. Of several rows of one subscription (`move`, M3.1) the first ones count.
/// Invitations are not looked at. Runtime: linear.
[[nodiscard]] std::vector<Change> changes_between(const Plan& was, const Plan& is);

}  // namespace termwise
