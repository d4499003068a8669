// Why what is fixed cannot be kept: which of it is in the way, and what the judge says to that.
#include "planning/fixed_conflict.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "planning/optimal.h"
#include "support/carried_out.h"

namespace termwise {
namespace {

using test::day;
using test::Lines;

OptimalPlan replanned(const Scenario& scenario, const Commitments& commitments) {
    PlanningOptions asked;
    asked.commitments = &commitments;
    return plan_optimally(scenario, asked);
}

Lines judged(const Scenario& scenario, const Conflict& conflict) {
    return test::told(scenario, conflict.in_the_way.violations);
}

/// Two customers, and a team of an hour a week that needs half an hour for each.
test::SmallScenario two_customers() {
    test::SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    s.draft.effort.emplace().provision.minutes = 30;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 60, {}};
    return s;
}

Plan both_in_one_week(const Scenario& scenario) {
    test::PaperPlan plan(scenario);
    plan.migrates("adatum-e3", day("2026-03-16"));
    plan.migrates("contoso-e3", day("2026-03-17"));
    return plan.plan();
}

TEST(FixedConflict, ALockedMoveThatBreaksARuleIsNamedWithTheRule) {
    test::SmallScenario s = two_customers();
    const Plan plan = both_in_one_week(s.build());
    s.subscription("adatum-e3").move_from = day("2026-03-20");
    const Scenario scenario = s.build();
    const Commitments commitments(scenario, plan, scenario.h0(), {SubscriptionIndex(0)}, Money(0));
    const OptimalPlan answer = replanned(scenario, commitments);
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_EQ(answer.conflicts[0].kind, ConflictKind::fixed);
    EXPECT_EQ(scenario.id(answer.conflicts[0].subscription), "adatum-e3");
    EXPECT_EQ(answer.conflicts[0].reason, "its move is locked, and breaks rules");
    EXPECT_EQ(judged(scenario, answer.conflicts[0]), Lines{"deadline at adatum-e3"});
}

TEST(FixedConflict, LockedMovesThatNeedMoreTimeThanThereIsAreProvenToConflict) {
    test::SmallScenario s = two_customers();
    const Plan plan = both_in_one_week(s.build());
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 40, {}};
    const Scenario scenario = s.build();
    const std::vector<SubscriptionIndex> both{SubscriptionIndex(0), SubscriptionIndex(1)};
    const OptimalPlan answer =
        replanned(scenario, Commitments(scenario, plan, scenario.h0(), both, Money(0)));
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_EQ(answer.conflicts[0].in_the_way.subscriptions, both);
    EXPECT_FALSE(answer.conflicts[0].in_the_way.today);
    EXPECT_EQ(judged(scenario, answer.conflicts[0]), Lines{"capacity at ops 2026-W12"});
    // One of them alone is no trouble.
    EXPECT_TRUE(
        replanned(scenario, Commitments(scenario, plan, scenario.h0(), {both[0]}, Money(0))).has_plan());
}

TEST(FixedConflict, AWeekThatIsOverCannotHaveLessTimeThanItTook) {
    test::SmallScenario s = two_customers();
    const Plan plan = both_in_one_week(s.build());
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 50, {}};
    const Scenario scenario = s.build();
    const OptimalPlan answer =
        replanned(scenario, Commitments(scenario, plan, day("2026-03-23"), {}, Money(0)));
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_EQ(answer.conflicts[0].reason, "what is fixed breaks rules by itself");
    EXPECT_EQ(answer.conflicts[0].in_the_way.subscriptions.size(), 2U);
    EXPECT_EQ(judged(scenario, answer.conflicts[0]), Lines{"capacity at ops 2026-W12"});
}

TEST(FixedConflict, WithoutAProofTheSmallestSetThatLeavesNoPlanIsNamed) {
    test::SmallScenario s = two_customers();
    s.add_customer("litware");
    s.add_subscription("litware", "litware-e3", "e3-open");
    // One week is left to adatum, which the locked contoso needs; litware is locked too, but in no one's way.
    s.subscription("adatum-e3").move_from = day("2026-03-16");
    s.subscription("adatum-e3").move_by = day("2026-03-20");
    test::SmallScenario less = s;
    less.team("ops").capacity = CapacityDraft{CapacityPer::week, 40, {}};
    const Scenario scenario = less.build();
    test::PaperPlan plan(scenario);
    plan.migrates("contoso-e3", day("2026-03-17"));
    plan.migrates("litware-e3", day("2026-03-24"));
    const std::vector<SubscriptionIndex> locked{test::subscription_of(scenario, "contoso-e3"),
                                                test::subscription_of(scenario, "litware-e3")};
    const OptimalPlan answer =
        replanned(scenario, Commitments(scenario, plan.plan(), scenario.h0(), locked, Money(0)));
    EXPECT_EQ(answer.status, PlanStatus::stopped_without_plan);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_FALSE(answer.conflicts[0].proven);
    EXPECT_EQ(answer.conflicts[0].in_the_way.subscriptions, std::vector{locked[0]});
    EXPECT_FALSE(answer.conflicts[0].in_the_way.today);
    EXPECT_TRUE(answer.conflicts[0].in_the_way.smallest);
}

TEST(FixedConflict, SomebodyWhoWaitedTooLongIsToldThatItIsTheDay) {
    test::SmallScenario s = two_customers();
    s.subscription("contoso-e3").move_by = day("2026-03-20");
    const Scenario scenario = s.build();
    test::PaperPlan plan(scenario);
    plan.migrates("adatum-e3", day("2026-03-16"));
    const OptimalPlan answer =
        replanned(scenario, Commitments(scenario, plan.plan(), day("2026-03-23"), {}, Money(0)));
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_TRUE(answer.conflicts[0].in_the_way.today);
    EXPECT_EQ(answer.conflicts[0].reason,
              "nothing of it is done before 2026-03-23, and from then on it has no way left");
}

TEST(FixedConflict, WhereThereIsNoPlanAnywayWhatIsFixedIsNotBlamed) {
    test::SmallScenario s = two_customers();
    const Plan plan = both_in_one_week(s.build());
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 10, {}};
    const Scenario scenario = s.build();
    const OptimalPlan answer =
        replanned(scenario, Commitments(scenario, plan, day("2026-03-18"), {}, Money(0)));
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_FALSE(answer.conflicts.empty());
    for (const Conflict& conflict : answer.conflicts) EXPECT_EQ(conflict.kind, ConflictKind::too_big);
}

RC_GTEST_PROP(FixedConflictProperty, WhatIsSaidToBeProvenIs, ()) {
    test::Draw what;
    what.most_customers = 2;
    what.most_subscriptions = 1;
    what.most_days = 40;
    test::SmallScenario drawn = test::draw_days(what);
    const Scenario before = drawn.build();
    test::change(drawn);
    const Scenario now = drawn.build();
    const Commitments commitments = test::draw_commitments(now, test::draw_carried_out(before));
    const OptimalPlan answer = replanned(now, commitments);
    if (answer.has_plan()) return;
    RC_CLASSIFY(answer.status == PlanStatus::infeasible, "proven");
    RC_ASSERT(!answer.conflicts.empty());
    for (const Conflict& conflict : answer.conflicts) RC_ASSERT(!conflict.reason.empty());
    const test::EveryPlanThatKeeps every(now, commitments, 5'000);
    if (every.is_tiny() && answer.status == PlanStatus::infeasible)
        RC_ASSERT(!every.least(Money(0)).has_value());
}

}  // namespace
}  // namespace termwise
