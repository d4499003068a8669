// Finding a day for one move among those that are placed: the building block of the strategies.
#include "planning/placement.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::SmallScenario;

/// Two subscriptions of Contoso; a visit takes 40 minutes, provisioning 15, cancelling 10; `ops` has a day's
/// minutes.
SmallScenario two(std::int32_t minutes_a_day) {
    SmallScenario s;
    s.draft.overlap_days = 7;
    s.draft.effort.emplace().visit.minutes = 40;
    s.draft.effort->provision.minutes = 15;
    s.draft.effort->cancel.minutes = 10;
    s.draft.effort->invite.minutes = 5;
    s.team("ops").capacity = CapacityDraft{CapacityPer::day, minutes_a_day, {}};
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    return s;
}

Option first_option(const Scenario& scenario, SubscriptionIndex s) {
    const OfferIndex target = scenario.allowed_targets(scenario.at(s)).at(0);
    return {target, scenario.allowed_terms(scenario.at(s), target).at(0)};
}

constexpr SubscriptionIndex kE3{0};
constexpr SubscriptionIndex kF3{1};

Move wanted(const Scenario& scenario, const Placement& placement, SubscriptionIndex s,
            PlacementLimits limits = {}) {
    NotPlaced obstacle;
    return placement.wanted_move(s, first_option(scenario, s), limits, obstacle).value();
}

TEST(WantedMove, DoesNotAskTheTeams) {
    const Scenario scenario = two(0).build();
    const Placement placement(scenario, Strategy::wait);
    EXPECT_EQ(test::told(scenario, wanted(scenario, placement, kE3)),
              "contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01");
}

TEST(WantedMove, KeepsItsLimits) {
    const Scenario scenario = two(60).build();
    const Placement placement(scenario, Strategy::wait);
    PlacementLimits limits;
    limits.latest_wanted = "2026-03-11"_day;  // a wish of an add-on
    EXPECT_EQ(wanted(scenario, placement, kE3, limits).provision_on, "2026-03-11"_day);
    limits.earliest_provision = "2026-03-27"_day;  // the parent's day: the wish and the overlap give way
    EXPECT_EQ(wanted(scenario, placement, kE3, limits).provision_on, "2026-03-27"_day);
    PlacementLimits parents_exit;
    parents_exit.latest_exit = "2026-02-20"_day;
    EXPECT_EQ(test::told(scenario, wanted(scenario, placement, kE3, parents_exit)),
              "contoso-e3: e3-csp P1Y/P1M on 2026-02-13, cancelled 2026-02-20");
}

TEST(WantedMove, SaysWhyThereIsNone) {
    SmallScenario s = two(60);
    s.subscription("contoso-e3").move_from = "2026-04-02"_day;
    const Scenario scenario = s.build();
    const Placement placement(scenario, Strategy::wait);
    NotPlaced obstacle;
    EXPECT_FALSE(placement.wanted_move(kE3, first_option(scenario, kE3), {}, obstacle));
    EXPECT_EQ(obstacle.obstacle, Obstacle::no_day);
    EXPECT_EQ(obstacle.day, "2026-04-02"_day);
    EXPECT_EQ(obstacle.other, "2026-04-01"_day);
}

TEST(Place, TakesTheNearestDayWithRoom) {
    const Scenario scenario = two(69).build();  // 55 for one, 70 for two on a day
    Placement placement(scenario, Strategy::wait);
    NotPlaced obstacle;
    EXPECT_TRUE(placement.place(wanted(scenario, placement, kE3), {}, obstacle));
    EXPECT_TRUE(placement.place(wanted(scenario, placement, kF3), {}, obstacle));
    EXPECT_EQ(placement.placed(kE3)->provision_on, "2026-03-25"_day);
    EXPECT_EQ(placement.placed(kF3)->provision_on, "2026-03-24"_day);
}

TEST(Place, SaysWhichTeamIsFullAndWhereItLooked) {
    SmallScenario s = two(54);
    s.subscription("contoso-e3").move_from = "2026-03-20"_day;
    const Scenario scenario = s.build();
    Placement placement(scenario, Strategy::wait);
    NotPlaced obstacle;
    EXPECT_FALSE(placement.place(wanted(scenario, placement, kE3), {}, obstacle));
    EXPECT_EQ(placement.placed(kE3), nullptr);
    EXPECT_EQ(obstacle.obstacle, Obstacle::no_capacity);
    EXPECT_EQ(obstacle.team, TeamIndex(0));
    EXPECT_EQ(obstacle.day, "2026-03-20"_day);
    EXPECT_EQ(obstacle.other, "2026-04-01"_day);  // the last day that would have been in time
}

