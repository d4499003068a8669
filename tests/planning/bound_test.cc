// The bound (M6.2): at any prices no feasible plan costs less.
#include "planning/bound.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

RC_GTEST_PROP(BoundProperty, NoFeasiblePlanCostsLessWhateverThePrices, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits, 1);
    Prices prices(options);
    std::vector<Scaled> drawn(limits.size());
    for (Scaled& price : drawn) price = dice::chance(60) ? 0 : dice::roll(0, 1 << 20);
    prices.set(drawn);
    const PricedPortfolio priced = price_portfolio(options, prices, 1);
    for (const Strategy strategy : kStrategies) {
        const Plan plan = plan_by(scenario, strategy).plan;
        if (!check(scenario, plan).feasible()) continue;
        const std::int64_t total = score(scenario, plan, Detail::totals).total().minor;
        RC_ASSERT(priced.possible);
        RC_ASSERT(rounded_up(priced.bound, prices.shift()) - options.slack <= total);
    }
}

RC_GTEST_PROP(BoundProperty, TheSearchOnlyGetsBetterAndThreadsChangeNothing, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const std::vector<Scaled> free(limits.size(), 0);
    const std::int64_t target = 10'000'000;
    std::optional<ScaledSum> last;
    const BoundSearch one = search_prices(options, free, target, 12, 1, [&](const BoundSearch& best) {
        RC_ASSERT((!last || *last <= best.bound));
        last = best.bound;
        return false;
    });
    const BoundSearch four =
        search_prices(options, free, target, 12, 4, [](const BoundSearch&) { return false; });
    RC_ASSERT(one.possible == four.possible);
    RC_ASSERT(one.prices == four.prices);
    RC_ASSERT((one.bound == four.bound));
    if (!one.possible) return;
    double weights = 0;
    for (const BoundSearch::Mixed& mixed : one.mix) weights += mixed.weight;
    RC_ASSERT(one.mix.empty() || std::abs(weights - 1) < 1e-6);
    const std::vector<CustomerChoice> mixed = mixed_choices(options, one, 1);
    RC_ASSERT(mixed.size() == options.customers.size());
    RC_ASSERT(mixed == mixed_choices(options, four, 4));
}

TEST(RoundedUp, IsTheNextWholeMinorUnit) {
    EXPECT_EQ(rounded_up(0, 4), 0);
    EXPECT_EQ(rounded_up(16, 4), 1);
    EXPECT_EQ(rounded_up(17, 4), 2);
    EXPECT_EQ(rounded_up(-17, 4), -1);
    EXPECT_EQ(rounded_up(-16, 4), -1);
}

}  // namespace
}  // namespace termwise
