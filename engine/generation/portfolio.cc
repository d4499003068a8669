#include "generation/portfolio.h"

#include <algorithm>
#include <limits>

#include "base/philox.h"
#include "generation/sample.h"

namespace termwise {
namespace {

/// What a draw is for; a new one goes at the end, so that the others stay what they are.
enum class Purpose : std::uint32_t {
    relationship,
    blackout,
    blackout_day,
    subscriptions,
    subscriptions_range,
    offer,
    seats,
    seats_range,
    term_end,
    quarter,
    quarter_end,
    billing,
    auto_renew,
    demand,
    demand_day,
    demand_size,
    deadline,
    add_on,
    add_on_seats,
    demand_sign,
};

constexpr std::int32_t kPercent = 100;

}  // namespace

/// The draws of one subscription, or of one customer.
class Portfolio::Dice {
  public:
    Dice(std::uint64_t seed, std::int64_t customer, std::size_t subscription)
        : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)},
          customer_(static_cast<std::uint64_t>(customer)),
          subscription_(static_cast<std::uint32_t>(subscription)) {}

    /// A number of [0, limit), limit from 1 to 2^31. By multiplication, which takes the upper bits: exact
    /// integers, and uneven by less than limit / 2^32.
    [[nodiscard]] std::int32_t below(std::int64_t limit, Purpose purpose) const {
        const PhiloxCounter words = philox_4x32_10(
            {static_cast<std::uint32_t>(customer_), static_cast<std::uint32_t>(customer_ >> 32U),
             subscription_, static_cast<std::uint32_t>(purpose)},
            key_);
        return static_cast<std::int32_t>((std::uint64_t{words[0]} * static_cast<std::uint64_t>(limit)) >>
                                         32U);
    }
    [[nodiscard]] std::int32_t between(std::int32_t from, std::int32_t to, Purpose purpose) const {
        return from + below(std::int64_t{to} - from + 1, purpose);
    }
    [[nodiscard]] bool chance(std::int32_t percent, Purpose purpose) const {
        return below(kPercent, purpose) < percent;
    }
    /// The position of a member of `list`, each as often as it weighs.
    template <class T>
    [[nodiscard]] std::size_t weighted(const std::vector<T>& list, Purpose purpose) const {
        std::int64_t sum = 0;
        for (const T& member : list) sum += member.weight;
        std::int64_t left = below(sum, purpose);
        for (std::size_t i = 0; i < list.size(); ++i)
            if ((left -= list[i].weight) < 0) return i;
        return list.size() - 1;
    }
    [[nodiscard]] std::int32_t of(const std::vector<WeightedRange>& ranges, Purpose which,
                                  Purpose within) const {
        const WeightedRange& range = ranges[weighted(ranges, which)];
        return between(range.from, range.to, within);
    }

  private:
    PhiloxKey key_;
    std::uint64_t customer_;
    std::uint32_t subscription_;
};

Portfolio::Portfolio(const Profile& profile, std::uint64_t seed)
    : profile_(profile),
      seed_(seed),
      start_(profile.scenario.horizon->start),
      end_(profile.scenario.horizon->end),
      add_ons_(profile.offers.size()) {
    for (std::size_t i = 0; i < profile.offers.size(); ++i) {
        const HeldOffer& entry = profile.offers[i];
        held_.push_back(held(entry.offer, entry.term));
        for (std::size_t a = 0; a < profile.add_ons.size(); ++a) {
            const AddOn& add_on = profile.add_ons[a];
            if (std::ranges::find(add_on.parents, entry.offer) != add_on.parents.end())
                add_ons_[i].push_back({a, held(add_on.offer, entry.term)});
        }
    }
    for (std::int32_t day = profile.first_end_day; day <= profile.last_end_day; ++day) {
        const CivilDate date = to_civil(start_ + day);
        if (date.day == 1 && date.month % 3 == 1) quarter_ends_.push_back(start_ + day);
    }
}

Portfolio::Held Portfolio::held(const std::string& offer, Period term) const {
    const ScenarioDraft& scenario = profile_.scenario;
    const auto with_id = [&](const std::string& id) {
        return &*std::ranges::find(scenario.offers, id, &OfferDraft::id);
    };
    Held held;
    held.offer = with_id(offer);
    held.rows = {price_rows(*held.offer, term, false), price_rows(*held.offer, term, true)};
    const TransitionDraft* first = nullptr;  // by id, as the planner lists them
    for (const TransitionDraft& transition : scenario.transitions) {
        if (transition.from != offer) continue;
        const OfferDraft* target = with_id(transition.to);
        held.most_seats =
            std::max(held.most_seats, target->max_seats.value_or(std::numeric_limits<std::int32_t>::max()));
        if (first != nullptr && first->to < transition.to) continue;
        first = &transition;
        held.reassigns =
            transition.reassign.value_or(held.offer->sku.empty() || held.offer->sku != target->sku);
    }
    if (first == nullptr) held.most_seats = std::numeric_limits<std::int32_t>::max();  // it stays
    return held;
}

