// What one subscription may still decide, where a plan is being carried out.
#pragma once

#include "plan/commitments.h"

namespace termwise {

/// Without commitments nothing is fixed and no move is known. Whatever is not fixed happens on `from` or
/// later.
struct FixedMove {
    const Move* was = nullptr;  ///< being carried out; null: nothing is known
    Day from;
    bool stays = false;            ///< locked, and stays
    bool migrates = false;         ///< something of it is done, so that it cannot stay
    bool start = false;            ///< target, term and provisioning day are those of `was`
    bool reassignment = false;     ///< so is the day of reassigning, none included
    bool off = false;              ///< so is the day of switching auto-renew off, none included
    bool exit = false;             ///< so is the exit
    std::int64_t change_cost = 0;  ///< minor units: of every move but `was`; 0 if nothing is known

    FixedMove(const Scenario& scenario, const Commitments* commitments, SubscriptionIndex s)
        : from(scenario.h0()) {
        if (commitments == nullptr) return;
        from = commitments->from(s);
        was = commitments->move_of(s);
        if (was == nullptr) return;
        change_cost = commitments->change_cost().minor;
        const bool moves = was->action == Action::migrate;
        const bool locked = commitments->is_locked(s);
        const auto done = [&](Day day) { return Commitments::is_done(day, from); };
        stays = locked && !moves;
        off = locked || done(was->auto_renew_off_on);
        start = moves && (locked || done(was->provision_on));
        reassignment = moves && (locked || done(was->reassign_on));
        exit = moves && (locked || done(was->exit_on));
        migrates = start || reassignment || exit || (off && !stays);
    }

    [[nodiscard]] bool was_to_migrate() const { return was != nullptr && was->action == Action::migrate; }
    /// Day on which auto-renew was to be switched off; none: it was not.
    [[nodiscard]] Day off_day() const { return was == nullptr ? Day{} : was->auto_renew_off_on; }
    /// Whether the old contract was to end so.
    [[nodiscard]] bool was_to_end(Exit how, Day on) const {
        return was_to_migrate() && was->exit == how && was->exit_on == on;
    }
    /// Whether it may, but for the day of switching off.
    [[nodiscard]] bool may_end(Exit how, Day on) const {
        if (stays) return false;
        return exit ? was_to_end(how, on) : on >= from;
    }
};

}  // namespace termwise
