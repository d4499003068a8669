// The named strategies (M5): what doing nothing, waiting and cancelling now would mean. Rules of thumb,
// carried out properly: every plan respects days, capacity, parents and deadlines, and what cannot be placed
// is said with the reason.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

enum class Strategy : std::uint8_t { stay, wait, cancel_now };

inline constexpr std::array kStrategies{Strategy::stay, Strategy::wait, Strategy::cancel_now};

/// "stay", "wait", "cancel-now".
[[nodiscard]] std::string_view strategy_name(Strategy strategy);

/// Why a subscription was not moved.
enum class Obstacle : std::uint8_t {
    ends_after_horizon,    ///< its term outlives the horizon, so it cannot lapse in it. day: end of its term
    may_not_be_cancelled,  ///< and its term outlives the horizon (cancel-now), or its parent's contract. day:
                           ///< end of its term
    no_target,             ///< no allowed target, term and day has a price and enough seats
    requirement_not_met,   ///< the parent moves to no offer that a target of this one requires
    reassignment_too_slow,  ///< at so many seats a day it does not end within the horizon
    no_day,        ///< day: earliest hand-over possible; other: last one in time (none: no workday left)
    no_notice,     ///< auto-renew can no longer be switched off in time. day: last day that would be
    no_capacity,   ///< a day exists, but teams are full. team, day, other: first and last day looked at
    family_stays,  ///< its parent or an add-on cannot move. subscription: which
};

struct NotPlaced {
    SubscriptionIndex subscription;
    Obstacle obstacle = Obstacle::no_day;
    Day day, other;
    TeamIndex team;
    SubscriptionIndex because_of;
};

/// The obstacle in words that a planner can act on.
[[nodiscard]] std::string obstacle_text(const Scenario& scenario, const NotPlaced& not_placed);

struct StrategyPlan {
    Plan plan;                          ///< a move for every subscription
    std::vector<NotPlaced> not_placed;  ///< ascending by subscription; they stay
};

/// The plan of a strategy. Its moves lie in the space of M6.1; budgets are not looked at (M5.1).
/// Runtime: subscriptions times (allowed targets and terms plus days looked at until capacity is found).
[[nodiscard]] StrategyPlan plan_by(const Scenario& scenario, Strategy strategy);

}  // namespace termwise
