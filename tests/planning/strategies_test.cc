// The named strategies (M5), story by story: one subscription that has the teams to itself. The stage:
// planning/planned.h.
#include "planning/strategies.h"

#include <gtest/gtest.h>

#include "planning/planned.h"

namespace termwise {
namespace {

using test::amount;
using test::cancels_now;
using test::Lines;
using test::planned;
using test::price;
using test::reassigning;
using test::SmallScenario;
using test::sold;
using test::waits;

TEST(Strategy, HasAName) {
    EXPECT_EQ(strategy_name(Strategy::stay), "stay");
    EXPECT_EQ(strategy_name(Strategy::wait), "wait");
    EXPECT_EQ(strategy_name(Strategy::cancel_now), "cancel-now");
}

TEST(Stay, DoesNothing) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    EXPECT_EQ(planned(s, Strategy::stay), (Lines{"contoso-e3: stays", "contoso-f3: stays"}));
}

// ---- wait ----

TEST(Wait, ProvisionsAsLateAsTheOverlapAllows) {
    SmallScenario s;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
    s.draft.overlap_days = 7;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01"}));
    s.draft.provision_days = 5;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-20, lapses 2026-04-01"}));
}

TEST(Wait, GoesBackToAWorkdayOfTheCustomer) {
    SmallScenario s;
    s.draft.overlap_days = 3;  // 03-29 is a Sunday
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-27, lapses 2026-04-01"}));
    s.blackouts("contoso", {{"2026-03-16", "2026-03-30"}});
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-13, lapses 2026-04-01"}));
    s.draft.holidays.push_back({"2026-03-13"_day, {0}});
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-12, lapses 2026-04-01"}));
}

TEST(Wait, LeavesTimeForTheReassignment) {
    // 45 seats, 20 a day: Friday 03-27, Monday, Tuesday 03-31; handed over on 04-01.
    EXPECT_EQ(
        waits(reassigning(45, 20)),
        (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-27, reassigned from 2026-03-27, lapses 2026-04-01"}));
    SmallScenario s = reassigning(45, 20);
    s.draft.provision_days =
        2;  // usable on Sunday at the latest: provisioned on Wednesday, reassigned from Friday
    EXPECT_EQ(
        waits(s),
        (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, reassigned from 2026-03-27, lapses 2026-04-01"}));
}

TEST(Wait, ReassignsFromTheFirstWorkdayOnWhichItIsUsable) {
    // M6.1. Five seats take a day. With three days to wait, Friday 03-27 is usable on Monday 03-30.
    SmallScenario s = reassigning(5, 20);
    s.draft.provision_days = 3;
    EXPECT_EQ(
        waits(s),
        (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-27, reassigned from 2026-03-30, lapses 2026-04-01"}));
}

TEST(Wait, TakesWhatOverlapThereIs) {
    // Accepted on 03-27 at the earliest; the wished 30 days cannot be had, so at once.
    SmallScenario s;
    s.draft.overlap_days = 30;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 81;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-27, lapses 2026-04-01",
                               "contoso invited 2026-01-05"}));
}

TEST(Wait, InvitesAsLateAsTheProvisioningAllows) {
    SmallScenario s;
    s.draft.overlap_days = 7;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 10;  // before 03-25: Sunday 03-15
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01",
                               "contoso invited 2026-03-13"}));
}

TEST(Wait, InvitesInTimeForTheFirstOfSeveral) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 10;
    s.add_subscription("contoso", "contoso-a1", "e3-open").term_start =
        "2025-05-01"_day;  // ends a month later
    EXPECT_EQ(waits(s), (Lines{"contoso-a1: e3-csp P1Y/P1M on 2026-05-01, lapses 2026-05-01",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01",
                               "contoso invited 2026-03-20"}));
}

TEST(Wait, StaysWhereTheInvitationIsAcceptedTooLate) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 87;  // 2026-04-02
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: stays",
                               "contoso-e3 not placed: it can be handed over on 2026-04-02 at the "
                               "earliest, 2026-04-01 is the last day in time"}));
    // Grace would do, and so would 86 days.
    s.programme("open").grace_days = 1;
    s.draft.continuity = Continuity::grace;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-02, lapses 2026-04-01",
                               "contoso invited 2026-01-05"}));
    s.draft.continuity = Continuity::strict;
    s.customer("contoso").plan_days = 86;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01",
                               "contoso invited 2026-01-05"}));
}

