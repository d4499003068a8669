// Why there is no plan (M6.3), in terms that a planner can act on: who, which rules or which week of which
// team, how many minutes short, and what would help.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/violation.h"
#include "planning/least_use.h"
#include "planning/packing.h"
#include "planning/rule_conflict.h"

namespace termwise {

enum class ConflictKind : std::uint8_t {
    rules,     ///< a subscription has no way, whatever the others do
    family,    ///< a customer's subscriptions each have one, but not together
    too_big,   ///< a subscription's work on one day is more than its team's time on any day that serves
    shortage,  ///< customers need more of some limits than there is
    packing,   ///< what customers need cannot be divided so that all of it fits
    fixed,     ///< what is fixed of a plan being carried out leaves no way
    no_place   ///< no proof: for these customers no place was found beside the others
};
/// "rules", "family", "too-big", "shortage", "packing", "fixed", "no-place".
[[nodiscard]] std::string_view conflict_kind_name(ConflictKind kind);

/// Something that no feasible plan can get around, or that none was found to get around.
struct Conflict {
    ConflictKind kind = ConflictKind::rules;
    bool proven = true;
    CustomerIndex customer;          ///< none: several customers
    SubscriptionIndex subscription;  ///< none: the customer's subscriptions taken together
    std::string reason;              ///< a sentence without subject if the conflict has one

    std::vector<Relaxation> rules;  ///< `rules`, `family`: see RuleConflict
    Shortage shortage;              ///< `too_big`, `shortage`, `no_place`: of what, by how much, who needs it
    /// The first `shortage.enough` customers conflict; with any one of them less they do not.
    bool smallest = false;

    /// `fixed`: what is in the way, and what the judge says to it alone.
    struct InTheWay {
        /// Whose moves are done in part, or locked; ascending by id.
        std::vector<SubscriptionIndex> subscriptions;
        std::vector<CustomerIndex> customers;  ///< who are invited; ascending by id
        bool today = false;                    ///< also that nothing can be done before today
        bool smallest = false;                 ///< without any one of them a plan was found
        std::vector<Violation> violations;
    } in_the_way;

    /// In the order of Relaxable, then less before more.
    std::vector<Remedy> remedies;
};

/// Its changes: "move_by of contoso-e3 8 days later, 2026-01-14 and ...".
[[nodiscard]] std::string remedy_text(const Scenario& scenario, const Remedy& remedy);

/// How conflicts are looked for.
struct ConflictSearch {
    /// Whether a plan is found for a scenario; false may mean that it was only not found.
    std::function<bool(const Scenario&)> plan_is_found;
    std::function<bool()> is_over;  ///< what was found so far is enough
    Packing* packing = nullptr;     ///< of the whole scenario, if it is proven that not all fit; else null
    int threads = 1;
};

/// A conflict for each of `subscriptions`, ascending, that have no option of their own. Those beyond the
/// first fifty have a reason alone.
[[nodiscard]] std::vector<Conflict> conflicts_of(const Scenario& scenario,
                                                 std::span<const SubscriptionIndex> subscriptions,
                                                 const ConflictSearch& search);

/// The conflict of a customer whose subscriptions each have an option, but not all together. It is not proven
/// if that is only not found.
[[nodiscard]] Conflict conflict_of(const Scenario& scenario, CustomerIndex customer,
                                   const ConflictSearch& search);

/// Conflicts about what customers share, each of whom has a choice alone: proven ones if some are found, else
/// what is known of `unplaced`, ascending, for whom no place was found in `left`, what the others leave of
/// each limit. Then a conflict's remedy is for itself beside those before it, and `planned` if all help
/// together.
[[nodiscard]] std::vector<Conflict> conflicts_about_limits(const Scenario& scenario,
                                                           std::span<const CustomerIndex> unplaced,
                                                           std::span<const std::int64_t> left,
                                                           const ConflictSearch& search);

}  // namespace termwise
