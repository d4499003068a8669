// The named strategies (M5), story by story. The stage, unless a test changes it: H0 is Monday 2026-01-05, H1
// 2027-01-05; Contoso's ten prepaid seats end on Wednesday 2026-04-01, its relationship is active.
#include "planning/strategies.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::amount;
using test::Lines;
using test::price;
using test::SmallScenario;
using test::sold;

/// The plan of a strategy in words, then whom it left where he was: "contoso-e3 not placed: why".
Lines planned(const SmallScenario& s, Strategy strategy) {
    const Scenario scenario = s.build();
    const StrategyPlan made = plan_by(scenario, strategy);
    Lines lines = test::told(scenario, made.plan);
    for (const NotPlaced& n : made.not_placed)
        lines.push_back(std::string(scenario.id(n.subscription)) +
                        " not placed: " + obstacle_text(scenario, n));
    return lines;
}
Lines waits(const SmallScenario& s) { return planned(s, Strategy::wait); }
Lines cancels_now(const SmallScenario& s) { return planned(s, Strategy::cancel_now); }

/// To an offer of another sku: `seats_per_day` seats are reassigned a day.
SmallScenario reassigning(std::int32_t seats, std::int32_t seats_per_day) {
    SmallScenario s;
    s.draft.transitions[0].reassign = true;
    s.subscription("contoso-e3").seats = seats;
    s.draft.effort.emplace().reassign.seats_per_day = seats_per_day;
    return s;
}

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

// ---- teams ----

/// A visit takes 40 minutes, provisioning 15; `ops` has this many minutes a day.
SmallScenario limited_to(std::int32_t minutes_a_day) {
    SmallScenario s;
    s.draft.overlap_days = 7;
    s.draft.effort.emplace().visit.minutes = 40;
    s.draft.effort->provision.minutes = 15;
    s.team("ops").capacity = CapacityDraft{CapacityPer::day, minutes_a_day, {}};
    return s;
}

TEST(Teams, AFullDayPushesWaitEarlier) {
    SmallScenario s = limited_to(55);
    s.team("ops").capacity->exceptions = {
        {"2026-03-25"_day, 54}, {"2026-03-24"_day, 0}, {"2026-03-23"_day, 10}};
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-20, lapses 2026-04-01"}));
}

TEST(Teams, AndLaterWhereThereIsNoEarlierDay) {
    // Nothing before 03-23, which is full: a day later, with a day less of overlap.
    SmallScenario s = limited_to(55);
    s.draft.overlap_days = 9;
    s.subscription("contoso-e3").move_from = "2026-03-23"_day;
    s.team("ops").capacity->exceptions = {{"2026-03-23"_day, 54}};
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-24, lapses 2026-04-01"}));
}

TEST(Teams, AFullDayPushesCancelNowLater) {
    SmallScenario s = limited_to(55);
    s.team("ops").capacity->exceptions = {{"2026-01-05"_day, 54}, {"2026-01-06"_day, 0}};
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-07, cancelled 2026-01-07"}));
}

TEST(Teams, OneVisitServesSeveralSubscriptionsOfACustomer) {
    SmallScenario s = limited_to(70);
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01",
                               "contoso-f3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01"}));
    s.team("ops").capacity->minutes = 69;
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01",
                               "contoso-f3: e3-csp P1Y/P1M on 2026-03-24, lapses 2026-04-01"}));
}

TEST(Teams, ServeWhoEndsFirst) {
    // One move a day. The one that ends a day earlier comes first, whatever its name; then by customer.
    SmallScenario s = limited_to(55);
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    s.add_customer("zeta");
    s.add_subscription("zeta", "zeta-e3", "e3-open").term_start = "2025-03-31"_day;  // wished: 03-24
    EXPECT_EQ(waits(s), (Lines{"adatum-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-03-23, lapses 2026-04-01",
                               "zeta-e3: e3-csp P1Y/P1M on 2026-03-24, lapses 2026-03-31"}));
}

