// The cheapest plan of a pool: against all of its plans, tried out one by one.
#include "planning/branching.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "planning/pool_search.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

constexpr std::size_t kEach = 8;  // 8^3 plans can be tried out

bool never() { return false; }

struct Case {
    explicit Case(const Scenario& of) : scenario(of) {}

    const Scenario& scenario;
    Limits limits{scenario};
    Options options = list_options(scenario, limits);
    Prices prices{options};
    std::optional<ColumnPool> pool =
        list_columns(options, prices, Scaled{dice::roll(1, 300'000)} << prices.shift(), kEach, {}, 1, never);

    [[nodiscard]] bool fits(const std::vector<std::uint32_t>& columns) const {
        std::vector<std::int64_t> room;
        for (const Limit& limit : limits.all()) room.push_back(limit.room);
        for (const std::uint32_t k : columns)
            for (const Use& use : pool->uses(k)) room[use.limit.at()] -= use.amount;
        return std::ranges::all_of(room, [](std::int64_t left) { return left >= 0; });
    }
    [[nodiscard]] std::int64_t cost(const std::vector<std::uint32_t>& columns) const {
        std::int64_t sum = 0;
        for (const std::uint32_t k : columns) sum += pool->cost(k);
        return sum;
    }
    /// Of all plans of the pool the cheapest; empty: there is none.
    [[nodiscard]] std::vector<std::uint32_t> cheapest() const {
        std::vector<std::uint32_t> best, at;
        for (std::size_t c = 0; c < pool->customers(); ++c) at.push_back(pool->first(c));
        for (;;) {
            if (fits(at) && (best.empty() || cost(at) < cost(best))) best = at;
            std::size_t c = 0;
            while (c < at.size() && ++at[c] == pool->last(c)) {
                at[c] = pool->first(c);
                ++c;
            }
            if (c == at.size()) return best;
        }
    }
    [[nodiscard]] std::vector<Scaled> no_prices() const { return std::vector<Scaled>(limits.size(), 0); }
};

RC_GTEST_PROP(BranchingProperty, FindsTheCheapestPlanOfThePoolAndProvesIt, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Case c(scenario);
    if (!c.pool) return;
    const std::vector<std::uint32_t> best = c.cheapest();
    BranchingOptions how;
    how.upper = best.empty() ? 1'000'000'000 : c.cost(best) + dice::roll(0, 5'000);
    how.most_looks = 10'000'000;
    const Branching done = branch(c.options, *c.pool, c.prices.shift(), c.no_prices(), how);
    RC_ASSERT(done.exhausted);
    if (best.empty()) {
        RC_ASSERT(done.columns.empty());
        return;
    }
    RC_ASSERT(rounded_up(done.bound, c.prices.shift()) <= c.cost(best));
    if (how.upper == c.cost(best)) return;  // nothing cheaper was asked for
    RC_ASSERT(!done.columns.empty());
    RC_ASSERT(c.fits(done.columns));
    RC_ASSERT(c.cost(done.columns) == c.cost(best));
    RC_ASSERT(done.upper == c.cost(best));
}

RC_GTEST_PROP(BranchingProperty, StoppedEarlyItsBoundStillHolds, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Case c(scenario);
    if (!c.pool) return;
    const std::vector<std::uint32_t> best = c.cheapest();
    if (best.empty()) return;
    BranchingOptions how;
    how.upper = c.cost(best) + 10'000;
    how.most_looks = dice::roll(1, 2'000);
    const Branching done = branch(c.options, *c.pool, c.prices.shift(), c.no_prices(), how);
    RC_ASSERT(rounded_up(done.bound, c.prices.shift()) <= c.cost(best));
}

// The way for many customers: steps of the volume algorithm, and cuts.
RC_GTEST_PROP(PoolBoundProperty, NoPlanOfThePoolCostsLessWithCutsAndWithout, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Case c(scenario);
    if (!c.pool) return;
    const std::vector<std::uint32_t> best = c.cheapest();
    if (best.empty()) return;
    PoolBound bound(c.options, *c.pool, c.prices.shift(), c.no_prices());
    const ScaledSum enough = static_cast<ScaledSum>(c.cost(best) + 1) << c.prices.shift();
    for (int round = 0; round < 4; ++round) {
        bound.improve(20, enough, [](const std::vector<std::uint32_t>&) {});
        RC_ASSERT(bound.possible());
        RC_ASSERT(rounded_up(bound.best(), c.prices.shift()) <= c.cost(best));
        bound.add_cuts(5);
        bound.reduce(enough);
    }
}

RC_GTEST_PROP(PoolSearchProperty, ItsBestFitsAndCostsWhatItSays, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Case c(scenario);
    if (!c.pool) return;
    std::vector<std::uint32_t> start;
    for (std::size_t i = 0; i < c.pool->customers(); ++i) start.push_back(c.pool->last(i) - 1);
    if (!c.fits(start)) return;
    PoolSearch search(c.options, *c.pool, c.prices.shift(), c.no_prices(), start, 7);
    search.run(60, dice::roll(0, 20'000), 0, never);
    RC_ASSERT(search.best_cost() <= c.cost(start));
    RC_ASSERT(search.best_cost() == c.cost(search.best()));
    RC_ASSERT(c.fits(search.best()));
}

}  // namespace
}  // namespace termwise
