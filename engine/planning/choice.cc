#include "planning/choice.h"

#include <algorithm>

namespace termwise {
namespace {

/// Calls `f(day)` once for each day on which somebody is provisioned.
template <class F>
void for_each_visit(const Options& options, const CustomerOptions& customer, const CustomerChoice& choice,
                    F&& f) {
    const auto subscriptions = options.subscriptions_of(customer);
    const auto day_of = [&](std::size_t s) {
        return options.starts_of(subscriptions[s])[static_cast<std::size_t>(choice.subscriptions[s].start)]
            .day;
    };
    for (std::size_t s = 0; s < choice.subscriptions.size(); ++s) {
        if (choice.subscriptions[s].stays()) continue;
        bool seen = false;
        for (std::size_t other = 0; other < s && !seen; ++other)
            seen = !choice.subscriptions[other].stays() && day_of(other) == day_of(s);
        if (!seen) f(options.days_of(customer)[day_of(s)]);
    }
}

}  // namespace

std::int64_t cost_of(const Options& options, const CustomerOptions& customer, const CustomerChoice& choice) {
    std::int64_t cost = choice.invitation >= 0 ? customer.invite_cost : 0;
    const auto subscriptions = options.subscriptions_of(customer);
    for (std::size_t s = 0; s < choice.subscriptions.size(); ++s) {
        const SubscriptionChoice& c = choice.subscriptions[s];
        if (c.stays()) {
            cost += subscriptions[s].stay.cost;
            continue;
        }
        const Start& start = options.starts_of(subscriptions[s])[static_cast<std::size_t>(c.start)];
        const auto exit = static_cast<std::size_t>(c.exit);
        cost += start.cost + options.exit_costs_of(subscriptions[s], start)[exit].cost +
                options.gap_cost(subscriptions[s], start, options.exits_of(subscriptions[s])[exit]);
    }
    for_each_visit(options, customer, choice, [&](Day day) { cost += options.visit_on(day).cost; });
    return cost;
}

void list_uses(const Options& options, const CustomerOptions& customer, const CustomerChoice& choice,
               std::vector<Use>& uses) {
    uses.clear();
    const auto add = [&](std::uint32_t list) {
        for (const Use& use : options.uses.at(list)) add_use(uses, use.limit, use.amount);
    };
    const auto subscriptions = options.subscriptions_of(customer);
    if (choice.invitation >= 0)
        add(options.days_of(customer.invite_days)[static_cast<std::size_t>(choice.invitation)].uses);
    for (std::size_t s = 0; s < choice.subscriptions.size(); ++s) {
        const SubscriptionChoice& c = choice.subscriptions[s];
        if (c.stays()) {
            add(subscriptions[s].stay.uses);
            continue;
        }
        const Start& start = options.starts_of(subscriptions[s])[static_cast<std::size_t>(c.start)];
        const auto exit = static_cast<std::size_t>(c.exit);
        add(start.uses);
        add(options.exit_costs_of(subscriptions[s], start)[exit].uses);
        if (c.off >= 0)
            add(options.days_of(options.exits_of(subscriptions[s])[exit].off)[static_cast<std::size_t>(c.off)]
                    .uses);
    }
    for_each_visit(options, customer, choice, [&](Day day) { add(options.visit_on(day).uses); });
    std::erase_if(uses, [](const Use& use) { return use.amount == 0; });
}

bool uses_no_more(std::span<const Use> a, std::span<const Use> b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        if (j == b.size() || (i < a.size() && a[i].limit < b[j].limit)) {
            if (a[i++].amount > 0) return false;
        } else if (i == a.size() || b[j].limit < a[i].limit) {
            if (b[j++].amount < 0) return false;
        } else {
            if (a[i++].amount > b[j++].amount) return false;
        }
    }
    return true;
}

void append_moves(const Options& options, const CustomerOptions& customer, const CustomerChoice& choice,
                  Plan& plan) {
    const Scenario& scenario = *options.scenario;
    const CustomerDays workdays = scenario.days_of(customer.customer);
    const auto subscriptions = options.subscriptions_of(customer);
    for (std::size_t s = 0; s < choice.subscriptions.size(); ++s) {
        const SubscriptionChoice& c = choice.subscriptions[s];
        Move move;
        move.subscription = subscriptions[s].subscription;
        if (!c.stays()) {
            const Start& start = options.starts_of(subscriptions[s])[static_cast<std::size_t>(c.start)];
            const ExitOption& exit = options.exits_of(subscriptions[s])[static_cast<std::size_t>(c.exit)];
            const Way& way = options.way_of(subscriptions[s], start);
            move.action = Action::migrate;
            move.exit = exit.exit;
            move.target = way.target;
            move.sold_as = way.sold_as;
            move.provision_on = options.days_of(customer)[start.day];
            move.reassign_on = way.reassign_on;
            if (way.reassign_on.none() &&
                scenario.reassigns(scenario.at(move.subscription).offer, way.target))
                move.reassign_on =
                    workdays.first_at_or_after(move.provision_on + scenario.provision_days, scenario.h1());
            move.exit_on = c.exit_on;
            if (c.off >= 0)
                move.auto_renew_off_on = options.days_of(exit.off)[static_cast<std::size_t>(c.off)].day;
        }
        plan.moves.push_back(move);
    }
    if (choice.invitation >= 0)
        plan.invitations.push_back(
            {customer.customer,
             options.days_of(customer.invite_days)[static_cast<std::size_t>(choice.invitation)].day});
}

}  // namespace termwise