TEST(Wait, WithSoftContinuityTakesAGap) {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 100;  // 2026-04-15
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-15, lapses 2026-04-01",
                               "contoso invited 2026-01-05"}));
}

TEST(Wait, MayCountOnGraceOnlyIfThereIsNoEarlierDay) {
    // The overlap comes first: the hand-over is wished before the exit, grace or not.
    SmallScenario s;
    s.draft.continuity = Continuity::grace;
    s.programme("open").grace_days = 30;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
}

TEST(Wait, SwitchesAutoRenewOffInOneGoWithProvisioning) {
    SmallScenario s;
    s.draft.overlap_days = 7;
    s.subscription("contoso-e3").auto_renew = true;
    EXPECT_EQ(waits(s),
              (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01, renewal off 2026-03-25"}));
    s.draft.overlap_days = 0;  // provisioned on the day itself: that would be too late
    EXPECT_EQ(waits(s),
              (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01, renewal off 2026-03-31"}));
}

TEST(Wait, SwitchesAutoRenewOffBeforeTheNotice) {
    SmallScenario s;
    s.subscription("contoso-e3").auto_renew = true;
    s.programme("open").renewal_notice_days = 31;  // Sunday 03-01
    EXPECT_EQ(waits(s),
              (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01, renewal off 2026-02-27"}));
}

TEST(Wait, StaysWhereTheNoticeIsOver) {
    SmallScenario s;
    s.subscription("contoso-e3").auto_renew = true;
    s.programme("open").renewal_notice_days = 86;  // H0 is the last day
    EXPECT_EQ(waits(s),
              (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01, renewal off 2026-01-05"}));
    s.programme("open").renewal_notice_days = 87;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: stays",
                               "contoso-e3 not placed: auto-renew would have to be switched off by "
                               "2026-01-04, and no workday is left for that"}));
}

TEST(Wait, LeavesWhatEndsAfterTheHorizon) {
    SmallScenario s;
    s.draft.horizon->end = "2026-04-01"_day;  // ends on H1: that is in time
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-31, lapses 2026-04-01"}));
    s.draft.horizon->end = "2026-03-31"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: stays",
                               "contoso-e3 not placed: its term ends on 2026-04-01, after the horizon"}));
}

TEST(Wait, KeepsItsDeadlines) {
    SmallScenario s;
    s.subscription("contoso-e3").move_by = "2026-03-13"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-13, lapses 2026-04-01"}));
    s.draft.overlap_days = 7;
    s.subscription("contoso-e3").move_from = "2026-03-30"_day;  // too late for the overlap: at once
    s.subscription("contoso-e3").move_by = {};
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-30, lapses 2026-04-01"}));
    s.subscription("contoso-e3").move_from = "2026-04-02"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: stays",
                               "contoso-e3 not placed: it can be handed over on 2026-04-02 at the "
                               "earliest, 2026-04-01 is the last day in time"}));
}

TEST(Wait, BuysWhileThereIsAPrice) {
    SmallScenario s;
    s.offer("e3-csp").prices[0].to = "2026-03-17"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-16, lapses 2026-04-01"}));
    s.offer("e3-csp").prices[0].to = "2026-01-05"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: stays",
                               "contoso-e3 not placed: no allowed target and term has a price and enough "
                               "seats for every term in the horizon"}));
}

TEST(Wait, LeavesWhatTheTargetHasTooFewSeatsFor) {
    SmallScenario s;
    s.offer("e3-csp").max_seats = 9;
    EXPECT_EQ(waits(s).front(), "contoso-e3: stays");
    s.demand("contoso-e3", {{"2026-03-02", 9}});  // from then on there are enough
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
}

// ---- the choice of target and term ----

