// What must hold of the judge for any plan.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "plan/check.h"
#include "plan/days.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using test::Lines;

/// The same scenario with more time for its teams; sometimes with all the time there is.
Scenario with_more_capacity(Scenario scenario) {
    for (Team& team : scenario.teams) {
        if (!team.capacity) continue;
        if (dice::chance(20)) {
            team.capacity.reset();
            continue;
        }
        team.capacity->minutes += dice::roll(0, 120);
        for (CapacityException& exception : team.capacity->exceptions)
            exception.minutes += dice::roll(0, 120);
    }
    return scenario;
}

RC_GTEST_PROP(CheckProperty, MoreCapacityNeverAddsAViolation, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan = test::draw_plan(scenario);
    const Lines before = test::violations(scenario, plan);
    const Lines after = test::violations(with_more_capacity(scenario), plan);
    RC_LOG() << rc::toString(before) << "\n" << rc::toString(after);
    RC_ASSERT(std::ranges::includes(before, after));
    // And takes away none but those of capacity.
    for (const std::string& line : before)
        RC_ASSERT(line.starts_with("capacity ") || std::ranges::find(after, line) != after.end());
}

RC_GTEST_PROP(CheckProperty, ViolationsAreSortedAndSaidOnce, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const CheckResult result = check(scenario, test::draw_plan(scenario));
    std::vector<std::pair<std::string, std::string>> keys;
    for (const Violation& v : result.violations) {
        keys.emplace_back(rule_name(v.rule), subject_text(scenario, v));
        RC_ASSERT(!message_text(scenario, v).empty());
    }
    RC_ASSERT(std::ranges::is_sorted(keys));
    RC_ASSERT(std::ranges::adjacent_find(keys) == keys.end());
}

RC_GTEST_PROP(CheckProperty, CountsExactlyTheWorkOfThePlan, ()) {
    // M4.4, added up anew: per move, a visit a customer and day, the invitations.
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan = test::draw_plan(scenario);
    TeamLoad expected(scenario);
    std::set<std::pair<CustomerIndex, Day>> visits;
    const std::vector<std::int32_t> positions = move_positions(scenario, plan);
    for (const std::int32_t position : positions) {
        if (position < 0) continue;
        const Move& move = plan.moves[static_cast<std::size_t>(position)];
        const Subscription& s = scenario.at(move.subscription);
        MoveDays days;
        if (move.action == Action::migrate) {
            days = days_of(scenario, s, move);
            visits.emplace(s.customer, move.provision_on);
        }
        for_each_work_item(scenario, move, days, [&](const WorkItem& item) { expected.add(item); });
    }
    for (const auto& [customer, day] : visits)
        if (const auto work = visit_work(scenario, customer, day)) expected.add(*work);
    for (const Invitation& invitation : plan.invitations)
        if (const auto work = invite_work(scenario, invitation.customer, invitation.invite_on))
            expected.add(*work);
    const CheckResult result = check(scenario, plan);
    for (std::size_t t = 0; t < scenario.teams.size(); ++t)
        RC_ASSERT(result.load.used_buckets(TeamIndex(t)) == expected.used_buckets(TeamIndex(t)));
}

RC_GTEST_PROP(CheckProperty, AnotherCustomerAddsNoViolationToThisOne, ()) {
    // Customers share nothing but teams and budgets: alone, a customer is judged as among others.
    test::Draw what;
    what.limits = false;
    const Scenario scenario = test::draw_scenario(what).build();
    const Plan plan = test::draw_plan(scenario);
    const Lines all = test::violations(scenario, plan);
    Lines one_by_one;
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        const CustomerIndex customer(c);
        Plan part;
        for (const Move& move : plan.moves)
            if (scenario.at(move.subscription).customer == customer) part.moves.push_back(move);
        for (const Invitation& invitation : plan.invitations)
            if (invitation.customer == customer) part.invitations.push_back(invitation);
        for (const Violation& v : check(scenario, part).violations) {
            const bool of_another =
                v.rule == Rule::move && scenario.at(SubscriptionIndex(v.index)).customer != customer;
            if (!of_another) one_by_one.push_back(test::told(scenario, {v}).front());
        }
    }
    std::ranges::sort(one_by_one);
    Lines sorted = all;
    std::ranges::sort(sorted);
    RC_ASSERT(one_by_one == sorted);
}

}  // namespace
}  // namespace termwise
