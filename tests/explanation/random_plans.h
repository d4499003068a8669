// Plans for random scenarios that are worth an explanation: those of the strategies and odd ones.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "planning/strategies.h"
#include "support/random_scenarios.h"

namespace termwise::test {

inline Plan draw_explained_plan(const Scenario& scenario) {
    if (dice::chance(25)) return draw_plan(scenario);
    return plan_by(scenario,
                   dice::pick({Strategy::stay, Strategy::wait, Strategy::wait, Strategy::cancel_now}))
        .plan;
}

/// `plan` with another move of a subscription, and with another invitation of its customer: none, or a day.
inline Plan changed(const Scenario& scenario, const Plan& plan, const Move& move, Day invite_on) {
    const CustomerIndex customer = scenario.at(move.subscription).customer;
    Plan result = plan;
    std::erase_if(result.moves, [&](const Move& m) { return m.subscription == move.subscription; });
    std::erase_if(result.invitations, [&](const Invitation& i) { return i.customer == customer; });
    result.moves.push_back(move);
    if (!invite_on.none()) result.invitations.push_back({customer, invite_on});
    sort_plan(result);
    return result;
}

}  // namespace termwise::test
