#include "model/scenario.h"

#include <algorithm>

namespace termwise {

std::span<const Price> Offer::prices_for(TermBilling sold_as) const {
    const auto rows = std::ranges::equal_range(prices, sold_as, {}, &Price::sold_as);
    return {rows.begin(), rows.end()};
}

std::span<const Transition> Scenario::transitions_from(OfferIndex offer) const {
    const auto found = std::ranges::equal_range(transitions, offer, {}, &Transition::from);
    return {found.begin(), found.end()};
}

bool Scenario::reassigns(OfferIndex from, OfferIndex to) const {
    for (const Transition& transition : transitions_from(from))
        if (transition.to == to) return transition.reassigns;
    const std::string& old_sku = at(from).sku;
    return old_sku.empty() || old_sku != at(to).sku;
}

std::vector<OfferIndex> Scenario::allowed_targets(const Subscription& s) const {
    if (s.targets.size > 0)
        return {targets.begin() + s.targets.begin, targets.begin() + s.targets.begin + s.targets.size};
    std::vector<OfferIndex> allowed;
    for (const Transition& transition : transitions_from(s.offer)) allowed.push_back(transition.to);
    return allowed;
}

bool Scenario::is_allowed_target(const Subscription& s, OfferIndex target) const {
    if (s.targets.size > 0) {
        const auto own = std::span(targets).subspan(s.targets.begin, s.targets.size);
        return std::ranges::find(own, target) != own.end();
    }
    const auto from_offer = transitions_from(s.offer);
    return std::ranges::find(from_offer, target, &Transition::to) != from_offer.end();
}

std::vector<TermBilling> Scenario::allowed_terms(const Subscription& s, OfferIndex target) const {
    if (s.target_terms.size > 0) {
        const auto first = own_target_terms.begin() + s.target_terms.begin;
        return {first, first + s.target_terms.size};
    }
    if (!target_terms.empty()) return target_terms;
    std::vector<TermBilling> sold;
    for (const Price& row : at(target).prices)
        if (sold.empty() || sold.back() != row.sold_as) sold.push_back(row.sold_as);
    return sold;
}

bool Scenario::is_allowed_term(const Subscription& s, OfferIndex target, TermBilling sold_as) const {
    if (s.target_terms.size > 0) {
        const auto own = std::span(own_target_terms).subspan(s.target_terms.begin, s.target_terms.size);
        return std::ranges::find(own, sold_as) != own.end();
    }
    if (!target_terms.empty()) return std::ranges::find(target_terms, sold_as) != target_terms.end();
    return !at(target).prices_for(sold_as).empty();
}

CustomerIndex Scenario::find_customer(std::string_view id) const {
    const auto found = std::ranges::lower_bound(
        customers, id, {}, [&](const Customer& customer) { return texts.view(customer.id); });
    if (found == customers.end() || texts.view(found->id) != id) return {};
    return CustomerIndex(static_cast<std::size_t>(found - customers.begin()));
}

SubscriptionIndex Scenario::find_subscription(std::string_view id) const {
    const auto found = std::ranges::lower_bound(subscriptions_by_id, id, {}, [&](SubscriptionIndex i) {
        return texts.view(subscriptions[i.at()].id);
    });
    if (found == subscriptions_by_id.end() || texts.view(subscriptions[found->at()].id) != id) return {};
    return *found;
}

OfferIndex Scenario::find_offer(std::string_view id) const {
    const auto found = std::ranges::lower_bound(
        offers, id, {}, [](const Offer& offer) -> std::string_view { return offer.id; });
    if (found == offers.end() || found->id != id) return {};
    return OfferIndex(static_cast<std::size_t>(found - offers.begin()));
}

}  // namespace termwise
