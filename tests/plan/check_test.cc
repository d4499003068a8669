// Every violation of M3 with the rule it names and the thing it is reported at, each beside the plan that is
// just feasible: who moves, to what and by when (M3.1 to M3.3, M3.9), and the order of what is said (M8). The
// stage: plan/said.h.
#include "plan/check.h"

#include <gtest/gtest.h>

#include "plan/said.h"

namespace termwise {
namespace {

using test::kFeasible;
using test::limited_to;
using test::Lines;
using test::PaperPlan;
using test::pending;
using test::price;
using test::said;
using test::said_of_cancelling;
using test::said_of_inviting;
using test::said_of_lapsing;
using test::said_of_staying;
using test::SmallScenario;
using test::sold;
using test::violations;

TEST(Check, ASoundPlanHasNoViolation) {
    const Scenario scenario = SmallScenario().build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    EXPECT_TRUE(check(scenario, plan.plan()).feasible());
    EXPECT_EQ(violations(scenario, plan), kFeasible);
}

// ---- M3.1: one move each; who must move ----

TEST(CheckMove, EverySubscriptionHasExactlyOne) {
    SmallScenario s;
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, plan), (Lines{"move at contoso-f3"}));
    plan.migrates("contoso-f3", "2026-03-25"_day);
    EXPECT_EQ(violations(scenario, plan), kFeasible);
    plan.migrates("contoso-f3", "2026-03-24"_day);
    EXPECT_EQ(violations(scenario, plan), (Lines{"move at contoso-f3"}));
}

TEST(CheckMove, OneThatIsThereTwiceIsNotLookedAt) {
    // Both moves are wrong by themselves (a Sunday, no boundary), which is not said: nobody knows which is
    // meant.
    const Scenario scenario = SmallScenario().build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-22"_day);
    plan.migrates("contoso-e3", "2026-03-25"_day).exit_on = "2026-04-02"_day;
    EXPECT_EQ(violations(scenario, plan), (Lines{"move at contoso-e3"}));
}

TEST(CheckMove, AnEmptyPlanLacksEveryMove) {
    const Scenario scenario = SmallScenario().build();
    EXPECT_EQ(violations(scenario, Plan{}), (Lines{"move at contoso-e3"}));
}

TEST(CheckMove, PositionsOfMoves) {
    SmallScenario s;
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    s.add_subscription("contoso", "contoso-k1", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.stays("contoso-k1");
    plan.stays("contoso-e3");
    plan.stays("contoso-k1");
    EXPECT_EQ(move_positions(scenario, plan.plan()), (std::vector<std::int32_t>{0, -1, -2}));
}

TEST(CheckMustMove, BindsWhereTheTermEndsByH1) {
    SmallScenario s;
    EXPECT_EQ(said_of_staying(s), (Lines{"must-move at contoso-e3"}));
    s.draft.horizon->end = "2026-04-01"_day;  // ends on H1
    EXPECT_EQ(said_of_staying(s), (Lines{"must-move at contoso-e3"}));
    s.draft.horizon->end = "2026-03-31"_day;  // ends after the horizon
    EXPECT_EQ(said_of_staying(s), kFeasible);
}

TEST(CheckMustMove, BindsWhereThereIsADeadline) {
    SmallScenario s;
    s.draft.horizon->end = "2026-03-31"_day;
    s.subscription("contoso-e3").move_by = "2026-12-01"_day;
    EXPECT_EQ(said_of_staying(s), (Lines{"must-move at contoso-e3"}));
}

TEST(CheckMustMove, DoesNotBindWhoNeedNot) {
    SmallScenario s;
    s.subscription("contoso-e3").must_move = false;
    s.subscription("contoso-e3").move_by = "2026-03-01"_day;
    EXPECT_EQ(said_of_staying(s), kFeasible);
}

TEST(CheckMustMove, AStayWhoseRenewalDoesNotTakePlaceIsReportedForThatToo) {
    SmallScenario s;
    s.programme("open").renewals_until = "2026-03-31"_day;
    EXPECT_EQ(said_of_staying(s), (Lines{"must-move at contoso-e3", "renewal-closed at contoso-e3"}));
    s.programme("open").renewals_until = "2026-04-01"_day;
    EXPECT_EQ(said_of_staying(s), (Lines{"must-move at contoso-e3"}));
    s.offer("e3-open").prices[0].to = "2026-04-01"_day;
    EXPECT_EQ(said_of_staying(s), (Lines{"must-move at contoso-e3", "price at contoso-e3"}));
    s.programme("open").renewals_until = "2026-03-31"_day;  // both: closed
    EXPECT_EQ(said_of_staying(s), (Lines{"must-move at contoso-e3", "renewal-closed at contoso-e3"}));
}

// ---- M3.2: what may be bought ----

TEST(CheckTarget, IsOneOfTheTransitions) {
    SmallScenario s;
    s.add_offer("m365-e3-csp", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "33.75")});
    const auto to_m365 = [](const SmallScenario& in) {
        const Scenario scenario = in.build();
        PaperPlan plan(scenario);
        plan.migrates("contoso-e3", "2026-03-25"_day).target = scenario.find_offer("m365-e3-csp");
        return violations(scenario, plan);
    };
    EXPECT_EQ(to_m365(s), (Lines{"target at contoso-e3"}));
    s.add_transition("e3-open", "m365-e3-csp");
    EXPECT_EQ(to_m365(s), kFeasible);
    s.targets("contoso-e3", {"e3-csp"});  // its own list goes before the transitions (M1.6)
    EXPECT_EQ(to_m365(s), (Lines{"target at contoso-e3"}));
}

