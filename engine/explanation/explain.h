// Why a plan does what it does about one subscription, or about all of them: everything that the answer is
// made of, as numbers. Formats and words are somebody else's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "explanation/alternatives.h"
#include "explanation/break_even.h"
#include "explanation/marginal.h"
#include "explanation/other_moves.h"

namespace termwise {

/// What the decision is held against.
struct Against {
    AlternativeKind kind = AlternativeKind::next_best;
    Day day;  ///< of kind `day`
};

struct ExplainOptions {
    std::optional<Against> against;  ///< by default the cheapest of the strategies, else the next best
    int steps = 200;                 ///< at most, of the search for the prices of limits
    int threads = 1;
    std::function<bool(int)> stop;  ///< asked after every step; may be empty
};

/// The plan that is explained.
struct ExplainedPlan {
    Money total;
    std::vector<Violation> violations;
};

/// What a move takes of a limit, and what that is worth to the rest of the portfolio.
struct LimitShare {
    LimitIndex limit;
    std::int64_t amount = 0;  ///< seconds, or minor units of cash
    Money worth;              ///< at the limit's price; zero where it has none
};

/// Subscriptions in moves are the portfolio's.
struct Explanation {
    ExplainedPlan plan;
    SubscriptionIndex subscription;
    TriedMove chosen;
    Components components;                  ///< of the chosen move, see Trial::components_of()
    std::vector<Alternative> alternatives;  ///< stay, wait, cancel-now, next-best; then the day asked for
    std::vector<DayCost> by_day;            ///< every day of the horizon
    std::size_t asked = 0;                  ///< position in `alternatives` of what it is held against
    std::optional<std::size_t> against;     ///< the same; none: there are no break-evens ...
    std::string no_break_even;              ///< ... for this reason
    BreakEvens break_evens;
    std::vector<LimitShare> takes;  ///< ascending by limit
    MarginalCosts marginal;
};

/// A plan of which several moves are explained: what is the same for all of them is worked out once. Refers
/// to scenario and plan, which have to outlive it. With `options.steps` 0 the prices of limits are not looked
/// for, and what moves take is worth nothing.
class PlanExplainer {
  public:
    /// Runtime: check() and score() of the plan, and marginal_costs().
    PlanExplainer(const Scenario& scenario, const Plan& plan, const ExplainOptions& options);

    /// What explain() looks at a customer with: one for each thread.
    [[nodiscard]] CustomerCase customer_case() const { return case_; }

    /// Nothing if the plan has no move for `subscription`, or several. Runtime: some thousand judgements of
    /// one customer.
    [[nodiscard]] std::optional<Explanation> explain(CustomerCase& at_hand,
                                                     SubscriptionIndex subscription) const;

  private:
    const Scenario& scenario_;
    const ExplainOptions options_;
    const Limits limits_;
    const CustomerCase case_;
    ExplainedPlan plan_;
    MarginalCosts marginal_;
};

/// Explains one move of `plan`, which has exactly one for `subscription`; nothing if it has none or several.
/// Runtime: check() and score() of the plan, marginal_costs(), and some thousand judgements of one customer.
[[nodiscard]] std::optional<Explanation> explain(const Scenario& scenario, const Plan& plan,
                                                 SubscriptionIndex subscription,
                                                 const ExplainOptions& options);

/// One decision of a portfolio.
struct Decision {
    SubscriptionIndex subscription;
    Move move;
    AlternativeKind against = AlternativeKind::stay;  ///< the cheapest feasible one of the strategies
    Move other;
    Money worth;  ///< what `other` would cost more
};

struct PortfolioExplanation {
    ExplainedPlan plan;
    std::vector<Decision> decisions;  ///< worth most first, then by subscription
    std::vector<SubscriptionIndex>
        no_decision;  ///< no strategy's move is feasible beside the others; ascending
    MarginalCosts marginal;
};

/// Runtime: marginal_costs(), and two strategies for each customer by itself.
[[nodiscard]] PortfolioExplanation explain(const Scenario& scenario, const Plan& plan,
                                           const ExplainOptions& options);

}  // namespace termwise
