// A customer with the limits to itself: what is found without a search is the cheapest of all plans that fit.
#include "planning/one_customer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "scoring/score.h"
#include "support/every_plan.h"
#include "support/in_line.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

RC_GTEST_PROP(OneCustomerProperty, WhatIsFoundIsTheCheapestOfAllPlansThatFit, ()) {  // M6.1
    test::Draw what;
    what.most_customers = 1;
    what.most_subscriptions = 2;
    what.most_days = 42;
    const Scenario scenario = test::draw_scenario(what).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const auto alone = choose_alone(options);

    const auto moves = test::moves_of_all(scenario, 60'000);
    RC_PRE(moves.has_value());
    std::optional<std::int64_t> least;
    test::for_each_plan(scenario, CustomerIndex(0), *moves, [&](const Plan& plan) {
        const std::int64_t total = score(scenario, plan, Detail::totals).total().minor;
        if ((!least || total < *least) && check(scenario, plan).feasible()) least = total;
    });
    RC_TAG(alone ? "found" : "not so simple");
    if (!alone) return;
    RC_ASSERT(least.has_value());
    RC_ASSERT(alone->cost == *least);
    RC_ASSERT(rounded_up(alone->bound, scale_shift(options)) == *least);
    Plan plan;
    append_moves(options, options.customers.front(), alone->choice, plan);
    sort_plan(plan);
    RC_ASSERT(check(scenario, plan).feasible());
}

TEST(OneCustomer, GoesAroundTheDaysOnWhichThereIsNoTime) {
    test::SmallScenario s = test::in_line(1, CapacityPer::day, 60);
    const auto found = [](const test::SmallScenario& small) {
        const Scenario scenario = small.build();
        const Limits limits(scenario);
        const Options options = list_options(scenario, limits);
        const auto alone = choose_alone(options);
        Plan plan;
        if (alone) append_moves(options, options.customers.front(), alone->choice, plan);
        return plan;
    };
    const Plan free = found(s);
    ASSERT_EQ(free.moves.size(), 1U);
    const Day wished = free.moves[0].provision_on;
    s.draft.teams[0].capacity->exceptions.push_back({wished, 59});
    const Plan around = found(s);
    ASSERT_EQ(around.moves.size(), 1U);
    EXPECT_LT(around.moves[0].provision_on, wished);
    s.draft.teams[0].capacity->exceptions.back().minutes = 60;
    EXPECT_EQ(found(s).moves, free.moves);
}

}  // namespace
}  // namespace termwise
