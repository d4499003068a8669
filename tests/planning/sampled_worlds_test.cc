// What plans cost in sampled worlds: world by world or customer by customer, it is the same.
#include "planning/sampled_worlds.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "scoring/score.h"
#include "simulation/world.h"
#include "support/random_worlds.h"

namespace termwise {
namespace {

/// By the event engine and the scorer alone.
std::vector<std::int64_t> costs_by_events(const Scenario& scenario, const Plan& plan, std::uint64_t seed,
                                          std::uint32_t worlds) {
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World world(prepared, chances);
    std::vector<std::int64_t> costs(scenario.customers.size() * worlds);
    for (std::uint32_t w = 0; w < worlds; ++w) {
        world.run({seed, kFirstForPlanning + w});
        world.for_each_outcome([&](const CustomerOutcome& outcome) {
            costs[outcome.customer.at() * worlds + w] = cost_of(scenario, outcome).components.total().minor;
        });
    }
    return costs;
}

RC_GTEST_PROP(SampledWorldsProperty, AreThoseOfTheEventEngine, ()) {
    Scenario scenario = test::draw_uncertain_scenario();
    if (dice::chance(50))
        for (Team& team : scenario.teams) team.capacity.reset();
    Plan plan = test::draw_any_plan(scenario);
    // Plans that say nothing about some customers are tried as well.
    if (dice::chance(30))
        std::erase_if(plan.moves,
                      [&](const Move& m) { return scenario.at(m.subscription).customer.at() == 0; });
    const auto threads = static_cast<unsigned>(dice::roll(1, 3));
    RC_ASSERT(SampledWorlds(scenario, 7, 5, threads).costs(plan) == costs_by_events(scenario, plan, 7, 5));
}

}  // namespace
}  // namespace termwise
