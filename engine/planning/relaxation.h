// What could give way if no plan keeps every rule: single wishes and settings of a scenario, each by as much
// as it takes. A relaxed scenario is asked like any other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"

namespace termwise {

/// Named as in the scenario. In the order in which remedies are told.
enum class Relaxable : std::uint8_t {
    capacity,        ///< `by` more minutes in the bucket of `team` that holds `on`
    budget,          ///< `by` more minor units in budget `part`
    move_by,         ///< of `subscription`, `by` days later; H1 at most
    move_from,       ///< of `subscription`, `by` days earlier
    blackout,        ///< number `part` of `customer` is dropped
    acceptance,      ///< of `customer`, within `by` days less
    provision_days,  ///< `by` less
    seats_per_day,   ///< `by` more are reassigned a day
    max_seats,       ///< of every allowed target of `subscription`, `by` more
    auto_renew,      ///< of `subscription` is already off
    notice,          ///< of the old programme of `subscription`, `by` days less
    cancellation,    ///< in the old programme of `subscription` is allowed
    renewal,         ///< of `subscription` has a price and is open throughout
    price,           ///< every allowed target of `subscription` is sold throughout
    continuity,      ///< grace instead of strict, soft instead of grace: `by` steps
    must_move,       ///< `subscription` may stay
    parent           ///< `subscription` need not go along with its parent, nor needs one
};

/// One thing that gives way. Of the indices those that `what` speaks of.
struct Relaxation {
    Relaxable what = Relaxable::capacity;
    std::int64_t by = 1;  ///< days, minutes, minor units, seats or steps, above 0; 1: given up altogether
    CustomerIndex customer;
    SubscriptionIndex subscription;
    TeamIndex team;
    Day on;
    std::int32_t part = 0;

    friend bool operator==(const Relaxation&, const Relaxation&) = default;
};

/// "move_by", "acceptance".
[[nodiscard]] std::string_view relaxable_name(Relaxable what);
/// Whether it is nobody's own, or a customer's: not a single subscription's.
[[nodiscard]] bool is_shared(Relaxable what);
/// "days", "minutes", "amount", "seats"; empty for what is given up altogether.
[[nodiscard]] std::string_view relaxable_unit(Relaxable what);

/// All that binds a subscription apart from limits shared with others, each relaxed as far as could matter.
/// Whatever else keeps it from moving is the horizon's, the calendar's or the catalogue's.
[[nodiscard]] std::vector<Relaxation> relaxations_of(const Scenario& scenario,
                                                     SubscriptionIndex subscription);

/// Changes `scenario`, to whose things the relaxation refers.
void relax(Scenario& scenario, const Relaxation& relaxation);

/// What binds, as it stands: "move_by 2026-01-06", "acceptance takes 21 days".
[[nodiscard]] std::string rule_text(const Scenario& scenario, const Relaxation& relaxation);

/// What a planner would have to ask for: "move_by of contoso-e3 8 days later, 2026-01-14".
[[nodiscard]] std::string remedy_text(const Scenario& scenario, const Relaxation& relaxation);

}  // namespace termwise
