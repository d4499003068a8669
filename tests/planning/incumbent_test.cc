// The first plan: whoever is moved aside for whom, the books are right.
#include "planning/incumbent.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>

#include "formats/scenario_reader.h"
#include "generation/generate.h"
#include "plan/check.h"
#include "planning/bound.h"
#include "scoring/score.h"
#include "support/in_line.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

TEST(Incumbent, LetsThoseGoFirstToWhomItMattersLeast) {
    // One a day: whoever asks first has the last day, and then it is the others' turn.
    const Scenario scenario = test::in_line(5, CapacityPer::day, 60).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const BoundSearch free{.prices = std::vector<Scaled>(limits.size(), 0)};
    Incumbent incumbent(options, free.prices);
    ASSERT_TRUE(incumbent.place_all(mixed_choices(options, free, 1), 50));
    const std::int64_t cost_before = incumbent.cost();
    incumbent.improve(1'000, std::numeric_limits<std::int64_t>::min(), [] { return false; });
    EXPECT_LT(incumbent.cost(), cost_before);
    const Plan plan = incumbent.plan();
    EXPECT_EQ(score(scenario, plan, Detail::totals).total().minor, incumbent.cost());
    ASSERT_EQ(plan.moves.size(), 5U);
    std::vector<Day> by_seats;
    for (const Move& move : plan.moves) by_seats.push_back(move.provision_on);
    std::ranges::sort(by_seats, {}, [](Day day) { return day; });
    for (const Move& move : plan.moves)
        EXPECT_EQ(move.provision_on,
                  by_seats[static_cast<std::size_t>(scenario.at(move.subscription).seats) - 1]);
}

TEST(Incumbent, PutsAsideWhoLosesLeast) {
    // Of two who wish the same day the one with two seats has it.
    const Scenario scenario = test::in_line(2, CapacityPer::day, 60).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const BoundSearch free{.prices = std::vector<Scaled>(limits.size(), 0)};
    const std::vector<CustomerChoice> wished = mixed_choices(options, free, 1);
    Incumbent incumbent(options, free.prices);
    ASSERT_TRUE(incumbent.place_all(wished, 0)) << "nobody has to be taken out";
    std::vector<bool> as_wished;
    for (std::size_t c = 0; c < 2; ++c) as_wished.push_back(incumbent.choices()[c] == wished[c]);
    const bool first_has_one = scenario.subscriptions[0].seats == 1;
    EXPECT_EQ(as_wished, (std::vector<bool>{!first_has_one, first_has_one}));
}

TEST(Incumbent, LetsThoseGoFirstWhoLoseMost) {
    // In a tight portfolio some find nothing but what is far too dear, when all others have a place.
    Diagnostics diagnostics;
    auto profile = read_profile(TERMWISE_SOURCE_DIR "/scenarios/profiles/benchmark.json", diagnostics);
    ASSERT_TRUE(profile) << to_text(diagnostics.all().front());
    profile->capacity.front().percent = 90;
    std::string text;
    static_cast<void>(
        write_generated(*profile, {300, 1}, TextSink([&](std::string_view piece) { text += piece; })));
    const auto scenario = read_scenario_text(text, "generated", diagnostics);
    ASSERT_TRUE(scenario);
    const Limits limits(*scenario);
    const Options options = list_options(*scenario, limits, 1);
    const BoundSearch found =
        search_prices(options, std::vector<Scaled>(limits.size(), 0), options.floor() + 14'000'000, 400, 1,
                      [](const BoundSearch&) { return false; });
    Incumbent incumbent(options, found.prices);
    ASSERT_TRUE(incumbent.place_all(mixed_choices(options, found, 1), 1'000));
    const std::int64_t bound = rounded_up(found.bound, scale_shift(options));
    const std::int64_t above_bound = incumbent.cost() - bound;
    EXPECT_LT(above_bound, (bound - options.floor()) / 2) << "at once";
    incumbent.improve(0, std::numeric_limits<std::int64_t>::min(), [] { return false; });
    EXPECT_LT(incumbent.cost() - bound, above_bound * 3 / 4) << "without a single attempt at random";
    EXPECT_GE(incumbent.cost(), bound);
}

TEST(Incumbent, EndsWhereItIsAskedTo) {
    const Scenario scenario = test::in_line(5, CapacityPer::day, 60).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const BoundSearch free{.prices = std::vector<Scaled>(limits.size(), 0)};
    Incumbent incumbent(options, free.prices);
    ASSERT_TRUE(incumbent.place_all(mixed_choices(options, free, 1), 50));
    const std::int64_t cost = incumbent.cost();
    incumbent.improve(1'000, cost, [] { return false; });
    EXPECT_EQ(incumbent.cost(), cost) << "cheap enough as it is";
    int asked = 0;
    incumbent.improve(1'000'000'000, std::numeric_limits<std::int64_t>::min(), [&] { return ++asked == 2; });
    EXPECT_EQ(asked, 2);
}

RC_GTEST_PROP(IncumbentProperty, KeepsItsBooks, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const std::vector<Scaled> free(limits.size(), 0);
    const Prices prices(options);
    if (!price_portfolio(options, prices, 1).possible) return;
    const BoundSearch found{.prices = std::vector<Scaled>(limits.size(), 0)};
    const std::vector<CustomerChoice> wished = mixed_choices(options, found, 1);
    Incumbent incumbent(options, free);
    if (!incumbent.place_all(wished, 50)) {
        RC_ASSERT(!incumbent.unplaced().empty());
        return;
    }
    // And so it does after it has looked for something cheaper.
    const std::int64_t cost_before = incumbent.cost();
    incumbent.improve(dice::roll(0, 300), std::numeric_limits<std::int64_t>::min(), [] { return false; });
    RC_ASSERT(incumbent.complete());
    RC_ASSERT(incumbent.cost() <= cost_before);
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

}  // namespace
}  // namespace termwise