TEST(CheckTarget, IsBoughtInAnAllowedTermAndBilling) {
    SmallScenario s;
    s.offer("e3-csp").prices.push_back(price("P1M", "P1M", "26.40"));
    const auto monthly = [](const SmallScenario& in) {
        return said(in, "2026-03-25"_day, [](Move& move) { move.sold_as = {P1M, P1M}; });
    };
    EXPECT_EQ(monthly(s), kFeasible);  // every row of the target, if nobody says otherwise
    s.draft.target_terms = {sold("P1Y", "P1M")};
    EXPECT_EQ(monthly(s), (Lines{"target at contoso-e3"}));
    s.target_terms("contoso-e3", {sold("P1M", "P1M")});
    EXPECT_EQ(monthly(s), kFeasible);
}

TEST(CheckTarget, ATermThatNobodySellsIsNotAllowedAndHasNoPrice) {
    EXPECT_EQ(said(SmallScenario(), "2026-03-25"_day,
                   [](Move& move) {
                       move.sold_as = {P3Y, P1M};
                   }),
              (Lines{"price at contoso-e3", "target at contoso-e3"}));
}

TEST(CheckSeats, MayReachTheMostThatTheTargetSells) {
    SmallScenario s;
    s.offer("e3-csp").max_seats = 10;
    EXPECT_EQ(said(s), kFeasible);
    s.subscription("contoso-e3").seats = 11;
    EXPECT_EQ(said(s), (Lines{"seats at contoso-e3"}));
}

TEST(CheckSeats, GrowthCountsUntilTheDayBeforeH1) {
    SmallScenario s;
    s.offer("e3-csp").max_seats = 10;
    s.demand("contoso-e3", {{"2027-01-05", 11}});  // H1
    EXPECT_EQ(said(s), kFeasible);
    s.demand("contoso-e3", {{"2027-01-04", 11}});
    EXPECT_EQ(said(s), (Lines{"seats at contoso-e3"}));
}

TEST(CheckSeats, OfTheOldContractAreNoneOfTheTargetsBusiness) {
    SmallScenario s;
    s.offer("e3-csp").max_seats = 10;
    s.demand("contoso-e3", {{"2026-02-02", 12}, {"2026-03-25", 10}});
    EXPECT_EQ(said(s, "2026-03-25"_day), kFeasible);
    EXPECT_EQ(said(s, "2026-03-24"_day), (Lines{"seats at contoso-e3"}));
}

TEST(CheckSeats, TooManyForAWhileAreTooMany) {
    // Renewed by the month for 8, grown to 11 on 05-02, renewed for 8 again on 05-25.
    SmallScenario s;
    s.offer("e3-csp").max_seats = 10;
    s.offer("e3-csp").prices = {price("P1M", "P1M", "26.40")};
    s.demand("contoso-e3", {{"2026-04-24", 8}, {"2026-05-02", 11}, {"2026-05-25", 8}});
    EXPECT_EQ(said(s), (Lines{"seats at contoso-e3"}));
}

