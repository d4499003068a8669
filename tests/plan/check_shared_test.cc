// Every violation of M3 with the rule it names and the thing it is reported at, each beside the plan that is
// just feasible: what moves share, which are bases and add-ons, teams and budgets (M3.8, M3.10). The stage:
// plan/said.h.
#include "plan/check.h"

#include <gtest/gtest.h>

#include "plan/said.h"

namespace termwise {
namespace {

using test::amount;
using test::kFeasible;
using test::limited_to;
using test::Lines;
using test::PaperPlan;
using test::pending;
using test::price;
using test::reassigning;
using test::said;
using test::said_of_cancelling;
using test::said_of_inviting;
using test::said_of_staying;
using test::SmallScenario;
using test::violations;

// ---- M3.8: parents ----

/// An add-on that needs `e3-csp` beside it.
SmallScenario with_add_on() {
    SmallScenario s;
    s.add_offer("audio-open", "open", "MCOMEETADV", {price("P1Y", "P1Y", "48.00")});
    s.add_offer("audio-csp", "csp", "MCOMEETADV", {price("P1Y", "P1M", "4.00")}).requires_any = {"e3-csp"};
    s.add_offer("other-csp", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "20.00")});
    s.add_transition("audio-open", "audio-csp");
    s.add_transition("e3-open", "other-csp");
    s.add_subscription("contoso", "contoso-audio", "audio-open");
    s.parent("contoso-audio", "contoso-e3");
    return s;
}

