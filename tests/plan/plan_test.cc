#include "plan/plan.h"

#include <gtest/gtest.h>

#include "support/literals.h"

namespace termwise {
namespace {

Move stay(std::int32_t subscription, Day auto_renew_off_on = {}) {
    Move move;
    move.subscription = SubscriptionIndex(subscription);
    move.auto_renew_off_on = auto_renew_off_on;
    return move;
}

TEST(SortPlan, ForgetsTheOrderOfTheInput) {
    Plan plan;
    plan.moves = {stay(2), stay(0), stay(1)};
    plan.invitations = {{CustomerIndex(1), "2026-01-07"_day}, {CustomerIndex(0), "2026-01-08"_day}};
    sort_plan(plan);
    EXPECT_EQ(plan.moves, (std::vector<Move>{stay(0), stay(1), stay(2)}));
    EXPECT_EQ(plan.invitations, (std::vector<Invitation>{{CustomerIndex(0), "2026-01-08"_day},
                                                         {CustomerIndex(1), "2026-01-07"_day}}));
}

TEST(SortPlan, KeepsTheOrderOfSeveralMovesOfOneSubscription) {
    Plan plan;
    plan.moves = {stay(1, "2026-02-02"_day), stay(0), stay(1, "2026-02-01"_day)};
    sort_plan(plan);
    EXPECT_EQ(plan.moves, (std::vector<Move>{stay(0), stay(1, "2026-02-02"_day), stay(1, "2026-02-01"_day)}));
}

TEST(SortPlan, KeepsItHoweverManyThereAre) {
    // Enough of them that a sort that is not stable would show.
    Plan plan;
    std::vector<Move> expected;
    for (std::int32_t i = 0; i < 60; ++i) {
        plan.moves.push_back(stay(7, "2026-01-05"_day + i));
        expected.push_back(plan.moves.back());
    }
    expected.insert(expected.begin(), stay(3));
    plan.moves.push_back(stay(3));
    sort_plan(plan);
    EXPECT_EQ(plan.moves, expected);
}

TEST(InviteDay, IsFoundByCustomer) {
    Plan plan;
    plan.invitations = {{CustomerIndex(1), "2026-01-07"_day}, {CustomerIndex(4), "2026-01-08"_day}};
    EXPECT_EQ(invite_day(plan, CustomerIndex(1)), "2026-01-07"_day);
    EXPECT_EQ(invite_day(plan, CustomerIndex(4)), "2026-01-08"_day);
    for (const std::int32_t not_invited : {0, 2, 3, 5})
        EXPECT_TRUE(invite_day(plan, CustomerIndex(not_invited)).none());
    EXPECT_TRUE(invite_day(Plan{}, CustomerIndex(0)).none());
}

}  // namespace
}  // namespace termwise
