#include "execution/approval.h"

#include <algorithm>
#include <set>

#include "execution/route.h"
#include "money/decimal.h"
#include "plan/days.h"

namespace termwise {

ApprovalSummary summarise(const Scenario& scenario, const Plan& plan, const Binding& binding,
                          const StepGraph& graph, Money new_charges) {
    ApprovalSummary summary;
    summary.new_charges = to_decimal_text(new_charges, scenario.minor_digits);
    summary.currency = scenario.currency;
    std::set<CustomerIndex> customers;
    for (const Step& step : graph.steps()) {
        customers.insert(step.customer);
        if (step.actor == Actor::person) ++summary.steps_by_people;
        if (step.kind == StepKind::send_invitation) ++summary.invitations;
        if (step.kind == StepKind::suspend) ++summary.fallback_suspensions;
        if (step.kind == StepKind::cancel) ++summary.cancellations;
        summary.first_day = summary.first_day.none() ? step.due : std::min(summary.first_day, step.due);
        summary.last_day = summary.last_day.none() ? step.due : std::max(summary.last_day, step.due);
    }
    summary.customers = static_cast<std::int64_t>(customers.size());
    for (const Move& move : plan.moves) {
        if (move.action != Action::migrate) continue;
        const MoveDays days = days_of(scenario, scenario.at(move.subscription), move);
        if (is_migrated(scenario, binding, move.subscription)) {
            ++summary.migrations;
            summary.seats_migrated += days.seats;
            continue;
        }
        ++summary.purchases;
        summary.seats_bought += days.seats;
        if (move.exit == Exit::lapse) ++summary.lapses;
        if (!days.reassigns) continue;
        const auto bound = binding.subscriptions.find(std::string(scenario.id(move.subscription)));
        if (bound != binding.subscriptions.end())
            summary.users_reassigned += static_cast<std::int64_t>(bound->second.users.size());
    }
    return summary;
}

}  // namespace termwise
