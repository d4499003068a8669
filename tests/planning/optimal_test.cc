// The planner (M6): what it answers must be true, whatever the portfolio.
#include "planning/optimal.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "support/literals.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using test::Lines;

PlanningOptions quickly() {
    PlanningOptions asked;
    asked.effort = 90;
    return asked;
}

Lines told(const Scenario& scenario, const OptimalPlan& answer) {
    Lines lines{std::string(status_name(answer.status))};
    if (answer.has_plan())
        for (const std::string& line : test::told(scenario, answer.plan)) lines.push_back(line);
    for (const Conflict& conflict : answer.conflicts) lines.push_back(conflict.reason);
    return lines;
}

RC_GTEST_PROP(OptimalProperty, APlanKeepsEveryRuleAndCostsWhatIsSaid, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const OptimalPlan answer = plan_optimally(scenario, quickly());
    if (!answer.has_plan()) return;
    RC_LOG() << fmt::format("{}\n", fmt::join(told(scenario, answer), "\n"));
    RC_ASSERT(check(scenario, answer.plan).feasible());
    RC_ASSERT(score(scenario, answer.plan, Detail::totals).total() == answer.total);
    RC_ASSERT(answer.bound <= answer.total);
    RC_ASSERT(answer.floor <= answer.bound);
    RC_ASSERT((answer.status == PlanStatus::optimal) == (answer.bound == answer.total));
}

RC_GTEST_PROP(OptimalProperty, IsNeverDearerThanAStrategyThatIsFeasible, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const OptimalPlan answer = plan_optimally(scenario, quickly());
    for (const Strategy strategy : kStrategies) {
        const StrategyPlan made = plan_by(scenario, strategy);
        if (!check(scenario, made.plan).feasible()) continue;
        const Money total = score(scenario, made.plan, Detail::totals).total();
        RC_ASSERT(answer.status != PlanStatus::infeasible);
        RC_ASSERT(answer.has_plan());
        RC_ASSERT(answer.total <= total);
        RC_ASSERT(answer.bound <= total);
    }
}

RC_GTEST_PROP(OptimalProperty, DependsNeitherOnThreadsNorOnTheOrderOfTheInput, ()) {
    const test::SmallScenario drawn = test::draw_scenario();
    const Scenario a = drawn.build();
    const Scenario b = drawn.reversed().build();
    PlanningOptions more_threads = quickly();
    more_threads.threads = 8;
    const OptimalPlan one = plan_optimally(a, quickly());
    const OptimalPlan other = plan_optimally(b, more_threads);
    RC_ASSERT(told(a, one) == told(b, other));
    RC_ASSERT(one.bound == other.bound);
}

RC_GTEST_PROP(OptimalProperty, WithoutSharedLimitsItIsOptimal, ()) {
    test::Draw what;
    what.limits = false;
    what.most_days = 200;  // a search for what conflicts asks for many plans
    const Scenario scenario = test::draw_scenario(what).build();
    const OptimalPlan answer = plan_optimally(scenario, quickly());
    RC_ASSERT((answer.status == PlanStatus::optimal || answer.status == PlanStatus::infeasible));
}

test::SmallScenario two_customers() {
    test::SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    return s;
}

TEST(Optimal, ProvesThatASubscriptionHasNoWayOut) {
    test::SmallScenario s = two_customers();
    s.subscription("adatum-e3").move_by = s.draft.horizon->start;
    s.draft.provision_days = 3;
    const Scenario scenario = s.build();
    const OptimalPlan answer = plan_optimally(scenario, {});
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_EQ(scenario.id(answer.conflicts[0].subscription), "adatum-e3");
    EXPECT_EQ(answer.conflicts[0].reason.substr(0, 36), "it may not stay, and cannot move: it");
}

TEST(Optimal, SaysWhoFoundNoPlaceWhereTheTeamHasNoTime) {
    test::SmallScenario s = two_customers();
    s.draft.effort.emplace().provision.minutes = 30;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 10, {}};
    const Scenario scenario = s.build();
    PlanningOptions asked;
    asked.effort = 90;
    const OptimalPlan answer = plan_optimally(scenario, asked);
    EXPECT_FALSE(answer.has_plan());
    EXPECT_FALSE(answer.conflicts.empty());
}

TEST(Optimal, WithoutAParentATargetThatRequiresSomethingIsOut) {  // M3.8
    test::SmallScenario s;
    s.add_offer("base-csp", "csp", "BASE", {test::price("P1Y", "P1M", "30.00")});
    s.add_offer("cheap-csp", "csp", "CHEAP", {test::price("P1Y", "P1M", "1.00")}).requires_any = {"base-csp"};
    s.add_transition("e3-open", "cheap-csp");
    const Scenario scenario = s.build();
    const OptimalPlan answer = plan_optimally(scenario, {});
    ASSERT_EQ(answer.status, PlanStatus::optimal);
    EXPECT_EQ(scenario.at(answer.plan.moves[0].target).id, "e3-csp");
    EXPECT_LT(answer.floor, answer.total) << "the floor does without what is required (M6.2)";
}

TEST(Optimal, StopsWhenItIsAskedTo) {
    const std::atomic<bool> stop{true};
    test::SmallScenario s = two_customers();
    s.draft.effort.emplace().visit.minutes = 30;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 30, {}};
    PlanningOptions asked;
    asked.stop = &stop;
    const OptimalPlan answer = plan_optimally(s.build(), asked);
    EXPECT_TRUE(answer.has_plan());
    EXPECT_TRUE(answer.status != PlanStatus::stopped || answer.stopped_by == StoppedBy::request);
}

TEST(DefaultGap, GrowsWithTheSize) {
    const Scenario small = two_customers().build();
    EXPECT_EQ(default_gap(small), 0);
}

}  // namespace
}  // namespace termwise
