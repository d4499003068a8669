#include "contract/contract.h"

#include <algorithm>

namespace termwise {

Contract old_contract(const Scenario& scenario, const Subscription& s, Day provision_on) {
    const Offer& offer = scenario.at(s.offer);
    const Programme& programme = scenario.at(offer.programme);
    return {
        .anchor = s.term_start,
        .sold_as = s.sold_as,
        .prices = offer.prices_for(s.sold_as),
        .cancellation = &programme.cancellation,
        .renewals_until = programme.renewals_until,
        .demand = scenario.demand(s),
        .locked_price = s.unit_price,
        .seats = s.seats,
        .from_before = true,
        .growth = {scenario.h0(), provision_on.none() ? kAfterAllDays : provision_on},
    };
}

Contract new_contract(const Scenario& scenario, const Subscription& s, OfferIndex target, TermBilling sold_as,
                      Day provision_on) {
    const Offer& offer = scenario.at(target);
    const Programme& programme = scenario.at(offer.programme);
    return {
        .anchor = provision_on,
        .sold_as = sold_as,
        .prices = offer.prices_for(sold_as),
        .cancellation = &programme.cancellation,
        .renewals_until = programme.renewals_until,
        .demand = scenario.demand(s),
        .locked_price = {},
        .seats = 0,
        .from_before = false,
        .growth = {provision_on, kAfterAllDays},
    };
}

TermsOutcome follow_terms(const Contract& contract, Ending ending, Interval<Day> horizon) {
    const Day stop = std::min(ending.on, horizon.to);
    TermsOutcome outcome;
    const Boundaries terms(contract.anchor, contract.sold_as.term);
    Day ends = stop;
    if (!contract.from_before && contract.anchor >= horizon.to) return outcome;  // not seen (M2.8)
    if (!contract.from_before && price_on(contract.prices, contract.anchor) == nullptr) {
        outcome.ended_by = EndedBy::no_price;  // a first term needs a price, no renewal (M2.8)
        ends = contract.anchor;
    } else {
        outcome.most_seats = contract.from_before ? contract.seats : contract.demand.at(contract.anchor);
        if (contract.from_before && horizon.from < stop && contract.growth.contains(horizon.from))
            outcome.most_seats = std::max(outcome.most_seats, contract.demand.at(horizon.from));
        for (std::int32_t k = 1;; ++k) {
            const Day start = terms.at(k);
            if (start >= stop) break;
            const TermStart term = renew(contract, start);
            if (term.price == nullptr) {
                outcome.ended_by = term.refused_by;
                ends = start;
                break;
            }
            outcome.most_seats = std::max(outcome.most_seats, contract.demand.at(start));
        }
    }
    if (outcome.ended_by == EndedBy::in_service && ending.on <= horizon.to &&
        ending.kind != Ending::Kind::none)
        outcome.ended_by = ending.kind == Ending::Kind::lapse ? EndedBy::lapse : EndedBy::cancellation;
    if (outcome.ended_by != EndedBy::in_service) outcome.ended_on = ends;
    // Seats reach every step of the demand that falls on a day of growth: within a term they never shrink.
    for (const DemandStep& step : contract.demand.steps())
        if (contract.growth.contains(step.from) && step.from < ends)
            outcome.most_seats = std::max(outcome.most_seats, step.seats);
    return outcome;
}

}  // namespace termwise
