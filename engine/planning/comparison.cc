#include "planning/comparison.h"

#include <algorithm>
#include <utility>

namespace termwise {

std::vector<Strategy> Comparison::ranking() const {
    std::vector<const StrategyResult*> feasible;
    for (const StrategyResult& result : results)
        if (result.feasible()) feasible.push_back(&result);
    std::ranges::stable_sort(feasible, {},
                             [](const StrategyResult* result) { return result->score.total(); });
    std::vector<Strategy> ranking;
    for (const StrategyResult* result : feasible) ranking.push_back(result->strategy);
    return ranking;
}

Comparison compare_strategies(const Scenario& scenario, Detail detail) {
    Comparison comparison;
    for (const Strategy strategy : kStrategies) {
        StrategyPlan made = plan_by(scenario, strategy);
        CheckResult judgement = check(scenario, made.plan);
        Score scored = score(scenario, made.plan, detail);
        comparison.results.push_back({strategy, std::move(made.plan), std::move(made.not_placed),
                                      std::move(judgement), std::move(scored)});
        const StrategyResult& added = comparison.results.back();
        const bool leads =
            added.feasible() &&
            (!comparison.best || added.score.total() < comparison.results[*comparison.best].score.total());
        if (leads) comparison.best = comparison.results.size() - 1;
    }
    return comparison;
}

Day later_horizon_end(const Scenario& scenario, int months) {
    return Boundaries(scenario.h1(), Period{static_cast<std::int16_t>(months)}).at(1);
}

}  // namespace termwise
