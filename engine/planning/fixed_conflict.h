// Why no plan keeps what is fixed although there are plans without it: what of it is in the way, and what the
// judge says to that.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "plan/commitments.h"
#include "planning/conflict.h"

namespace termwise {

struct FixedConflictSearch {
    /// Whether a plan is found that keeps these; false may mean that it was only not found.
    std::function<bool(const Commitments&)> plan_is_found;
    std::function<bool()> is_over;  ///< what was found so far is enough
};

/// A conflict for each of `without`, ascending: the subscriptions to which what is fixed leaves no option of
/// their own, which is proven. If there are none: one conflict. It is proven if the judge says of what is
/// done and what is locked that a team has less time than that takes, or that locked moves do not agree; then
/// everybody concerned is named. Else it names the smallest set of what is fixed that was found to leave no
/// plan. Runtime: up to two hundred plans of a small portfolio, some twenty of a large one.
[[nodiscard]] std::vector<Conflict> conflicts_with(const Scenario& scenario, const Commitments& commitments,
                                                   std::span<const SubscriptionIndex> without,
                                                   const FixedConflictSearch& search);

}  // namespace termwise
