// How old contracts end in a world that does not go as planned (M7.1, M7.2).
#include "simulation/exits.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::SmallScenario;

constexpr Day kNot{};

/// contoso-e3, its term from 2025-04-01 to 2026-04-01, by the year or (`monthly`) by the month.
struct Old {
    SmallScenario s;
    bool monthly = false;

    explicit Old(bool auto_renew) { s.subscription("contoso-e3").auto_renew = auto_renew; }

    Old& by_the_month() {
        monthly = true;
        s.subscription("contoso-e3").sold_as = {P1M, P1M};
        s.subscription("contoso-e3").term_start = "2026-01-01"_day;
        s.offer("e3-open").prices = {test::price("P1M", "P1M", "24.00")};
        return *this;
    }

    [[nodiscard]] Move move(Exit exit, Day exit_on) const {
        Move m;
        m.subscription = SubscriptionIndex(0);
        m.action = Action::migrate;
        m.exit = exit;
        m.exit_on = exit_on;
        return m;
    }
    [[nodiscard]] OldEnd end(Exit exit, Day exit_on, ExitFacts facts) const {
        return old_end(s.build(), move(exit, exit_on), facts);
    }
    [[nodiscard]] Day cancels(Day exit_on, Day from) const {
        return cancellation_day(s.build(), move(Exit::cancel, exit_on), from);
    }
};

void expect(const OldEnd& end, Ending::Kind kind, Day on, std::int32_t unwanted) {
    EXPECT_EQ(end.ending.kind, kind);
    EXPECT_EQ(end.ending.on, kind == Ending::Kind::none ? kAfterAllDays : on);
    EXPECT_EQ(end.unwanted_renewals, unwanted);
}

TEST(OldEnd, ALapseHappensOnItsDate) {
    expect(Old(false).end(Exit::lapse, "2026-04-01"_day, {}), Ending::Kind::lapse, "2026-04-01"_day, 0);
}

TEST(OldEnd, AnAutomaticRenewalIsSwitchedOffADayBeforeAtLeast) {
    const Old old(true);
    expect(old.end(Exit::lapse, "2026-04-01"_day, {"2026-03-31"_day, kNot, kNot}), Ending::Kind::lapse,
           "2026-04-01"_day, 0);
    // Renewed for a year, which ends after the horizon.
    expect(old.end(Exit::lapse, "2026-04-01"_day, {"2026-04-01"_day, kNot, kNot}), Ending::Kind::none, kNot,
           1);
    expect(old.end(Exit::lapse, "2026-04-01"_day, {}), Ending::Kind::none, kNot, 1);
}

TEST(OldEnd, SwitchedOffLateItLapsesAtTheNextBoundaryWithNotice) {
    Old old(true);
    old.by_the_month().s.programme("open").renewal_notice_days = 5;
    const Day april = "2026-04-01"_day;
    expect(old.end(Exit::lapse, april, {"2026-03-27"_day, kNot, kNot}), Ending::Kind::lapse, april, 0);
    expect(old.end(Exit::lapse, april, {"2026-03-28"_day, kNot, kNot}), Ending::Kind::lapse, "2026-05-01"_day,
           1);
    expect(old.end(Exit::lapse, april, {"2026-04-26"_day, kNot, kNot}), Ending::Kind::lapse, "2026-05-01"_day,
           1);
    expect(old.end(Exit::lapse, april, {"2026-04-27"_day, kNot, kNot}), Ending::Kind::lapse, "2026-06-01"_day,
           2);
}

TEST(OldEnd, ARenewalThatDoesNotTakePlaceIsNoUnwantedOne) {
    Old old(true);
    old.s.programme("open").renewals_until = "2026-03-31"_day;
    expect(old.end(Exit::lapse, "2026-04-01"_day, {}), Ending::Kind::lapse, "2026-04-01"_day, 0);
    expect(old.end(Exit::cancel, "2026-03-16"_day, {}), Ending::Kind::lapse, "2026-04-01"_day, 0);
}

