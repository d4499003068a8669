// What customers cannot help using is never more than what they use in a plan that keeps every rule.
#include "planning/least_use.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/strategies.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

RC_GTEST_PROP(LeastUseProperty, NoFeasiblePlanUsesLess, ()) {
    const Scenario scenario = test::draw_scenario().build();
    for (const Strategy strategy : kStrategies) {
        const Plan plan = plan_by(scenario, strategy).plan;
        if (!check(scenario, plan).feasible()) continue;
        const LeastUse least(scenario);
        RC_ASSERT(least.crowded_out().empty());
        std::vector<Scaled> prices(least.limits().size());
        for (Scaled& price : prices) price = dice::chance(60) ? 0 : dice::roll(1, 1000);
        bool possible = false;
        RC_ASSERT((least.excess(prices, 1, possible) <= 0));
        RC_ASSERT(possible);
        RC_ASSERT(find_shortages(least, 1'000, 1, [] { return false; }).empty());
    }
}

RC_GTEST_PROP(LeastUseProperty, AShortageAddsUp, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    if (list_options(scenario, limits).floor() == kNoOption) return;
    const LeastUse least(scenario);
    if (!least.crowded_out().empty()) return;
    for (const Shortage& s : find_shortages(least, 1'000, 1, [] { return false; })) {
        std::int64_t room = 0, need = 0, first = 0, fewer = 0;
        for (std::size_t i = 0; i < s.limits.size(); ++i) room += s.weights[i] * limits.at(s.limits[i]).room;
        for (std::size_t i = 0; i < s.needs.size(); ++i) {
            need += s.needs[i];
            if (i < s.enough) first += s.needs[i];
            if (i + 1 < s.enough) fewer += s.needs[i];
        }
        RC_ASSERT(s.room == room);
        RC_ASSERT(s.need <= need);  // refunds of others
        RC_ASSERT(s.missing() > 0);
        RC_ASSERT(first > room);
        RC_ASSERT(fewer <= room);
    }
}

TEST(FindShortages, FindsTheRunThatMissesMost) {
    test::SmallScenario s;
    s.draft.effort.emplace().provision.minutes = 60;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 100, {}};
    for (const std::string_view id : {"a", "b", "c"}) {
        s.add_customer(id);
        SubscriptionDraft& sub = s.add_subscription(id, std::string(id) + "-1", "e3-open");
        sub.move_from = test::day("2026-01-19");
        sub.move_by = test::day("2026-01-23");
    }
    const LeastUse least(s.build());
    const std::vector<Shortage> found = find_shortages(least, 10'000, 1, [] { return false; });
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].limits.size(), 1U);
    EXPECT_EQ(least.limits().name(*least.options().scenario, found[0].limits[0]), "ops 2026-W04");
    EXPECT_EQ(found[0].missing(), 80 * 60);
    EXPECT_EQ(found[0].enough, 2U);
}

TEST(FindShortages, FindsWeeksThatDoNotLieSideBySide) {
    test::SmallScenario s;
    s.draft.portfolio = {};
    s.draft.portfolio.given = true;
    s.draft.effort.emplace().provision.minutes = 60;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 60, {{test::day("2026-01-12"), 1'000}}};
    for (const std::string_view id : {"a", "b", "c"}) {
        s.add_customer(id);
        s.blackouts(id, {{"2026-01-12", "2026-01-19"}});
        s.add_subscription(id, std::string(id) + "-1", "e3-open").move_by = test::day("2026-01-24");
    }
    const LeastUse least(s.build());
    const std::vector<Shortage> found = find_shortages(least, 10'000, 1, [] { return false; });
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].limits.size(), 2U);
    EXPECT_EQ(least.limits().name(*least.options().scenario, found[0].limits[0]), "ops 2026-W02");
    EXPECT_EQ(least.limits().name(*least.options().scenario, found[0].limits[1]), "ops 2026-W04");
    EXPECT_EQ(found[0].weights, (std::vector<std::int64_t>{1, 1}));
    EXPECT_EQ(found[0].missing(), 60 * 60);
}

}  // namespace
}  // namespace termwise
