// Every violation of M3 with the rule it names and the thing it is reported at, each beside the plan that is
// just feasible: the days of one move, and how its old contract may end (M3.4 to M3.7, M2.6). The stage:
// plan/said.h.
#include "plan/check.h"

#include <gtest/gtest.h>

#include "plan/said.h"

namespace termwise {
namespace {

using test::kFeasible;
using test::Lines;
using test::PaperPlan;
using test::pending;
using test::price;
using test::reassigning;
using test::said;
using test::said_of_cancelling;
using test::said_of_inviting;
using test::said_of_lapsing;
using test::SmallScenario;
using test::violations;

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

}  // namespace
}  // namespace termwise