TEST(Choice, IsTheCheapestOnItsOwnDay) {
    // 22.00 by the year; by the month 21.00 looks better until it is a renewal at 30.00, three months later.
    SmallScenario s;
    s.offer("e3-csp").prices.push_back(price("P1M", "P1M", "21.00", "", "2026-07-01"));
    s.offer("e3-csp").prices.push_back(price("P1M", "P1M", "30.00", "2026-07-01"));
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
    s.draft.horizon->end = "2026-07-01"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1M/P1M on 2026-04-01, lapses 2026-04-01"}));
}

TEST(Choice, CountsTheWorkAndTheUsersTime) {
    // The other offer is a dollar cheaper a year, but every user's licence has to be changed at 4.00.
    SmallScenario s;
    s.add_offer("a-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "21.90")});
    s.add_transition("e3-open", "a-csp");
    EXPECT_EQ(waits(s).front(),
              "contoso-e3: a-csp P1Y/P1M on 2026-03-31, reassigned from 2026-03-31, lapses 2026-04-01");
    s.draft.disruption->reassign_per_seat = amount("4.00");
    EXPECT_EQ(waits(s).front(), "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01");
}

TEST(Choice, OfEqualOnesIsTheFirstTargetThenTheShortestTerm) {
    SmallScenario s;
    s.add_offer("b-csp", "csp", "ENTERPRISEPACK",
                {price("P1Y", "P1M", "22.00"), price("P1M", "P1M", "22.00")});
    s.add_transition("e3-open", "b-csp");
    EXPECT_EQ(waits(s).front(), "contoso-e3: b-csp P1M/P1M on 2026-04-01, lapses 2026-04-01");
    s.draft.target_terms = {sold("P1Y", "P1M")};
    EXPECT_EQ(waits(s).front(), "contoso-e3: b-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01");
    s.targets("contoso-e3", {"e3-csp"});
    EXPECT_EQ(waits(s).front(), "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01");
}

TEST(Choice, FallsBackWhereTheCheapestHasNoDay) {
    SmallScenario s;
    s.add_offer("a-csp", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "1.00", "2026-04-02")});
    s.add_transition("e3-open", "a-csp");
    EXPECT_EQ(waits(s).front(), "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01");
}

// ---- cancel now ----

TEST(CancelNow, GoesAtOnce) {
    EXPECT_EQ(cancels_now(SmallScenario()),
              (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-05"}));
}

TEST(CancelNow, CancelsOnTheFirstWorkdayAtOrAfterTheHandOver) {
    SmallScenario s;
    s.draft.provision_days = 5;  // Saturday 01-10
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-12"}));
    s.blackouts("contoso", {{"2026-01-12", "2026-01-14"}});
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-14"}));
    // 45 seats at 20 a day: Monday to Wednesday, handed over on Thursday.
    EXPECT_EQ(
        cancels_now(reassigning(45, 20)),
        (Lines{
            "contoso-e3: e3-csp P1Y/P1M on 2026-01-05, reassigned from 2026-01-05, cancelled 2026-01-08"}));
}

TEST(CancelNow, BeginsOnAWorkday) {
    SmallScenario s;
    s.draft.holidays.push_back({"2026-01-05"_day, {0}});
    s.blackouts("contoso", {{"2026-01-06", "2026-01-08"}});
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-08, cancelled 2026-01-08"}));
}

TEST(CancelNow, InvitesAtOnce) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 12;  // Saturday 01-17
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-19, cancelled 2026-01-19",
                                     "contoso invited 2026-01-05"}));
    s.blackouts("contoso", {{"2026-01-05", "2026-01-07"}});
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-19, cancelled 2026-01-19",
                                     "contoso invited 2026-01-07"}));
}

TEST(CancelNow, LapsesWhereTheTermEndsFirst) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 86;  // provisioned on 04-01, the day of the end
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01",
                                     "contoso invited 2026-01-05"}));
    s.customer("contoso").plan_days = 85;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-31, cancelled 2026-03-31",
                                     "contoso invited 2026-01-05"}));
}

TEST(CancelNow, LapsesWhereItMayNotBeCancelled) {
    SmallScenario s;
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, lapses 2026-04-01"}));
    s.draft.horizon->end = "2026-03-31"_day;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: stays",
                                     "contoso-e3 not placed: its term ends on 2026-04-01, too late, and it "
                                     "may not be cancelled before"}));
}

