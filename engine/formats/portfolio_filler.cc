#include "formats/portfolio_filler.h"

#include <cstddef>
#include <vector>

namespace termwise {
namespace {

/// Adds to the range of a list that is its last one.
template <class T>
void add_to(ListRange& range, std::vector<T>& list, const T& member) {
    if (range.size == 0) range.begin = static_cast<std::uint32_t>(list.size());
    list.push_back(member);
    ++range.size;
}

}  // namespace

void PortfolioFiller::begin_customer(Origin origin) {
    portfolio_.customers.emplace_back();
    customer().origin = origin;
}

void PortfolioFiller::add_blackout(Interval<Day> days) {
    add_to(customer().blackouts, portfolio_.blackouts, days);
}

void PortfolioFiller::begin_subscription(std::int32_t customer, Origin origin) {
    subscription_ = {};
    subscription_.customer = customer;
    subscription_.origin = origin;
    extras_ = {};
}

void PortfolioFiller::begin_subscription(Origin origin) {
    begin_subscription(static_cast<std::int32_t>(portfolio_.customers.size()) - 1, origin);
}

void PortfolioFiller::set_offer(std::string_view offer) {
    subscription_.offer = portfolio_.offer_names.number_of(offer);
}

void PortfolioFiller::add_demand(DemandStep step) { add_to(extras_.demand, portfolio_.demand_steps, step); }

void PortfolioFiller::add_target(std::string_view offer) {
    add_to(extras_.targets, portfolio_.targets, portfolio_.offer_names.number_of(offer));
}

void PortfolioFiller::add_target_term(TermBilling sold_as) {
    add_to(extras_.target_terms, portfolio_.target_terms, sold_as);
}

void PortfolioFiller::end_subscription(bool is_spoiled) {
    if (is_spoiled) {
        constexpr Period kYear{12};
        TermBilling& sold_as = subscription_.sold_as;
        if (sold_as.term == Period{}) sold_as.term = kYear;
        if (sold_as.billing == Period{}) sold_as.billing = kYear;
        if (subscription_.term_start.none()) subscription_.term_start = to_day({kFirstYear, 1, 1});
    }
    const bool has_extras =
        extras_.parent.length + extras_.demand.size + extras_.targets.size + extras_.target_terms.size > 0;
    if (has_extras) {
        subscription_.extras = static_cast<std::int32_t>(portfolio_.extras.size());
        portfolio_.extras.push_back(extras_);
    }
    portfolio_.subscriptions.push_back(subscription_);
}

}  // namespace termwise
