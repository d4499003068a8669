#include "agenda/remaining.h"

#include <algorithm>

#include "planning/optimal.h"

namespace termwise {
namespace {

constexpr std::int64_t kEffort = 2'000;  // a customer by itself is proven long before

/// Whether the money of a plan that breaks this rule still means something (M3).
bool is_priced(const Violation& v) {
    return v.rule != Rule::horizon && v.rule != Rule::exit_date && v.rule != Rule::reassign &&
           v.rule != Rule::move && v.rule != Rule::price && v.rule != Rule::renewal_closed;
}

/// The subscriptions of `carried_out` of which nothing is done before `from` stay.
Plan staying(const Reference& reference, const Plan& carried_out, Day from,
             const std::vector<SubscriptionIndex>& locked) {
    Plan plan;
    bool anybody_moves = false;
    for (std::size_t i = 0; i < reference.scenario().subscriptions.size(); ++i) {
        const SubscriptionIndex s(i);
        const auto move = std::ranges::find(carried_out.moves, s, &Move::subscription);
        const bool is_bound = move != carried_out.moves.end() && move->action == Action::migrate &&
                              (move->provision_on < from || std::ranges::find(locked, s) != locked.end());
        Move stays;
        stays.subscription = s;
        plan.moves.push_back(is_bound ? *move : stays);
        anybody_moves = anybody_moves || is_bound;
    }
    if (anybody_moves) plan.invitations = carried_out.invitations;
    return plan;
}

/// A base with its add-ons, theirs included.
std::vector<std::uint8_t> family_of(const Scenario& scenario, SubscriptionIndex s) {
    std::vector<std::uint8_t> is_in(scenario.subscriptions.size(), 0);
    is_in[s.at()] = 1;
    for (bool grows = true; grows;) {
        grows = false;
        for (std::size_t i = 0; i < is_in.size(); ++i) {
            const SubscriptionIndex parent = scenario.subscriptions[i].parent;
            if (parent.none() || is_in[i] == is_in[parent.at()]) continue;
            is_in[i] = is_in[parent.at()] = 1;
            grows = true;
        }
    }
    return is_in;
}

}  // namespace

OtherPlan best_from(const Reference& reference, const Plan& carried_out, Day from,
                    const std::vector<SubscriptionIndex>& locked) {
    // Others leave seconds and scenarios know minutes: first a little more room than there is, then less.
    for (const bool generously : {true, false}) {
        if (from >= reference.scenario().h1()) break;
        const Scenario left = reference.of().own_scenario_in_what_is_left(generously);
        const Commitments commitments(left, carried_out, from, locked, Money{});  // changes are free
        PlanningOptions asked;
        asked.gap = 0;
        asked.effort = kEffort;
        asked.explain = false;
        asked.commitments = &commitments;
        OptimalPlan answer = plan_optimally(left, asked);
        if (!answer.has_plan()) break;
        OtherPlan found = reference.tried(std::move(answer.plan));
        if (found.feasible()) return found;
    }
    OtherPlan stay = reference.tried(staying(reference, carried_out, from, locked));
    if (carried_out.moves.empty()) return stay;
    OtherPlan goes_on = reference.tried(carried_out);
    const bool means_something = std::ranges::all_of(goes_on.broken, is_priced);
    return means_something && (!stay.feasible() || goes_on.feasible()) &&
                   (goes_on.broken.size() < stay.broken.size() ||
                    (goes_on.broken.size() == stay.broken.size() && goes_on.difference <= stay.difference))
               ? goes_on
               : stay;
}

OtherPlan best_without(const Reference& reference, const Duty& duty, Day from) {
    const Scenario& scenario = reference.scenario();
    const Day day = scenario.days_of(CustomerIndex(0)).first_at_or_after(from, scenario.h1());
    std::vector<std::uint8_t> decided_anew(scenario.subscriptions.size(), 1);
    if (duty.kind != DutyKind::invite) decided_anew = family_of(scenario, duty.subscription);
    std::vector<SubscriptionIndex> locked;
    for (const Move& move : reference.own_plan().moves)
        if (decided_anew[move.subscription.at()] == 0) locked.push_back(move.subscription);
    return best_from(reference, delayed(scenario, reference.own_plan(), duty, day), from, locked);
}

}  // namespace termwise
