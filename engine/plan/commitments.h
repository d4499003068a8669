// A plan that is being carried out, and what of it stays when the rest is planned again: what is done by a
// day, and what has been approved. Plain values; keeps.h judges by them, options keep to them.
#pragma once

#include <cstdint>
#include <vector>

#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// What is fixed, for one scenario. Whatever the plan does on a day before `from` is done: it stays as it is,
/// and nothing else happens before that day. The move of a locked subscription stays whatever its days are.
class Commitments {
  public:
    /// `carried_out` is sorted and has at most one move for each subscription; `from` lies in the horizon;
    /// each of `locked` has a move. `change_cost`, not negative, is what a planner adds to the total for each
    /// move that is another one. Runtime: linear in subscriptions and customers.
    Commitments(const Scenario& scenario, Plan carried_out, Day from,
                const std::vector<SubscriptionIndex>& locked, Money change_cost);

    [[nodiscard]] const Plan& carried_out() const { return carried_out_; }
    [[nodiscard]] Money change_cost() const { return change_cost_; }

    /// The move that is being carried out; null: the plan says nothing of this subscription.
    [[nodiscard]] const Move* move_of(SubscriptionIndex s) const {
        const std::int32_t position = positions_[s.at()];
        return position < 0 ? nullptr : &carried_out_.moves[static_cast<std::size_t>(position)];
    }
    [[nodiscard]] bool is_locked(SubscriptionIndex s) const { return locked_[s.at()] != 0; }
    /// Nothing new before this day.
    [[nodiscard]] Day from(SubscriptionIndex s) const { return free_[s.at()] != 0 ? h0_ : from_; }
    [[nodiscard]] Day from(CustomerIndex c) const { return free_customers_[c.at()] != 0 ? h0_ : from_; }
    /// Whether `day` of the plan is over; none is never.
    [[nodiscard]] static bool is_done(Day day, Day from) { return !day.none() && day < from; }
    /// The day on which a customer whose relationship is still pending was invited; none: not yet.
    [[nodiscard]] Day invited(CustomerIndex c) const { return invited_[c.at()]; }

    /// Whether something of the move is done, or all of it locked.
    [[nodiscard]] bool is_bound(SubscriptionIndex s) const;

    /// As if nothing of it were fixed, the day of today included: to find out what is in the way.
    void release(SubscriptionIndex s);
    /// The same for the invitation.
    void release(CustomerIndex c);

  private:
    Plan carried_out_;
    Day h0_, from_;
    Money change_cost_;
    std::vector<std::int32_t> positions_;       // of moves, by subscription; negative: none
    std::vector<std::uint8_t> locked_, free_;   // by subscription
    std::vector<std::uint8_t> free_customers_;  // by customer
    std::vector<Day> invited_;                  // by customer
};

}  // namespace termwise
