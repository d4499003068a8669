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

/// The day from which nothing is left to do about a subscription that has migrated.
Day finish_of(const SubscriptionOutcome& outcome) {
    if (outcome.old_ending.kind == Ending::Kind::none) return outcome.handed_over_on;
    return std::max(outcome.handed_over_on, outcome.old_ending.on);
}

/// The day on which the old contract ends as far as overlap and gap are concerned.
Day end_of_old(const Scenario& scenario, const SubscriptionOutcome& outcome) {
    // A contract that nobody could end in time goes on beyond H1, where overlap is not counted any more.
    return outcome.old_ending.kind != Ending::Kind::none ? outcome.old_ending.on : scenario.h1();
}

/// What a subscription that migrated owes to the days on which its users can work: gap and disruption.
void add_service(const Scenario& scenario, const SubscriptionOutcome& outcome, SubscriptionCost& cost) {
    if (outcome.seats_reassigned > 0)
        cost.components[Component::disruption] += outcome.seats_reassigned * scenario.reassign_per_seat;
    if (outcome.old_ending.kind == Ending::Kind::none) return;
    const Day ends = end_of_old(scenario, outcome);
    const std::int32_t gap = outcome.handed_over_on - ends - outcome.grace_days;
    if (gap > 0)
        add_gap(scenario, cost,
                std::int64_t{gap} * scenario.demand(scenario.at(outcome.subscription)).at(ends));
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
        // A renewal that does not take place ends the service, after grace, for good (M3.1); so does a lapse
        // that a declining customer's answer came too late to undo (M7.2).
        if (old.ended_by != EndedBy::in_service)
            add_gap(scenario, cost,
                    scenario.demand(s).seat_days(old.ended_on + outcome.grace_days, scenario.h1()));
        return cost;
    }
    const Settlement fresh =
        settle(new_contract(scenario, s, outcome.target, outcome.sold_as, outcome.provisioned_on), {},
               scenario.horizon, sink);
    add_settlement(cost, Component::new_charges, fresh);
    add_service(scenario, outcome, cost);
    cost.readings.forfeited = old.forfeited;
    cost.readings.overlap_days =
        std::int64_t{std::max(0, end_of_old(scenario, outcome) - outcome.provisioned_on)} *
        outcome.seats_provisioned;
    return cost;
}

/// Whether two outcomes of a subscription are alike in all but what add_service() looks at, and both moved.
bool are_same_contracts(const SubscriptionOutcome& a, const SubscriptionOutcome& b) {
    return a.migrated && b.migrated && a.target == b.target && a.sold_as == b.sold_as &&
           a.provisioned_on == b.provisioned_on && a.seats_provisioned == b.seats_provisioned &&
           a.old_ending == b.old_ending;
}

/// The cost of `outcome`, whose contracts are those of an outcome that costs `known`.
SubscriptionCost with_service_of(const Scenario& scenario, const SubscriptionOutcome& outcome,
                                 const SubscriptionCost& known) {
    SubscriptionCost cost = known;
    cost.components[Component::disruption] = cost.components[Component::gap] = Money{};
    cost.readings.gap_days = 0;
    add_service(scenario, outcome, cost);
    return cost;
}

/// All that became of a customer. `cost_of_one(outcome)` is the cost of a subscription without labour;
/// `each(subscription, cost)` is told every subscription's part, without labour.
template <class Cost, class Each>
CustomerCost cost_of_customer(const Scenario& scenario, const CustomerOutcome& outcome, Cost&& cost_of_one,
                              Each&& each) {
    CustomerCost all;
    for (const SubscriptionOutcome& subscription : outcome.subscriptions) {
        const SubscriptionCost& cost = cost_of_one(subscription);
        each(subscription.subscription, cost);
        all.components += cost.components;
        all.readings += cost.readings;
        if (!subscription.migrated) continue;
        ++all.migrated;
        all.finished_on = std::max(all.finished_on, finish_of(subscription));
    }
    for (const WorkItem& item : outcome.work)
        all.components[Component::labour] += labour_cost(scenario, item);
    return all;
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

CustomerCost cost_of(const Scenario& scenario, const CustomerOutcome& outcome) {
    return cost_of_customer(
        scenario, outcome,
        [&](const SubscriptionOutcome& one) {
            return cost_without_labour(scenario, one, MonthSink{nullptr, 0});
        },
        [](const auto&, const auto&) {});
}

KnownCosts known_costs(const Scenario& scenario, const Plan& plan) {
    KnownCosts known;
    known.outcomes.resize(scenario.subscriptions.size());
    known.costs.resize(scenario.subscriptions.size());
    for_each_as_planned(scenario, plan, [&](const CustomerOutcome& outcome) {
        for (const SubscriptionOutcome& one : outcome.subscriptions) {
            known.outcomes[one.subscription.at()] = one;
            known.costs[one.subscription.at()] = cost_without_labour(scenario, one, MonthSink{nullptr, 0});
        }
    });
    return known;
}

CustomerCost cost_of(const Scenario& scenario, const CustomerOutcome& outcome, const KnownCosts& known) {
    SubscriptionCost settled;
    return cost_of_customer(
        scenario, outcome,
        [&](const SubscriptionOutcome& one) -> const SubscriptionCost& {
            const std::size_t at = one.subscription.at();
            if (one == known.outcomes[at]) return known.costs[at];
            // Mostly another day of hand-over is all that is different.
            settled = are_same_contracts(one, known.outcomes[at])
                          ? with_service_of(scenario, one, known.costs[at])
                          : cost_without_labour(scenario, one, MonthSink{nullptr, 0});
            return settled;
        },
        [](const auto&, const auto&) {});
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
    const CustomerCost cost = cost_of_customer(
        scenario_, outcome,
        [&](const SubscriptionOutcome& one) {
            return cost_without_labour(scenario_, one, MonthSink{&score_.months, score_.first_month});
        },
        [&](SubscriptionIndex subscription, const SubscriptionCost& of) {
            if (!everything) return;
            score_.subscriptions[subscription.at()] = of.components;
            score_.subscription_readings[subscription.at()] = of.readings;
        });
    score_.components += cost.components;
    score_.readings += cost.readings;
    score_.migrated += cost.migrated;
    score_.finished_on = std::max(score_.finished_on, cost.finished_on);
    if (!everything) return;
    for (const WorkItem& item : outcome.work)
        if (!item.subscription.none())
            score_.subscriptions[item.subscription.at()][Component::labour] += labour_cost(scenario_, item);
    score_.customers[outcome.customer.at()] = cost.components;
}

Score score(const Scenario& scenario, const Plan& plan, Detail detail) {
    Scorer scorer(scenario, detail);
    for_each_as_planned(scenario, plan, [&](const CustomerOutcome& outcome) { scorer.add(outcome); });
    return scorer.take();
}

}  // namespace termwise
