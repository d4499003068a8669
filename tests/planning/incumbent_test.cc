// The first plan: whoever is moved aside for whom, the books are right.
#include "planning/incumbent.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "plan/check.h"
#include "planning/bound.h"
#include "scoring/score.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

RC_GTEST_PROP(IncumbentProperty, KeepsItsBooks, ()) {
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
