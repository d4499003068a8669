// The pool: what every customer may do, side by side.
#include "planning/column_pool.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/bound.h"
#include "scoring/score.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

constexpr std::size_t kEach = 200;

bool never() { return false; }

Scaled draw_beyond(const Prices& prices) { return Scaled{dice::roll(1, 200'000)} << prices.shift(); }

// Limits that nobody can run out of are left out of the columns: so whatever fits by the columns has to fit
// by the judge.
RC_GTEST_PROP(ColumnPoolProperty, WhatFitsByItsColumnsIsAPlanOfThatCost, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices prices(options);
    const auto pool = list_columns(options, prices, draw_beyond(prices), kEach, {}, 1, never);
    if (!pool) return;
    for (int tries = 0; tries < 20; ++tries) {
        std::vector<std::int64_t> room;
        for (const Limit& limit : limits.all()) room.push_back(limit.room);
        std::int64_t cost = 0;
        Plan plan;
        for (std::size_t c = 0; c < pool->customers(); ++c) {
            const auto columns = static_cast<int>(pool->last(c) - pool->first(c));
            const std::uint32_t k = pool->first(c) + static_cast<std::uint32_t>(dice::roll(0, columns - 1));
            for (const Use& use : pool->uses(k)) room[use.limit.at()] -= use.amount;
            cost += pool->cost(k);
            append_moves(options, options.customers[c], pool->choice(c, k), plan);
        }
        sort_plan(plan);
        const bool fits = std::ranges::all_of(room, [](std::int64_t left) { return left >= 0; });
        RC_ASSERT(check(scenario, plan).feasible() == fits);
        if (fits) RC_ASSERT(score(scenario, plan, Detail::totals).total().minor == cost);
    }
}

RC_GTEST_PROP(ColumnPoolProperty, ThreadsChangeNothing, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices prices(options);
    const Scaled beyond = draw_beyond(prices);
    const auto one = list_columns(options, prices, beyond, kEach, {}, 1, never);
    const auto four = list_columns(options, prices, beyond, kEach, {}, 4, never);
    RC_ASSERT(one.has_value() == four.has_value());
    if (!one) return;
    RC_ASSERT(one->size() == four->size());
    RC_ASSERT(one->beyond() == four->beyond());
    for (std::uint32_t k = 0; k < one->size(); ++k) {
        RC_ASSERT(one->cost(k) == four->cost(k));
        RC_ASSERT(std::ranges::equal(one->uses(k), four->uses(k)));
    }
}

RC_GTEST_PROP(ColumnPoolProperty, WhatIsAskedForIsThereOrBeaten, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    Prices prices(options);
    if (!price_portfolio(options, prices, 1).possible) return;
    const BoundSearch found{.prices = std::vector<Scaled>(limits.size(), 0)};
    const std::vector<CustomerChoice> wanted = mixed_choices(options, found, 1);
    std::vector<Scaled> dear(limits.size());
    for (Scaled& price : dear) price = Scaled{dice::roll(0, 300)} << 14;
    prices.set(dear);
    const auto pool = list_columns(options, prices, 1, 5, wanted, 1, never);
    // At such prices the search for a customer's cheapest choice may be cut short before it finds one.
    RC_PRE(pool.has_value());
    for (std::size_t c = 0; c < pool->customers(); ++c) {
        const auto column = column_for(options, *pool, c, wanted[c]);
        RC_ASSERT(column.has_value());
        RC_ASSERT(pool->cost(*column) <= cost_of(options, options.customers[c], wanted[c]));
    }
}

TEST(ColumnPool, IsNotMadeWhenItIsStopped) {
    test::SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    const Scenario scenario = s.build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices prices(options);
    EXPECT_FALSE(list_columns(options, prices, 1000, kEach, {}, 1, [] { return true; }).has_value());
    EXPECT_TRUE(list_columns(options, prices, 1000, kEach, {}, 1, never).has_value());
}

}  // namespace
}  // namespace termwise
