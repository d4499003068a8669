// Every violation of M3 with the rule it names and the thing it is reported at, each beside the plan that is
// just feasible. The stage, unless a test changes it: H0 is Monday 2026-01-05, H1 2027-01-05; Contoso's ten
// prepaid seats end on Wednesday 2026-04-01.
#include "plan/check.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::amount;
using test::Lines;
using test::PaperPlan;
using test::price;
using test::SmallScenario;
using test::sold;
using test::violations;

const Lines kFeasible{};

/// What check() says if Contoso's one subscription is provisioned on `provision_on` and lapses on 2026-04-01.
template <class Change>
Lines said(const SmallScenario& s, Day provision_on, Change change) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    change(plan.migrates("contoso-e3", provision_on));
    return violations(scenario, plan);
}
Lines said(const SmallScenario& s, Day provision_on = "2026-03-25"_day) {
    return said(s, provision_on, [](Move&) {});
}
/// The same, cancelled on `exit_on`.
Lines said_of_cancelling(const SmallScenario& s, Day exit_on, Day provision_on = "2026-01-05"_day) {
    return said(s, provision_on, [&](Move& move) {
        move.exit = Exit::cancel;
        move.exit_on = exit_on;
    });
}
/// The same, lapsing on `exit_on`.
Lines said_of_lapsing(const SmallScenario& s, Day exit_on, Day provision_on = "2026-01-05"_day) {
    return said(s, provision_on, [&](Move& move) { move.exit_on = exit_on; });
}
Lines said_of_staying(const SmallScenario& s) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.stays("contoso-e3");
    return violations(scenario, plan);
}

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

/// Contoso has not accepted yet, and takes ten days to.
SmallScenario pending() {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.draft.plan_days = 10;
    return s;
}

Lines said_of_inviting(const SmallScenario& s, Day invite_on, Day provision_on) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", provision_on);
    plan.invites("contoso", invite_on);
    return violations(scenario, plan);
}

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

// ---- M3.4: a day gets one name ----

/// Good Friday 2026-04-03 is a holiday; Contoso works nothing from Monday 03-23 to Sunday 03-29.
SmallScenario with_days_off() {
    SmallScenario s;
    s.draft.holidays.push_back({"2026-03-20"_day, {}});
    s.blackouts("contoso", {{"2026-03-23", "2026-03-30"}});
    return s;
}

TEST(CheckDay, ProvisioningFallsOnAWorkday) {
    const SmallScenario s = with_days_off();
    EXPECT_EQ(said(s, "2026-03-19"_day), kFeasible);
    EXPECT_EQ(said(s, "2026-03-20"_day), (Lines{"workday at contoso-e3"}));   // the holiday
    EXPECT_EQ(said(s, "2026-03-21"_day), (Lines{"workday at contoso-e3"}));   // Saturday
    EXPECT_EQ(said(s, "2026-03-22"_day), (Lines{"workday at contoso-e3"}));   // Sunday
    EXPECT_EQ(said(s, "2026-03-23"_day), (Lines{"blackout at contoso-e3"}));  // its first day
    EXPECT_EQ(said(s, "2026-03-27"_day), (Lines{"blackout at contoso-e3"}));  // its last Friday
    EXPECT_EQ(said(s, "2026-03-28"_day),
              (Lines{"workday at contoso-e3"}));      // a Saturday in it: a weekend first
    EXPECT_EQ(said(s, "2026-03-30"_day), kFeasible);  // half-open
}

TEST(CheckDay, ProvisioningLiesInTheHorizon) {
    SmallScenario s;
    EXPECT_EQ(said(s, "2026-01-05"_day), kFeasible);                         // H0
    EXPECT_EQ(said(s, "2026-01-02"_day), (Lines{"horizon at contoso-e3"}));  // the Friday before
    EXPECT_EQ(said(s, "2026-01-04"_day), (Lines{"horizon at contoso-e3"}));  // a Sunday, but outside first
    s.draft.horizon->end = "2026-04-01"_day;
    EXPECT_EQ(said(s, "2026-03-31"_day), kFeasible);                         // the last day
    EXPECT_EQ(said(s, "2026-04-01"_day), (Lines{"horizon at contoso-e3"}));  // H1
}

