// What of a plan is bound on a day, and what is not any more once it is released.
#include "plan/commitments.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::day;

TEST(Commitments, AMoveIsBoundFromTheDayAfterItsFirstStep) {
    test::SmallScenario s;
    s.add_subscription("contoso", "contoso-visio", "e3-open");
    const Scenario scenario = s.build();
    test::PaperPlan plan(scenario);
    plan.migrates("contoso-e3", day("2026-03-09"));
    const SubscriptionIndex e3 = test::subscription_of(scenario, "contoso-e3");
    const SubscriptionIndex visio = test::subscription_of(scenario, "contoso-visio");

    const Commitments on_that_day(scenario, plan.plan(), day("2026-03-09"), {}, Money(0));
    EXPECT_FALSE(on_that_day.is_bound(e3));
    Commitments a_day_later(scenario, plan.plan(), day("2026-03-10"), {}, Money(0));
    EXPECT_TRUE(a_day_later.is_bound(e3));
    EXPECT_EQ(a_day_later.from(e3), day("2026-03-10"));
    EXPECT_EQ(a_day_later.move_of(visio), nullptr);
    EXPECT_FALSE(a_day_later.is_bound(visio));

    a_day_later.release(e3);
    EXPECT_FALSE(a_day_later.is_bound(e3));
    EXPECT_EQ(a_day_later.from(e3), scenario.h0());
    EXPECT_EQ(a_day_later.from(visio), day("2026-03-10"));
    EXPECT_NE(a_day_later.move_of(e3), nullptr);
}

TEST(Commitments, ALockedMoveIsBoundWhateverItsDays) {
    test::SmallScenario s;
    const Scenario scenario = s.build();
    test::PaperPlan plan(scenario);
    plan.stays("contoso-e3");
    const SubscriptionIndex e3(0);
    Commitments locked(scenario, plan.plan(), scenario.h0(), {e3}, Money(500));
    EXPECT_TRUE(locked.is_bound(e3));
    EXPECT_EQ(locked.change_cost(), Money(500));
    locked.release(e3);
    EXPECT_FALSE(locked.is_bound(e3));
}

TEST(Commitments, AnInvitationThatWentOutBindsThoseWhoHaveNotAccepted) {
    test::SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    const Scenario scenario = s.build();
    test::PaperPlan plan(scenario);
    plan.invites("contoso", day("2026-03-02"));
    const CustomerIndex contoso(0);
    EXPECT_TRUE(Commitments(scenario, plan.plan(), day("2026-03-02"), {}, Money(0)).invited(contoso).none());
    Commitments sent(scenario, plan.plan(), day("2026-03-03"), {}, Money(0));
    EXPECT_EQ(sent.invited(contoso), day("2026-03-02"));
    sent.release(contoso);
    EXPECT_TRUE(sent.invited(contoso).none());
    EXPECT_EQ(sent.from(contoso), scenario.h0());

    Scenario accepted = scenario;
    accepted.customers[0].relationship = Relationship::active;
    EXPECT_TRUE(Commitments(accepted, plan.plan(), day("2026-03-03"), {}, Money(0)).invited(contoso).none());
}

}  // namespace
}  // namespace termwise
