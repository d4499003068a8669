#include "model/build_internal.h"

namespace termwise::building {
namespace {

std::string count_text(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string sold_text(TermBilling sold_as) {
    return fmt::format("{} billed {}", to_short_text(sold_as.term), to_short_text(sold_as.billing));
}

/// Whether a/b < c/d, of amounts and small positive divisors, without a product that could leave 64 bits.
bool less_ratio(Money a, std::int64_t b, Money c, std::int64_t d) {
    const std::int64_t left = a.minor / b, right = c.minor / d;
    if (left != right) return left < right;
    return a.minor % b * d < c.minor % d * b;
}

/// A gap that costs less than the service itself makes doing nothing look good (M1.7).
void warn_of_cheap_gap(Building& b) {
    const Scenario& scenario = b.scenario;
    const Money gap = scenario.gap_per_seat_day;
    std::size_t dearer = 0;
    SubscriptionIndex worst;
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        const Subscription& s = scenario.subscriptions[i];
        // A day's share of the seat price is unit_price * 12 / billing months / 365.
        const std::int32_t billing = s.sold_as.billing.months;
        if (gap.minor * billing * 365 >= s.unit_price.minor * 12) continue;
        ++dearer;
        if (worst.none() || less_ratio(scenario.at(worst).unit_price,
                                       scenario.at(worst).sold_as.billing.months, s.unit_price, billing))
            worst = SubscriptionIndex(i);
    }
    if (dearer == 0) return;
    const Subscription& s = scenario.at(worst);
    const Money share_of_day(s.unit_price.minor * 12 / (std::int64_t{s.sold_as.billing.months} * 365));
    const bool given = b.draft.disruption && b.draft.disruption->gap_per_seat_day;
    b.diagnostics.warning(
        "M1.7",
        given ? b.place(b.draft.disruption->origin, "", "disruption/gap_per_seat_day")
              : b.place(Origin{0}, "", ""),
        fmt::format("a day without service costs {} a seat (gap_per_seat_day), less than a day of the "
                    "service itself in "
                    "{}; the dearest is \"{}\" at {} a day",
                    to_decimal_text(gap, scenario.minor_digits), count_text(dearer, "subscription"),
                    scenario.id(worst), to_decimal_text(share_of_day, scenario.minor_digits)));
}

/// Days of the shortest stretch of so many months.
std::int32_t fewest_days(Period term) {
    std::int32_t fewest = term.months * 31;
    const Boundaries months(to_day({2001, 1, 1}), Period{1});
    for (std::int32_t k = 0; k < 48; ++k)
        fewest = std::min(fewest, months.at(k + term.months) - months.at(k));
    return fewest;
}

/// Notice that has to be given before the term begins can never be given (M1.8).
void warn_of_long_notice(Building& b) {
    const Scenario& scenario = b.scenario;
    for (std::size_t p = 0; p < scenario.programmes.size(); ++p) {
        const Programme& programme = scenario.programmes[p];
        if (programme.renewal_notice_days == 0) continue;
        std::size_t offers = 0;
        Period shortest{kMostPeriodMonths};
        for (const Offer& offer : scenario.offers) {
            if (offer.programme.at() != p) continue;
            bool affected = false;
            for (const Price& row : offer.prices) {
                if (programme.renewal_notice_days < fewest_days(row.sold_as.term)) continue;
                affected = true;
                shortest = std::min(shortest, row.sold_as.term);
            }
            offers += affected ? 1 : 0;
        }
        if (offers == 0) continue;
        b.diagnostics.warning(
            "M1.8", b.place_of_source(ProgrammeIndex(p), "renewal_notice_days"),
            fmt::format(
                "a notice of {} is as long as a term that {} sell{}, {}: its renewal cannot be switched off",
                count_text(static_cast<std::size_t>(programme.renewal_notice_days), "day"),
                count_text(offers, "offer"), offers == 1 ? "s" : "", to_short_text(shortest)));
    }
}

/// The day from which an offer has no price any more for one way of buying; before all days if it never had.
Day priced_until(const Offer& offer, TermBilling sold_as) {
    Day until = kBeforeAllDays;
    for (const Price& row : offer.prices_for(sold_as)) until = std::max(until, row.days.to);
    return until;
}

/// A horizon that outlives renewals or prices: who stays, or renews, finds the door closed there (M2.5).
class HorizonCheck {
  public:
    explicit HorizonCheck(Building& b)
        : b_(b),
          scenario_(b.scenario),
          closed_(b.scenario.programmes.size()),
          unpriced_(b.scenario.offers.size()),
          is_target_(b.scenario.offers.size()) {}

