#include "planning/comparison.h"
#include "plan/check.h"
#include "scoring/score.h"

#include <algorithm>
#include <utility>

namespace termwise {
namespace {

void add(Comparison& comparison, StrategyResult result) {
    comparison.results.push_back(std::move(result));
    const StrategyResult& added = comparison.results.back();
    const bool leads =
        added.feasible() &&
        (!comparison.best || added.score.total() < comparison.results[*comparison.best].score.total());
    if (leads) comparison.best = comparison.results.size() - 1;
}

}  // namespace

std::vector<Approach> Comparison::ranking() const {
    std::vector<const StrategyResult*> feasible;
    for (const StrategyResult& result : results)
        if (result.feasible()) feasible.push_back(&result);
    std::ranges::stable_sort(feasible, {},
                             [](const StrategyResult* result) { return result->score.total(); });
    std::vector<Approach> ranking;
    for (const StrategyResult* result : feasible) ranking.push_back(result->approach);
    return ranking;
}

std::vector<Strategy> Comparison::ranking_of_strategies() const {
    std::vector<Strategy> strategies;
    for (const Approach approach : ranking())
        if (approach.named) strategies.push_back(*approach.named);
    return strategies;
}

std::optional<std::size_t> Comparison::optimal() const {
    if (results.empty() || !results.back().approach.is_optimal()) return std::nullopt;
    return results.size() - 1;
}

std::optional<std::size_t> Comparison::best_strategy() const {
    const std::vector<Strategy> strategies = ranking_of_strategies();
    if (strategies.empty()) return std::nullopt;
    const auto found = std::ranges::find(results, Approach{strategies.front()}, &StrategyResult::approach);
    return static_cast<std::size_t>(found - results.begin());
}

Comparison compare_strategies(const Scenario& scenario, Detail detail, const PlanningOptions* optimally) {
    Comparison comparison;
    const auto judged = [&](Approach approach, Plan plan, std::vector<NotPlaced> not_placed) {
        CheckResult judgement = check(scenario, plan);
        Score scored = score(scenario, plan, detail);
        add(comparison,
            {approach, std::move(plan), std::move(not_placed), std::move(judgement), std::move(scored)});
    };
    for (const Strategy strategy : kStrategies) {
        StrategyPlan made = plan_by(scenario, strategy);
        judged({strategy}, std::move(made.plan), std::move(made.not_placed));
    }
    if (optimally == nullptr) return comparison;
    comparison.search = plan_optimally(scenario, *optimally);
    if (comparison.search->has_plan()) judged(kOptimal, std::move(comparison.search->plan), {});
    return comparison;
}

Day later_horizon_end(const Scenario& scenario, int months) {
    return Boundaries(scenario.h1(), Period{static_cast<std::int16_t>(months)}).at(1);
}

}  // namespace termwise
