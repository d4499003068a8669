// Being late by one thing moves what depends on it, and nothing else (M3.3, M3.5, M3.7, M3.8).
#include "agenda/delay.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/plans.h"

namespace termwise {
namespace {

struct Late {
    explicit Late(const test::SmallScenario& s) : scenario(s.build()), limits(scenario), paper(scenario) {}

    [[nodiscard]] Plan by(DutyKind kind, std::string_view id, Day day) {
        const Plan plan = paper.plan();
        CustomerCase of(scenario, plan, limits);
        of.look_at(CustomerIndex(0));
        const SubscriptionIndex s = id.empty() ? SubscriptionIndex() : test::subscription_of(scenario, id);
        return delayed(of.own_scenario(), of.own_plan(), {kind, s, {}}, day);
    }

    Scenario scenario;
    Limits limits;
    test::PaperPlan paper;
};

TEST(Delay, OfAnInvitationMovesWhatIsProvisionedBeforeItCouldBeAccepted) {
    test::SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 14;
    s.add_subscription("contoso", "contoso-x", "e3-open");
    Late late(s);
    late.paper.migrates("contoso-e3", "2026-02-16"_day);
    late.paper.migrates("contoso-x", "2026-03-16"_day);
    late.paper.invites("contoso", "2026-02-02"_day);
    const Plan plan = late.by(DutyKind::invite, "", "2026-02-06"_day);
    EXPECT_EQ(plan.invitations[0].invite_on, "2026-02-06"_day);
    EXPECT_EQ(plan.moves[0].provision_on, "2026-02-20"_day);
    EXPECT_EQ(plan.moves[0].exit_on, "2026-04-01"_day);
    EXPECT_EQ(plan.moves[1].provision_on, "2026-03-16"_day);
}

TEST(Delay, OfProvisioningTakesReassignmentAndCancellationAlong) {
    test::SmallScenario s;
    s.offer("e3-csp").sku = "SPE_E3";
    s.draft.provision_days = 1;
    Late late(s);
    Move& move = late.paper.migrates("contoso-e3", "2026-02-16"_day);
    move.reassign_on = "2026-02-17"_day;
    move.exit = Exit::cancel;
    move.exit_on = "2026-02-18"_day;
    // Thursday: usable on Friday, handed over on Saturday, cancelled on Monday.
    const Plan plan = late.by(DutyKind::provision, "contoso-e3", "2026-02-19"_day);
    EXPECT_EQ(plan.moves[0].provision_on, "2026-02-19"_day);
    EXPECT_EQ(plan.moves[0].reassign_on, "2026-02-20"_day);
    EXPECT_EQ(plan.moves[0].exit_on, "2026-02-23"_day);
}

TEST(Delay, OfABaseTakesItsAddOnsAlongAndABaseOutlivesThem) {
    test::SmallScenario s;
    s.add_subscription("contoso", "contoso-visio", "e3-open");
    s.parent("contoso-visio", "contoso-e3");
    Late late(s);
    Move& base = late.paper.migrates("contoso-e3", "2026-02-16"_day);
    base.exit = Exit::cancel;
    base.exit_on = "2026-02-16"_day;
    Move& add_on = late.paper.migrates("contoso-visio", "2026-02-16"_day);
    add_on.exit = Exit::cancel;
    add_on.exit_on = "2026-02-16"_day;
    const Plan later = late.by(DutyKind::provision, "contoso-e3", "2026-02-18"_day);
    EXPECT_EQ(later.moves[1].provision_on, "2026-02-18"_day);
    EXPECT_EQ(later.moves[1].exit_on, "2026-02-18"_day);
    const Plan cancelled = late.by(DutyKind::cancel, "contoso-visio", "2026-02-20"_day);
    EXPECT_EQ(cancelled.moves[0].provision_on, "2026-02-16"_day);
    EXPECT_EQ(cancelled.moves[0].exit_on, "2026-02-20"_day);
}

TEST(Delay, OfSwitchingOffAndOfReassigningMoveNothingElse) {
    test::SmallScenario s;
    s.offer("e3-csp").sku = "SPE_E3";
    s.subscription("contoso-e3").auto_renew = true;
    Late late(s);
    Move& move = late.paper.migrates("contoso-e3", "2026-02-16"_day);
    move.reassign_on = "2026-02-16"_day;
    move.auto_renew_off_on = "2026-02-16"_day;
    Move expected = move;
    expected.auto_renew_off_on = "2026-02-20"_day;
    EXPECT_EQ(late.by(DutyKind::auto_renew_off, "contoso-e3", "2026-02-20"_day).moves[0], expected);
    expected = move;
    expected.reassign_on = "2026-02-20"_day;
    EXPECT_EQ(late.by(DutyKind::reassign, "contoso-e3", "2026-02-20"_day).moves[0], expected);
}

TEST(Duties, AreThoseOfTheDaysInOrder) {
    test::SmallScenario s;
    s.offer("e3-csp").sku = "SPE_E3";
    s.customer("contoso").relationship = Relationship::pending;
    Late late(s);
    Move& move = late.paper.migrates("contoso-e3", "2026-02-16"_day);
    move.reassign_on = "2026-02-17"_day;
    move.auto_renew_off_on = "2026-02-16"_day;
    move.exit = Exit::cancel;
    move.exit_on = "2026-02-18"_day;
    late.paper.invites("contoso", "2026-02-16"_day);
    const SubscriptionIndex e3(0);
    const std::vector<Duty> expected{{DutyKind::invite, {}, "2026-02-16"_day},
                                     {DutyKind::provision, e3, "2026-02-16"_day},
                                     {DutyKind::auto_renew_off, e3, "2026-02-16"_day},
                                     {DutyKind::reassign, e3, "2026-02-17"_day}};
    EXPECT_EQ(duties_of(late.paper.plan(), {"2026-02-16"_day, "2026-02-18"_day}), expected);
    move.reassign_on = move.provision_on;
    EXPECT_EQ(duties_of(late.paper.plan(), {"2026-02-16"_day, "2026-02-18"_day}).size(), 3U);
}

}  // namespace
}  // namespace termwise
