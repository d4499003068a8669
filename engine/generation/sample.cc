#include "generation/sample.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "formats/scalar.h"
#include "model/build.h"

namespace termwise {
namespace {

/// Puts a sample together; knows which part of the profile each customer stands for.
class Sample {
  public:
    Sample(const Profile& profile, Diagnostics& diagnostics)
        : profile_(profile), diagnostics_(diagnostics), draft_(profile.scenario) {}

    void add_all() {
        for (std::size_t i = 0; i < profile_.offers.size(); ++i)
            for (const bool monthly : {false, true})
                add_base(profile_.offers[i], monthly, fmt::format("/offers/{}", i));
        for (std::size_t i = 0; i < profile_.add_ons.size(); ++i) add_on(i);
    }

    void judge() {
        Diagnostics found;
        static_cast<void>(build(std::move(draft_), found));
        for (Diagnostic& d : found.all()) {
            d.place.pointer = place_of(d.place.pointer);
            const auto is_same = [&](const Diagnostic& other) {
                return other.place.pointer == d.place.pointer && other.message == d.message;
            };
            if (std::ranges::none_of(diagnostics_.all(), is_same)) diagnostics_.add(std::move(d));
        }
    }

  private:
    /// "/customers/2/subscriptions/0/offer" is what the third customer stands for.
    [[nodiscard]] std::string place_of(const std::string& pointer) const {
        constexpr std::string_view kCustomers = "/customers/";
        if (!pointer.starts_with(kCustomers)) return "/scenario" + pointer;
        const std::size_t customer = std::stoul(pointer.substr(kCustomers.size()));
        return stands_for_.at(customer);
    }

    const OfferDraft* offer(const std::string& id, const std::string& pointer) {
        std::vector<std::string_view> known;
        for (const OfferDraft& offer : profile_.scenario.offers) {
            if (offer.id == id) return &offer;
            known.push_back(offer.id);
        }
        error(pointer, fmt::format("there is no offer {}", quoted(std::string_view(id))),
              nearest_name(id, known));
        return nullptr;
    }

    void error(const std::string& pointer, std::string message, std::string nearest = {}) {
        diagnostics_.error("M0.5", {profile_.path, pointer, {}, 0, 0}, std::move(message),
                           std::move(nearest));
    }

    /// A customer with one subscription; its position among the subscriptions, or -1.
    std::int32_t add_base(const HeldOffer& held, bool monthly, const std::string& place) {
        const OfferDraft* found = offer(held.offer, place + "/offer");
        if (found == nullptr) return -1;
        const std::vector<PriceDraft> rows = price_rows(*found, held.term, monthly);
        if (rows.empty()) {
            if (!monthly)
                error(place, fmt::format("{} is not sold for a term of {}",
                                         quoted(std::string_view(held.offer)), to_short_text(held.term)));
            return -1;
        }
        PortfolioDraft& portfolio = draft_.portfolio;
        CustomerDraft customer;
        customer.id = portfolio.texts.add(fmt::format("sample-{}", stands_for_.size()));
        customer.origin = {0, static_cast<std::int32_t>(stands_for_.size()), -1};
        portfolio.customers.push_back(customer);
        stands_for_.push_back(place);
        return add_subscription(held.offer, rows, -1);
    }

    /// To the last customer.
    std::int32_t add_subscription(const std::string& offer_id, const std::vector<PriceDraft>& rows,
                                  std::int32_t parent) {
        PortfolioDraft& portfolio = draft_.portfolio;
        SubscriptionDraft s;
        s.id = portfolio.texts.add(fmt::format("sample-subscription-{}", portfolio.subscriptions.size()));
        s.customer = static_cast<std::int32_t>(portfolio.customers.size()) - 1;
        s.offer = portfolio.offer_names.number_of(offer_id);
        s.sold_as = rows.front().sold_as;
        s.term_start = profile_.scenario.horizon ? profile_.scenario.horizon->start : Day(0);
        s.unit_price = price_on(rows, s.term_start);
        s.origin = {0, s.customer, 0};
        if (parent >= 0) {
            s.extras = static_cast<std::int32_t>(portfolio.extras.size());
            portfolio.extras.emplace_back().parent =
                portfolio.subscriptions[static_cast<std::size_t>(parent)].id;
        }
        portfolio.subscriptions.push_back(s);
        return static_cast<std::int32_t>(portfolio.subscriptions.size()) - 1;
    }

    void add_on(std::size_t number) {
        const AddOn& add_on = profile_.add_ons[number];
        const std::string place = fmt::format("/add_ons/{}", number);
        const OfferDraft* found = offer(add_on.offer, place + "/offer");
        if (found == nullptr) return;
        for (std::size_t i = 0; i < add_on.parents.size(); ++i) {
            const std::string parent_place = fmt::format("{}/parents/{}", place, i);
            const auto held = std::ranges::find(profile_.offers, add_on.parents[i], &HeldOffer::offer);
            if (held == profile_.offers.end()) {
                std::vector<std::string_view> known;
                for (const HeldOffer& other : profile_.offers) known.push_back(other.offer);
                error(parent_place,
                      fmt::format("{} is none of the `offers` that are held",
                                  quoted(std::string_view(add_on.parents[i]))),
                      nearest_name(add_on.parents[i], known));
                continue;
            }
            const std::vector<PriceDraft> rows = price_rows(*found, held->term, false);
            if (rows.empty()) {
                error(parent_place,
                      fmt::format("{} is not sold for a term of {}, as this one is",
                                  quoted(std::string_view(add_on.offer)), to_short_text(held->term)));
                continue;
            }
            const std::int32_t parent = add_base(*held, false, parent_place);
            if (parent >= 0) add_subscription(add_on.offer, rows, parent);
        }
    }

    const Profile& profile_;
    Diagnostics& diagnostics_;
    ScenarioDraft draft_;
    std::vector<std::string> stands_for_;  // by customer
};

}  // namespace

void check_sample(const Profile& profile, Diagnostics& diagnostics) {
    Sample sample(profile, diagnostics);
    sample.add_all();
    sample.judge();
}

std::vector<PriceDraft> price_rows(const OfferDraft& offer, Period term, bool monthly) {
    std::vector<PriceDraft> rows;
    std::int32_t billing = 0;
    for (const PriceDraft& row : offer.prices) {
        if (row.sold_as.term != term) continue;
        const std::int32_t months = row.sold_as.billing.months;
        billing = monthly && (months == 1 || billing == 1) ? 1 : std::max(billing, months);
    }
    for (const PriceDraft& row : offer.prices)
        if (row.sold_as.term == term && row.sold_as.billing.months == billing) rows.push_back(row);
    std::ranges::sort(rows, {}, [](const PriceDraft& row) { return row.from.value_or(kBeforeAllDays); });
    return rows;
}

Decimal price_on(const std::vector<PriceDraft>& rows, Day day) {
    for (const PriceDraft& row : rows)
        if (row.from.value_or(kBeforeAllDays) <= day && day < row.to.value_or(kAfterAllDays))
            return row.unit_price;
    return rows.front().unit_price;
}

Day term_start_before(Day end, Period term) { return Boundaries(end, term).at(-1); }

}  // namespace termwise
