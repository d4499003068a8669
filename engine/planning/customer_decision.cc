#include "planning/customer_decision.h"

#include <algorithm>
#include <tuple>

#include "options/cash.h"
#include "simulation/as_planned.h"

namespace termwise {

std::vector<CustomerDecision> decisions_of(const Scenario& scenario, const Plan& plan) {
    std::vector<CustomerDecision> decisions(scenario.customers.size());
    for (const Move& move : plan.moves)
        decisions[scenario.at(move.subscription).customer.at()].moves.push_back(move);
    for (const Invitation& invitation : plan.invitations)
        decisions[invitation.customer.at()].invite_on = invitation.invite_on;
    return decisions;
}

Plan plan_of(std::span<const CustomerDecision* const> decisions) {
    Plan plan;
    for (std::size_t c = 0; c < decisions.size(); ++c) {
        if (decisions[c] == nullptr) continue;
        if (!decisions[c]->invite_on.none())
            plan.invitations.push_back({CustomerIndex(c), decisions[c]->invite_on});
        plan.moves.insert(plan.moves.end(), decisions[c]->moves.begin(), decisions[c]->moves.end());
    }
    return plan;
}

bool migrates(const CustomerDecision& decision) {
    return std::ranges::any_of(decision.moves,
                               [](const Move& move) { return move.action == Action::migrate; });
}

std::vector<Use> uses_of(const Scenario& scenario, const Limits& limits, CustomerIndex customer,
                         const CustomerDecision& decision) {
    std::vector<WorkItem> work;
    std::vector<Day> visits;
    std::vector<Use> uses;
    for (const Move& move : decision.moves) {
        const SubscriptionOutcome outcome = as_planned(scenario, move, work);
        if (move.action == Action::migrate) visits.push_back(move.provision_on);
        if (!limits.has_budgets()) continue;
        const Subscription& s = scenario.at(move.subscription);
        std::ignore = settled(scenario, limits, old_contract(scenario, s, outcome.provisioned_on),
                              outcome.old_ending, uses);
        if (outcome.migrated)
            std::ignore = settled(
                scenario, limits,
                new_contract(scenario, s, outcome.target, outcome.sold_as, outcome.provisioned_on), {}, uses);
    }
    std::ranges::sort(visits);
    visits.erase(std::unique(visits.begin(), visits.end()), visits.end());
    for (const Day day : visits)
        if (const auto item = visit_work(scenario, customer, day)) work.push_back(*item);
    if (!decision.invite_on.none())
        if (const auto item = invite_work(scenario, customer, decision.invite_on)) work.push_back(*item);
    for (const WorkItem& item : work)
        if (!item.team.none() && scenario.horizon.contains(item.day))
            add_use(uses, limits.bucket(item.team, item.day), item.seconds);
    return uses;
}

}  // namespace termwise
