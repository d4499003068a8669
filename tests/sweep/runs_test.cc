// One strategy in one scenario: a run.
#include "sweep/runs.h"

#include <gtest/gtest.h>

#include "experiment/experiments.h"
#include "plan/check.h"
#include "planning/optimal.h"
#include "scoring/score.h"
#include "support/drafts.h"

namespace termwise {
namespace {

const Approach kWait{Strategy::wait}, kStay{Strategy::stay};

TEST(Run, IsPlannedJudgedAndScored) {
    const Scenario scenario = test::uncertain_scenario();
    const auto runs = run_strategies(scenario, {{kStay, kWait}, 0, 1}, 1, nullptr);
    ASSERT_EQ(runs.size(), 2U);
    const Strategy strategies[] = {Strategy::stay, Strategy::wait};
    for (std::size_t i = 0; i < 2; ++i) {
        const Plan plan = plan_by(scenario, strategies[i]).plan;
        const Score scored = score(scenario, plan, Detail::totals);
        EXPECT_TRUE(runs[i].has_plan);
        EXPECT_EQ(runs[i].feasible, check(scenario, plan).feasible());
        EXPECT_EQ(runs[i].planned, scored.components);
        EXPECT_EQ(runs[i].gap_days, scored.readings.gap_days);
        EXPECT_EQ(runs[i].finished_on, scored.finished_on);
        EXPECT_EQ(runs[i].amount(), scored.total());
    }
}

TEST(Run, InManyWorldsSaysWhatASimulationSays) {
    const Scenario scenario = test::uncertain_scenario();
    const auto runs = run_strategies(scenario, {{kWait, {Strategy::cancel_now}}, 40, 9}, 3, nullptr);
    const ExperimentResult result = test::result_of(scenario, test::plans_for(scenario), 9, 40);
    for (std::size_t p = 0; p < 2; ++p) {
        const PlanSummary expected = summarize(result, p);
        ASSERT_TRUE(runs[p].estimates);
        const Summary& total = runs[p].estimates->total;
        EXPECT_EQ(total.mean, expected.total.mean);
        EXPECT_EQ(total.half_width, expected.total.half_width);
        EXPECT_EQ(total.p5, expected.total.p5);
        EXPECT_EQ(total.cvar95, expected.total.cvar95);
        EXPECT_EQ(runs[p].estimates->gap.value, expected.gap.value);
        EXPECT_EQ(runs[p].estimates->missed_deadline.value, expected.missed_deadline.value);
        EXPECT_EQ(runs[p].estimates->unwanted_renewal.value, expected.unwanted_renewal.value);
        EXPECT_EQ(runs[p].amount(), Money(expected.total.mean));
    }
    // Alone it meets the same worlds.
    EXPECT_EQ(run_strategies(scenario, {{{Strategy::cancel_now}}, 40, 9}, 1, nullptr)[0].amount(),
              runs[1].amount());
}

TEST(Run, OfTheCheapestPlanCostsNoMoreThanAnyStrategy) {
    const Scenario scenario = test::SmallScenario().build();
    const auto runs = run_strategies(scenario, {{kOptimal, kWait}, 0, 1}, 1, nullptr);
    EXPECT_TRUE(runs[0].feasible);
    EXPECT_LE(runs[0].amount(), runs[1].amount());
}

/// Customers who share a week that is too short for all of them: the search has something to do.
Scenario crowded() {
    test::SmallScenario s;
    s.draft.effort.emplace().provision.minutes = 60;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 120, {}};
    for (int i = 2; i <= 6; ++i) s.add_subscription("contoso", "contoso-" + std::to_string(i), "e3-open");
    return s.build();
}

TEST(Run, LooksForTheCheapestPlanAsFarAsItIsAskedTo) {
    const Scenario scenario = crowded();
    for (const std::int64_t effort : {1, 50}) {
        PlanningOptions planning;
        planning.effort = effort;
        planning.gap = 0.02;
        planning.explain = false;
        const OptimalPlan plan = plan_optimally(scenario, planning);
        Questions asked{{kOptimal}, 0, 1};
        asked.effort = effort;
        asked.gap = 0.02;
        EXPECT_EQ(run_strategies(scenario, asked, 1, nullptr)[0].amount(), plan.total);
    }
}

TEST(Run, WithoutAPlanIsNoErrorButInfeasible) {
    test::SmallScenario s;
    s.subscription("contoso-e3").move_by = test::day("2026-01-06");
    s.draft.provision_days = 30;
    const auto runs = run_strategies(s.build(), {{kOptimal, kWait}, 5, 1}, 1, nullptr);
    EXPECT_FALSE(runs[0].has_plan);
    EXPECT_FALSE(runs[0].feasible);
    EXPECT_EQ(runs[0].amount(), std::nullopt);
    EXPECT_FALSE(runs[0].estimates);
    EXPECT_TRUE(runs[1].has_plan);
    EXPECT_FALSE(runs[1].feasible);
    EXPECT_TRUE(runs[1].estimates) << "a plan that breaks rules can be tried out all the same";
}

}  // namespace
}  // namespace termwise
