// What an experiment says: the best plan, differences world by world, who carries the risk, and intervals
// that hold what they promise.
#include "experiment/result.h"

#include <gtest/gtest.h>

#include <cmath>

#include "experiment/experiments.h"

namespace termwise {
namespace {

TEST(Result, DifferencesAreTakenWorldByWorld) {
    const Scenario scenario = test::uncertain_scenario();
    const ExperimentResult result = test::result_of(scenario, test::plans_for(scenario), 3, 300);
    const Difference d = difference(result, 1, 0);
    EXPECT_NEAR(static_cast<double>(d.amount.mean),
                static_cast<double>(summarize(result, 1).total.mean - summarize(result, 0).total.mean), 1.0);
    EXPECT_NEAR(d.dearer.value + d.cheaper.value, 1, 0.05);
    const Difference back = difference(result, 0, 1);
    EXPECT_EQ(back.amount.mean, -d.amount.mean);
    EXPECT_EQ(back.dearer.value, d.cheaper.value);
    EXPECT_EQ(d.planned, result.frame.plans[1].planned.total() - result.frame.plans[0].planned.total());
    const Difference none = difference(result, 1, 1);
    EXPECT_EQ(none.amount.mean, 0);
    EXPECT_EQ(none.dearer.value, 0);
}

// The point of common random numbers: a difference is known better than what it is a difference of.
TEST(Result, SharedWorldsMakeTheDifferencePrecise) {
    Scenario scenario = test::uncertain_scenario();
    std::vector<Plan> plans = test::plans_for(scenario);
    plans[1] = plans[0];
    for (Move& move : plans[1].moves)
        if (move.action == Action::migrate) move.sold_as = plans[0].moves[0].sold_as;
    plans[1].invitations[0].invite_on = plans[1].invitations[0].invite_on - 14;
    const ExperimentResult result = test::result_of(scenario, plans, 3, 200);
    EXPECT_LT(*difference(result, 1, 0).amount.half_width * 2, *summarize(result, 0).total.half_width);
}

TEST(Result, TheBestIsTheFeasiblePlanOfLeastMean) {
    const Scenario scenario = test::uncertain_scenario();
    ExperimentResult result = test::result_of(scenario, test::plans_for(scenario), 3, 50);
    const auto best = best_plan(result);
    ASSERT_TRUE(best);
    for (std::size_t p = 0; p < 3; ++p) {
        if (!result.frame.plans[p].feasible()) continue;
        EXPECT_LE(summarize(result, *best).total.mean, summarize(result, p).total.mean);
    }
    EXPECT_TRUE(result.frame.any_feasible());
    for (PlanFrame& plan : result.frame.plans) plan.violations = 1;
    EXPECT_FALSE(best_plan(result));
    EXPECT_FALSE(result.frame.any_feasible());
}

TEST(Result, WhoCarriesTheRiskAddsUpToAllOfIt) {
    Scenario scenario = test::uncertain_scenario();
    // Nobody but three customers is uncertain, one of them with few seats.
    scenario.customer_uncertainties.push_back(*scenario.uncertainty);
    scenario.uncertainty.reset();
    for (const std::size_t c : {1, 7, 11}) scenario.customers[c].uncertainty = 0;
    const ExperimentResult result = test::result_of(scenario, test::plans_for(scenario), 3, 400);
    const PlanSummary wait = summarize(result, 0);
    ASSERT_GE(wait.riskiest.size(), 2U);
    ASSERT_LE(wait.riskiest.size(), kMostRiskiest);
    double sum = 0;
    for (const CustomerRisk& risk : wait.riskiest) sum += risk.share_of_variance;
    EXPECT_NEAR(sum, 1, 0.02);
    for (std::size_t i = 1; i < wait.riskiest.size(); ++i)
        EXPECT_GE(wait.riskiest[i - 1].share_of_variance, wait.riskiest[i].share_of_variance);
    EXPECT_EQ(wait.riskiest[0].customer, CustomerIndex(std::size_t{11}));  // by far the most seats
}

TEST(Result, CountsTheWorldsInWhichACustomerHasAGap) {
    const Scenario scenario = test::uncertain_scenario();
    const ExperimentResult result = test::result_of(scenario, test::plans_for(scenario), 3, 200);
    const PlanSummary wait = summarize(result, 0);
    ASSERT_FALSE(wait.gaps.empty());
    EXPECT_EQ(static_cast<std::size_t>(wait.customers_with_gap), wait.gaps.size());  // of twelve
    double any = 0;
    for (const CustomerGap& gap : wait.gaps) any += gap.of_any.value;
    EXPECT_GE(any + 1e-9, wait.gap.value);                        // each world with a gap is somebody's,
    EXPECT_LE(wait.gaps[0].of_any.value, wait.gap.value + 1e-9);  // and nobody has more than there are
    for (std::size_t i = 1; i < wait.gaps.size(); ++i)
        EXPECT_GE(wait.gaps[i - 1].of_any.value, wait.gaps[i].of_any.value);
    std::int64_t worlds = 0;
    for (const std::int64_t count : wait.totals.counts) worlds += count;
    EXPECT_EQ(worlds, 200);
}

TEST(Result, WithoutUncertaintyNothingVaries) {
    Scenario scenario = test::uncertain_scenario();
    scenario.uncertainty.reset();
    const ExperimentResult result = test::result_of(scenario, test::plans_for(scenario), 3, 20);
    EXPECT_FALSE(result.frame.uncertain);
    for (std::size_t p = 0; p < 2; ++p) {
        const PlanSummary s = summarize(result, p);
        EXPECT_EQ(s.total.mean, result.frame.plans[p].planned.total().minor);
        EXPECT_EQ(s.total.half_width, 0);
        EXPECT_EQ(s.total.p95, s.total.p5);
        EXPECT_EQ(s.finished_p95, result.frame.plans[p].planned_finish);
        EXPECT_TRUE(s.riskiest.empty());
        EXPECT_EQ(s.gap.value, 0);
    }
    EXPECT_TRUE(precise_enough(result.worlds, 1e-9));
}

TEST(Result, FinishesNeverWhereSomebodyIsNotMoved) {
    Scenario scenario = test::uncertain_scenario();
    scenario.uncertainty->decline = 1;
    const PlanSummary s = summarize(test::result_of(scenario, test::plans_for(scenario), 3, 20), 0);
    EXPECT_TRUE(s.finished_p5.none());
    EXPECT_EQ(s.unfinished.value, 1);
    EXPECT_EQ(s.not_moved.value, 1);
}

// Of many experiments with seeds of their own, the 95% interval holds the true mean in 95%, within error.
TEST(Result, IntervalsHoldTheMeanAsOftenAsTheySay) {
    Scenario scenario = test::uncertain_scenario();
    scenario.uncertainty->decline = 0;  // mild enough for a sample of 60 to be nearly normal
    scenario.uncertainty->acceptance = distribution::Uniform{0, 60};
    const std::vector<Plan> plans{test::plans_for(scenario)[0]};
    const Experiment experiment(scenario, plans);
    const auto totals = [&](std::uint64_t seed, std::uint32_t worlds) {
        std::vector<std::int64_t> sample;
        const Replications tried = experiment.run(seed, {0, worlds}, 1, {});
        for (const WorldRow& row : tried.plans[0].rows) sample.push_back(row.components.total().minor);
        return summarize(sample);
    };
    const Summary truth = totals(1'000'000, 20'000);
    constexpr int kExperiments = 600;
    int held = 0;
    for (int seed = 0; seed < kExperiments; ++seed) {
        const Summary s = totals(static_cast<std::uint64_t>(seed), 60);
        if (std::abs(s.mean - truth.mean) <= *s.half_width) ++held;
    }
    // Three standard errors of a proportion of 0.95 in 600, and what the truth itself is not known by.
    EXPECT_NEAR(held / static_cast<double>(kExperiments), 0.95, 3 * std::sqrt(0.95 * 0.05 / kExperiments));
}

}  // namespace
}  // namespace termwise