TEST(CheckDay, OfACancellationIsAWorkdayInTheHorizon) {
    SmallScenario s = with_days_off();
    EXPECT_EQ(said_of_cancelling(s, "2026-03-19"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(s, "2026-03-20"_day), (Lines{"workday at contoso-e3"}));
    EXPECT_EQ(said_of_cancelling(s, "2026-03-24"_day), (Lines{"blackout at contoso-e3"}));
    s.draft.horizon->end = "2026-03-19"_day;
    EXPECT_EQ(said_of_cancelling(s, "2026-03-19"_day), (Lines{"horizon at contoso-e3"}));
}

TEST(CheckDay, OfALapseMayBeAnyDay) {
    SmallScenario s;
    s.subscription("contoso-e3").term_start = "2025-04-04"_day;  // ends on Saturday 2026-04-04
    s.blackouts("contoso", {{"2026-04-03", "2026-04-07"}});
    EXPECT_EQ(said(s, "2026-03-25"_day), kFeasible);
}

TEST(CheckDay, OfTheInvitationIsReportedAtTheCustomer) {
    SmallScenario s = with_days_off();
    s.customer("contoso").relationship = Relationship::pending;
    EXPECT_EQ(said_of_inviting(s, "2026-03-19"_day, "2026-03-30"_day), kFeasible);
    EXPECT_EQ(said_of_inviting(s, "2026-03-21"_day, "2026-03-30"_day), (Lines{"workday at contoso"}));
    EXPECT_EQ(said_of_inviting(s, "2026-03-24"_day, "2026-03-30"_day), (Lines{"blackout at contoso"}));
    EXPECT_EQ(said_of_inviting(s, "2026-01-02"_day, "2026-03-30"_day), (Lines{"horizon at contoso"}));
}

TEST(CheckDay, SuperfluousOnesAreLookedAtAsWell) {
    const SmallScenario s = with_days_off();
    EXPECT_EQ(said(s, "2026-03-19"_day, [](Move& move) { move.reassign_on = "2026-03-21"_day; }),
              (Lines{"reassign at contoso-e3", "workday at contoso-e3"}));
    EXPECT_EQ(said(s, "2026-03-19"_day, [](Move& move) { move.auto_renew_off_on = "2026-03-24"_day; }),
              (Lines{"auto-renew at contoso-e3", "blackout at contoso-e3"}));
    EXPECT_EQ(said_of_inviting(s, "2026-03-21"_day, "2026-03-19"_day),
              (Lines{"invite at contoso", "workday at contoso"}));
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.stays("contoso-e3").auto_renew_off_on = "2027-01-05"_day;
    EXPECT_EQ(violations(scenario, plan),
              (Lines{"auto-renew at contoso-e3", "horizon at contoso-e3", "must-move at contoso-e3"}));
}

TEST(CheckDay, TwoOfOneSubscriptionAreOneEntryARule) {
    const SmallScenario s = with_days_off();
    EXPECT_EQ(said_of_cancelling(s, "2026-03-21"_day, "2026-03-14"_day), (Lines{"workday at contoso-e3"}));
    EXPECT_EQ(said_of_cancelling(s, "2026-03-24"_day, "2026-03-14"_day),
              (Lines{"blackout at contoso-e3", "workday at contoso-e3"}));
}

// ---- M3.5: reassignment ----

/// To an offer of another sku: 20 seats a day.
SmallScenario reassigning(std::int32_t seats = 45) {
    SmallScenario s;
    s.add_offer("m365-e3-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.draft.transitions.clear();
    s.add_transition("e3-open", "m365-e3-csp");
    s.subscription("contoso-e3").seats = seats;
    s.draft.effort.emplace().reassign.seats_per_day = 20;
    return s;
}

Lines said_of_reassigning(const SmallScenario& s, Day provision_on, Day reassign_on) {
    return said(s, provision_on, [&](Move& move) { move.reassign_on = reassign_on; });
}

TEST(CheckReassign, HasADayExactlyWhereTheTransitionReassigns) {
    EXPECT_EQ(said_of_reassigning(reassigning(), "2026-03-16"_day, {}), (Lines{"reassign at contoso-e3"}));
    EXPECT_EQ(said_of_reassigning(reassigning(), "2026-03-16"_day, "2026-03-16"_day), kFeasible);
    EXPECT_EQ(said_of_reassigning(SmallScenario(), "2026-03-16"_day, "2026-03-16"_day),
              (Lines{"reassign at contoso-e3"}));
}

TEST(CheckReassign, NotBeforeTheNewOneIsUsable) {
    SmallScenario s = reassigning();
    s.draft.provision_days = 2;
    EXPECT_EQ(said_of_reassigning(s, "2026-03-16"_day, "2026-03-18"_day), kFeasible);
    EXPECT_EQ(said_of_reassigning(s, "2026-03-16"_day, "2026-03-17"_day), (Lines{"reassign at contoso-e3"}));
}

TEST(CheckReassign, ItsLastDayLiesInTheHorizon) {
    // M3.9: 45 seats take three days. From Friday 03-27: 03-30 and 03-31.
    SmallScenario s = reassigning();
    s.draft.horizon->end = "2026-04-01"_day;
    EXPECT_EQ(said_of_reassigning(s, "2026-03-16"_day, "2026-03-27"_day), kFeasible);
    // A day later the last five fall on H1 itself: too late for everything.
    EXPECT_EQ(said_of_reassigning(s, "2026-03-16"_day, "2026-03-30"_day),
              (Lines{"continuity at contoso-e3", "deadline at contoso-e3", "horizon at contoso-e3"}));
}

// ---- M3.6: continuity ----

TEST(CheckContinuity, StrictMeansHandedOverByTheExit) {
    // 45 seats from 03-27 are done on 03-31: handed over on 04-01, the day the old one ends.
    EXPECT_EQ(said_of_reassigning(reassigning(), "2026-03-16"_day, "2026-03-27"_day), kFeasible);
    EXPECT_EQ(said_of_reassigning(reassigning(), "2026-03-16"_day, "2026-03-30"_day),
              (Lines{"continuity at contoso-e3"}));
    EXPECT_EQ(said(SmallScenario(), "2026-04-01"_day), kFeasible);
    EXPECT_EQ(said(SmallScenario(), "2026-04-02"_day), (Lines{"continuity at contoso-e3"}));
}

TEST(CheckContinuity, StrictDoesNotKnowGrace) {
    SmallScenario s;
    s.programme("open").grace_days = 30;
    EXPECT_EQ(said(s, "2026-04-02"_day), (Lines{"continuity at contoso-e3"}));
}

TEST(CheckContinuity, GraceLetsALapseOverlapIt) {
    SmallScenario s;
    s.draft.continuity = Continuity::grace;
    s.programme("open").grace_days = 30;
    EXPECT_EQ(said(s, "2026-05-01"_day), kFeasible);  // 30 days after 04-01
    EXPECT_EQ(said(s, "2026-05-04"_day), (Lines{"continuity at contoso-e3"}));
    s.programme("open").grace_days = 29;
    EXPECT_EQ(said(s, "2026-05-01"_day), (Lines{"continuity at contoso-e3"}));
}

TEST(CheckContinuity, GraceIsNothingAfterACancellation) {
    SmallScenario s;
    s.draft.continuity = Continuity::grace;
    s.programme("open").grace_days = 30;
    EXPECT_EQ(said_of_cancelling(s, "2026-03-16"_day, "2026-03-16"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(s, "2026-03-16"_day, "2026-03-17"_day), (Lines{"continuity at contoso-e3"}));
}

TEST(CheckContinuity, SoftAllowsAnyGap) {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    EXPECT_EQ(said(s, "2026-11-02"_day), kFeasible);
}

// ---- M3.7: exits ----

TEST(CheckExitDate, ALapseIsATermBoundary) {
    SmallScenario s;
    s.draft.horizon->end = "2027-06-01"_day;
    EXPECT_EQ(said_of_lapsing(s, "2026-04-01"_day), kFeasible);
    EXPECT_EQ(said_of_lapsing(s, "2026-03-31"_day), (Lines{"exit-date at contoso-e3"}));
    EXPECT_EQ(said_of_lapsing(s, "2026-04-02"_day), (Lines{"exit-date at contoso-e3"}));
    EXPECT_EQ(said_of_lapsing(s, "2027-04-01"_day), kFeasible);  // renewed once
}

TEST(CheckExitDate, ALapseLiesAfterH0AndAtOrBeforeH1) {
    SmallScenario s;
    s.draft.horizon->end = "2026-04-01"_day;
    EXPECT_EQ(said_of_lapsing(s, "2026-04-01"_day), kFeasible);
    s.draft.horizon->end = "2026-03-31"_day;
    EXPECT_EQ(said_of_lapsing(s, "2026-04-01"_day), (Lines{"exit-date at contoso-e3"}));
    // A term that starts on H0 has a boundary there, which is no lapse of it.
    SmallScenario at_h0;
    at_h0.subscription("contoso-e3").term_start = "2026-01-05"_day;
    EXPECT_EQ(said_of_lapsing(at_h0, "2026-01-05"_day), (Lines{"exit-date at contoso-e3"}));
    EXPECT_EQ(said_of_lapsing(at_h0, "2027-01-05"_day), kFeasible);
}

TEST(CheckExitDate, AMonthEndsBoundaryIsTheClampedDay) {
    SmallScenario s;
    s.offer("e3-open").prices.push_back(price("P1M", "P1M", "20.00"));
    SubscriptionDraft& sub = s.subscription("contoso-e3");
    sub.sold_as = {P1M, P1M};
    sub.term_start = "2025-12-31"_day;
    EXPECT_EQ(said_of_lapsing(s, "2026-02-28"_day), kFeasible);
    EXPECT_EQ(said_of_lapsing(s, "2026-03-28"_day), (Lines{"exit-date at contoso-e3"}));
    EXPECT_EQ(said_of_lapsing(s, "2026-03-31"_day), kFeasible);
}

TEST(CheckExitDate, ACancellationIsNoTermBoundary) {
    EXPECT_EQ(said_of_cancelling(SmallScenario(), "2026-03-31"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(SmallScenario(), "2026-04-01"_day), (Lines{"exit-date at contoso-e3"}));
    EXPECT_EQ(said_of_cancelling(SmallScenario(), "2026-04-02"_day), kFeasible);  // in the renewed term
    SmallScenario at_h0;
    at_h0.subscription("contoso-e3").term_start = "2026-01-05"_day;
    EXPECT_EQ(said_of_cancelling(at_h0, "2026-01-05"_day), (Lines{"exit-date at contoso-e3"}));
    EXPECT_EQ(said_of_cancelling(at_h0, "2026-01-06"_day), kFeasible);
}

TEST(CheckExitDate, ACancellationOnABoundaryIsThatAlone) {
    // M3.7: neither the notice nor the programme's refusal is mentioned.
    SmallScenario s;
    s.subscription("contoso-e3").auto_renew = true;
    s.programme("open").renewal_notice_days = 30;
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    EXPECT_EQ(said_of_cancelling(s, "2026-04-01"_day), (Lines{"exit-date at contoso-e3"}));
}

TEST(CheckExitDate, ACancellationOnH0) {
    EXPECT_EQ(said_of_cancelling(SmallScenario(), "2026-01-05"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(SmallScenario(), "2026-01-02"_day),
              (Lines{"continuity at contoso-e3", "horizon at contoso-e3"}));
}

/// Renews by itself unless switched off 30 days before.
SmallScenario renewing(std::int32_t notice_days = 30) {
    SmallScenario s;
    s.draft.horizon->end = "2027-06-01"_day;
    s.subscription("contoso-e3").auto_renew = true;
    s.programme("open").renewal_notice_days = notice_days;
    return s;
}

Lines said_of_switching_off(const SmallScenario& s, Day off_on, Day exit_on = "2026-04-01"_day) {
    return said(s, "2026-01-05"_day, [&](Move& move) {
        move.auto_renew_off_on = off_on;
        move.exit_on = exit_on;
    });
}

TEST(CheckAutoRenew, IsSwitchedOffForALapse) {
    EXPECT_EQ(said_of_switching_off(renewing(), {}), (Lines{"auto-renew at contoso-e3"}));
    EXPECT_EQ(said_of_switching_off(renewing(), "2026-01-05"_day), kFeasible);
}

TEST(CheckAutoRenew, InTimeForTheNotice) {
    // 30 days before 04-01 is Monday 03-02.
    EXPECT_EQ(said_of_switching_off(renewing(), "2026-03-02"_day), kFeasible);
    EXPECT_EQ(said_of_switching_off(renewing(), "2026-03-03"_day), (Lines{"auto-renew at contoso-e3"}));
    // Without notice: the day before.
    EXPECT_EQ(said_of_switching_off(renewing(0), "2026-03-31"_day), kFeasible);
    EXPECT_EQ(said_of_switching_off(renewing(1), "2026-03-31"_day), kFeasible);
    EXPECT_EQ(said_of_switching_off(renewing(0), "2026-04-01"_day), (Lines{"auto-renew at contoso-e3"}));
    EXPECT_EQ(said_of_switching_off(renewing(2), "2026-03-31"_day), (Lines{"auto-renew at contoso-e3"}));
}

TEST(CheckAutoRenew, NotBeforeARenewalThatThePlanWants) {
    // Renewed on 2026-04-01, lapses on 2027-04-01: switched off a day before the renewal, there would be
    // none.
    EXPECT_EQ(said_of_switching_off(renewing(), "2026-03-31"_day, "2027-04-01"_day),
              (Lines{"auto-renew at contoso-e3"}));
    EXPECT_EQ(said_of_switching_off(renewing(), "2026-04-01"_day, "2027-04-01"_day), kFeasible);
    EXPECT_EQ(said_of_switching_off(renewing(), "2027-03-02"_day, "2027-04-01"_day), kFeasible);
    EXPECT_EQ(said_of_switching_off(renewing(), "2027-03-03"_day, "2027-04-01"_day),
              (Lines{"auto-renew at contoso-e3"}));
}

TEST(CheckAutoRenew, AtH0WhereTheTermStartsThen) {
    SmallScenario s = renewing();
    s.subscription("contoso-e3").term_start = "2026-01-05"_day;
    EXPECT_EQ(said_of_switching_off(s, "2026-01-05"_day, "2027-01-05"_day), kFeasible);
}

TEST(CheckAutoRenew, IsSuperfluousInEveryOtherCase) {
    const auto off = [](Move& move) { move.auto_renew_off_on = "2026-02-02"_day; };
    EXPECT_EQ(said(SmallScenario(), "2026-03-25"_day, off), (Lines{"auto-renew at contoso-e3"}));
    EXPECT_EQ(said(renewing(), "2026-01-05"_day,
                   [&](Move& move) {
                       off(move);
                       move.exit = Exit::cancel;
                       move.exit_on = "2026-02-02"_day;
                   }),
              (Lines{"auto-renew at contoso-e3"}));
    SmallScenario may_stay = renewing();
    may_stay.subscription("contoso-e3").must_move = false;
    const Scenario scenario = may_stay.build();
    PaperPlan plan(scenario);
    off(plan.stays("contoso-e3"));
    EXPECT_EQ(violations(scenario, plan), (Lines{"auto-renew at contoso-e3"}));
}

TEST(CheckAutoRenew, ACancellationKeepsTheNoticeAsWell) {
    EXPECT_EQ(said_of_cancelling(renewing(), "2026-03-02"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(renewing(), "2026-03-03"_day), (Lines{"auto-renew at contoso-e3"}));
    EXPECT_EQ(said_of_cancelling(renewing(0), "2026-03-31"_day), kFeasible);
    // In the renewed term the notice is that of its own end.
    EXPECT_EQ(said_of_cancelling(renewing(), "2027-03-02"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(renewing(), "2027-03-03"_day), (Lines{"auto-renew at contoso-e3"}));
    // Without auto-renew there is nothing to give notice of.
    SmallScenario s;
    s.programme("open").renewal_notice_days = 30;
    EXPECT_EQ(said_of_cancelling(s, "2026-03-31"_day), kFeasible);
}

TEST(CheckAutoRenew, NoticeIsNeededEvenWhereTheRenewalIsClosedOrHasNoPrice) {
    SmallScenario s = renewing();
    s.programme("open").renewals_until = "2026-01-31"_day;
    EXPECT_EQ(said_of_switching_off(s, {}), (Lines{"auto-renew at contoso-e3"}));
    EXPECT_EQ(said_of_switching_off(s, "2026-03-03"_day), (Lines{"auto-renew at contoso-e3"}));
    s.offer("e3-open").prices[0].to = "2026-01-31"_day;
    EXPECT_EQ(said_of_cancelling(s, "2026-03-03"_day), (Lines{"auto-renew at contoso-e3"}));
}

TEST(CheckAutoRenew, ALapseOnTheWrongDayIsNotAlsoLate) {
    EXPECT_EQ(said_of_switching_off(renewing(), "2026-03-31"_day, "2026-03-31"_day),
              (Lines{"exit-date at contoso-e3"}));
}

// ---- M2.6: what may be cancelled ----

TEST(CheckCancellable, NeverIsNever) {
    SmallScenario s;
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    EXPECT_EQ(said_of_cancelling(s, "2026-03-16"_day), (Lines{"not-cancellable at contoso-e3"}));
    EXPECT_EQ(said(s), kFeasible);  // it lapses
}

TEST(CheckCancellable, OnlyInTheWindow) {
    SmallScenario s;
    s.subscription("contoso-e3").term_start = "2026-01-02"_day;
    s.programme("open").cancellation.allowed = CancellationAllowed::window;
    s.programme("open").cancellation.refund_window_days = 6;
    EXPECT_EQ(said_of_cancelling(s, "2026-01-08"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(s, "2026-01-09"_day), (Lines{"not-cancellable at contoso-e3"}));
    s.programme("open").cancellation.refund_window_days.reset();  // null: always
    EXPECT_EQ(said_of_cancelling(s, "2026-01-09"_day), kFeasible);
}

TEST(CheckCancellable, TheWindowOpensAgainWithEveryTerm) {
    SmallScenario s;
    s.programme("open").cancellation.allowed = CancellationAllowed::window;
    s.programme("open").cancellation.refund_window_days = 6;
    EXPECT_EQ(said_of_cancelling(s, "2026-03-31"_day), (Lines{"not-cancellable at contoso-e3"}));
    EXPECT_EQ(said_of_cancelling(s, "2026-04-07"_day), kFeasible);
    EXPECT_EQ(said_of_cancelling(s, "2026-04-08"_day), (Lines{"not-cancellable at contoso-e3"}));
}

TEST(CheckCancellable, ADayBeforeTheContractIsOnlyOutsideTheHorizon) {
    // M2.6 is about days inside a term; M3.4 gives this one its name. So do its notice (M3.7) and its
    // boundaries.
    SmallScenario s;
    SubscriptionDraft& sub = s.subscription("contoso-e3");
    sub.term_start = "2026-01-02"_day;
    sub.auto_renew = true;
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    s.programme("open").renewal_notice_days = 30;
    for (const Day before : {"2026-01-01"_day, "2025-12-31"_day, "2025-01-02"_day})
        EXPECT_EQ(said_of_cancelling(s, before),
                  (Lines{"continuity at contoso-e3", "horizon at contoso-e3"}));
}

TEST(CheckCancellable, AWindowThatOnlyRefundsDoesNotForbid) {
    SmallScenario s;
    s.programme("open").cancellation.refund_window_days = 6;
    EXPECT_EQ(said_of_cancelling(s, "2026-03-16"_day), kFeasible);
}

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

// ---- M3.10: capacity and budgets ----

/// A visit of 40 and provisioning of 15 minutes; `ops` has this many minutes a week.
SmallScenario limited_to(std::int32_t minutes) {
    SmallScenario s;
    s.draft.effort.emplace().visit.minutes = 40;
    s.draft.effort->provision.minutes = 15;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, minutes, {}};
    return s;
}

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
