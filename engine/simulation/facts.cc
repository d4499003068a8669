#include "simulation/facts.h"

#include <algorithm>

#include "simulation/exits.h"

namespace termwise {

SubscriptionOutcome outcome_of(const PreparedPlan& plan, SubscriptionIndex subscription,
                               const SubscriptionFacts& facts, std::int32_t declined_on) {
    const Scenario& scenario = plan.scenario();
    const Task& task = plan.tasks()[subscription.at()];
    const auto day_of = [&](std::int32_t day) { return day == kNever ? Day{} : scenario.h0() + day; };
    SubscriptionOutcome outcome;
    outcome.subscription = subscription;
    outcome.grace_days = scenario.programme_of(scenario.at(subscription).offer).grace_days;
    if (!task.migrates) return outcome;
    const Move& move = plan.move_of(task);
    const OldEnd end = old_end(
        scenario, move, {day_of(facts.switched_off_on), day_of(facts.cancelled_on), day_of(declined_on)});
    outcome.old_ending = end.ending;
    outcome.unwanted_renewals = end.unwanted_renewals;
    if (facts.provisioned_on == kNever) {
        outcome.not_moved = true;
        return outcome;
    }
    outcome.migrated = true;
    outcome.target = move.target;
    outcome.sold_as = move.sold_as;
    outcome.provisioned_on = day_of(facts.provisioned_on);
    outcome.seats_provisioned = facts.seats;
    outcome.seats_reassigned = task.reassigns ? facts.seats : 0;
    outcome.handed_over_on = day_of(facts.handed_over_on);
    if (end.ending.kind == Ending::Kind::cancel) outcome.grace_days = 0;
    return outcome;
}

std::int32_t cancel_due(const PreparedPlan& plan, const Task& task, std::int32_t day) {
    const Scenario& scenario = plan.scenario();
    const Day due =
        cancellation_day(scenario, plan.move_of(task), scenario.h0() + std::max(task.cancel_on, day));
    return due.none() ? kNever : due - scenario.h0();
}

}  // namespace termwise
