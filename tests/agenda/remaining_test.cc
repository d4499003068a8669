// What is left once a day has passed is the cheapest that is left: tried against every plan there is.
#include "agenda/remaining.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "explanation/random_plans.h"
#include "plan/check.h"
#include "plan/keeps.h"

namespace termwise {
namespace {

test::Draw small() {
    test::Draw what;
    what.most_customers = 2;
    what.most_subscriptions = 2;
    what.most_days = 90;
    return what;
}

RC_GTEST_PROP(RemainingProperty, GetsDearerDayByDayAndNothingHappensBefore, ()) {
    const Scenario scenario = test::draw_scenario(small()).build();
    const Plan nothing;
    const Limits limits(scenario);
    CustomerCase of(scenario, nothing, limits);
    of.look_at(CustomerIndex(0));
    const Reference undecided(of, of.own_plan());
    const Day first = dice::day(scenario.h0(), scenario.h1() - 1);
    const Day second = dice::day(first, scenario.h1() - 1);
    const OtherPlan early = best_from(undecided, {}, first, {});
    const OtherPlan late = best_from(undecided, {}, second, {});
    if (late.feasible()) {
        RC_ASSERT(early.feasible());
        RC_ASSERT(early.difference <= late.difference);
    }
    for (const OtherPlan* found : {&early, &late}) {
        const Day from = found == &early ? first : second;
        const Commitments commitments(of.own_scenario(), {}, from, {}, Money{});
        RC_ASSERT(not_kept(of.own_scenario(), commitments, found->own_plan).empty());
        // Judge and scorer say the same of it.
        RC_ASSERT(of.cost_of(found->own_plan).total() - of.cost_of(of.own_plan()).total() ==
                  found->difference);
        if (found->feasible()) RC_ASSERT(check(of.own_scenario(), found->own_plan).feasible());
    }
}

RC_GTEST_PROP(RemainingProperty, AMissedDutyIsNotDoneBeforeAndOthersDoAsPlanned, ()) {
    const Scenario scenario = test::draw_scenario(small()).build();
    const Plan plan = plan_by(scenario, dice::pick({Strategy::wait, Strategy::cancel_now})).plan;
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    of.look_at(CustomerIndex(0));
    const Reference reference(of, of.own_plan());
    for (const Duty& duty : duties_of(of.own_plan(), scenario.horizon)) {
        const Day from = duty.day + dice::roll(1, 20);
        if (from >= scenario.h1()) continue;
        const OtherPlan left = best_without(reference, duty, from);
        for (const Duty& other : duties_of(left.own_plan, {scenario.h0(), from}))
            RC_ASSERT((other.kind != duty.kind || other.subscription != duty.subscription));
        for (const Move& move : of.own_plan().moves) {
            const Subscription& s = of.own_scenario().at(move.subscription);
            if (duty.kind == DutyKind::invite || of.own_scenario().subscriptions.size() != 2 ||
                move.subscription == duty.subscription || !s.parent.none() ||
                !of.own_scenario().at(duty.subscription).parent.none())
                continue;
            RC_ASSERT(*std::ranges::find(left.own_plan.moves, move.subscription, &Move::subscription) ==
                      move);
        }
    }
}

TEST(Remaining, WhatDoesNotFitTogetherIsDoneInAnotherWeek) {
    // The old price ends with the week of 2026-02-02, in which visit, provisioning and cancellation take 67
    // of 60 minutes: each fits, two of them do.
    test::SmallScenario s;
    s.all_work_takes_time();
    CapacityDraft capacity;
    capacity.minutes = 200;
    capacity.exceptions.push_back({"2026-02-02"_day, 60});
    s.team("ops").capacity = capacity;
    s.programme("open").cancellation.refund = Refund::prorated;
    s.programme("open").renewals_until = "2026-03-01"_day;
    s.offer("e3-csp").prices = {test::price("P1Y", "P1M", "22.00", "", "2026-02-09"),
                                test::price("P1Y", "P1M", "40.00", "2026-02-09", "")};
    const Scenario scenario = s.build();
    const Plan nothing;
    const Limits limits(scenario);
    CustomerCase of(scenario, nothing, limits);
    of.look_at(CustomerIndex(0));
    const Reference undecided(of, of.own_plan());
    const OtherPlan best = best_from(undecided, {}, "2026-02-02"_day, {});
    ASSERT_TRUE(best.feasible());
    EXPECT_LT(best.own_plan.moves[0].provision_on, "2026-02-09"_day);
    EXPECT_EQ(best.own_plan.moves[0].exit, Exit::cancel);
    EXPECT_GE(best.own_plan.moves[0].exit_on, "2026-02-09"_day);
}

TEST(Remaining, WithoutAWayOutTheyStayAndThatIsSaid) {
    test::SmallScenario s;
    s.programme("open").renewals_until = "2026-03-01"_day;
    const Scenario scenario = s.build();
    const Plan nothing;
    const Limits limits(scenario);
    CustomerCase of(scenario, nothing, limits);
    of.look_at(CustomerIndex(0));
    const Reference undecided(of, of.own_plan());
    EXPECT_TRUE(best_from(undecided, {}, "2026-04-01"_day, {}).feasible());
    const OtherPlan late = best_from(undecided, {}, "2026-04-02"_day, {});
    ASSERT_FALSE(late.feasible());
    EXPECT_EQ(late.broken[0].rule, Rule::must_move);
    EXPECT_EQ(late.own_plan.moves[0].action, Action::stay);
    // 2026-04-01 to 2027-01-05, ten seats at 50.00 a day without service (M3.1).
    EXPECT_EQ(late.difference, Money(279 * 10 * 5000));
}

}  // namespace
}  // namespace termwise
