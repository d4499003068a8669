#include "simulation/as_planned.h"

#include <algorithm>

#include "plan/days.h"

namespace termwise {

SubscriptionOutcome as_planned(const Scenario& scenario, const Move& move, std::vector<WorkItem>& work) {
    const Subscription& s = scenario.at(move.subscription);
    SubscriptionOutcome outcome;
    outcome.subscription = move.subscription;
    MoveDays days;
    if (move.action == Action::migrate) {
        days = days_of(scenario, s, move);
        outcome.migrated = true;
        outcome.target = move.target;
        outcome.sold_as = move.sold_as;
        outcome.provisioned_on = move.provision_on;
        outcome.seats_provisioned = days.seats;
        outcome.seats_reassigned = days.reassigns ? days.seats : 0;
        outcome.handed_over_on = days.hand_over;
        outcome.old_ending = ending_of(move);
        outcome.grace_days = grace_after(scenario, s, move.exit);
    } else {
        outcome.grace_days = scenario.programme_of(s.offer).grace_days;
    }
    for_each_work_item(scenario, move, days, [&](const WorkItem& item) { work.push_back(item); });
    return outcome;
}

void as_planned(const Scenario& scenario, const Plan& plan, std::span<const std::int32_t> positions,
                CustomerIndex customer, CustomerOutcome& outcome) {
    outcome.clear(customer);
    const ListRange range = scenario.at(customer).subscriptions;
    for (std::uint32_t i = range.begin; i < range.begin + range.size; ++i) {
        if (positions[i] < 0) continue;
        const Move& move = plan.moves[static_cast<std::size_t>(positions[i])];
        outcome.subscriptions.push_back(as_planned(scenario, move, outcome.work));
    }
    if (const Day invited = invite_day(plan, customer); !invited.none())
        if (const auto work = invite_work(scenario, customer, invited)) outcome.work.push_back(*work);
    // One visit for all that is provisioned on one day (M4.4).
    const auto& subscriptions = outcome.subscriptions;
    for (std::size_t i = 0; i < subscriptions.size(); ++i) {
        if (!subscriptions[i].migrated) continue;
        const Day day = subscriptions[i].provisioned_on;
        const bool visited =
            std::any_of(subscriptions.begin(), subscriptions.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const auto& o) { return o.migrated && o.provisioned_on == day; });
        if (visited) continue;
        if (const auto work = visit_work(scenario, customer, day)) outcome.work.push_back(*work);
    }
}

}  // namespace termwise