TEST(Teams, ServeAFamilyByItsFirstEnd) {
    // Both want 02-20: the add-on ends then, another customer's base on Saturday 02-21. 70 minutes are room
    // for base and add-on together, or for the other one.
    SmallScenario s = limited_to(70);
    s.draft.overlap_days = 0;
    s.add_offer("audio-open", "open", "MCOMEETADV", {price("P1Y", "P1Y", "48.00")});
    s.add_offer("audio-csp", "csp", "MCOMEETADV", {price("P1Y", "P1M", "4.00")});
    s.add_transition("audio-open", "audio-csp");
    s.add_subscription("contoso", "contoso-audio", "audio-open").term_start = "2025-02-20"_day;
    s.parent("contoso-audio", "contoso-e3");
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open").term_start = "2025-02-21"_day;
    EXPECT_EQ(waits(s), (Lines{"adatum-e3: e3-csp P1Y/P1M on 2026-02-19, lapses 2026-02-21",
                               "contoso-audio: audio-csp P1Y/P1M on 2026-02-20, lapses 2026-02-20",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-02-20, lapses 2026-04-01"}));
}

TEST(Teams, AFullCalendarLeavesASubscriptionWhereItIs) {
    SmallScenario s = limited_to(54);
    EXPECT_EQ(
        waits(s),
        (Lines{"contoso-e3: stays",
               "contoso-e3 not placed: team ops has no time left on any day that would serve, 2026-01-05 to "
               "2026-04-01"}));
}

TEST(Teams, AReassignmentFitsDayByDay) {
    // 45 seats at 30 s: 10, 10 and 2.5 minutes. The desk has 9 on 03-30: begun on 03-26, only five are left
    // for it.
    SmallScenario s = reassigning(45, 20);
    s.add_team("desk").capacity = CapacityDraft{CapacityPer::day, 10, {{"2026-03-30"_day, 9}}};
    s.draft.effort->reassign.seconds_per_seat = 30;
    s.draft.effort->reassign.team = "desk";
    EXPECT_EQ(
        waits(s),
        (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-26, reassigned from 2026-03-26, lapses 2026-04-01"}));
}

TEST(Teams, AFullDayPushesTheSwitchOffAndTheInvitation) {
    SmallScenario s;
    s.draft.overlap_days = 7;
    s.subscription("contoso-e3").auto_renew = true;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 9;  // Monday 03-16
    s.draft.effort.emplace().auto_renew_off.minutes = 5;
    s.draft.effort->invite.minutes = 10;
    s.team("ops").capacity =
        CapacityDraft{CapacityPer::day, 10, {{"2026-03-25"_day, 4}, {"2026-03-16"_day, 9}}};
    EXPECT_EQ(waits(s),
              (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01, renewal off 2026-03-24",
                     "contoso invited 2026-03-13"}));
}

TEST(Teams, AFullDayPushesTheCancellation) {
    SmallScenario s;
    s.draft.effort.emplace().cancel.minutes = 10;
    s.team("ops").capacity =
        CapacityDraft{CapacityPer::day, 10, {{"2026-01-05"_day, 9}, {"2026-01-06"_day, 0}}};
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-07"}));
    // No day at all: then it lapses.
    s.team("ops").capacity = CapacityDraft{CapacityPer::day, 9, {}};
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-01-05, lapses 2026-04-01"}));
}

TEST(Teams, BudgetsAreNotRespected) {
    // M5.1: reported, by check(), and no reason to wait.
    SmallScenario s;
    s.add_budget("2026-01-05", "2027-01-05", "0.00");
    EXPECT_EQ(waits(s), (Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
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

// ---- add-ons ----

/// Contoso has an add-on to its base; its target requires the base's.
SmallScenario with_add_on(Day term_start) {
    SmallScenario s;
    s.add_offer("audio-open", "open", "MCOMEETADV", {price("P1Y", "P1Y", "48.00")});
    s.add_offer("audio-csp", "csp", "MCOMEETADV", {price("P1Y", "P1M", "4.00")}).requires_any = {"e3-csp"};
    s.add_transition("audio-open", "audio-csp");
    s.add_subscription("contoso", "contoso-audio", "audio-open").term_start = term_start;
    s.parent("contoso-audio", "contoso-e3");
    return s;
}

TEST(AddOn, ThatEndsWithItsBaseMovesWithIt) {
    EXPECT_EQ(waits(with_add_on("2025-04-01"_day)),
              (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01",
                     "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
}

TEST(AddOn, ThatEndsEarlierPullsItsBaseForward) {
    EXPECT_EQ(waits(with_add_on("2025-02-20"_day)),
              (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-02-20, lapses 2026-02-20",
                     "contoso-e3: e3-csp P1Y/P1M on 2026-02-20, lapses 2026-04-01"}));
}

TEST(AddOn, ThatWouldOutliveItsBaseIsCancelledWithIt) {
    EXPECT_EQ(waits(with_add_on("2025-06-01"_day)),
              (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-04-01, cancelled 2026-04-01",
                     "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
    // The base ends on a Sunday: the last workday before.
    SmallScenario s = with_add_on("2025-06-01"_day);
    s.subscription("contoso-e3").term_start = "2025-04-05"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-04-03, cancelled 2026-04-03",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-04-03, lapses 2026-04-05"}));
}

TEST(AddOn, ThatOutlivesItsBaseIsCancelledEarlierWhereThatDayIsFull) {
    SmallScenario s = with_add_on("2025-06-01"_day);
    s.draft.overlap_days = 7;
    s.draft.effort.emplace().cancel.minutes = 10;
    s.team("ops").capacity =
        CapacityDraft{CapacityPer::day, 10, {{"2026-04-01"_day, 9}, {"2026-03-31"_day, 0}}};
    EXPECT_EQ(waits(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-03-25, cancelled 2026-03-30",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01"}));
}

TEST(AddOn, IsProvisionedNoEarlierThanItsBase) {
    // The base may not move before 03-30; the add-on would like its seven days of overlap and cannot have
    // them.
    SmallScenario s = with_add_on("2025-04-01"_day);
    s.draft.overlap_days = 7;
    s.subscription("contoso-e3").move_from = "2026-03-30"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-03-30, lapses 2026-04-01",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-03-30, lapses 2026-04-01"}));
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-03-30, cancelled 2026-03-30",
                                     "contoso-e3: e3-csp P1Y/P1M on 2026-03-30, cancelled 2026-03-30"}));
}

