// The bound (M6.2): at any prices no feasible plan costs less.
#include "planning/bound.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "support/in_line.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

const auto kNever = [](const BoundSearch&) { return false; };

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

TEST(Bound, EndsWithAMixThatFitsIntoTheLimits) {
    const Scenario scenario = test::in_line(200, CapacityPer::week, 1'200).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const BoundSearch found =
        search_prices(options, std::vector<Scaled>(limits.size(), 0), 2 * options.floor(), 400, 1, kNever);
    ASSERT_GE(found.mix.size(), 2U);
    std::vector<double> used(limits.size(), 0.0);
    double weights = 0;
    Prices prices(options);
    for (const BoundSearch::Mixed& mixed : found.mix) {
        prices.set(mixed.prices);
        const PricedPortfolio priced = price_portfolio(options, prices, 1);
        for (std::size_t i = 0; i < used.size(); ++i)
            used[i] += mixed.weight * static_cast<double>(priced.used[i]);
        weights += mixed.weight;
    }
    EXPECT_NEAR(weights, 1, 1e-6);
    double over = 0, wanted = 0;
    for (std::size_t i = 0; i < used.size(); ++i) {
        over += std::max(used[i] - static_cast<double>(limits.all()[i].room), 0.0);
        wanted += used[i];
    }
    EXPECT_LT(over, wanted / 50) << "all of them on their best day are 180 hours too many";
    // Drawn from it, customers are spread over the weeks as well.
    std::vector<double> drawn(limits.size(), 0.0);
    std::vector<Use> uses;
    const std::vector<CustomerChoice> choices = mixed_choices(options, found, 1);
    for (std::size_t c = 0; c < choices.size(); ++c) {
        list_uses(options, options.customers[c], choices[c], uses);
        for (const Use& use : uses) drawn[use.limit.at()] += static_cast<double>(use.amount);
    }
    EXPECT_LT(*std::ranges::max_element(drawn), 2.0 * 1'200 * 60);
}

TEST(Bound, OfManyCustomersSetsOutFromASamplesPrices) {
    const Scenario scenario = test::in_line(8'000, CapacityPer::week, 30'000).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits, 1);
    const std::vector<Scaled> free(limits.size(), 0);
    const auto above_floor = [&](int steps) {
        const BoundSearch found = search_prices(options, free, 2 * options.floor(), steps, 1, kNever);
        EXPECT_EQ(found.steps, steps);
        const int shift = Prices(options).shift();
        return static_cast<double>(rounded_up(found.bound, shift) - options.floor());
    };
    const double best = above_floor(40);
    EXPECT_GT(best, 0);
    EXPECT_GT(above_floor(2), 0.99 * best)
        << "the second step is at the prices that a thousand customers pay";
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
