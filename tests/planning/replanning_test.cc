// Planning again while a plan is being carried out: what is fixed stays, and of what is left the cheapest is
// found, changes counted. Tried out with every plan there is, by judge and scorer.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/optimal.h"
#include "support/carried_out.h"

namespace termwise {
namespace {

PlanningOptions keeping(const Commitments& commitments) {
    PlanningOptions asked;
    asked.effort = 60;
    asked.explain = false;
    asked.commitments = &commitments;
    return asked;
}

/// With nothing fixed; nobody asks why there is no plan.
PlanningOptions plainly() {
    PlanningOptions asked;
    asked.effort = 60;
    asked.explain = false;
    return asked;
}

test::Draw tiny(int customers, int subscriptions) {
    test::Draw what;
    what.most_customers = customers;
    what.most_subscriptions = subscriptions;
    what.most_days = 40;
    return what;
}

/// A few months of one or two customers: a plan is found at once.
test::Draw small() {
    test::Draw what;
    what.most_customers = 2;
    what.most_subscriptions = 2;
    what.most_days = 90;
    return what;
}

std::int64_t changes(const Commitments& commitments, const OptimalPlan& answer) {
    return static_cast<std::int64_t>(changed_moves(commitments, answer.plan).size());
}

void is_the_cheapest_that_keeps(const test::Draw& what) {
    test::SmallScenario drawn = test::draw_days(what);
    const Scenario before = drawn.build();
    test::change(drawn);
    const Scenario now = drawn.build();
    const Commitments commitments = test::draw_commitments(now, test::draw_carried_out(before));
    const test::EveryPlanThatKeeps every(now, commitments, 20'000);
    RC_PRE(every.is_tiny());
    RC_LOG() << fmt::format("from {}\n{}\n", to_text(commitments.from(SubscriptionIndex(0))),
                            fmt::join(test::told(now, commitments.carried_out()), "\n"));
    const OptimalPlan answer = plan_optimally(now, keeping(commitments));
    const std::optional<std::int64_t> least = every.least(commitments.change_cost());
    RC_CLASSIFY(least.has_value(), "there is a plan");
    RC_CLASSIFY(every.count() > 1, "something is left to decide");
    RC_CLASSIFY(every.count() > 100, "much is left to decide");
    if (answer.status == PlanStatus::infeasible) RC_ASSERT(!least.has_value());
    if (!least) {
        RC_ASSERT(!answer.has_plan());
        return;
    }
    // Where a team's time is short a plan may be missed, and then that is said.
    RC_CLASSIFY(!answer.has_plan(), "missed");
    if (answer.status == PlanStatus::stopped_without_plan) return;
    RC_ASSERT(answer.has_plan());
    RC_LOG() << fmt::format("{}\n", fmt::join(test::told(now, answer.plan), "\n"));
    RC_ASSERT(check(now, answer.plan).feasible());
    RC_ASSERT(not_kept(now, commitments, answer.plan).empty());
    RC_ASSERT(answer.changed.size() == changed_moves(commitments, answer.plan).size());
    RC_ASSERT(answer.objective == answer.total + changes(commitments, answer) * commitments.change_cost());
    RC_ASSERT(answer.bound.minor <= *least);
    RC_ASSERT(*least <= answer.objective.minor);
    RC_ASSERT(answer.floor <= answer.bound);
    RC_CLASSIFY(!answer.changed.empty(), "moves are changed");
    RC_CLASSIFY(answer.status == PlanStatus::optimal, "proven optimal");
    if (answer.status == PlanStatus::optimal) RC_ASSERT(*least == answer.objective.minor);
}

RC_GTEST_PROP(ReplanningProperty, FindsTheCheapestOfAllPlansThatKeepWhatIsFixed, ()) {
    is_the_cheapest_that_keeps(tiny(2, 1));
}

RC_GTEST_PROP(ReplanningProperty, AlsoWithBasesAndAddOns, ()) { is_the_cheapest_that_keeps(tiny(1, 2)); }

RC_GTEST_PROP(ReplanningProperty, WithNothingFixedItCostsTheSameAsAPlainPlan, ()) {
    test::SmallScenario drawn = test::draw_scenario(small());
    const Scenario before = drawn.build();
    test::change(drawn);
    const Scenario now = drawn.build();
    const OptimalPlan made = plan_optimally(before, plainly());
    RC_PRE(made.has_plan());
    const Commitments nothing(now, made.plan, now.h0(), {}, Money(0));
    const OptimalPlan free = plan_optimally(now, plainly());
    const OptimalPlan bound = plan_optimally(now, keeping(nothing));
    if (free.status == PlanStatus::optimal && bound.status == PlanStatus::optimal)
        RC_ASSERT(free.total == bound.total);
    if (free.has_plan()) RC_ASSERT(bound.bound <= free.total);
    if (bound.has_plan()) RC_ASSERT(free.bound <= bound.total);
}

RC_GTEST_PROP(ReplanningProperty, MoreStabilityNeverChangesMoreMoves, ()) {
    test::SmallScenario drawn = test::draw_scenario(small());
    const Scenario before = drawn.build();
    const OptimalPlan made = plan_optimally(before, plainly());
    RC_PRE(made.has_plan());
    test::change(drawn);
    const Scenario now = drawn.build();
    const Day from = now.h0() + dice::roll(0, 30);
    std::optional<std::int64_t> fewer;
    for (const int weight : {1'000'000'000, 20'000, 300, 0}) {
        const Commitments commitments(now, made.plan, from, {}, Money(weight));
        const OptimalPlan answer = plan_optimally(now, keeping(commitments));
        if (answer.has_plan()) RC_ASSERT(not_kept(now, commitments, answer.plan).empty());
        if (answer.status != PlanStatus::optimal) continue;
        // Of two optima the dearer in changes has no more of them: so the sums of both orders compare.
        if (fewer) RC_ASSERT(*fewer <= changes(commitments, answer));
        fewer = changes(commitments, answer);
    }
}

RC_GTEST_PROP(ReplanningProperty, APlanThatIsStillGoodIsKeptIfChangesAreDear, ()) {
    const Scenario scenario = test::draw_scenario(small()).build();
    const OptimalPlan made = plan_optimally(scenario, plainly());
    RC_PRE(made.has_plan());
    const Commitments commitments(scenario, made.plan, scenario.h0() + dice::roll(0, 39), {},
                                  Money(1'000'000'000'000));
    const OptimalPlan answer = plan_optimally(scenario, keeping(commitments));
    RC_ASSERT(answer.has_plan());
    RC_ASSERT(answer.changed.empty());
    RC_ASSERT(answer.plan.moves == made.plan.moves);
}

}  // namespace
}  // namespace termwise
