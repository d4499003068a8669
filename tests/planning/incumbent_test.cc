// The plan in the making: whatever is taken out and put back, the books are right.
#include "planning/incumbent.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/bound.h"
#include "scoring/score.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

RC_GTEST_PROP(IncumbentProperty, OnlyImprovesAndKeepsItsBooks, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const std::vector<Scaled> free(limits.size(), 0);
    const Prices prices(options);
    std::vector<CustomerChoice> wished;
    if (!price_portfolio(options, prices, 1, &wished).possible) return;
    Incumbent incumbent(options, free);
    if (!incumbent.place_all(wished, 50)) {
        RC_ASSERT(!incumbent.unplaced().empty());
        return;
    }
    for (int i = 0; i < 30; ++i) {
        const std::int64_t before = incumbent.cost();
        incumbent.improve();
        RC_ASSERT(incumbent.cost() <= before);
    }
    const Plan plan = incumbent.plan();
    const CheckResult judged = check(scenario, plan);
    RC_ASSERT(judged.feasible());
    RC_ASSERT(score(scenario, plan, Detail::totals).total().minor == incumbent.cost());
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const Limit& limit = limits.all()[i];
        if (!limit.is_budget())
            RC_ASSERT(incumbent.used(LimitIndex(i)) == judged.load.used_seconds(limit.team, limit.bucket));
    }
}

TEST(SearchDice, IsOneFixedSequence) {
    SearchDice a(1), b(1);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(a.next(), b.next());
    EXPECT_EQ(SearchDice(0).next(), 0xE220A8397B1DCDAFU);  // SplitMix64's first number from seed 0
    for (int i = 0; i < 100; ++i) EXPECT_LT(a.below(3), 3U);
}

}  // namespace
}  // namespace termwise
