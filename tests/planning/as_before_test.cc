// A plan that is being carried out, found again among what may be decided.
#include "planning/as_before.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "planning/optimal.h"
#include "support/carried_out.h"

namespace termwise {
namespace {

RC_GTEST_PROP(ChoiceAsBefore, IsThePlanItselfWithoutThePriceOfAChange, ()) {
    test::Draw what;
    what.most_customers = what.most_subscriptions = 2;
    what.most_days = 90;
    const Scenario scenario = test::draw_scenario(what).build();
    PlanningOptions asked;
    asked.effort = 60;
    asked.explain = false;
    const OptimalPlan made = plan_optimally(scenario, asked);
    RC_PRE(made.has_plan());
    const Commitments commitments(scenario, made.plan, scenario.h0() + dice::roll(0, 39), {}, Money(777));
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits, 0, &commitments);
    Plan again;
    std::int64_t cost = 0;
    for (const CustomerOptions& customer : options.customers) {
        const std::optional<CustomerChoice> choice = choice_as_before(options, customer);
        // An exit that is not needed is not listed, unless that is all there is to choose from.
        if (!choice) return;
        cost += cost_of(options, customer, *choice);
        append_moves(options, customer, *choice, again);
    }
    sort_plan(again);
    RC_ASSERT(again.moves == made.plan.moves);
    RC_ASSERT(cost == made.total.minor);
    RC_CLASSIFY(true, "all of it is found");
}

TEST(ChoiceAsBefore, IsNothingIfAMoveIsNotPossibleAnyMoreOrNotKnown) {
    test::SmallScenario s;
    const Scenario before = s.build();
    test::PaperPlan plan(before);
    plan.migrates("contoso-e3", test::day("2026-03-16"));
    s.subscription("contoso-e3").move_from = test::day("2026-03-20");
    const Scenario now = s.build();
    const Limits limits(now);
    const auto found = [&](const Scenario& scenario, const Plan& carried_out) {
        const Commitments commitments(scenario, carried_out, scenario.h0(), {}, Money(1));
        const Options options = list_options(scenario, limits, 0, &commitments);
        return choice_as_before(options, options.customers[0]).has_value();
    };
    EXPECT_TRUE(found(before, plan.plan()));
    EXPECT_FALSE(found(now, plan.plan()));
    EXPECT_FALSE(found(before, Plan{}));
}

}  // namespace
}  // namespace termwise
