// The days that a move implies (M3.5): when the new subscription is usable, when users get their licences,
// and the hand-over day from which nobody needs the old one.
#pragma once

#include <algorithm>
#include <cstdint>

#include "calendar/workdays.h"
#include "contract/contract.h"
#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// Calls `f(day, seats)` for each day on which seats are reassigned: from `from` on, at most `seats_per_day`
/// (0: no limit) on each of the customer's workdays until `seats` are done. Returns the day after the last.
/// Gives up at the end of the calendar and then does the rest at once; a plan that runs so far is refused
/// anyway.
template <class F>
Day for_each_batch(const CustomerDays& days, Day from, std::int32_t seats, std::int32_t seats_per_day,
                   F&& f) {
    constexpr Day kGiveUp = to_day({kLastYear + 1, 1, 1});  // what the bound on amounts reckons with
    Day day = from;
    while (seats > 0) {
        day = days.first_at_or_after(day, kGiveUp);
        const std::int32_t batch =
            seats_per_day == 0 || day == kGiveUp ? seats : std::min(seats, seats_per_day);
        f(day, batch);
        seats -= batch;
        ++day;
    }
    return day;
}

struct MoveDays {
    Day usable;  ///< provision_on + provision_days
    bool transition_reassigns = false;
    bool reassigns = false;  ///< the transition does and the move names a day
    std::int32_t seats = 0;  ///< of the new contract, as provisioned
    Day last_reassigned;     ///< none unless `reassigns`
    Day hand_over;           ///< h
};

/// The days of a migrating move. Runtime: reassignment days.
[[nodiscard]] MoveDays days_of(const Scenario& scenario, const Subscription& s, const Move& move);

/// Days of grace between the end of the old contract and the loss of service, for this kind of exit (M3.6).
[[nodiscard]] inline std::int32_t grace_after(const Scenario& scenario, const Subscription& s, Exit exit) {
    return exit == Exit::lapse ? scenario.programme_of(s.offer).grace_days : 0;
}

/// How the old contract is meant to end under `move`.
[[nodiscard]] inline Ending ending_of(const Move& move) {
    if (move.action == Action::stay) return {};
    return {move.exit == Exit::lapse ? Ending::Kind::lapse : Ending::Kind::cancel, move.exit_on};
}

}  // namespace termwise
