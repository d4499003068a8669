// What ties the subscriptions of a customer together besides visits: base and add-on (M3.8), and an
// invitation that went out (M3.3).
#pragma once

#include <cstdint>
#include <span>

#include "planning/choice.h"

namespace termwise {

/// What a search has decided about a subscription so far.
struct Restriction {
    Day provision_from = kBeforeAllDays, provision_to = kAfterAllDays;  ///< both included
    Day exit_from = kBeforeAllDays, exit_to = kAfterAllDays;            ///< both included
    std::uint64_t ways = ~std::uint64_t{0};
    bool may_stay = true, may_move = true;
};

/// Where a base and an add-on do not agree, or a subscription and what its target requires.
struct Disagreement {
    enum class About : std::uint8_t {
        nothing,
        whether,       ///< one moves, the other stays
        requirement,   ///< the target requires something that the parent does not move to
        provisioning,  ///< the add-on comes before its base
        exit,          ///< the base ends before its add-on
        invitation     ///< the customer is invited and all of them stay; no single one is meant
    };
    About about = About::nothing;
    std::size_t subscription = 0;  ///< position among the customer's
    std::size_t parent = 0;        ///< its parent, if it has one
    Day day;                       ///< provisioning: the base's; exit: the add-on's

    [[nodiscard]] bool none() const { return about == About::nothing; }
};

/// The last day on which `exit` may be taken under `restriction`; none if there is none.
[[nodiscard]] Day last_exit_day(const Options& options, const CustomerOptions& customer,
                                const ExitOption& exit, const Restriction& restriction);

/// Names the day of each exit of `choice`, whose starts and exits are chosen: add-ons first, each as early as
/// it can, bases not before. What comes first of what does not agree is the answer. `restrictions` are by
/// subscription, or empty. Runtime: linear in the subscriptions times the depth of families.
Disagreement settle_exits(const Options& options, const CustomerOptions& customer,
                          std::span<const Restriction> restrictions, CustomerChoice& choice);

}  // namespace termwise
