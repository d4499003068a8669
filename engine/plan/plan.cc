#include "plan/plan.h"

#include <algorithm>

namespace termwise {

void sort_plan(Plan& plan) {
    if (!std::ranges::is_sorted(plan.moves, {}, &Move::subscription))
        std::ranges::stable_sort(plan.moves, {}, &Move::subscription);
    std::ranges::sort(plan.invitations, {}, &Invitation::customer);
}

Move* move_of(Plan& plan, SubscriptionIndex subscription) {
    const auto found = std::ranges::lower_bound(plan.moves, subscription, {}, &Move::subscription);
    return found != plan.moves.end() && found->subscription == subscription ? &*found : nullptr;
}

const Move* move_of(const Plan& plan, SubscriptionIndex subscription) {
    const auto found = std::ranges::lower_bound(plan.moves, subscription, {}, &Move::subscription);
    return found != plan.moves.end() && found->subscription == subscription ? &*found : nullptr;
}

Day invite_day(const Plan& plan, CustomerIndex customer) {
    const auto found = std::ranges::lower_bound(plan.invitations, customer, {}, &Invitation::customer);
    return found != plan.invitations.end() && found->customer == customer ? found->invite_on : Day{};
}

}  // namespace termwise