TEST(CheckParent, BothMoveTogether) {
    const Scenario scenario = with_add_on().build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    plan.migrates("contoso-audio", "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, plan), kFeasible);
}

TEST(CheckParent, OrBothStay) {
    SmallScenario s = with_add_on();
    s.subscription("contoso-e3").must_move = s.subscription("contoso-audio").must_move = false;
    const Scenario scenario = s.build();
    PaperPlan stay(scenario);
    stay.stays("contoso-e3");
    stay.stays("contoso-audio");
    EXPECT_EQ(violations(scenario, stay), kFeasible);
    PaperPlan parent_moves(scenario);
    parent_moves.migrates("contoso-e3", "2026-03-25"_day);
    parent_moves.stays("contoso-audio");
    EXPECT_EQ(violations(scenario, parent_moves), (Lines{"parent at contoso-audio"}));
    PaperPlan add_on_moves(scenario);
    add_on_moves.stays("contoso-e3");
    add_on_moves.migrates("contoso-audio", "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, add_on_moves), (Lines{"parent at contoso-audio"}));
}

TEST(CheckParent, IsProvisionedFirst) {
    const Scenario scenario = with_add_on().build();
    PaperPlan plan(scenario);
    Move& parent = plan.migrates("contoso-e3", "2026-03-25"_day);
    plan.migrates("contoso-audio", "2026-03-26"_day);
    EXPECT_EQ(violations(scenario, plan), kFeasible);
    parent.provision_on = "2026-03-27"_day;
    EXPECT_EQ(violations(scenario, plan), (Lines{"parent at contoso-audio"}));
}

TEST(CheckParent, EndsLast) {
    const Scenario scenario = with_add_on().build();
    PaperPlan plan(scenario);
    Move& parent = plan.migrates_and_cancels("contoso-e3", "2026-03-16"_day, "2026-03-25"_day);
    Move& add_on = plan.migrates_and_cancels("contoso-audio", "2026-03-16"_day, "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, plan), kFeasible);
    add_on.exit_on = "2026-03-26"_day;
    EXPECT_EQ(violations(scenario, plan), (Lines{"parent at contoso-audio"}));
    parent.exit_on = "2026-03-27"_day;
    EXPECT_EQ(violations(scenario, plan), kFeasible);
}

TEST(CheckParent, MovesToAnOfferThatTheTargetRequires) {
    const Scenario scenario = with_add_on().build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day).target = scenario.find_offer("other-csp");
    plan.migrates("contoso-audio", "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, plan), (Lines{"parent at contoso-audio"}));
}

TEST(CheckParent, AnyOfTheRequiredOffersWillDo) {
    SmallScenario s = with_add_on();
    s.offer("audio-csp").requires_any = {"other-csp", "e3-csp"};
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    Move& parent = plan.migrates("contoso-e3", "2026-03-25"_day);
    plan.migrates("contoso-audio", "2026-03-25"_day);
    for (const std::string_view base : {"e3-csp", "other-csp"}) {
        parent.target = scenario.find_offer(base);
        EXPECT_EQ(violations(scenario, plan), kFeasible) << base;
    }
}

TEST(CheckParent, ATargetThatRequiresOneCannotStandAlone) {
    SmallScenario s = with_add_on();
    // Without a parent there is another target, so that the scenario makes sense (M1.4).
    s.add_subscription("contoso", "contoso-alone", "audio-open");
    s.add_offer("bridge-csp", "csp", "MCOMEETADV", {price("P1Y", "P1M", "6.00")});
    s.add_transition("audio-open", "bridge-csp");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    plan.migrates("contoso-audio", "2026-03-25"_day);
    Move& alone = plan.migrates("contoso-alone", "2026-03-25"_day);
    alone.target = scenario.find_offer("bridge-csp");
    EXPECT_EQ(violations(scenario, plan), kFeasible);
    alone.target = scenario.find_offer("audio-csp");
    EXPECT_EQ(violations(scenario, plan), (Lines{"parent at contoso-alone"}));
}

TEST(CheckParent, WithoutAMoveOfItsOwnIsReportedForItself) {
    const Scenario scenario = with_add_on().build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-audio", "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, plan), (Lines{"move at contoso-e3"}));
}

// ---- M3.10: capacity and budgets ----

TEST(CheckCapacity, MayBeUsedUp) {
    EXPECT_EQ(said(limited_to(55)), kFeasible);
    EXPECT_EQ(said(limited_to(54)), (Lines{"capacity at ops 2026-W13"}));
    SmallScenario unlimited = limited_to(54);
    unlimited.team("ops").capacity.reset();
    EXPECT_EQ(said(unlimited), kFeasible);
}

TEST(CheckCapacity, IsOfTheBucketThatHoldsTheDay) {
    SmallScenario s = limited_to(54);
    s.team("ops").capacity->exceptions = {{"2026-03-29"_day, 55}};  // the Sunday of the week of 03-25
    EXPECT_EQ(said(s, "2026-03-25"_day), kFeasible);
    EXPECT_EQ(said(s, "2026-03-20"_day), (Lines{"capacity at ops 2026-W12"}));
    s.team("ops").capacity->per = CapacityPer::day;
    EXPECT_EQ(said(s, "2026-03-25"_day), (Lines{"capacity at ops 2026-03-25"}));
}

TEST(CheckCapacity, VisitsOfOneCustomerAndDayAreOne) {
    // M4.4: 40 + 15 + 15 minutes together, 40 + 15 twice apart.
    SmallScenario s = limited_to(70);
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    Move& second = plan.migrates("contoso-f3", "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, plan), kFeasible);
    second.provision_on = "2026-03-26"_day;
    EXPECT_EQ(violations(scenario, plan), (Lines{"capacity at ops 2026-W13"}));
}

TEST(CheckCapacity, VisitsOfTwoCustomersAreTwo) {
    SmallScenario s = limited_to(109);
    s.add_customer("fabrikam");
    s.add_subscription("fabrikam", "fabrikam-e3", "e3-open");
    const auto both = [](const SmallScenario& in) {
        const Scenario scenario = in.build();
        PaperPlan plan(scenario);
        plan.migrates("contoso-e3", "2026-03-25"_day);
        plan.migrates("fabrikam-e3", "2026-03-25"_day);
        return violations(scenario, plan);
    };
    EXPECT_EQ(both(s), (Lines{"capacity at ops 2026-W13"}));
    s.team("ops").capacity->minutes = 110;
    EXPECT_EQ(both(s), kFeasible);
}

TEST(CheckCapacity, CountsEveryKindOfWorkForItsTeam) {
    SmallScenario s = reassigning(25);
    s.customer("contoso").relationship = Relationship::pending;
    s.subscription("contoso-e3").auto_renew = true;
    s.add_team("desk").capacity = CapacityDraft{CapacityPer::day, 10, {}};
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 70, {}};
    EffortDraft& effort = *s.draft.effort;
    effort.invite.minutes = 10;
    effort.visit.minutes = 40;
    effort.provision.minutes = 15;
    effort.auto_renew_off.minutes = 5;
    effort.reassign = {30, 20, "desk"};
    const auto one_week = [](const SmallScenario& in) {
        const Scenario scenario = in.build();
        PaperPlan plan(scenario);
        Move& move = plan.migrates("contoso-e3", "2026-03-16"_day);
        move.reassign_on = "2026-03-16"_day;
        move.auto_renew_off_on = "2026-03-20"_day;
        plan.invites("contoso", "2026-03-16"_day);
        return violations(scenario, plan);
    };
    // `ops` 10 + 40 + 15 + 5 = 70 minutes in the week; `desk` 20 x 30 s = 10 minutes on 03-16, 5 x 30 s on
    // 03-17.
    EXPECT_EQ(one_week(s), kFeasible);
    s.team("ops").capacity->minutes = 69;
    s.team("desk").capacity->minutes = 9;
    EXPECT_EQ(one_week(s), (Lines{"capacity at desk 2026-03-16", "capacity at ops 2026-W12"}));
}

TEST(CheckCapacity, SuperfluousWorkIsWorkAllTheSame) {
    SmallScenario s;
    s.draft.effort.emplace().invite.minutes = 10;
    s.draft.effort->auto_renew_off.minutes = 5;
    s.team("ops").capacity = CapacityDraft{CapacityPer::day, 9, {}};
    EXPECT_EQ(said_of_inviting(s, "2026-01-06"_day, "2026-03-25"_day),
              (Lines{"capacity at ops 2026-01-06", "invite at contoso"}));
    s.team("ops").capacity->minutes = 4;
    EXPECT_EQ(said(s, "2026-03-25"_day, [](Move& move) { move.auto_renew_off_on = "2026-02-02"_day; }),
              (Lines{"auto-renew at contoso-e3", "capacity at ops 2026-02-02"}));
}

TEST(CheckBudget, MayBeUsedUpToTheLastCent) {
    // 10 x 22.00 on 03-25 and on 04-25.
    SmallScenario s;
    s.add_budget("2026-03-01", "2026-04-26", "440.00");
    EXPECT_EQ(said(s), kFeasible);
    s.draft.budgets[0].max = amount("439.99");
    EXPECT_EQ(said(s), (Lines{"budget at 2026-03-01/2026-04-26"}));
    s.draft.budgets[0].to = "2026-04-25"_day;  // half-open: the second charge is outside
    EXPECT_EQ(said(s), kFeasible);
    s.draft.budgets[0].from = "2026-03-26"_day;
    s.draft.budgets[0].max = amount("0.00");
    EXPECT_EQ(said(s), kFeasible);
    s.draft.budgets[0].from = "2026-03-25"_day;
    EXPECT_EQ(said(s), (Lines{"budget at 2026-03-25/2026-04-25"}));
}

TEST(CheckBudget, NetsOldAndNewContractsFeesAndRefunds) {
    SmallScenario s;
    s.programme("open").cancellation.refund = Refund::prorated;
    s.programme("open").cancellation.fee = amount("25.00");
    // 03-25: new 220.00; cancelled on 03-26: fee 25.00, refund 2,400.00 x 6/365 = 39.45. Net 205.55.
    s.add_budget("2026-03-25", "2026-03-27", "205.55");
    EXPECT_EQ(said_of_cancelling(s, "2026-03-26"_day, "2026-03-25"_day), kFeasible);
    s.draft.budgets[0].max = amount("205.54");
    EXPECT_EQ(said_of_cancelling(s, "2026-03-26"_day, "2026-03-25"_day),
              (Lines{"budget at 2026-03-25/2026-03-27"}));
}

TEST(CheckBudget, CountsTheRenewalsOfWhoStays) {
    SmallScenario s;
    s.subscription("contoso-e3").must_move = false;
    s.add_budget("2026-04-01", "2026-05-01", "2400.00");
    EXPECT_EQ(said_of_staying(s), kFeasible);
    s.draft.budgets[0].max = amount("2399.99");
    EXPECT_EQ(said_of_staying(s), (Lines{"budget at 2026-04-01/2026-05-01"}));
}

TEST(CheckBudget, EachOfSeveralIsReportedByItself) {
    SmallScenario s;
    s.add_budget("2026-04-01", "2026-05-01", "0.00");
    s.add_budget("2026-03-01", "2026-04-01", "0.00");
    s.add_budget("2026-03-01", "2027-01-01", "9999.00");
    EXPECT_EQ(said(s), (Lines{"budget at 2026-03-01/2026-04-01", "budget at 2026-04-01/2026-05-01"}));
}

}  // namespace
}  // namespace termwise
