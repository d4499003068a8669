// What customers share (M3.10, M1.8), numbered through.
#include "options/limits.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"

namespace termwise {
namespace {

TEST(Limits, AreTheBucketsOfLimitedTeamsAndTheBudgets) {
    test::SmallScenario s;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 60, {{"2026-01-13"_day, 10}}};
    s.add_team("desk");
    s.add_budget("2026-03-01", "2026-04-01", "500.00");
    const Scenario scenario = s.build();
    const Limits limits(scenario);
    const LimitIndex first = limits.bucket(TeamIndex(0), "2026-01-05"_day);
    EXPECT_EQ(limits.bucket(TeamIndex(0), "2026-01-11"_day), first);
    EXPECT_EQ(limits.name(scenario, first), "ops 2026-W02");
    EXPECT_EQ(limits.at(first).room, 3600);
    EXPECT_EQ(limits.at(limits.bucket(TeamIndex(0), "2026-01-16"_day)).room, 600);
    EXPECT_TRUE(limits.bucket(TeamIndex(1), "2026-01-05"_day).none());
    EXPECT_TRUE(limits.bucket(TeamIndex(), "2026-01-05"_day).none());
    EXPECT_EQ(limits.name(scenario, limits.budget(0)), "budget 2026-03-01/2026-04-01");
    EXPECT_EQ(limits.at(limits.budget(0)).room, 50000);
    EXPECT_TRUE(limits.has_budgets());
}

TEST(AddUse, KeepsOneEntryALimit) {
    std::vector<Use> uses;
    add_use(uses, LimitIndex(4), 10);
    add_use(uses, LimitIndex(2), 5);
    add_use(uses, LimitIndex(4), -3);
    add_use(uses, LimitIndex(), 100);
    add_use(uses, LimitIndex(3), 0);
    EXPECT_EQ(uses, (std::vector<Use>{{LimitIndex(2), 5}, {LimitIndex(4), 7}}));
}

TEST(UseLists, KeepEachListOnce) {
    UseLists lists;
    const std::vector<Use> a{{LimitIndex(0), 60}}, b{{LimitIndex(0), 61}};
    EXPECT_EQ(lists.number_of({}), 0U);
    const std::uint32_t first = lists.number_of(a);
    EXPECT_NE(lists.number_of(b), first);
    EXPECT_EQ(lists.number_of(a), first);
    EXPECT_EQ(lists.size(), 3U);
    EXPECT_EQ(lists.at(first)[0].amount, 60);
    EXPECT_TRUE(lists.at(0).empty());
}

}  // namespace
}  // namespace termwise