TEST(AddOn, MakesItsBaseGiveWayWhereADayHasNoRoomForBoth) {
    // Base and add-on need a minute each; 04-01 has room for one. The base goes a day earlier.
    SmallScenario s = with_add_on("2025-04-01"_day);
    s.draft.effort.emplace().provision.minutes = 1;
    s.team("ops").capacity = CapacityDraft{CapacityPer::day, 1, {}};
    EXPECT_EQ(waits(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-03-31, lapses 2026-04-01"}));
}

TEST(AddOn, ThatOutlivesItsBaseLeavesTimeForItsReassignment) {
    // 45 seats of the add-on at 20 a day: 03-27, 03-30, 03-31, handed over and cancelled on 04-01.
    SmallScenario s = with_add_on("2025-06-01"_day);
    s.subscription("contoso-audio").seats = 45;
    s.draft.transitions[1].reassign = true;
    s.draft.effort.emplace().reassign.seats_per_day = 20;
    EXPECT_EQ(waits(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-03-27, reassigned from 2026-03-27, "
                               "cancelled 2026-04-01",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-03-27, lapses 2026-04-01"}));
}

TEST(AddOn, ThatEndsAfterTheHorizonIsCancelledWithItsBase) {
    SmallScenario s = with_add_on("2025-08-01"_day);
    s.draft.horizon->end = "2026-07-01"_day;
    EXPECT_EQ(waits(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-04-01, cancelled 2026-04-01",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
}

TEST(AddOn, ThatMayNotBeCancelledKeepsItsBase) {
    SmallScenario s = with_add_on("2025-06-01"_day);
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    EXPECT_EQ(waits(s),
              (Lines{"contoso-audio: stays", "contoso-e3: stays",
                     "contoso-audio not placed: its term ends on 2026-06-01, too late, and it may not be "
                     "cancelled before",
                     "contoso-e3 not placed: it moves together with contoso-audio, which cannot move"}));
}

TEST(AddOn, StaysWithABaseThatCannotMove) {
    SmallScenario s = with_add_on("2025-04-01"_day);
    s.subscription("contoso-e3").move_from = "2026-04-02"_day;
    EXPECT_EQ(
        waits(s),
        (Lines{
            "contoso-audio: stays", "contoso-e3: stays",
            "contoso-audio not placed: it moves together with contoso-e3, which cannot move",
            "contoso-e3 not placed: it can be handed over on 2026-04-02 at the earliest, 2026-04-01 is the "
            "last day in time"}));
}

TEST(AddOn, NeedsTheOfferThatItsTargetRequires) {
    // Another base is cheaper, but the add-on could not go with it.
    SmallScenario s = with_add_on("2025-04-01"_day);
    s.add_offer("a-csp", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "1.00")});
    s.add_transition("e3-open", "a-csp");
    EXPECT_EQ(waits(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01",
                               "contoso-e3: e3-csp P1Y/P1M on 2026-04-01, lapses 2026-04-01"}));
}

TEST(AddOn, WithoutTheRequiredOfferStays) {
    // The base may go to a-csp alone, as its price is the only one there is.
    SmallScenario s = with_add_on("2025-04-01"_day);
    s.add_offer("a-csp", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "1.00")});
    s.add_transition("e3-open", "a-csp");
    s.offer("e3-csp").prices[0].to = "2026-01-05"_day;
    EXPECT_EQ(
        waits(s),
        (Lines{"contoso-audio: stays", "contoso-e3: stays",
               "contoso-audio not placed: its targets require an offer that its parent does not move to",
               "contoso-e3 not placed: it moves together with contoso-audio, which cannot move"}));
}

TEST(AddOn, IsLeftFirstWhenCancelledNow) {
    // The add-on needs three days for its 45 seats; the base waits for it to end.
    SmallScenario s = with_add_on("2025-04-01"_day);
    s.subscription("contoso-audio").seats = 45;
    s.draft.transitions[1].reassign = true;
    s.draft.effort.emplace().reassign.seats_per_day = 20;
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-01-05, reassigned from "
                                     "2026-01-05, cancelled 2026-01-08",
                                     "contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-08"}));
}

