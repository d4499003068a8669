// A plan (M3): what is decided about every subscription. Plain values; whether it is any good is check.h's
// business.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "calendar/day.h"
#include "model/kinds.h"
#include "model/scenario.h"

namespace termwise {

enum class Action : std::uint8_t { stay, migrate };
enum class Exit : std::uint8_t { lapse, cancel };

/// What is decided about one subscription. For `stay` only `auto_renew_off_on` may be set (superfluous, and
/// reported).
struct Move {
    SubscriptionIndex subscription;
    Action action = Action::stay;
    Exit exit = Exit::lapse;
    OfferIndex target;
    TermBilling sold_as;
    Day provision_on;
    Day reassign_on;  ///< none: null
    Day exit_on;
    Day auto_renew_off_on;  ///< none: null

    friend bool operator==(const Move&, const Move&) = default;
};

struct Invitation {
    CustomerIndex customer;
    Day invite_on;

    friend bool operator==(const Invitation&, const Invitation&) = default;
};

/// Decisions about a portfolio. Sorted by index, so that the order of the input is forgotten; a subscription
/// may be missing or occur twice (`move`, M3.1), a customer occurs once at most.
struct Plan {
    std::string scenario_digest;          ///< hex SHA-256 of the scenario it was made for; empty: null
    std::vector<Invitation> invitations;  ///< ascending by customer
    std::vector<Move> moves;              ///< ascending by subscription
};

/// Sorts `plan` as above; moves of the same subscription keep their order.
void sort_plan(Plan& plan);

/// The move of `subscription` in a sorted plan, the first if there are several; null if there is none.
/// Runtime: logarithmic.
[[nodiscard]] const Move* move_of(const Plan& plan, SubscriptionIndex subscription);
[[nodiscard]] Move* move_of(Plan& plan, SubscriptionIndex subscription);

/// The day on which `customer` is invited; `Day{}` if it is not. Runtime: logarithmic.
[[nodiscard]] Day invite_day(const Plan& plan, CustomerIndex customer);

}  // namespace termwise