    void run() {
        for (const Subscription& s : scenario_.subscriptions) look_at(s);
        for (const Transition& t : scenario_.transitions) is_target_[t.to.at()] = true;
        for (const OfferIndex target : scenario_.targets) is_target_[target.at()] = true;
        for (std::size_t p = 0; p < closed_.size(); ++p) warn_of_closing(ProgrammeIndex(p));
        for (std::size_t o = 0; o < unpriced_.size(); ++o) {
            warn_of_unpriced_renewals(OfferIndex(o));
            if (is_target_[o]) warn_of_unpriced_target(OfferIndex(o));
        }
    }

  private:
    void look_at(const Subscription& s) {
        const Boundaries terms(s.term_start, s.sold_as.term);
        const std::int32_t k = terms.last_at_or_before(scenario_.h1() - 1);
        if (k < 1) return;
        const Day last_renewal = terms.at(k);
        const Offer& offer = scenario_.at(s.offer);
        if (last_renewal > scenario_.at(offer.programme).renewals_until) ++closed_[offer.programme.at()];
        // An offer without any price is one that is only left; to say so needs no warning.
        else if (!offer.prices.empty() && last_renewal >= priced_until(offer, s.sold_as))
            ++unpriced_[s.offer.at()];
    }

    void warn_of_closing(ProgrammeIndex p) {
        if (closed_[p.at()] == 0) return;
        b_.diagnostics.warning(
            "M2.5", b_.place_of_source(p, "renewals_until"),
            fmt::format("the horizon goes on after the last renewals on {}: {} cannot stay until its end",
                        to_text(scenario_.at(p).renewals_until),
                        count_text(closed_[p.at()], "subscription")));
    }

    void warn_of_unpriced_renewals(OfferIndex o) {
        if (unpriced_[o.at()] == 0) return;
        b_.diagnostics.warning(
            "M2.5", b_.place_of_source(o, "prices"),
            fmt::format("{} would renew inside the horizon on days for which \"{}\" has no price",
                        count_text(unpriced_[o.at()], "subscription"), scenario_.at(o).id));
    }

    void warn_of_unpriced_target(OfferIndex o) {
        const Offer& offer = scenario_.at(o);
        std::size_t ended = 0;
        TermBilling first_way;
        Day first_end = kAfterAllDays;
        for (std::size_t i = 0; i < offer.prices.size(); ++i) {
            const TermBilling sold_as = offer.prices[i].sold_as;
            if (i > 0 && offer.prices[i - 1].sold_as == sold_as) continue;
            const Day until = priced_until(offer, sold_as);
            const auto& terms = scenario_.target_terms;
            const bool wanted = terms.empty() || std::ranges::find(terms, sold_as) != terms.end();
            if (until >= scenario_.h1() || !wanted) continue;
            ++ended;
            if (until >= first_end) continue;
            first_end = until;
            first_way = sold_as;
        }
        if (ended == 0) return;
        b_.diagnostics.warning(
            "M2.8", b_.place_of_source(o, "prices"),
            fmt::format("its price for {} ends on {}{}, inside the horizon: new contracts cannot begin or "
                        "renew from then "
                        "on",
                        sold_text(first_way), to_text(first_end),
                        ended == 1 ? "" : fmt::format(", and for {} more", count_text(ended - 1, "term"))));
    }

    Building& b_;
    const Scenario& scenario_;
    std::vector<std::size_t> closed_;  // by programme: subscriptions that would renew after the last renewals
    std::vector<std::size_t> unpriced_;  // by offer: subscriptions that would renew without a price
    std::vector<bool> is_target_;
};

/// A tenant holds 300 subscriptions, old and new together while both run.
void warn_of_full_tenants(Building& b) {
    constexpr std::uint32_t kMostOnTenant = 300;
    const Scenario& scenario = b.scenario;
    std::size_t full = 0;
    CustomerIndex worst;
    for (std::size_t i = 0; i < scenario.customers.size(); ++i) {
        const std::uint32_t size = scenario.customers[i].subscriptions.size;
        if (2 * size <= kMostOnTenant) continue;
        ++full;
        if (worst.none() || size > scenario.at(worst).subscriptions.size) worst = CustomerIndex(i);
    }
    if (full == 0) return;
    b.diagnostics.warning(
        "", b.place_of_source(worst, ""),
        fmt::format("\"{}\" has {} subscriptions: moved all at once, old and new would exceed the {} that a "
                    "tenant may "
                    "have{}",
                    scenario.id(worst), scenario.at(worst).subscriptions.size, kMostOnTenant,
                    full == 1 ? "" : fmt::format("; so would {} more", count_text(full - 1, "customer"))));
}

}  // namespace

void add_warnings(Building& b) {
    warn_of_cheap_gap(b);
    warn_of_long_notice(b);
    HorizonCheck(b).run();
    warn_of_full_tenants(b);
}

}  // namespace termwise::building
