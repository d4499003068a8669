// The days that a move implies (M3.5), and what they mean for the old contract (M3.6).
#include "plan/days.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::price;
using test::SmallScenario;

using Batches = std::vector<std::pair<Day, std::int32_t>>;

/// Contoso moves to another offer, so its licences are reassigned, `seats_per_day` of them a day.
SmallScenario to_another_offer(std::int32_t seats, std::int32_t seats_per_day) {
    SmallScenario s;
    s.add_offer("m365-e3-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.draft.transitions.clear();
    s.add_transition("e3-open", "m365-e3-csp");
    s.subscription("contoso-e3").seats = seats;
    s.draft.effort.emplace().reassign.seats_per_day = seats_per_day;
    return s;
}

MoveDays days_with(const Scenario& scenario, Day provision_on, Day reassign_on) {
    PaperPlan plan(scenario);
    Move& move = plan.migrates("contoso-e3", provision_on);
    move.reassign_on = reassign_on;
    return days_of(scenario, scenario.subscriptions[0], move);
}

TEST(HandOver, WithoutReassignmentIsTheDayOnWhichItIsUsable) {
    SmallScenario s;
    const Scenario at_once = s.build();
    EXPECT_EQ(days_with(at_once, "2026-03-25"_day, {}).hand_over, "2026-03-25"_day);
    s.draft.provision_days = 3;  // calendar days: over the weekend as well
    const Scenario waiting = s.build();
    const MoveDays days = days_with(waiting, "2026-03-27"_day, {});
    EXPECT_EQ(days.usable, "2026-03-30"_day);
    EXPECT_EQ(days.hand_over, "2026-03-30"_day);
    EXPECT_FALSE(days.transition_reassigns);
    EXPECT_FALSE(days.reassigns);
    EXPECT_TRUE(days.last_reassigned.none());
}

TEST(HandOver, IsTheDayAfterTheLastReassignment) {
    const Scenario scenario = to_another_offer(45, 20).build();
    // 20 on Thursday 03-19, 20 on Friday, 5 on Monday 03-23.
    const MoveDays days = days_with(scenario, "2026-03-18"_day, "2026-03-19"_day);
    EXPECT_TRUE(days.reassigns);
    EXPECT_EQ(days.seats, 45);
    EXPECT_EQ(days.last_reassigned, "2026-03-23"_day);
    EXPECT_EQ(days.hand_over, "2026-03-24"_day);
}

TEST(HandOver, WithoutALimitTakesOneDay) {
    const Scenario scenario = to_another_offer(10'000, 0).build();
    EXPECT_EQ(days_with(scenario, "2026-03-18"_day, "2026-03-18"_day).hand_over, "2026-03-19"_day);
}

TEST(HandOver, LeavesOutHolidaysAndTheCustomersBlackouts) {
    SmallScenario s = to_another_offer(45, 20);
    s.draft.holidays.push_back({"2026-03-20"_day, {}});
    s.blackouts("contoso", {{"2026-03-23", "2026-03-25"}});
    const Scenario scenario = s.build();
    // Thursday 03-19, then nothing until Wednesday 03-25, and 5 on Thursday 03-26.
    EXPECT_EQ(days_with(scenario, "2026-03-19"_day, "2026-03-19"_day).hand_over, "2026-03-27"_day);
}

TEST(HandOver, AReassignmentThatBeginsOnAWeekendWaitsForMonday) {
    const Scenario scenario = to_another_offer(5, 20).build();
    EXPECT_EQ(days_with(scenario, "2026-03-20"_day, "2026-03-21"_day).hand_over, "2026-03-24"_day);
}

TEST(HandOver, CountsTheSeatsOfTheDayOfProvisioning) {
    SmallScenario s = to_another_offer(20, 20);
    s.demand("contoso-e3", {{"2026-03-18", 21}, {"2026-03-19", 60}});
    const Scenario scenario = s.build();
    const MoveDays days = days_with(scenario, "2026-03-18"_day, "2026-03-18"_day);
    EXPECT_EQ(days.seats, 21);
    EXPECT_EQ(days.hand_over, "2026-03-20"_day);  // 20 on Wednesday, 1 on Thursday
}

TEST(HandOver, WithoutADayForTheReassignmentIsTheUsableOne) {
    // That the day is missing is check()'s business (M3.5); nothing is reassigned then.
    const Scenario scenario = to_another_offer(45, 20).build();
    const MoveDays days = days_with(scenario, "2026-03-18"_day, {});
    EXPECT_TRUE(days.transition_reassigns);
    EXPECT_FALSE(days.reassigns);
    EXPECT_EQ(days.hand_over, "2026-03-18"_day);
}

TEST(HandOver, IsNotPutOffByADayThatIsSuperfluous) {
    const Scenario scenario = SmallScenario().build();
    const MoveDays days = days_with(scenario, "2026-03-18"_day, "2026-03-25"_day);
    EXPECT_FALSE(days.reassigns);
    EXPECT_EQ(days.hand_over, "2026-03-18"_day);
}

TEST(Reassigns, AsTheTransitionSaysWhateverTheSkus) {
    SmallScenario s;
    s.draft.transitions[0].reassign = true;  // of one sku, and reassigned all the same
    EXPECT_TRUE(days_with(s.build(), "2026-03-18"_day, "2026-03-18"_day).reassigns);
    SmallScenario other = to_another_offer(5, 20);
    other.draft.transitions[0].reassign = false;
    EXPECT_FALSE(days_with(other.build(), "2026-03-18"_day, "2026-03-18"_day).reassigns);
}

TEST(ForEachBatch, ToldDayByDay) {
    const Workdays workdays;
    const CustomerDays days(workdays, {});
    Batches batches;
    const Day after = for_each_batch(days, "2026-03-19"_day, 45, 20,
                                     [&](Day day, std::int32_t seats) { batches.emplace_back(day, seats); });
    EXPECT_EQ(batches, (Batches{{"2026-03-19"_day, 20}, {"2026-03-20"_day, 20}, {"2026-03-23"_day, 5}}));
    EXPECT_EQ(after, "2026-03-24"_day);
}

TEST(ForEachBatch, AFullLastDayIsNotFollowedByAnEmptyOne) {
    const Workdays workdays;
    const CustomerDays days(workdays, {});
    Batches batches;
    const Day after = for_each_batch(days, "2026-03-18"_day, 40, 20,
                                     [&](Day day, std::int32_t seats) { batches.emplace_back(day, seats); });
    EXPECT_EQ(batches, (Batches{{"2026-03-18"_day, 20}, {"2026-03-19"_day, 20}}));
    EXPECT_EQ(after, "2026-03-20"_day);
}

TEST(GraceAfter, IsForALapseOnly) {
    SmallScenario s;
    s.programme("open").grace_days = 30;
    const Scenario scenario = s.build();
    EXPECT_EQ(grace_after(scenario, scenario.subscriptions[0], Exit::lapse), 30);
    EXPECT_EQ(grace_after(scenario, scenario.subscriptions[0], Exit::cancel), 0);
}

TEST(EndingOf, AMove) {
    const Scenario scenario = SmallScenario().build();
    PaperPlan plan(scenario);
    EXPECT_EQ(ending_of(plan.stays("contoso-e3")).kind, Ending::Kind::none);
    const Ending lapse = ending_of(plan.migrates("contoso-e3", "2026-03-25"_day));
    EXPECT_EQ(lapse.kind, Ending::Kind::lapse);
    EXPECT_EQ(lapse.on, "2026-04-01"_day);
    const Ending cancel =
        ending_of(plan.migrates_and_cancels("contoso-e3", "2026-03-25"_day, "2026-03-26"_day));
    EXPECT_EQ(cancel.kind, Ending::Kind::cancel);
    EXPECT_EQ(cancel.on, "2026-03-26"_day);
}

}  // namespace
}  // namespace termwise
