// Why somebody has no way to go, whatever the others do: the rules that rule out every way, no more of them
// than it takes, and what would have to give way how far.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "planning/excerpt.h"
#include "planning/relaxation.h"

namespace termwise {

/// Changes that help together. Each is as small as it can be while the others stay as they are.
struct Remedy {
    std::vector<Relaxation> changes;
    bool planned = false;  ///< with them a plan was found for all who are in the conflict
    bool least = false;    ///< proven: with any of them smaller by one there is none

    friend bool operator==(const Remedy&, const Remedy&) = default;
};

/// Rules that cannot be kept together.
struct RuleConflict {
    /// Smallest: the horizon, the calendar and these leave no way; without any one of them there is one.
    /// Empty: what does not give way leaves none by itself.
    std::vector<Relaxation> rules;
    /// Single changes in the order of Relaxable. If no single one helps, one remedy of several changes; none
    /// if nothing helps.
    std::vector<Remedy> remedies;
};

/// Why `subscription` has no option of its own. Runtime: some hundred listings of its options.
[[nodiscard]] RuleConflict rules_against(const Excerpts& excerpts, SubscriptionIndex subscription);

/// Why `customer`, each of whose subscriptions has an option, has none for all of them, even if teams and
/// budgets had no limit. Runtime: some hundred runs of its solver.
[[nodiscard]] RuleConflict rules_against(const Excerpts& excerpts, CustomerIndex customer);

/// Whether each customer has a choice, if it were alone and teams and budgets had no limit. Nothing: not
/// known, the search for one was cut short.
[[nodiscard]] std::optional<bool> has_choice(Scenario scenario);

/// The least `by` of 1 .. change.by for which `helps(change)`, which is true for change.by and for all above
/// the least.
[[nodiscard]] Relaxation least_that_helps(Relaxation change,
                                          const std::function<bool(const Relaxation&)>& helps);

/// relaxations_of() all subscriptions of a scenario; what they share is there once.
[[nodiscard]] std::vector<Relaxation> all_relaxations(const Scenario& scenario);

}  // namespace termwise
