#include "planning/excerpt.h"

#include <algorithm>

namespace termwise {
namespace {

template <class T>
ListRange copy_list(const std::vector<T>& from, ListRange range, std::vector<T>& to) {
    const ListRange copied{static_cast<std::uint32_t>(to.size()), range.size};
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(range.begin);
    to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(range.size));
    return copied;
}

Scenario frame_of(const Scenario& whole) {
    Scenario frame;
    frame.name = whole.name;
    frame.perspective = whole.perspective;
    frame.perspective_given = whole.perspective_given;
    frame.currency = whole.currency;
    frame.minor_digits = whole.minor_digits;
    frame.horizon = whole.horizon;
    frame.workdays = whole.workdays;
    frame.teams = whole.teams;
    frame.effort = whole.effort;
    frame.reassign_per_seat = whole.reassign_per_seat;
    frame.gap_per_seat_day = whole.gap_per_seat_day;
    frame.continuity = whole.continuity;
    frame.provision_days = whole.provision_days;
    frame.given_plan_days = whole.given_plan_days;
    frame.overlap_days = whole.overlap_days;
    frame.programmes = whole.programmes;
    frame.offers = whole.offers;
    frame.transitions = whole.transitions;
    frame.target_terms = whole.target_terms;
    frame.budgets = whole.budgets;
    return frame;
}

void list_by_id(Scenario& scenario) {
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i)
        scenario.subscriptions_by_id.emplace_back(i);
    std::ranges::sort(scenario.subscriptions_by_id, {}, [&](SubscriptionIndex i) { return scenario.id(i); });
}

}  // namespace

Excerpts::Excerpts(const Scenario& scenario) : whole_(scenario), frame_(frame_of(scenario)) {}

void Excerpts::append(Scenario& to, CustomerIndex index, std::span<const Subscription> subscriptions) const {
    const Customer& from = whole_.at(index);
    Customer customer = from;
    customer.id = to.texts.add(whole_.texts.view(from.id));
    customer.name = to.texts.add(whole_.texts.view(from.name));
    customer.blackouts = copy_list(whole_.blackouts, from.blackouts, to.blackouts);
    customer.uncertainty = -1;
    customer.subscriptions = {static_cast<std::uint32_t>(to.subscriptions.size()),
                              static_cast<std::uint32_t>(subscriptions.size())};
    const auto shift = static_cast<std::int32_t>(customer.subscriptions.begin) -
                       static_cast<std::int32_t>(from.subscriptions.begin);
    for (Subscription s : subscriptions) {
        s.id = to.texts.add(whole_.texts.view(s.id));
        s.customer = CustomerIndex(to.customers.size());
        if (!s.parent.none()) s.parent = SubscriptionIndex(s.parent.value + shift);
        s.demand = copy_list(whole_.demand_steps, s.demand, to.demand_steps);
        s.targets = copy_list(whole_.targets, s.targets, to.targets);
        s.target_terms = copy_list(whole_.own_target_terms, s.target_terms, to.own_target_terms);
        to.subscriptions.push_back(s);
    }
    to.customers.push_back(customer);
}

Scenario Excerpts::of(std::span<const CustomerIndex> customers) const {
    Scenario part = frame_;
    for (const CustomerIndex customer : customers) append(part, customer, whole_.subscriptions_of(customer));
    list_by_id(part);
    return part;
}

Scenario Excerpts::of(SubscriptionIndex subscription) const {
    Scenario part = frame_;
    Subscription alone = whole_.at(subscription);
    alone.parent = {};
    for (const OfferIndex target : whole_.allowed_targets(alone))
        part.offers[target.at()].requires_any.clear();
    append(part, alone.customer, std::span(&alone, 1));
    list_by_id(part);
    return part;
}

}  // namespace termwise