TEST(OldEnd, ADeclineKnownInTimeUndoesTheExit) {
    const Old old(false);
    expect(old.end(Exit::lapse, "2026-04-01"_day, {kNot, kNot, "2026-03-31"_day}), Ending::Kind::none, kNot,
           0);
    expect(old.end(Exit::lapse, "2026-04-01"_day, {kNot, kNot, "2026-04-01"_day}), Ending::Kind::lapse,
           "2026-04-01"_day, 0);
    expect(old.end(Exit::cancel, "2026-03-16"_day, {kNot, kNot, "2026-03-20"_day}), Ending::Kind::none, kNot,
           0);
    expect(old.end(Exit::cancel, "2026-03-16"_day, {kNot, kNot, "2026-04-02"_day}), Ending::Kind::lapse,
           "2026-04-01"_day, 0);
}

TEST(OldEnd, ADeclineAfterAnUnwantedRenewalLeavesItRenewed) {
    Old old(true);
    old.by_the_month();
    expect(old.end(Exit::lapse, "2026-04-01"_day, {"2026-04-02"_day, kNot, "2026-04-20"_day}),
           Ending::Kind::none, kNot, 1);
}

TEST(OldEnd, ACancellationTakesEffectWhenItsWorkIsDone) {
    const Old old(false);
    expect(old.end(Exit::cancel, "2026-03-16"_day, {kNot, "2026-03-18"_day, kNot}), Ending::Kind::cancel,
           "2026-03-18"_day, 0);
    // Overtaken by the end of the term.
    expect(old.end(Exit::cancel, "2026-03-16"_day, {kNot, "2026-04-01"_day, kNot}), Ending::Kind::lapse,
           "2026-04-01"_day, 0);
    expect(old.end(Exit::cancel, "2026-03-16"_day, {}), Ending::Kind::lapse, "2026-04-01"_day, 0);
}

TEST(OldEnd, WithAutomaticRenewalItIsCancelledInTheRenewedTerm) {
    Old old(true);
    old.by_the_month();
    expect(old.end(Exit::cancel, "2026-03-16"_day, {kNot, "2026-05-06"_day, kNot}), Ending::Kind::cancel,
           "2026-05-06"_day, 2);
    expect(old.end(Exit::cancel, "2026-03-16"_day, {}), Ending::Kind::none, kNot,
           10);  // April to January
}

TEST(CancellationDay, IsAWorkdayInsideATerm) {
    const Old old(false);
    EXPECT_EQ(old.cancels("2026-03-16"_day, "2026-03-14"_day), "2026-03-16"_day);  // from a Saturday
    EXPECT_EQ(old.cancels("2026-03-16"_day, "2026-03-31"_day), "2026-03-31"_day);
    EXPECT_EQ(old.cancels("2026-03-16"_day, "2026-04-01"_day), kNot);
}

TEST(CancellationDay, RespectsWindowAndNotice) {
    Old old(true);
    old.by_the_month();
    old.s.programme("open").cancellation.allowed = CancellationAllowed::window;
    old.s.programme("open").cancellation.refund_window_days = 6;
    EXPECT_EQ(old.cancels("2026-03-03"_day, "2026-03-05"_day), "2026-03-05"_day);
    EXPECT_EQ(old.cancels("2026-03-03"_day, "2026-03-09"_day), "2026-04-02"_day);  // 1 April is a boundary
    Old notice(true);
    notice.by_the_month().s.programme("open").renewal_notice_days = 10;
    EXPECT_EQ(notice.cancels("2026-03-03"_day, "2026-03-20"_day), "2026-03-20"_day);
    EXPECT_EQ(notice.cancels("2026-03-03"_day, "2026-03-23"_day), "2026-04-02"_day);
}

TEST(CancellationDay, NeverComesWhereItIsNotAllowedOrNothingRenews) {
    Old never(true);
    never.by_the_month().s.programme("open").cancellation.allowed = CancellationAllowed::never;
    EXPECT_EQ(never.cancels("2026-03-03"_day, "2026-03-03"_day), kNot);
    Old closed(true);
    closed.by_the_month().s.programme("open").renewals_until = "2026-03-31"_day;
    EXPECT_EQ(closed.cancels("2026-03-03"_day, "2026-04-02"_day), kNot);
}

}  // namespace
}  // namespace termwise
