// What waits for a team (M7.1): in which order it is done, and what its hours do to it.
#include "simulation/team_queue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "support/drafts.h"
#include "support/plans.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::SmallScenario;

DueWork piece(std::uint64_t order, std::int64_t seconds) {
    DueWork work;
    work.order = order;
    work.seconds = work.left = seconds;
    return work;
}

/// Lets the team work; the orders of what was done. Nobody is away but those whose order is `away`.
std::vector<std::uint64_t> worked(TeamQueue& queue, std::int64_t limit, std::int64_t& used,
                                  std::uint64_t away = 0) {
    std::vector<std::uint64_t> done;
    queue.work(
        limit, used, [&](const DueWork& work) { return work.order != away; }, [](const DueWork&) {},
        [&](const DueWork& work) { done.push_back(work.order); });
    return done;
}

using Orders = std::vector<std::uint64_t>;

TEST(TeamQueue, WorksInOrderAndCarriesOnWithWhatItHasBegun) {
    TeamQueue queue;
    queue.push(piece(7, 100));
    queue.push(piece(3, 100));
    std::int64_t used = 0;
    EXPECT_EQ(worked(queue, 150, used), Orders{3});
    EXPECT_EQ(used, 150);
    EXPECT_EQ(queue.size(), 1);
    queue.push(piece(1, 100));  // comes first by its order, but 7 is begun
    used = 0;
    EXPECT_EQ(worked(queue, 50, used), Orders{7});
    EXPECT_EQ(worked(queue, 1000, used), Orders{1});
    EXPECT_TRUE(queue.empty());
}

/// Whatever comes when, a little or much at once: what is least is next.
RC_GTEST_PROP(TeamQueueProperty, IsAlwaysInOrder, ()) {
    TeamQueue queue;
    std::multiset<std::uint64_t> waits;
    for (int round = 0; round < 30; ++round) {
        const int pushed = dice::pick({0, 1, 3, 20, 200});
        for (int i = 0; i < pushed; ++i) {
            const auto order = static_cast<std::uint64_t>(dice::roll(1, 10'000));
            queue.push(piece(order, 1));
            waits.insert(order);
        }
        std::int64_t used = 0;
        Orders least;
        const int wanted = dice::pick({0, 1, 5, 60});
        for (int i = 0; i < wanted && !waits.empty(); ++i) {
            least.push_back(*waits.begin());
            waits.erase(waits.begin());
        }
        RC_ASSERT(worked(queue, wanted, used) == least);
        RC_ASSERT(queue.size() == static_cast<std::int32_t>(waits.size()));
        std::multiset<std::uint64_t> told;
        queue.for_each([&](const DueWork& work) { told.insert(work.order); });
        RC_ASSERT(told == waits);
    }
}

TEST(TeamQueue, SetsAsideThoseWhoAreAway) {
    TeamQueue queue;
    queue.push(piece(1, 100));
    queue.push(piece(2, 100));
    std::int64_t used = 0;
    EXPECT_EQ(worked(queue, 1000, used, 1), Orders{2});
    EXPECT_EQ(used, 100);
    EXPECT_TRUE(queue.empty());
}

TEST(TeamQueue, WhatIsDoneMayBringMoreWorkForTheSameDay) {
    TeamQueue queue;
    queue.push(piece(2, 10));
    queue.push(piece(5, 10));
    Orders done;
    std::int64_t used = 0;
    const bool moved = queue.work(
        100, used, [](const DueWork&) { return true; }, [](const DueWork&) {},
        [&](const DueWork& work) {
            done.push_back(work.order);
            if (work.order == 2) queue.push(piece(4, 10));
        });
    EXPECT_TRUE(moved);
    EXPECT_EQ(done, (Orders{2, 4, 5}));
}

TEST(TeamQueue, OrdersByPlannedDayThenCustomerThenSubscriptionThenKind) {
    SmallScenario s;
    s.add_subscription("contoso", "contoso-p1", "e3-open");
    s.add_customer("fabrikam");
    s.add_subscription("fabrikam", "fabrikam-e3", "e3-open");
    const Scenario scenario = s.build();
    const Plan plan = PaperPlan(scenario).plan();
    const PreparedPlan prepared(scenario, plan);
    const Orders ascending{queue_order(prepared, WorkKind::visit, 0, -1, -5),
                           queue_order(prepared, WorkKind::provision, 0, 0, 0),  // before H0 is H0
                           queue_order(prepared, WorkKind::reassign, 0, 0, 0),
                           queue_order(prepared, WorkKind::provision, 0, 1, 0),
                           queue_order(prepared, WorkKind::visit, 1, -1, 0),
                           queue_order(prepared, WorkKind::provision, 1, 2, 0),
                           queue_order(prepared, WorkKind::visit, 0, -1, 1)};
    EXPECT_TRUE(std::ranges::is_sorted(ascending));
    EXPECT_EQ(std::ranges::adjacent_find(ascending), ascending.end());
}

}  // namespace
}  // namespace termwise