TEST(CheckSeats, OfARenewalCount) {
    SmallScenario s;
    s.draft.horizon->end = "2027-07-05"_day;
    s.offer("e3-csp").max_seats = 10;
    s.demand("contoso-e3", {{"2027-03-25", 11}});  // the day on which the new contract renews
    EXPECT_EQ(said(s), (Lines{"seats at contoso-e3"}));
    s.draft.horizon->end = "2027-03-25"_day;
    EXPECT_EQ(said(s), kFeasible);
}

TEST(CheckSeats, ProvisionedAfterTheHorizonAreNotLookedAt) {
    SmallScenario s;
    s.offer("e3-csp").max_seats = 10;
    s.demand("contoso-e3", {{"2027-01-05", 11}});
    // H1 is no day of a plan; what would be sold then is beyond it.
    EXPECT_EQ(said(s, "2027-01-05"_day), (Lines{"continuity at contoso-e3", "horizon at contoso-e3"}));
    // Nor is a price asked for (M2.8).
    s.offer("e3-csp").prices[0].to = "2027-01-05"_day;
    EXPECT_EQ(said(s, "2027-01-05"_day), (Lines{"continuity at contoso-e3", "horizon at contoso-e3"}));
}

TEST(CheckPrice, ANewContractNeedsOneForItsFirstTerm) {
    SmallScenario s;
    s.offer("e3-csp").prices[0].from = "2026-03-25"_day;
    EXPECT_EQ(said(s, "2026-03-25"_day), kFeasible);
    EXPECT_EQ(said(s, "2026-03-24"_day), (Lines{"price at contoso-e3"}));
    s.offer("e3-csp").prices[0] = price("P1Y", "P1M", "22.00", "", "2026-03-25");
    EXPECT_EQ(said(s, "2026-03-24"_day), kFeasible);
    EXPECT_EQ(said(s, "2026-03-25"_day), (Lines{"price at contoso-e3"}));
}

TEST(CheckPrice, AndForEveryRenewalBeforeH1) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1M", "P1M", "26.40", "", "2026-12-25")};
    // Renewed on the 25th of each month; the one of 2026-12-25 has no price.
    EXPECT_EQ(said(s), (Lines{"price at contoso-e3"}));
    s.draft.horizon->end = "2026-12-25"_day;  // M2.8: a term that starts on H1 needs none
    EXPECT_EQ(said(s), kFeasible);
}

TEST(CheckRenewal, OfANewContractHasToBeOpen) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1M", "P1M", "26.40")};
    s.programme("csp").renewals_until = "2026-12-24"_day;
    EXPECT_EQ(said(s), (Lines{"renewal-closed at contoso-e3"}));
    s.programme("csp").renewals_until = "2026-12-25"_day;
    EXPECT_EQ(said(s), kFeasible);
}

TEST(CheckRenewal, AFirstTermNeedsNoRenewal) {
    SmallScenario s;
    s.programme("csp").renewals_until = "2026-01-31"_day;
    EXPECT_EQ(said(s), kFeasible);
}

