// One move put in the place of a plan's own, all others fixed: what it breaks and what it costs more.
#pragma once

#include <optional>
#include <vector>

#include "explanation/customer_case.h"

namespace termwise {

/// A move tried out, in own indices of its CustomerCase.
struct TriedMove {
    Move move;
    Day invite_on;                      ///< the customer's invitation beside it; none: no invitation
    Money difference;                   ///< what the whole plan would cost more than it does
    std::vector<Violation> violations;  ///< that it brings; what the plan breaks without it is left out

    [[nodiscard]] bool feasible() const { return violations.empty(); }
};

/// Whether two moves of a subscription are the same decision: what else differs (the very day of a
/// cancellation, of reassignment, of switching auto-renew off) is how it is carried out.
[[nodiscard]] bool same_decision(const Move& a, const Move& b);

/// Tries moves of one subscription of the customer that `of` looks at.
class Trial {
  public:
    Trial(const CustomerCase& of, SubscriptionIndex own);

    [[nodiscard]] SubscriptionIndex own() const { return own_; }
    /// The plan's own move, with the plan's own invitation; nothing if it has no move, or several.
    [[nodiscard]] const std::optional<TriedMove>& chosen() const { return chosen_; }
    /// Runtime: the customer's contracts.
    [[nodiscard]] TriedMove tried(const Move& move) const;
    [[nodiscard]] TriedMove stay() const;

    /// What the subscription costs under `own_plan`, with the customer's visits and invitation: the
    /// customer's other subscriptions cost the same whatever is tried, so these differ as the plan's totals
    /// do.
    [[nodiscard]] Components components_of(const Plan& own_plan) const;
    [[nodiscard]] Components components_of(const TriedMove& tried) const;

  private:
    void leave_out_anyway(std::vector<Violation>& violations) const;

    const CustomerCase& case_;
    SubscriptionIndex own_;
    std::vector<Violation> anyway_;  // without a move of the subscription, whatever it would be
    Money cost_now_;                 // of the customer, as planned
    std::optional<TriedMove> chosen_;
};

}  // namespace termwise