TEST(CancelNow, CancelsWhatEndsAfterTheHorizon) {
    SmallScenario s;
    s.draft.horizon->end = "2026-03-31"_day;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-05"}));
}

TEST(CancelNow, KeepsToTheWindow) {
    SmallScenario s;
    s.subscription("contoso-e3").term_start = "2025-12-30"_day;
    s.programme("open").cancellation.allowed = CancellationAllowed::window;
    s.programme("open").cancellation.refund_window_days = 7;  // to 01-06
    s.draft.provision_days = 1;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-06"}));
    s.draft.provision_days = 2;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, lapses 2026-12-30"}));
}

TEST(CancelNow, IsNoTermBoundary) {
    SmallScenario s;
    s.subscription("contoso-e3").term_start = "2026-01-05"_day;  // H0
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-06"}));
}

TEST(CancelNow, KeepsTheNotice) {
    SmallScenario s;
    s.subscription("contoso-e3").auto_renew = true;
    s.programme("open").renewal_notice_days = 86;  // 01-05
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-05"}));
    s.draft.provision_days = 1;  // then it lapses, if it is switched off at once
    EXPECT_EQ(cancels_now(s),
              (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, lapses 2026-04-01, renewal off 2026-01-05"}));
    s.programme("open").renewal_notice_days = 87;
    EXPECT_EQ(cancels_now(s).back(),
              "contoso-e3 not placed: auto-renew would have to be switched off by 2026-01-04, and no "
              "workday is left for that");
}

TEST(CancelNow, WaitsForAPrice) {
    SmallScenario s;
    s.offer("e3-csp").prices[0].from = "2026-02-02"_day;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-02-02, cancelled 2026-02-02"}));
}

TEST(CancelNow, KeepsItsDeadlines) {
    SmallScenario s;
    s.subscription("contoso-e3").move_from = "2026-02-07"_day;  // a Saturday
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-02-09, cancelled 2026-02-09"}));
    s.subscription("contoso-e3").move_by = "2026-02-08"_day;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: stays",
                                     "contoso-e3 not placed: it can be handed over on 2026-02-09 at the "
                                     "earliest, 2026-02-08 is the last day in time"}));
}

TEST(CancelNow, ALaterDayWithFewerSeatsMayServe) {
    // 200 seats take ten days, to 01-17, after move_by; from 01-12 on there are 20, done on that day.
    SmallScenario s = reassigning(200, 20);
    s.demand("contoso-e3", {{"2026-01-12", 20}});
    s.subscription("contoso-e3").move_by = "2026-01-13"_day;
    EXPECT_EQ(
        cancels_now(s),
        (Lines{
            "contoso-e3: e3-csp P1Y/P1M on 2026-01-12, reassigned from 2026-01-12, cancelled 2026-01-13"}));
}

// ---- reasons ----

TEST(Obstacle, OfAReassignmentThatOutlastsTheHorizon) {
    EXPECT_EQ(waits(reassigning(4000, 5)).back(),
              "contoso-e3 not placed: reassigning its users at 5 a day does not end within the horizon");
    // 900 seats at 5 a day are 180 workdays: in the horizon, but not by the end of the term.
    EXPECT_EQ(waits(reassigning(900, 5)).back(),
              "contoso-e3 not placed: it can be handed over on 2026-09-12 at the earliest, 2026-04-01 is the "
              "last day in "
              "time");
}

TEST(Obstacle, OfAnAcceptanceAfterTheHorizon) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 400;
    EXPECT_EQ(cancels_now(s).back(),
              "contoso-e3 not placed: it can be handed over on 2027-02-09 at the earliest, 2027-01-05 is the "
              "last day in "
              "time");
}

TEST(Obstacle, OfAHorizonWithoutAWorkday) {
    SmallScenario s;
    s.draft.horizon->end = "2026-01-09"_day;
    s.blackouts("contoso", {{"2026-01-05", "2026-01-09"}});
    EXPECT_EQ(cancels_now(s).back(), "contoso-e3 not placed: there is no workday left for it in the horizon");
}

}  // namespace
}  // namespace termwise
