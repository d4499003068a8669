// A contract: one subscription in one programme, from its anchor day on (M2). The old subscription is one,
// anchored where its current term started; the new one is anchored where it is provisioned. What a contract
// charges is in settle.h; this file says what it is, how its terms follow each other, and how it may end.
#pragma once

#include <cstdint>
#include <span>

#include "base/interval.h"
#include "calendar/day.h"
#include "calendar/period.h"
#include "model/scenario.h"

namespace termwise {

/// Refers to the scenario it was made from, owns nothing.
struct Contract {
    Day anchor;
    TermBilling sold_as;
    std::span<const Price> prices;  ///< the offer's rows for `sold_as`
    const Cancellation* cancellation = nullptr;
    Day renewals_until;
    Demand demand;
    Money locked_price;        ///< of term 0, if `from_before`
    std::int32_t seats = 0;    ///< held at H0, if `from_before`
    bool from_before = false;  ///< an old contract, already running at H0
    Interval<Day> growth;      ///< the days on which growth inside a term is bought (M2.4)
};

/// The old contract of `s`. Its growth is bought before `provision_on`; none: the subscription stays.
[[nodiscard]] Contract old_contract(const Scenario& scenario, const Subscription& s, Day provision_on);

/// The new contract of `s`, provisioned on `provision_on`.
[[nodiscard]] Contract new_contract(const Scenario& scenario, const Subscription& s, OfferIndex target,
                                    TermBilling sold_as, Day provision_on);

/// How a contract is meant to end. Until then it renews at the end of each term (M2.5).
struct Ending {
    enum class Kind : std::uint8_t { none, lapse, cancel } kind = Kind::none;
    Day on = kAfterAllDays;

    friend bool operator==(const Ending&, const Ending&) = default;
};

/// How it did end. The last two are renewals that did not take place (M2.5).
enum class EndedBy : std::uint8_t { in_service, lapse, cancellation, renewal_closed, no_price };

/// What a term that starts on `day` costs, or why it does not start.
struct TermStart {
    const Price* price = nullptr;
    EndedBy refused_by = EndedBy::in_service;  ///< renewal_closed or no_price if there is no price
};

/// A renewal on `day`. One that is both closed and without price is reported as closed (M2.5).
[[nodiscard]] inline TermStart renew(const Contract& contract, Day day) {
    if (day > contract.renewals_until) return {nullptr, EndedBy::renewal_closed};
    const Price* price = price_on(contract.prices, day);
    return {price, price != nullptr ? EndedBy::in_service : EndedBy::no_price};
}

/// How the terms of a contract follow each other, without the money.
struct TermsOutcome {
    EndedBy ended_by = EndedBy::in_service;
    Day ended_on;                 ///< none if in service at H1
    std::int32_t most_seats = 0;  ///< held on any day before H1 and the end
};

/// Follows the terms that start before the end and before H1: only they need a price and an open renewal
/// (M2.8). Agrees with settle(), at the price of the terms alone. Runtime: terms plus demand steps.
[[nodiscard]] TermsOutcome follow_terms(const Contract& contract, Ending ending, Interval<Day> horizon);

/// The term [S, E) of a contract with boundaries `terms` that holds `day`.
[[nodiscard]] inline Interval<Day> term_around(const Boundaries& terms, Day day) {
    const std::int32_t k = terms.last_at_or_before(day);
    return {terms.at(k), terms.at(k + 1)};
}

}  // namespace termwise
