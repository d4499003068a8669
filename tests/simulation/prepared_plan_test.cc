// A plan made ready: when its work falls due, and in which buckets of a team's time days lie.
#include "simulation/prepared_plan.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::SmallScenario;

TEST(PreparedPlan, CountsDaysFromTheStartOfTheHorizon) {
    SmallScenario s;
    s.blackouts("contoso", {{"2026-01-12", "2026-01-14"}});
    const Scenario scenario = s.build();  // from Monday 2026-01-05 to 2027-01-05
    const Plan plan = PaperPlan(scenario).plan();
    const PreparedPlan prepared(scenario, plan);
    EXPECT_EQ(prepared.days(), 365);
    EXPECT_TRUE(prepared.is_workday(0));
    EXPECT_FALSE(prepared.is_workday(5));           // Saturday
    EXPECT_TRUE(prepared.is_workday(7));            // 12 January ...
    EXPECT_FALSE(prepared.is_workday(0, 7));        // ... but not for contoso
    EXPECT_EQ(prepared.next_workday(0, 5), 9);      // Wednesday the 14th
    EXPECT_EQ(prepared.next_workday(0, -3), 0);     // nothing is done before H0
    EXPECT_EQ(prepared.next_workday(0, 400), 365);  // not before H1
}

TEST(PreparedPlan, KnowsWhatFallsDueWhateverHappens) {
    SmallScenario s;
    s.subscription("contoso-e3").auto_renew = true;
    s.add_subscription("contoso", "contoso-a1", "e3-open");
    s.parent("contoso-a1", "contoso-e3");
    s.add_customer("fabrikam").relationship = Relationship::pending;
    s.add_subscription("fabrikam", "fabrikam-e3", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-16"_day);  // nobody switches automatic renewal off
    paper.migrates("contoso-a1", "2026-03-16"_day);
    paper.migrates("fabrikam-e3", "2026-03-16"_day);
    paper.invites("fabrikam", "2026-03-07"_day);  // a Saturday
    const Plan plan = paper.plan();
    const PreparedPlan prepared(scenario, plan);
    const auto due = [&](Day day) { return prepared.due_on(day - scenario.h0()); };
    ASSERT_EQ(due("2026-03-09"_day).size(), 1U);
    EXPECT_EQ(due("2026-03-09"_day)[0].kind, WorkKind::invite);
    EXPECT_EQ(due("2026-03-09"_day)[0].planned, "2026-03-07"_day - scenario.h0());
    // The add-on waits for its base, fabrikam for its acceptance.
    ASSERT_EQ(due("2026-03-16"_day).size(), 1U);
    EXPECT_EQ(due("2026-03-16"_day)[0].kind, WorkKind::provision);
    // Forgotten, and noticed when it has renewed.
    ASSERT_EQ(due("2026-04-01"_day).size(), 1U);
    EXPECT_EQ(due("2026-04-01"_day)[0].kind, WorkKind::auto_renew_off);
    const auto a1 = test::subscription_of(scenario, "contoso-a1"),
               e3 = test::subscription_of(scenario, "contoso-e3");
    EXPECT_EQ(prepared.tasks()[a1.at()].parent, e3.value);
    EXPECT_EQ(prepared.tasks()[e3.at()].first_child, a1.value);
    // The same by customer.
    const auto fabrikam = test::customer_of(scenario, "fabrikam"),
               contoso = test::customer_of(scenario, "contoso");
    EXPECT_EQ(prepared.customers()[fabrikam.at()].invite_on, "2026-03-07"_day - scenario.h0());
    EXPECT_TRUE(prepared.customers()[fabrikam.at()].pending);
    EXPECT_EQ(prepared.customers()[contoso.at()].invite_on, kNever);
    EXPECT_EQ(prepared.tasks()[e3.at()].switch_off_on, "2026-04-01"_day - scenario.h0());
    EXPECT_EQ(prepared.tasks()[a1.at()].switch_off_on, kNever);
}

TEST(PreparedPlan, NumbersTheBucketsOfATeamFromThatOfTheFirstDay) {
    SmallScenario s;
    s.draft.horizon->start = "2026-01-07"_day;  // a Wednesday
    CapacityDraft capacity;
    capacity.minutes = 100;
    capacity.exceptions = {{"2026-01-14"_day, 20}};
    s.team("ops").capacity = capacity;
    s.add_team("desk");
    const Scenario scenario = s.build();
    const Plan plan;
    const PreparedPlan prepared(scenario, plan);
    const TeamTime& ops = prepared.teams()[0];
    EXPECT_EQ(ops.bucket_of(0), 0U);
    EXPECT_EQ(ops.bucket_of(4), 0U);  // Sunday
    EXPECT_EQ(ops.bucket_of(5), 1U);
    EXPECT_EQ(ops.limits[0], 6000);  // a bucket cut by the horizon keeps its minutes (M1.8)
    EXPECT_EQ(ops.limits[1], 1200);
    EXPECT_EQ(ops.limits.size(), ops.bucket_of(prepared.days() - 1) + 1);
    EXPECT_TRUE(ops.limited);
    EXPECT_FALSE(prepared.teams()[1].limited);
    EXPECT_EQ(prepared.teams()[1].limits[3], TeamTime::kUnlimited);
}

TEST(PreparedPlan, KnowsWhatWaitsForATeamAndHowManySeatsAreNeeded) {
    SmallScenario s;
    s.draft.effort.emplace().provision.minutes = 15;
    s.draft.effort->reassign = {30, 4, "desk"};
    s.add_team("desk");
    CapacityDraft capacity;
    capacity.minutes = 60;
    s.team("desk").capacity = capacity;
    s.demand("contoso-e3", {{"2026-03-01", 7}});
    const Scenario scenario = s.build();
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-16"_day);
    const Plan plan = paper.plan();
    const PreparedPlan prepared(scenario, plan);
    EXPECT_TRUE(prepared.waits(WorkKind::reassign));
    EXPECT_FALSE(prepared.waits(WorkKind::provision));
    EXPECT_EQ(prepared.kind(WorkKind::provision).seconds, 900);
    EXPECT_EQ(prepared.kind(WorkKind::reassign).seconds, 30);
    EXPECT_EQ(prepared.batch_of(3), 3);
    EXPECT_EQ(prepared.batch_of(10), 4);
    const Task& task = prepared.tasks()[0];
    EXPECT_EQ(prepared.seats_on(task, "2026-02-28"_day - scenario.h0()), 10);
    EXPECT_EQ(prepared.seats_on(task, "2026-03-01"_day - scenario.h0()), 7);
}

}  // namespace
}  // namespace termwise
