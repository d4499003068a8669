#include "sweep/runs.h"

#include <algorithm>

#include "experiment/result.h"
#include "plan/check.h"
#include "planning/optimal.h"
#include "scoring/score.h"

namespace termwise {
namespace {

/// The plan, if there is one.
std::optional<Plan> plan_of(const Scenario& scenario, const Questions& asked, Approach strategy,
                            unsigned threads, const std::atomic<bool>* stop) {
    if (strategy.named) return plan_by(scenario, *strategy.named).plan;
    PlanningOptions options;
    options.gap = asked.gap;
    options.effort = asked.effort;
    options.threads = static_cast<int>(threads);
    options.stop = stop;
    options.explain = false;
    OptimalPlan found = plan_optimally(scenario, options);
    if (!found.has_plan()) return std::nullopt;
    return std::move(found.plan);
}

RunResult judged(const Scenario& scenario, const Plan& plan) {
    const Score scored = score(scenario, plan, Detail::totals);
    RunResult result;
    result.has_plan = true;
    result.feasible = check(scenario, plan).feasible();
    result.planned = scored.components;
    result.gap_days = scored.readings.gap_days;
    result.finished_on = scored.finished_on;
    return result;
}

}  // namespace

std::optional<Money> RunResult::amount() const {
    if (!has_plan) return std::nullopt;
    return estimates ? Money(estimates->total.mean) : planned.total();
}

std::vector<RunResult> run_strategies(const Scenario& scenario, const Questions& asked, unsigned threads,
                                      const std::atomic<bool>* stop) {
    std::vector<RunResult> results;
    std::vector<Plan> plans;
    for (const Approach strategy : asked.strategies) {
        std::optional<Plan> plan = plan_of(scenario, asked, strategy, threads, stop);
        results.push_back(plan ? judged(scenario, *plan) : RunResult{});
        results.back().minor_digits = scenario.minor_digits;
        if (plan) plans.push_back(std::move(*plan));
    }
    if (asked.replications == 0 || plans.empty()) return results;
    const Experiment experiment(scenario, plans);
    ExperimentResult found;
    found.frame = frame_of(scenario, {}, experiment, std::vector<PlanLabel>(plans.size()), asked.seed);
    found.worlds = experiment.run(asked.seed, {0, asked.replications}, threads, {});
    std::size_t plan = 0;
    for (RunResult& result : results) {
        if (!result.has_plan) continue;
        const PlanSummary summary = summarize(found, plan++);
        result.estimates = {summary.total, summary.gap, summary.missed_deadline, summary.unwanted_renewal};
    }
    return results;
}

}  // namespace termwise
