// What the parts of the builder (build.h) share; nobody else includes it.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/draft.h"
#include "model/place.h"
#include "model/scenario.h"

namespace termwise::building {

/// A scenario on its way from draft to checked value. Each part of the builder fills in what it is named for,
/// reports what is wrong there and goes on with something harmless, so that one run finds every mistake.
struct Building {
    ScenarioDraft& draft;
    Scenario& scenario;
    Diagnostics& diagnostics;
    bool currency_known = false;

    Building(ScenarioDraft& from, Scenario& to, Diagnostics& report)
        : draft(from), scenario(to), diagnostics(report) {}

    // Where things of the sorted scenario stood in the draft, for places: positions in its lists.
    std::vector<std::size_t> programme_source, offer_source;
    std::vector<std::uint32_t> customer_source, subscription_source;

    // Ids, ascending, for looking up and for suggesting.
    std::vector<std::string_view> programme_ids, offer_ids, team_ids;

    // An offer that misses something because a name was not known; who depends on it is not blamed for it.
    std::vector<bool> transitions_incomplete, requires_incomplete;

    std::map<std::string, std::string, std::less<>> suggested;  ///< by kind and name, see suggestion()

    void error(std::string rule, Place place, std::string message) {
        diagnostics.error(std::move(rule), std::move(place), std::move(message));
    }

    /// The amount in minor units. What does not fit the currency is reported at `place()` (M0.3).
    template <class PlaceOf>
    Money money(Decimal amount, PlaceOf&& place) {
        if (!currency_known) return {};
        const std::optional<Money> exact = to_money(amount, scenario.minor_digits);
        if (!exact) report_amount(amount, place());
        return exact.value_or(Money());
    }
    template <class PlaceOf>
    Money money(const std::optional<Decimal>& amount, PlaceOf&& place) {
        return amount ? money(*amount, place) : Money();
    }

    /// Reports a (term, billing) in which billing does not divide term (M1.2), at `place()`.
    template <class PlaceOf>
    void check_divides(TermBilling sold_as, PlaceOf&& place) {
        if (sold_as.billing.months > 0 && sold_as.term.months % sold_as.billing.months == 0) return;
        error("M1.2", place(),
              fmt::format("a term of {} is no whole number of billing periods of {}",
                          to_short_text(sold_as.term), to_short_text(sold_as.billing)));
    }

    /// Reports an id that names nothing, with the member of `known` that was probably meant.
    void report_unknown(std::string_view kind, std::string_view name, std::span<const std::string_view> known,
                        Place place);

    void report_amount(Decimal amount, Place place);

    /// Reports a part that is nowhere (M1), nor what may stand for it, unless the reader has done so already.
    void report_missing(std::string_view field, std::string_view instead = {});

    /// The positions of `count` things, ascending by id, in the order of the input where ids are equal. Every
    /// second thing of an id is reported (M0.5), naming the first.
    template <class IdOf, class PlaceOfId>
    std::vector<std::size_t> order_by_id(std::string_view kind, std::size_t count, IdOf id_of,
                                         PlaceOfId place_of_id) {
        std::vector<std::size_t> order(count);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, id_of);
        std::size_t first = 0;
        for (std::size_t i = 1; i < count; ++i) {
            if (id_of(order[i]) == id_of(order[first]))
                report_twice(kind, id_of(order[i]), place_of_id(order[first]), place_of_id(order[i]));
            else
                first = i;
        }
        return order;
    }

    void report_twice(std::string_view kind, std::string_view id, const Place& first, Place second);

    /// Gives the memory back that only places of subscriptions need. It is most of a draft.
    void forget_subscription_drafts();

    [[nodiscard]] Place place(Origin origin, std::string_view list, std::string_view field) const {
        return place_of(draft.files, origin, list, field);
    }
    [[nodiscard]] Place place_of_source(OfferIndex i, std::string_view field) const {
        return place(draft.offers[offer_source[i.at()]].origin, "offers", field);
    }
    [[nodiscard]] Place place_of_source(ProgrammeIndex i, std::string_view field) const {
        return place(draft.programmes[programme_source[i.at()]].origin, "programmes", field);
    }
    [[nodiscard]] Place place_of_source(CustomerIndex i, std::string_view field) const {
        return place_of_customer(draft.files, source(i).origin, field);
    }
    [[nodiscard]] Place place_of_source(SubscriptionIndex i, std::string_view field) const {
        return place_of_subscription(draft.files, source(i).origin, field);
    }

    [[nodiscard]] const CustomerDraft& source(CustomerIndex i) const {
        return draft.portfolio.customers[customer_source[i.at()]];
    }
    [[nodiscard]] const SubscriptionDraft& source(SubscriptionIndex i) const {
        return draft.portfolio.subscriptions[subscription_source[i.at()]];
    }
    /// What only some subscriptions have; null if this one does not.
    [[nodiscard]] const SubscriptionExtras* extras(const SubscriptionDraft& s) const {
        return s.extras < 0 ? nullptr : &draft.portfolio.extras[static_cast<std::size_t>(s.extras)];
    }

  private:
    std::string suggestion(std::string_view kind, std::string_view name,
                           std::span<const std::string_view> known);
};

/// How a message names another place: "/offers/3", "line 12", with its file if that is not the one of `here`.
[[nodiscard]] std::string told_from(const Place& here, const Place& other);

/// The position of `id` in the ascending list `ids`; -1 if it is not there.
[[nodiscard]] std::int32_t find_id(std::span<const std::string_view> ids, std::string_view id);

/// The positions of `texts`, ascending by text (bytes), in the order of the list where texts are equal.
/// Runtime: n log n, but linear if they are in order already.
[[nodiscard]] std::vector<std::uint32_t> order_by_text(const TextPool& pool, std::span<const Text> texts);

/// "a -> b -> a", of names by vertex.
template <class NameOf>
[[nodiscard]] std::string cycle_text(std::span<const std::int32_t> cycle, NameOf name_of) {
    std::string text;
    for (const std::int32_t vertex : cycle) {
        text += name_of(vertex);
        text += " -> ";
    }
    text += name_of(cycle.front());
    return text;
}

// The parts, in the order in which they run. A part may use what earlier ones have filled in.

/// Currency, horizon, calendar, teams, effort, budgets and the plain values.
void build_frame(Building& b);
/// Programmes, offers and their prices, transitions, target terms.
void build_catalogue(Building& b);
/// Customers, for whom build_subscriptions() leaves room.
void build_customers(Building& b);
/// Subscriptions, each by itself.
void build_subscriptions(Building& b);
/// Parents (M1.4), and whether every subscription has somewhere to go (M1.4, M1.6).
void check_subscriptions(Building& b);
/// Whether every sum stays inside 64 bits (M0.3).
void check_exposure(Building& b);
/// What is allowed and probably not meant. Only for a scenario without errors.
void add_warnings(Building& b);

/// Reports what is wrong with distributions (M7); `place_of_field` makes the place of "uncertainty/...".
template <class PlaceOfField>
void check_uncertainty(Building& b, const Uncertainty& uncertainty, PlaceOfField place_of_field) {
    const auto check = [&](const std::optional<Distribution>& distribution, std::string_view field) {
        if (!distribution) return;
        const std::string_view problem = problem_with(*distribution);
        if (!problem.empty()) b.error("M7", place_of_field(field), std::string(problem));
    };
    check(uncertainty.acceptance, "uncertainty/acceptance");
    check(uncertainty.work, "uncertainty/work");
    check(uncertainty.provision_delay, "uncertainty/provision_delay");
}

}  // namespace termwise::building
