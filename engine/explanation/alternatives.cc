#include "explanation/alternatives.h"

#include <algorithm>

namespace termwise {

std::string_view alternative_name(AlternativeKind kind) {
    switch (kind) {
        case AlternativeKind::stay:
            return "stay";
        case AlternativeKind::wait:
            return "wait";
        case AlternativeKind::cancel_now:
            return "cancel-now";
        case AlternativeKind::next_best:
            return "next-best";
        case AlternativeKind::day:
            break;
    }
    return "day";
}

CustomerStrategies::CustomerStrategies(const CustomerCase& of) : case_(of) {
    const Scenario left = of.own_scenario_in_what_is_left();
    wait_ = plan_by(left, Strategy::wait);
    cancel_now_ = plan_by(left, Strategy::cancel_now);
}

std::vector<Alternative> CustomerStrategies::alternatives(const Trial& trial) const {
    std::vector<Alternative> found;
    const auto add = [&](AlternativeKind kind, TriedMove tried) {
        Alternative& added = found.emplace_back();
        added.kind = kind;
        added.components = trial.components_of(tried);
        added.is_chosen = trial.chosen() && same_decision(trial.chosen()->move, tried.move);
        if (added.is_chosen) {
            tried = *trial.chosen();
            added.components = trial.components_of(case_.own_plan());
        }
        added.tried = std::move(tried);
    };
    add(AlternativeKind::stay, trial.stay());
    for (const AlternativeKind kind : {AlternativeKind::wait, AlternativeKind::cancel_now}) {
        const StrategyPlan& strategy = kind == AlternativeKind::wait ? wait_ : cancel_now_;
        const auto obstacle = std::ranges::find(strategy.not_placed, trial.own(), &NotPlaced::subscription);
        if (obstacle != strategy.not_placed.end()) {
            Alternative& added = found.emplace_back();
            added.kind = kind;
            added.obstacle = obstacle_text(case_.own_scenario(), *obstacle);
            continue;
        }
        add(kind, trial.tried(strategy.plan.moves[trial.own().at()]));
    }
    return found;
}

std::optional<std::size_t> cheapest_of(const std::vector<Alternative>& alternatives) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
        const Alternative& a = alternatives[i];
        if (!a.feasible() || a.is_chosen) continue;
        if (!best || a.tried->difference < alternatives[*best].tried->difference) best = i;
    }
    return best;
}

}  // namespace termwise
