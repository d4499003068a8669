// One customer at given prices: the cheapest of all its options, tried out one by one with judge and scorer.
#include "planning/customer_solver.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "scoring/score.h"
#include "support/every_plan.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

/// The scaled price of a plan of one customer, by the judge's count of what it uses.
ScaledSum priced(const Scenario& scenario, const Limits& limits, const Prices& prices, const Plan& plan) {
    const CheckResult judged = check(scenario, plan);
    ScaledSum sum = ScaledSum{score(scenario, plan, Detail::totals).total().minor} << prices.shift();
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const Limit& limit = limits.all()[i];
        sum += ScaledSum{prices.by_limit()[i]} * judged.load.used_seconds(limit.team, limit.bucket);
    }
    return sum;
}

/// Whether the plan is feasible for a customer who is alone in the world.
bool feasible_but_for_limits(const Scenario& scenario, const Plan& plan) {
    return std::ranges::all_of(check(scenario, plan).violations,
                               [](const Violation& v) { return v.rule == Rule::capacity; });
}

std::vector<Scaled> draw_prices(const Limits& limits, int shift) {
    std::vector<Scaled> prices(limits.size());
    for (Scaled& price : prices)
        price = dice::chance(50) ? 0 : Scaled{dice::roll(0, 400)} << (shift > 6 ? shift - 6 : 0);
    return prices;
}

test::Draw small() {
    test::Draw what;
    what.most_customers = 1;
    what.most_subscriptions = 2;
    what.most_days = 42;
    return what;
}

RC_GTEST_PROP(CustomerSolverProperty, FindsTheCheapestOfAllPlansAtAnyPrices, ()) {
    test::SmallScenario drawn = test::draw_scenario(small());
    drawn.draft.budgets.clear();  // the judge does not say how much of a budget is used
    const Scenario scenario = drawn.build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    Prices prices(options);
    prices.set(draw_prices(limits, prices.shift()));

    CustomerSolver solver(options);
    CustomerChoice choice;
    const auto answer = solver.solve(options.customers[0], prices, choice);
    RC_ASSERT(answer.bound == answer.value);

    const auto moves = test::moves_of_all(scenario, 60'000);
    RC_PRE(moves.has_value());
    std::optional<ScaledSum> least;
    test::for_each_plan(scenario, CustomerIndex(0), *moves, [&](const Plan& plan) {
        if (!feasible_but_for_limits(scenario, plan)) return;
        const ScaledSum cost = priced(scenario, limits, prices, plan);
        if (!least || cost < *least) least = cost;
    });
    RC_ASSERT(answer.found() == least.has_value());
    if (!least) return;
    Plan plan;
    append_moves(options, options.customers[0], choice, plan);
    RC_LOG() << fmt::format("{}\n", fmt::join(test::told(scenario, plan), "\n"));
    RC_ASSERT(feasible_but_for_limits(scenario, plan));
    RC_ASSERT(priced(scenario, limits, prices, plan) == ScaledSum{answer.value});
    RC_ASSERT(ScaledSum{answer.value} == *least);
}

RC_GTEST_PROP(CustomerSolverProperty, NamesItsPriceAndKeepsTheRules, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    Prices prices(options);
    prices.set(draw_prices(limits, prices.shift()));
    CustomerSolver solver(options);
    Plan plan;
    bool all = true;
    for (const CustomerOptions& customer : options.customers) {
        CustomerChoice choice;
        const auto answer = solver.solve(customer, prices, choice);
        RC_ASSERT(answer.bound <= answer.value);
        if (!answer.found()) {
            all = false;
            continue;
        }
        std::vector<Use> uses;
        list_uses(options, customer, choice, uses);
        ScaledSum price = ScaledSum{cost_of(options, customer, choice)} << prices.shift();
        for (const Use& use : uses) price += ScaledSum{prices.by_limit()[use.limit.at()]} * use.amount;
        RC_ASSERT(price == ScaledSum{answer.value});
        append_moves(options, customer, choice, plan);
    }
    if (!all) return;
    RC_LOG() << fmt::format("{}\n", fmt::join(test::told(scenario, plan), "\n"));
    for (const Violation& v : check(scenario, plan).violations)
        RC_ASSERT((v.rule == Rule::capacity || v.rule == Rule::budget));
}

RC_GTEST_PROP(CustomerSolverProperty, FitsIntoTheRoomThereIs, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices prices(options);
    std::vector<std::int64_t> room;
    for (const Limit& limit : limits.all()) room.push_back(limit.room / dice::roll(1, 3));
    CustomerSolver solver(options);
    for (const CustomerOptions& customer : options.customers) {
        CustomerChoice free, fitted;
        const auto cheapest = solver.solve(customer, prices, free);
        if (!solver.solve(customer, prices, fitted, room).found()) continue;
        RC_ASSERT(cost_of(options, customer, fitted) >= cost_of(options, customer, free) ||
                  cheapest.bound != cheapest.value);
        std::vector<Use> uses;
        list_uses(options, customer, fitted, uses);
        for (const Use& use : uses)
            if (use.amount > 0) RC_ASSERT(use.amount <= room[use.limit.at()]);
    }
}

}  // namespace
}  // namespace termwise
