#include "scoring/score.h"

#include <algorithm>

#include "contract/settle.h"
#include "money/share.h"
#include "simulation/as_planned.h"

namespace termwise {
namespace {

/// Adds cash to its calendar month.
struct MonthSink {
    std::vector<Money>* months;
    std::int32_t first_month;

    void charge(const Charge&) {}
    void cash(Day, std::int32_t month, Money amount) {
        if (months != nullptr) (*months)[static_cast<std::size_t>(month - first_month)] += amount;
    }
    void equal_cash(std::int32_t month, std::int32_t step, std::int32_t count, Money amount) {
        if (months == nullptr) return;
        for (std::int32_t i = 0; i < count; ++i, month += step)
            (*months)[static_cast<std::size_t>(month - first_month)] += amount;
    }
};

void add_settlement(SubscriptionCost& cost, Component charges, const Settlement& settlement) {
    cost.components[charges] += settlement.charges;
    cost.components[Component::fees] += settlement.fees;
    cost.components[Component::refunds] += settlement.refunds;
    cost.components[Component::liability] += settlement.liability;
    cost.components[Component::terminal_credit] += settlement.terminal_credit;
}

void add_gap(const Scenario& scenario, SubscriptionCost& cost, std::int64_t seat_days) {
    cost.readings.gap_days += seat_days;
    cost.components[Component::gap] += seat_days * scenario.gap_per_seat_day;
}

/// Contracts, gap, disruption and readings of one subscription: all but labour.
SubscriptionCost cost_without_labour(const Scenario& scenario, const SubscriptionOutcome& outcome,
                                     MonthSink sink) {
    const Subscription& s = scenario.at(outcome.subscription);
    SubscriptionCost cost;
    const Settlement old =
        settle(old_contract(scenario, s, outcome.migrated ? outcome.provisioned_on : Day{}),
               outcome.old_ending, scenario.horizon, sink);
    add_settlement(cost, Component::old_charges, old);
    if (!outcome.migrated) {
        // A renewal that does not take place ends the service, after grace, for good (M3.1).
        if (old.ended_by != EndedBy::in_service)
            add_gap(scenario, cost,
                    scenario.demand(s).seat_days(old.ended_on + outcome.grace_days, scenario.h1()));
        return cost;
    }
    const Settlement fresh =
        settle(new_contract(scenario, s, outcome.target, outcome.sold_as, outcome.provisioned_on), {},
               scenario.horizon, sink);
    add_settlement(cost, Component::new_charges, fresh);
    if (outcome.seats_reassigned > 0)
        cost.components[Component::disruption] += outcome.seats_reassigned * scenario.reassign_per_seat;
    const Day ends = outcome.old_ending.on;
    const std::int32_t gap = outcome.handed_over_on - ends - outcome.grace_days;
    if (gap > 0) add_gap(scenario, cost, std::int64_t{gap} * scenario.demand(s).at(ends));
    cost.readings.forfeited = old.forfeited;
    cost.readings.overlap_days =
        std::int64_t{std::max(0, ends - outcome.provisioned_on)} * outcome.seats_provisioned;
    return cost;
}

}  // namespace

Money labour_cost(const Scenario& scenario, const WorkItem& item) {
    if (item.team.none()) return {};
    const Money rate = scenario.at(item.team).labour_rate;
    return rate.minor == 0 ? rate : share(rate, item.seconds, 3600);
}

SubscriptionCost cost_of(const Scenario& scenario, const SubscriptionOutcome& outcome,
                         const std::vector<WorkItem>& work, std::vector<Money>* cash_by_month) {
    SubscriptionCost cost =
        cost_without_labour(scenario, outcome, MonthSink{cash_by_month, month_number(scenario.h0())});
    for (const WorkItem& item : work)
        if (item.subscription == outcome.subscription)
            cost.components[Component::labour] += labour_cost(scenario, item);
    return cost;
}

Scorer::Scorer(const Scenario& scenario, Detail detail) : scenario_(scenario), detail_(detail) {
    score_.first_month = month_number(scenario.h0());
    score_.months.assign(static_cast<std::size_t>(month_number(scenario.h1() - 1) - score_.first_month) + 1,
                         Money{});
    if (detail == Detail::everything) {
        score_.subscriptions.resize(scenario.subscriptions.size());
        score_.subscription_readings.resize(scenario.subscriptions.size());
        score_.customers.resize(scenario.customers.size());
    }
}

void Scorer::add(const CustomerOutcome& outcome) {
    const bool everything = detail_ == Detail::everything;
    Components of_customer;
    for (const SubscriptionOutcome& subscription : outcome.subscriptions) {
        const SubscriptionCost cost =
            cost_without_labour(scenario_, subscription, MonthSink{&score_.months, score_.first_month});
        of_customer += cost.components;
        score_.readings += cost.readings;
        if (subscription.migrated) {
            ++score_.migrated;
            score_.finished_on =
                std::max({score_.finished_on, subscription.handed_over_on, subscription.old_ending.on});
        }
        if (everything) {
            score_.subscriptions[subscription.subscription.at()] = cost.components;
            score_.subscription_readings[subscription.subscription.at()] = cost.readings;
        }
    }
    for (const WorkItem& item : outcome.work) {
        const Money labour = labour_cost(scenario_, item);
        of_customer[Component::labour] += labour;
        if (everything && !item.subscription.none())
            score_.subscriptions[item.subscription.at()][Component::labour] += labour;
    }
    score_.components += of_customer;
    if (everything) score_.customers[outcome.customer.at()] = of_customer;
}

Score score(const Scenario& scenario, const Plan& plan, Detail detail) {
    Scorer scorer(scenario, detail);
    for_each_as_planned(scenario, plan, [&](const CustomerOutcome& outcome) { scorer.add(outcome); });
    return scorer.take();
}

}  // namespace termwise