void Portfolio::draw(std::int64_t number, DrawnCustomer& customer) const {
    const Dice dice(seed_, number, 0);
    customer.number = number;
    customer.is_active = dice.chance(profile_.active_percent, Purpose::relationship);
    customer.blackout = {start_, start_};
    if (dice.chance(profile_.blackout_percent, Purpose::blackout)) {
        const Day from =
            start_ + dice.below(std::max(1, end_ - start_ - profile_.blackout_days), Purpose::blackout_day);
        customer.blackout = {from, from + profile_.blackout_days};
    }
    customer.subscriptions.clear();
    const std::int32_t bases =
        dice.of(profile_.subscriptions, Purpose::subscriptions_range, Purpose::subscriptions);
    for (std::int32_t i = 0; i < bases; ++i) {
        const std::size_t position = customer.subscriptions.size();
        if (position >= kMostSubscriptionsOfACustomer) return;
        const Dice own(seed_, number, position + 1);
        const std::size_t entry = own.weighted(profile_.offers, Purpose::offer);
        draw_base(own, profile_.offers[entry], held_[entry], customer.subscriptions.emplace_back());
        for (const HeldAddOn& choice : add_ons_[entry]) {
            const std::size_t next = customer.subscriptions.size();
            if (next >= kMostSubscriptionsOfACustomer) return;
            const AddOn& add_on = profile_.add_ons[choice.add_on];
            // Whether there is one is drawn for the parent, so that it does not matter which others there
            // are.
            const Dice either(seed_, number,
                              (position + 1) + kMostSubscriptionsOfACustomer * (choice.add_on + 1));
            if (!either.chance(add_on.percent, Purpose::add_on)) continue;
            DrawnSubscription added =
                customer.subscriptions[position];  // ends with its parent, is billed alike
            const bool monthly = added.sold_as.billing.months == 1;
            const std::vector<PriceDraft>& rows = choice.held.rows[monthly ? 1 : 0];
            const std::int64_t most = std::int64_t{added.seats} * add_on.seats_percent / kPercent;
            added.parent = static_cast<std::int32_t>(position);
            added.offer = choice.held.offer;
            added.sold_as = rows.front().sold_as;
            added.unit_price = price_on(rows, added.term_start);
            added.seats = std::min(
                either.between(1, std::max(1, static_cast<std::int32_t>(most)), Purpose::add_on_seats),
                choice.held.most_seats);
            added.demand_seats = 0;
            added.reassigns = choice.held.reassigns;
            customer.subscriptions.push_back(added);
        }
    }
}

Day Portfolio::term_end(const Dice& dice, Period term) const {
    const Day latest = std::min(start_ + profile_.last_end_day, Boundaries(start_, term).at(1));
    const Day first = std::min(start_ + profile_.first_end_day, latest);
    const auto end = std::ranges::upper_bound(quarter_ends_, latest);
    if (end != quarter_ends_.begin() && dice.chance(profile_.quarter_end_percent, Purpose::quarter))
        return quarter_ends_[static_cast<std::size_t>(
            dice.below(end - quarter_ends_.begin(), Purpose::quarter_end))];
    return first + dice.below(latest - first + 1, Purpose::term_end);
}

void Portfolio::draw_base(const Dice& dice, const HeldOffer& entry, const Held& held,
                          DrawnSubscription& s) const {
    const bool monthly = dice.chance(profile_.monthly_billing_percent, Purpose::billing);
    const std::vector<PriceDraft>& rows = held.rows[monthly ? 1 : 0];
    s.offer = held.offer;
    s.sold_as = rows.front().sold_as;
    s.term_start = term_start_before(term_end(dice, entry.term), entry.term);
    // Where short months moved the end back to today or before it, the term starts today.
    if (Boundaries(s.term_start, entry.term).at(1) <= start_) s.term_start = start_;
    s.unit_price = price_on(rows, s.term_start);
    s.seats = std::min(dice.of(profile_.seats, Purpose::seats_range, Purpose::seats), held.most_seats);
    s.auto_renew = dice.chance(profile_.auto_renew_percent, Purpose::auto_renew);
    s.reassigns = held.reassigns;
    if (dice.chance(profile_.deadline_percent, Purpose::deadline)) s.move_by = start_ + profile_.deadline_day;
    if (!dice.chance(profile_.demand_percent, Purpose::demand) || end_ - start_ < 2) return;
    const auto change =
        static_cast<std::int32_t>(std::int64_t{s.seats} * profile_.demand_change_percent / kPercent);
    const std::int32_t difference = dice.between(1, std::max(1, change), Purpose::demand_size);
    const bool shrinks = s.seats > difference && dice.chance(50, Purpose::demand_sign);
    s.demand_seats = std::min(shrinks ? s.seats - difference : s.seats + difference, held.most_seats);
    s.demand_from = start_ + 1 + dice.below(end_ - start_ - 1, Purpose::demand_day);
    if (s.demand_seats == s.seats) s.demand_seats = 0;
}

}  // namespace termwise
