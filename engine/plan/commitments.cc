#include "plan/commitments.h"

#include "plan/check.h"

namespace termwise {

Commitments::Commitments(const Scenario& scenario, Plan carried_out, Day from,
                         const std::vector<SubscriptionIndex>& locked, Money change_cost)
    : carried_out_(std::move(carried_out)),
      h0_(scenario.h0()),
      from_(from),
      change_cost_(change_cost),
      positions_(move_positions(scenario, carried_out_)),
      locked_(scenario.subscriptions.size(), 0),
      free_(scenario.subscriptions.size(), 0),
      free_customers_(scenario.customers.size(), 0),
      invited_(scenario.customers.size()) {
    for (const SubscriptionIndex s : locked) locked_[s.at()] = 1;
    // One whose relationship is active by now needs no invitation any more (M3.3).
    for (const Invitation& invitation : carried_out_.invitations)
        if (is_done(invitation.invite_on, from) &&
            scenario.at(invitation.customer).relationship == Relationship::pending)
            invited_[invitation.customer.at()] = invitation.invite_on;
}

bool Commitments::is_bound(SubscriptionIndex s) const {
    const Move* move = move_of(s);
    if (move == nullptr) return false;
    const auto done = [&](Day day) { return is_done(day, from(s)); };
    return is_locked(s) || done(move->auto_renew_off_on) ||
           (move->action == Action::migrate &&
            (done(move->provision_on) || done(move->reassign_on) || done(move->exit_on)));
}

void Commitments::release(SubscriptionIndex s) {
    locked_[s.at()] = 0;
    free_[s.at()] = 1;
}

void Commitments::release(CustomerIndex c) {
    free_customers_[c.at()] = 1;
    invited_[c.at()] = {};
}

}  // namespace termwise
