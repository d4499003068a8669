#include "explanation/explain.h"

#include <algorithm>

namespace termwise {
namespace {

ExplainedPlan judged(const Scenario& scenario, const Plan& plan) {
    return {score(scenario, plan, Detail::totals).total(), check(scenario, plan).violations};
}

/// What the move takes beside all others: a visit that it shares is not its own.
std::vector<LimitShare> shares_of(const CustomerCase& of, SubscriptionIndex own,
                                  const MarginalCosts& marginal) {
    std::vector<Use> uses = of.uses_of(of.own_plan());
    for (const Use& use : of.uses_of(of.own_plan_without(own))) add_use(uses, use.limit, -use.amount);
    std::vector<LimitShare> shares;
    for (const Use& use : uses) {
        if (use.amount == 0) continue;
        const LimitPrice* price = marginal.find(use.limit);
        shares.push_back(
            {use.limit, use.amount, price != nullptr ? marginal.of(*price, use.amount) : Money{}});
    }
    return shares;
}

class Explainer {
  public:
    Explainer(const CustomerCase& of, const Trial& trial, const ExplainOptions& options, Explanation& result)
        : case_(of), trial_(trial), moves_(of, trial), options_(options), result_(result) {}

    void run() {
        result_.chosen = *trial_.chosen();
        result_.components = trial_.components_of(case_.own_plan());
        result_.by_day = moves_.by_day();
        result_.alternatives = CustomerStrategies(case_).alternatives(trial_);
        const std::optional<std::size_t> strategy = cheapest_of(result_.alternatives);
        add(AlternativeKind::next_best, moves_.next_best(),
            "no other move of it is feasible beside the others");
        if (options_.against && options_.against->kind == AlternativeKind::day)
            add_day(options_.against->day);
        choose_against(strategy);
        if (result_.against)
            result_.break_evens = break_evens(case_, result_.chosen,
                                              *result_.alternatives[*result_.against].tried, result_.by_day);
    }

  private:
    void add(AlternativeKind kind, std::optional<TriedMove> tried, std::string obstacle) {
        Alternative& added = result_.alternatives.emplace_back();
        added.kind = kind;
        if (!tried) {
            added.obstacle = std::move(obstacle);
            return;
        }
        added.components = trial_.components_of(*tried);
        added.is_chosen = same_decision(tried->move, result_.chosen.move);
        added.tried = std::move(tried);
    }

    void add_day(Day day) {
        const auto row = std::ranges::find(result_.by_day, day, &DayCost::day);
        if (row == result_.by_day.end()) {
            add(AlternativeKind::day, {}, to_text(day) + " lies outside the horizon");
            return;
        }
        add(AlternativeKind::day, row->tried, {});
        // On the plan's own day stands the plan's own move, whatever else that day offers.
        if (result_.alternatives.back().is_chosen)
            result_.alternatives.back().components = result_.components;
    }

    void choose_against(std::optional<std::size_t> strategy) {
        std::optional<std::size_t> wanted = strategy;
        const auto position = [&](AlternativeKind kind) {
            const auto found = std::ranges::find(result_.alternatives, kind, &Alternative::kind);
            return static_cast<std::size_t>(found - result_.alternatives.begin());
        };
        if (options_.against) wanted = position(options_.against->kind);
        if (!wanted) wanted = position(AlternativeKind::next_best);
        const Alternative& other = result_.alternatives[*wanted];
        if (!result_.chosen.feasible())
            result_.no_break_even = "the plan's own move breaks rules: it is no offer at any price";
        else if (!other.tried)
            result_.no_break_even = other.obstacle;
        else if (other.is_chosen)
            result_.no_break_even = "it is what the plan does";
        else if (!other.feasible())
            result_.no_break_even =
                "it breaks rules beside the plan's other moves: it is no offer at any price";
        else
            result_.against = wanted;
        result_.asked = *wanted;
    }

    const CustomerCase& case_;
    const Trial& trial_;
    const OtherMoves moves_;
    const ExplainOptions& options_;
    Explanation& result_;
};

void name_by_portfolio(const CustomerCase& of, Explanation& explanation) {
    const auto name = [&](TriedMove& tried) {
        tried.move.subscription = of.to_whole(tried.move.subscription);
    };
    name(explanation.chosen);
    for (Alternative& alternative : explanation.alternatives)
        if (alternative.tried) name(*alternative.tried);
    for (DayCost& day : explanation.by_day) name(day.tried);
}

}  // namespace

PlanExplainer::PlanExplainer(const Scenario& scenario, const Plan& plan, const ExplainOptions& options)
    : scenario_(scenario),
      options_(options),
      limits_(scenario),
      case_(scenario, plan, limits_),
      plan_(judged(scenario, plan)) {
    if (options.steps > 0)
        marginal_ = marginal_costs(scenario, plan, options.steps, options.threads, options.stop);
}

std::optional<Explanation> PlanExplainer::explain(CustomerCase& at_hand,
                                                  SubscriptionIndex subscription) const {
    at_hand.look_at(scenario_.at(subscription).customer);
    const SubscriptionIndex own = at_hand.to_own(subscription);
    const Trial trial(at_hand, own);
    if (!trial.chosen()) return std::nullopt;
    Explanation result;
    result.plan = plan_;
    result.subscription = subscription;
    result.marginal = marginal_;
    Explainer(at_hand, trial, options_, result).run();
    result.takes = shares_of(at_hand, own, result.marginal);
    name_by_portfolio(at_hand, result);
    return result;
}

std::optional<Explanation> explain(const Scenario& scenario, const Plan& plan, SubscriptionIndex subscription,
                                   const ExplainOptions& options) {
    if (std::ranges::count(plan.moves, subscription, &Move::subscription) != 1) return std::nullopt;
    const PlanExplainer explainer(scenario, plan, options);
    CustomerCase at_hand = explainer.customer_case();
    return explainer.explain(at_hand, subscription);
}

PortfolioExplanation explain(const Scenario& scenario, const Plan& plan, const ExplainOptions& options) {
    PortfolioExplanation result;
    result.plan = judged(scenario, plan);
    result.marginal = marginal_costs(scenario, plan, options.steps, options.threads, options.stop);
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        of.look_at(CustomerIndex(c));
        const CustomerStrategies strategies(of);
        for (std::size_t i = 0; i < of.own_scenario().subscriptions.size(); ++i) {
            const Trial trial(of, SubscriptionIndex(i));
            if (!trial.chosen()) continue;
            const SubscriptionIndex subscription = of.to_whole(SubscriptionIndex(i));
            const std::vector<Alternative> alternatives = strategies.alternatives(trial);
            const std::optional<std::size_t> other = cheapest_of(alternatives);
            if (!other) {
                result.no_decision.push_back(subscription);
                continue;
            }
            Decision decision;
            decision.subscription = subscription;
            decision.move = trial.chosen()->move;
            decision.against = alternatives[*other].kind;
            decision.other = alternatives[*other].tried->move;
            decision.move.subscription = decision.other.subscription = subscription;
            decision.worth = alternatives[*other].tried->difference;
            result.decisions.push_back(decision);
        }
    }
    std::ranges::stable_sort(result.decisions, std::ranges::greater{}, &Decision::worth);
    return result;
}

}  // namespace termwise
