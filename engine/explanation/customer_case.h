// One customer of a plan by itself, in what all others leave of the limits they share: so that another move
// of one subscription can be judged and priced, all other moves fixed, without looking at the portfolio
// again. The judge is plan/check, the price the scorer's; only what is shared (M3.10) is added up here.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/scenario.h"
#include "options/limits.h"
#include "plan/check.h"
#include "plan/plan.h"
#include "scoring/score.h"
#include "simulation/outcome.h"

namespace termwise {

/// Adds what became of a customer to `uses`: work on days of the horizon, and cash in the days of budgets.
void add_uses_of(const Scenario& scenario, const Limits& limits, const CustomerOutcome& outcome,
                 std::vector<Use>& uses);

/// What a plan takes of each limit. Runtime: linear in the portfolio.
[[nodiscard]] std::vector<std::int64_t> used_by(const Scenario& scenario, const Limits& limits,
                                                const Plan& plan);

/// Refers to the scenario, the plan and the limits it was made from. Indices of subscriptions are the
/// portfolio's unless a name says `own`: those count the customer's subscriptions from 0.
class CustomerCase {
  public:
    CustomerCase(const Scenario& whole, const Plan& plan, const Limits& limits);

    /// Turns to another customer. Runtime: the customer's moves; nothing of the portfolio.
    void look_at(CustomerIndex customer);

    [[nodiscard]] const Scenario& whole() const { return whole_; }
    [[nodiscard]] const Limits& limits() const { return limits_; }
    [[nodiscard]] CustomerIndex customer() const { return customer_; }

    /// The scenario with this customer alone, as customer 0. Teams and budgets are the whole ones.
    [[nodiscard]] const Scenario& own_scenario() const { return own_; }
    /// The customer's moves and invitation, by own indices.
    [[nodiscard]] const Plan& own_plan() const { return own_plan_; }
    [[nodiscard]] SubscriptionIndex to_own(SubscriptionIndex s) const {
        return SubscriptionIndex(s.value - first_);
    }
    [[nodiscard]] SubscriptionIndex to_whole(SubscriptionIndex own) const {
        return SubscriptionIndex(own.value + first_);
    }
    /// The one move of a subscription by own index; null if the plan has none or several.
    [[nodiscard]] const Move* own_move(SubscriptionIndex own) const;

    /// The customer's plan with another move for one subscription, all others fixed. The invitation stays
    /// where it serves; else it goes out on the last workday with room that does, and is dropped if nobody
    /// migrates any more.
    [[nodiscard]] Plan own_plan_with(const Move& own_move) const;
    /// The customer's plan without a move of one subscription.
    [[nodiscard]] Plan own_plan_without(SubscriptionIndex own) const;

    /// The violations of the whole plan, were this the customer's part of it, as far as the customer has a
    /// hand in them; subjects are the portfolio's. Runtime: the customer's contracts, days of the horizon.
    [[nodiscard]] std::vector<Violation> judge(const Plan& own_plan) const;

    [[nodiscard]] CustomerOutcome outcome_of(const Plan& own_plan) const;
    /// What the customer costs, all its subscriptions, visits and the invitation.
    [[nodiscard]] Components cost_of(const Plan& own_plan) const;
    [[nodiscard]] std::vector<Use> uses_of(const Plan& own_plan) const;

    /// What all other customers take of each limit.
    [[nodiscard]] std::span<const std::int64_t> used_by_others() const { return others_; }

    /// own_scenario() with the teams' time and the budgets that the others leave, for strategies and
    /// planners. Time is in whole minutes, cut off or, `generously`, begun ones counted.
    [[nodiscard]] Scenario own_scenario_in_what_is_left(bool generously = false) const;

  private:
    [[nodiscard]] Day invitation_for(const Plan& own_plan, Day provision_on) const;

    const Scenario& whole_;
    const Plan& plan_;
    const Limits& limits_;
    Scenario own_;
    Plan own_plan_;
    CustomerIndex customer_;
    std::int32_t first_ = 0;            // the portfolio's index of own subscription 0
    std::vector<std::int64_t> used_;    // by everybody, of each limit
    std::vector<std::int64_t> others_;  // by all but the customer
};

}  // namespace termwise