TEST(CheckRenewal, OfTheOldContractIsNeededOnlyIfItLapsesLater) {
    SmallScenario s;
    s.draft.horizon->end = "2027-06-01"_day;
    s.programme("open").renewals_until = "2026-03-31"_day;
    EXPECT_EQ(said_of_lapsing(s, "2026-04-01"_day), kFeasible);
    EXPECT_EQ(said_of_lapsing(s, "2027-04-01"_day), (Lines{"renewal-closed at contoso-e3"}));
    EXPECT_EQ(said_of_cancelling(s, "2026-04-02"_day), (Lines{"renewal-closed at contoso-e3"}));
    s.programme("open").renewals_until = "2026-04-01"_day;
    EXPECT_EQ(said_of_lapsing(s, "2027-04-01"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(s, "2026-04-02"_day), kFeasible);
}

// ---- M3.3: invitations ----

TEST(CheckInvite, IsNeededByAPendingCustomerWhoMoves) {
    EXPECT_EQ(said(pending()), (Lines{"invite at contoso"}));
    EXPECT_EQ(said_of_inviting(pending(), "2026-01-06"_day, "2026-03-25"_day), kFeasible);
}

TEST(CheckInvite, IsSuperfluousWhereTheRelationshipIsActive) {
    EXPECT_EQ(said_of_inviting(SmallScenario(), "2026-01-06"_day, "2026-03-25"_day),
              (Lines{"invite at contoso"}));
    // And then nothing is waited for.
    SmallScenario s;
    s.draft.plan_days = 10;
    EXPECT_EQ(said_of_inviting(s, "2026-03-25"_day, "2026-03-25"_day), (Lines{"invite at contoso"}));
}

TEST(CheckInvite, IsSuperfluousWhereEverythingStays) {
    SmallScenario s = pending();
    s.subscription("contoso-e3").must_move = false;
    EXPECT_EQ(said_of_staying(s), kFeasible);
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.stays("contoso-e3");
    plan.invites("contoso", "2026-01-06"_day);
    EXPECT_EQ(violations(scenario, plan), (Lines{"invite at contoso"}));
}

TEST(CheckAcceptance, TakesPlanDays) {
    // Invited on Friday 03-06, accepted on 03-16.
    EXPECT_EQ(said_of_inviting(pending(), "2026-03-06"_day, "2026-03-16"_day), kFeasible);
    EXPECT_EQ(said_of_inviting(pending(), "2026-03-06"_day, "2026-03-13"_day),
              (Lines{"acceptance at contoso-e3"}));
    EXPECT_EQ(said_of_inviting(pending(), "2026-03-09"_day, "2026-03-18"_day),
              (Lines{"acceptance at contoso-e3"}));
    EXPECT_EQ(said_of_inviting(pending(), "2026-03-09"_day, "2026-03-19"_day), kFeasible);
}

TEST(CheckAcceptance, TakesTheCustomersOwnPlanDays) {
    SmallScenario s = pending();
    s.customer("contoso").plan_days = 0;
    EXPECT_EQ(said_of_inviting(s, "2026-03-06"_day, "2026-03-06"_day), kFeasible);
    EXPECT_EQ(said_of_inviting(s, "2026-03-06"_day, "2026-03-05"_day), (Lines{"acceptance at contoso-e3"}));
}

// ---- M3.9: deadlines ----

TEST(CheckDeadline, HandedOverByH1) {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    s.draft.provision_days = 5;
    EXPECT_EQ(said(s, "2026-12-31"_day), kFeasible);  // usable on 2027-01-05, H1
    EXPECT_EQ(said(s, "2027-01-01"_day), (Lines{"deadline at contoso-e3"}));
}

TEST(CheckDeadline, NotProvisionedBeforeMoveFrom) {
    SmallScenario s;
    s.subscription("contoso-e3").move_from = "2026-03-17"_day;
    EXPECT_EQ(said(s, "2026-03-17"_day), kFeasible);
    EXPECT_EQ(said(s, "2026-03-16"_day), (Lines{"deadline at contoso-e3"}));
}

TEST(CheckDeadline, HandedOverByMoveBy) {
    SmallScenario s;
    s.draft.provision_days = 2;
    s.subscription("contoso-e3").move_by = "2026-03-18"_day;
    EXPECT_EQ(said(s, "2026-03-16"_day), kFeasible);
    EXPECT_EQ(said(s, "2026-03-17"_day), (Lines{"deadline at contoso-e3"}));
}

TEST(CheckDeadline, BindsOnlyWhoMoves) {
    SmallScenario s;
    s.subscription("contoso-e3").must_move = false;
    s.subscription("contoso-e3").move_from = "2026-12-01"_day;
    s.subscription("contoso-e3").move_by = "2026-12-02"_day;
    EXPECT_EQ(said_of_staying(s), kFeasible);
}

// ---- M8: one entry a rule and thing, in order ----

TEST(Check, SortsByRuleThenByTheThing) {
    SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "z-adatum", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("z-adatum", "2026-03-22"_day).exit_on = "2026-04-02"_day;
    plan.migrates("contoso-e3", "2026-03-22"_day).exit_on = "2026-04-02"_day;
    EXPECT_EQ(violations(scenario, plan), (Lines{"exit-date at contoso-e3", "exit-date at z-adatum",
                                                 "workday at contoso-e3", "workday at z-adatum"}));
}

TEST(Check, HandsOverTheWorkItHasCounted) {
    SmallScenario s = limited_to(200);
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    const CheckResult result = check(scenario, plan.plan());
    const auto used = result.load.used_buckets(TeamIndex(0));
    ASSERT_EQ(used.size(), 1U);
    EXPECT_EQ(result.load.bucket_name(TeamIndex(0), used[0].first), "ops 2026-W13");
    EXPECT_EQ(used[0].second, 55 * 60);
}

}  // namespace
}  // namespace termwise
