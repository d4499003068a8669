// The named strategies (M5) where moves are in each other's way: teams, bases and add-ons. The stage:
// planning/planned.h.
#include "planning/strategies.h"

#include <gtest/gtest.h>

#include "planning/planned.h"

namespace termwise {
namespace {

using test::cancels_now;
using test::Lines;
using test::price;
using test::reassigning;
using test::SmallScenario;
using test::waits;

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

}  // namespace
}  // namespace termwise
