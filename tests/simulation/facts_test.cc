// What dated facts mean for a subscription (M7.1, M7.2).
#include "simulation/facts.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::SmallScenario;

struct Facts : testing::Test {
    Facts() { small.programme("open").grace_days = 30; }
    SubscriptionOutcome outcome(const PaperPlan& paper, const SubscriptionFacts& facts) {
        const Plan plan = paper.plan();
        const PreparedPlan prepared(scenario, plan);
        return outcome_of(prepared, SubscriptionIndex(0), facts, kNever);
    }
    std::int32_t day(Day on) const { return on - scenario.h0(); }

    SmallScenario small;
    Scenario scenario;
};

TEST_F(Facts, AreTheOutcomeOfAMigration) {
    scenario = small.build();
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-16"_day);  // lapses on 2026-04-01
    SubscriptionFacts facts;
    facts.provisioned_on = day("2026-03-20"_day);
    facts.handed_over_on = day("2026-03-22"_day);
    facts.seats = 10;
    const SubscriptionOutcome found = outcome(paper, facts);
    EXPECT_TRUE(found.migrated);
    EXPECT_EQ(found.provisioned_on, "2026-03-20"_day);
    EXPECT_EQ(found.handed_over_on, "2026-03-22"_day);
    EXPECT_EQ(found.seats_provisioned, 10);
    EXPECT_EQ(found.old_ending.on, "2026-04-01"_day);
    EXPECT_EQ(found.grace_days, 30);
}

TEST_F(Facts, ThatDidNotHappenLeaveItNotMoved) {
    scenario = small.build();
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-16"_day);
    const SubscriptionOutcome found = outcome(paper, {});
    EXPECT_TRUE(found.not_moved);
    EXPECT_FALSE(found.migrated);
}

TEST_F(Facts, ACancellationHasNoGraceAndWaitsForTheHandOver) {
    scenario = small.build();
    PaperPlan paper(scenario);
    paper.migrates_and_cancels("contoso-e3", "2026-02-02"_day, "2026-02-10"_day);
    const Plan plan = paper.plan();
    const PreparedPlan prepared(scenario, plan);
    const Task& task = prepared.tasks()[0];
    EXPECT_EQ(cancel_due(prepared, task, day("2026-02-03"_day)), day("2026-02-10"_day));
    EXPECT_EQ(cancel_due(prepared, task, day("2026-02-14"_day)), day("2026-02-16"_day));  // a Monday
    EXPECT_EQ(cancel_due(prepared, task, day("2026-04-02"_day)), kNever);                 // has lapsed
    SubscriptionFacts facts;
    facts.provisioned_on = day("2026-02-02"_day);
    facts.handed_over_on = day("2026-02-14"_day);
    facts.cancelled_on = day("2026-02-16"_day);
    const SubscriptionOutcome found = outcome(paper, facts);
    EXPECT_EQ(found.old_ending.kind, Ending::Kind::cancel);
    EXPECT_EQ(found.old_ending.on, "2026-02-16"_day);
    EXPECT_EQ(found.grace_days, 0);
}

}  // namespace
}  // namespace termwise
