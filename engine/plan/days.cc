#include "plan/days.h"

namespace termwise {

MoveDays days_of(const Scenario& scenario, const Subscription& s, const Move& move) {
    MoveDays days;
    days.usable = move.provision_on + scenario.provision_days;
    days.transition_reassigns = scenario.reassigns(s.offer, move.target);
    days.reassigns = days.transition_reassigns && !move.reassign_on.none();
    days.seats = scenario.demand(s).at(move.provision_on);
    days.hand_over = days.usable;
    if (days.reassigns) {
        days.hand_over = for_each_batch(scenario.days_of(s.customer), move.reassign_on, days.seats,
                                        scenario.effort.reassign.seats_per_day, [](Day, std::int32_t) {});
        days.last_reassigned = days.hand_over - 1;
    }
    return days;
}

}  // namespace termwise