TEST(Rollback, GivesBackTheTimeTheInvitationAndTheDays) {
    SmallScenario s = two(60);
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 7;
    const Scenario scenario = s.build();
    Placement placement(scenario, Strategy::wait);
    NotPlaced obstacle;
    ASSERT_TRUE(placement.place(wanted(scenario, placement, kE3), {}, obstacle));
    placement.commit();
    const std::size_t mark = placement.mark();
    PlacementLimits earlier;
    earlier.latest_wanted = "2026-03-11"_day;
    ASSERT_TRUE(placement.place(wanted(scenario, placement, kF3, earlier), {}, obstacle));
    placement.rollback(mark);
    EXPECT_EQ(placement.placed(kF3), nullptr);
    // The same day has room again: the 55 minutes were given back.
    ASSERT_TRUE(placement.place(wanted(scenario, placement, kF3, earlier), {}, obstacle));
    EXPECT_EQ(placement.placed(kF3)->provision_on, "2026-03-11"_day);
    placement.rollback(mark);
    EXPECT_EQ(test::told(scenario, placement.take_plan()),
              (test::Lines{"contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01", "contoso-f3: stays",
                           "contoso invited 2026-03-18"}));
}

TEST(PostponeExit, LetsACancellationWait) {
    const Scenario scenario = two(70).build();
    Placement placement(scenario, Strategy::cancel_now);
    NotPlaced obstacle;
    ASSERT_TRUE(placement.place(wanted(scenario, placement, kE3), {}, obstacle));
    EXPECT_EQ(placement.placed(kE3)->exit_on, "2026-01-05"_day);
    EXPECT_TRUE(placement.postpone_exit(kE3, "2026-01-05"_day));  // already
    EXPECT_TRUE(placement.postpone_exit(kE3, "2026-01-10"_day));  // a Saturday
    EXPECT_EQ(placement.placed(kE3)->exit_on, "2026-01-12"_day);
    EXPECT_TRUE(placement.postpone_exit(kE3, "2026-04-01"_day));  // to the end of its term: a lapse
    EXPECT_EQ(placement.placed(kE3)->exit, Exit::lapse);
    EXPECT_EQ(placement.placed(kE3)->exit_on, "2026-04-01"_day);
    EXPECT_FALSE(placement.postpone_exit(kE3, "2026-04-02"_day));
    EXPECT_EQ(placement.placed(kE3)->exit_on, "2026-04-01"_day);
}

TEST(PostponeExit, FindsADayWithRoomForTheCancellation) {
    SmallScenario s = two(70);
    s.team("ops").capacity->exceptions = {{"2026-01-12"_day, 9}};
    const Scenario scenario = s.build();
    Placement placement(scenario, Strategy::cancel_now);
    NotPlaced obstacle;
    ASSERT_TRUE(placement.place(wanted(scenario, placement, kE3), {}, obstacle));
    const std::size_t mark = placement.mark();
    EXPECT_TRUE(placement.postpone_exit(kE3, "2026-01-12"_day));
    EXPECT_EQ(placement.placed(kE3)->exit_on, "2026-01-13"_day);
    placement.rollback(mark);
    EXPECT_EQ(placement.placed(kE3)->exit_on, "2026-01-05"_day);
    // And takes its time again: 40 + 15 + 10 minutes of 70 leave no room for another 15.
    ASSERT_TRUE(placement.place(wanted(scenario, placement, kF3), {}, obstacle));
    EXPECT_EQ(placement.placed(kF3)->provision_on, "2026-01-06"_day);
}

TEST(TakePlan, MovesWhatIsPlacedAndLetsTheRestStay) {
    const Scenario scenario = two(70).build();
    Placement placement(scenario, Strategy::cancel_now);
    NotPlaced obstacle;
    ASSERT_TRUE(placement.place(wanted(scenario, placement, kF3), {}, obstacle));
    EXPECT_EQ(
        test::told(scenario, placement.take_plan()),
        (test::Lines{"contoso-e3: stays", "contoso-f3: e3-csp P1Y/P1M on 2026-01-05, cancelled 2026-01-05"}));
}

}  // namespace
}  // namespace termwise
