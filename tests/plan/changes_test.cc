// What one plan does otherwise than another.
#include "plan/changes.h"

#include <gtest/gtest.h>

#include "support/drafts.h"

namespace termwise {
namespace {

Move stays(std::size_t subscription) {
    Move move;
    move.subscription = SubscriptionIndex(subscription);
    return move;
}

Move moves(std::size_t subscription, const char* on) {
    Move move = stays(subscription);
    move.action = Action::migrate;
    move.provision_on = test::day(on);
    return move;
}

TEST(Changes, AreTheRowsThatDiffer) {
    const Plan was{{}, {}, {stays(0), moves(1, "2026-03-02"), moves(2, "2026-03-02")}};
    const Plan is{{}, {}, {stays(0), moves(1, "2026-03-03"), moves(2, "2026-03-02")}};
    const auto changes = changes_between(was, is);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].subscription, SubscriptionIndex(1));
    EXPECT_EQ(changes[0].was, &was.moves[1]);
    EXPECT_EQ(changes[0].is, &is.moves[1]);
    EXPECT_TRUE(changes_between(was, was).empty());
}

TEST(Changes, AreRowsThatOnlyOnePlanHas) {  // M3.1: a plan may lack a subscription
    const Plan was{{}, {}, {stays(0), stays(2)}};
    const Plan is{{}, {}, {stays(1), stays(2), stays(3)}};
    const auto changes = changes_between(was, is);
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0].was, &was.moves[0]);
    EXPECT_EQ(changes[0].is, nullptr);
    EXPECT_EQ(changes[1].was, nullptr);
    EXPECT_EQ(changes[1].is, &is.moves[0]);
    EXPECT_EQ(changes[2].subscription, SubscriptionIndex(3));
    EXPECT_EQ(changes_between({}, {}).size(), 0U);
}

TEST(Changes, CountTheFirstOfSeveralRows) {  // M3.1: or have it twice
    const Plan was{{}, {}, {stays(0), moves(0, "2026-03-02"), stays(1)}};
    const Plan is{{}, {}, {stays(0), stays(1)}};
    EXPECT_TRUE(changes_between(was, is).empty());
}

}  // namespace
}  // namespace termwise
