// What approving sets in motion, in figures (design 6.2).
#include "execution/approval.h"

#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

TEST(Summary, CountsWhatTheStepsDo) {
    Rehearsal r;
    r.users(3);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    ApprovalSummary summary = summarise(*r.scenario, r.plan, r.binding, *r.graph, "1234.50"_usd);
    EXPECT_EQ(summary.customers, 1);
    EXPECT_EQ(summary.invitations, 0);
    EXPECT_EQ(summary.purchases, 1);
    EXPECT_EQ(summary.seats_bought, 10);
    EXPECT_EQ(summary.users_reassigned, 3);
    EXPECT_EQ(summary.cancellations, 0);
    EXPECT_EQ(summary.lapses, 1);
    EXPECT_EQ(summary.fallback_suspensions, 1);
    EXPECT_EQ(summary.steps_by_people, 0);
    EXPECT_EQ(summary.first_day, day("2026-03-02"));
    EXPECT_EQ(summary.last_day, day("2026-04-01"));
    EXPECT_EQ(summary.new_charges, "1234.50");
    EXPECT_EQ(summary.currency, "USD");
}

// What the service migrates is neither bought nor ended by anybody (reference 3.16).
TEST(Summary, CountsMigrationsApart) {
    Rehearsal r;
    r.binding.subscriptions["contoso-e3"].route = MoveRoute::migration;
    r.start();
    const ApprovalSummary summary = summarise(*r.scenario, r.plan, r.binding, *r.graph, "1234.50"_usd);
    EXPECT_EQ(summary.migrations, 1);
    EXPECT_EQ(summary.seats_migrated, 10);
    EXPECT_EQ(summary.purchases, 0);
    EXPECT_EQ(summary.seats_bought, 0);
    EXPECT_EQ(summary.lapses, 0);
    EXPECT_EQ(summary.cancellations, 0);
    EXPECT_EQ(summary.fallback_suspensions, 0);
    EXPECT_EQ(summary.first_day, day("2026-03-18"));
    EXPECT_EQ(summary.last_day, day("2026-03-25"));
}

}  // namespace
}  // namespace termwise