TEST(AddOn, ThatLapsesHoldsItsBaseUntilThen) {
    // The add-on's programme allows no cancellation: its base stays until it has lapsed.
    SmallScenario s = with_add_on("2025-02-20"_day);
    s.add_programme("locked").cancellation.allowed = CancellationAllowed::never;
    s.offer("audio-open").programme = "locked";
    EXPECT_EQ(cancels_now(s), (Lines{"contoso-audio: audio-csp P1Y/P1M on 2026-01-05, lapses 2026-02-20",
                                     "contoso-e3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-02-20"}));
}

TEST(AddOn, OfAnAddOnFollowsTheSameRules) {
    SmallScenario s = with_add_on("2025-04-01"_day);
    s.add_subscription("contoso", "contoso-extra", "audio-open").term_start = "2025-03-02"_day;
    s.parent("contoso-extra", "contoso-audio");
    s.targets("contoso-extra", {"e3-csp"});  // whatever it is, it requires nothing
    EXPECT_EQ(
        waits(s),
        (Lines{
            "contoso-audio: audio-csp P1Y/P1M on 2026-02-27, lapses 2026-04-01",
            "contoso-e3: e3-csp P1Y/P1M on 2026-02-27, lapses 2026-04-01",
            "contoso-extra: e3-csp P1Y/P1M on 2026-02-27, reassigned from 2026-02-27, lapses 2026-03-02"}));
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
