#include "planning/relaxation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "money/decimal.h"
#include "plan/work.h"

namespace termwise {
namespace {

struct Name {
    std::string_view name, unit;
};
constexpr std::array<Name, 17> kNames{{{"capacity", "minutes"},
                                       {"budget", "amount"},
                                       {"move_by", "days"},
                                       {"move_from", "days"},
                                       {"blackout", ""},
                                       {"acceptance", "days"},
                                       {"provision_days", "days"},
                                       {"seats_per_day", "seats"},
                                       {"max_seats", "seats"},
                                       {"auto_renew", ""},
                                       {"renewal_notice_days", "days"},
                                       {"cancellation", ""},
                                       {"renewal", ""},
                                       {"price", ""},
                                       {"continuity", ""},
                                       {"must_move", ""},
                                       {"parent", ""}}};

std::int32_t most_seats(const Scenario& scenario, const Subscription& s) {
    std::int32_t most = s.seats;
    for (const DemandStep& step : scenario.demand(s).steps()) most = std::max(most, step.seats);
    return most;
}

/// The least max_seats of the allowed targets.
std::int32_t seats_allowed(const Scenario& scenario, const Subscription& s) {
    std::int32_t least = std::numeric_limits<std::int32_t>::max();
    for (const OfferIndex target : scenario.allowed_targets(s))
        least = std::min(least, scenario.at(target).max_seats);
    return least;
}

/// Each way of buying that has a price row has one for every day.
void sell_throughout(Offer& offer) {
    for (std::size_t i = 0; i < offer.prices.size(); ++i) {
        Price& row = offer.prices[i];
        if (i == 0 || offer.prices[i - 1].sold_as != row.sold_as) row.days.from = kBeforeAllDays;
        const bool last = i + 1 == offer.prices.size() || offer.prices[i + 1].sold_as != row.sold_as;
        row.days.to = last ? kAfterAllDays : offer.prices[i + 1].days.from;
    }
}

bool is_sold_throughout(const Scenario& scenario, const Offer& offer) {
    if (scenario.at(offer.programme).renewals_until < scenario.h1()) return false;
    for (std::size_t i = 0; i < offer.prices.size(); ++i) {
        const Price& row = offer.prices[i];
        const bool first = i == 0 || offer.prices[i - 1].sold_as != row.sold_as;
        const bool last = i + 1 == offer.prices.size() || offer.prices[i + 1].sold_as != row.sold_as;
        if (first && row.days.from > scenario.h0()) return false;
        if (row.days.to < (last ? scenario.h1() : offer.prices[i + 1].days.from)) return false;
    }
    return true;
}

void add_capacity(Scenario& scenario, const Relaxation& r) {
    const TeamLoad load(scenario);
    const std::int32_t bucket = load.bucket_of(r.team, r.on);
    Capacity& capacity = *scenario.teams[r.team.at()].capacity;
    const auto same = [&](const CapacityException& e) { return load.bucket_of(r.team, e.on) == bucket; };
    const auto found = std::ranges::find_if(capacity.exceptions, same);
    const auto more = static_cast<std::int32_t>(r.by);
    if (found != capacity.exceptions.end()) {
        found->minutes += more;
        return;
    }
    const auto after = std::ranges::lower_bound(capacity.exceptions, r.on, {}, &CapacityException::on);
    capacity.exceptions.insert(after, {r.on, capacity.minutes + more});
}

void drop_blackout(Scenario& scenario, const Relaxation& r) {
    ListRange& range = scenario.customers[r.customer.at()].blackouts;
    std::vector<Interval<Day>> kept;
    for (std::uint32_t i = 0; i < range.size; ++i)
        if (static_cast<std::int32_t>(i) != r.part) {
            kept.push_back(scenario.blackouts[range.begin + i]);
        } else {
            // An empty one keeps the numbers of the others.
            const Day from = scenario.blackouts[range.begin + i].from;
            kept.push_back({from, from});
        }
    range.begin = static_cast<std::uint32_t>(scenario.blackouts.size());
    scenario.blackouts.insert(scenario.blackouts.end(), kept.begin(), kept.end());
}

std::string_view word(Continuity continuity) {
    switch (continuity) {
        case Continuity::strict:
            return "strict";
        case Continuity::grace:
            return "grace";
        case Continuity::soft:
            break;
    }
    return "soft";
}

Continuity softer(Continuity continuity, std::int64_t steps) {
    return static_cast<Continuity>(std::min<std::int64_t>(static_cast<std::int64_t>(continuity) + steps, 2));
}

std::string days_text(std::int64_t days) { return fmt::format("{} {}", days, days == 1 ? "day" : "days"); }

std::string offers_text(const Scenario& scenario, const Subscription& s) {
    std::string text;
    for (const OfferIndex target : scenario.allowed_targets(s))
        text += (text.empty() ? "" : ", ") + scenario.at(target).id;
    return text;
}

}  // namespace

std::string_view relaxable_name(Relaxable what) { return kNames[static_cast<std::size_t>(what)].name; }
std::string_view relaxable_unit(Relaxable what) { return kNames[static_cast<std::size_t>(what)].unit; }

bool is_shared(Relaxable what) {
    return what == Relaxable::capacity || what == Relaxable::budget || what == Relaxable::blackout ||
           what == Relaxable::acceptance || what == Relaxable::provision_days ||
           what == Relaxable::seats_per_day || what == Relaxable::continuity;
}

std::vector<Relaxation> relaxations_of(const Scenario& scenario, SubscriptionIndex index) {
    const Subscription& s = scenario.at(index);
    const Customer& customer = scenario.at(s.customer);
    const Programme& programme = scenario.programme_of(s.offer);
    std::vector<Relaxation> found;
    const auto add = [&](Relaxable what, std::int64_t by, std::int32_t part = 0) {
        if (by <= 0) return;
        Relaxation r;
        r.what = what;
        r.by = by;
        r.customer = s.customer;
        r.subscription = index;
        r.part = part;
        found.push_back(r);
    };
    if (!s.move_by.none()) add(Relaxable::move_by, scenario.h1() - s.move_by);
    if (!s.move_from.none()) add(Relaxable::move_from, s.move_from - scenario.h0());
    for (std::uint32_t i = 0; i < customer.blackouts.size; ++i) {
        const Interval<Day>& days = scenario.blackouts[customer.blackouts.begin + i];
        if (days.from < scenario.h1() && days.to > scenario.h0())
            add(Relaxable::blackout, 1, static_cast<std::int32_t>(i));
    }
    if (customer.relationship == Relationship::pending) add(Relaxable::acceptance, customer.plan_days);
    add(Relaxable::provision_days, scenario.provision_days);
    if (const std::int32_t a_day = scenario.effort.reassign.seats_per_day; a_day > 0)
        add(Relaxable::seats_per_day, std::int64_t{most_seats(scenario, s)} - a_day);
    add(Relaxable::max_seats, std::int64_t{most_seats(scenario, s)} - seats_allowed(scenario, s));
    if (s.auto_renew) {
        add(Relaxable::auto_renew, 1);
        add(Relaxable::notice, programme.renewal_notice_days);
    }
    if (programme.cancellation.allowed != CancellationAllowed::always) add(Relaxable::cancellation, 1);
    if (!is_sold_throughout(scenario, scenario.at(s.offer))) add(Relaxable::renewal, 1);
    const auto is_sold = [&](OfferIndex t) { return is_sold_throughout(scenario, scenario.at(t)); };
    if (!std::ranges::all_of(scenario.allowed_targets(s), is_sold)) add(Relaxable::price, 1);
    add(Relaxable::continuity, 2 - static_cast<std::int64_t>(scenario.continuity));
    if (scenario.has_to_move(s)) add(Relaxable::must_move, 1);
    if (!s.parent.none()) add(Relaxable::parent, 1);
    return found;
}

void relax(Scenario& scenario, const Relaxation& r) {
    const auto by = static_cast<std::int32_t>(r.by);
    const auto subscription = [&]() -> Subscription& { return scenario.subscriptions[r.subscription.at()]; };
    const auto programme = [&](OfferIndex offer) -> Programme& {
        return scenario.programmes[scenario.at(offer).programme.at()];
    };
    switch (r.what) {
        case Relaxable::capacity:
            return add_capacity(scenario, r);
        case Relaxable::budget:
            scenario.budgets[static_cast<std::size_t>(r.part)].max += Money(r.by);
            return;
        case Relaxable::move_by:
            subscription().move_by = subscription().move_by + by;
            return;
        case Relaxable::move_from:
            subscription().move_from = subscription().move_from - by;
            return;
        case Relaxable::blackout:
            return drop_blackout(scenario, r);
        case Relaxable::acceptance:
            scenario.customers[r.customer.at()].plan_days -= by;
            return;
        case Relaxable::provision_days:
            scenario.provision_days -= by;
            return;
        case Relaxable::seats_per_day:
            scenario.effort.reassign.seats_per_day += by;
            return;
        case Relaxable::max_seats: {
            const std::int32_t enough = seats_allowed(scenario, subscription()) + by;
            for (const OfferIndex target : scenario.allowed_targets(subscription())) {
                std::int32_t& most = scenario.offers[target.at()].max_seats;
                most = std::max(most, enough);
            }
            return;
        }
        case Relaxable::auto_renew:
            subscription().auto_renew = false;
            return;
        case Relaxable::notice:
            programme(subscription().offer).renewal_notice_days -= by;
            return;
        case Relaxable::cancellation:
            programme(subscription().offer).cancellation.allowed = CancellationAllowed::always;
            return;
        case Relaxable::renewal:
            programme(subscription().offer).renewals_until = kAfterAllDays;
            sell_throughout(scenario.offers[subscription().offer.at()]);
            return;
        case Relaxable::price:
            for (const OfferIndex target : scenario.allowed_targets(subscription())) {
                programme(target).renewals_until = kAfterAllDays;
                sell_throughout(scenario.offers[target.at()]);
            }
            return;
        case Relaxable::continuity:
            scenario.continuity = softer(scenario.continuity, r.by);
            return;
        case Relaxable::must_move:
            subscription().must_move = false;
            return;
        case Relaxable::parent:
            subscription().parent = {};
            for (const OfferIndex target : scenario.allowed_targets(subscription()))
                scenario.offers[target.at()].requires_any.clear();
            return;
    }
}

std::string rule_text(const Scenario& scenario, const Relaxation& r) {
    const auto sub = [&]() -> const Subscription& { return scenario.at(r.subscription); };
    const auto old = [&]() -> const Programme& { return scenario.programme_of(sub().offer); };
    switch (r.what) {
        case Relaxable::capacity:
            return TeamLoad(scenario).bucket_name(r.team, TeamLoad(scenario).bucket_of(r.team, r.on));
        case Relaxable::budget: {
            const Interval<Day> days = scenario.budgets[static_cast<std::size_t>(r.part)].days;
            return fmt::format("budget {}/{}", to_text(days.from), to_text(days.to));
        }
        case Relaxable::move_by:
            return fmt::format("move_by {}", to_text(sub().move_by));
        case Relaxable::move_from:
            return fmt::format("move_from {}", to_text(sub().move_from));
        case Relaxable::blackout: {
            const auto first = scenario.at(r.customer).blackouts.begin;
            const Interval<Day> days = scenario.blackouts[first + static_cast<std::uint32_t>(r.part)];
            return fmt::format("blackout {}/{}", to_text(days.from), to_text(days.to));
        }
        case Relaxable::acceptance:
            return fmt::format("acceptance takes {}", days_text(scenario.at(r.customer).plan_days));
        case Relaxable::provision_days:
            return fmt::format("provisioning takes {}", days_text(scenario.provision_days));
        case Relaxable::seats_per_day:
            return fmt::format("{} seats are reassigned a day", scenario.effort.reassign.seats_per_day);
        case Relaxable::max_seats:
            return fmt::format("max_seats of {}", offers_text(scenario, sub()));
        case Relaxable::auto_renew:
            return "auto_renew has to be switched off first";
        case Relaxable::notice:
            return fmt::format("{} needs {} of notice", old().id, days_text(old().renewal_notice_days));
        case Relaxable::cancellation:
            return old().cancellation.allowed == CancellationAllowed::never
                       ? fmt::format("{} cannot be cancelled", old().id)
                       : fmt::format("{} can only be cancelled early in its term", old().id);
        case Relaxable::renewal:
            return old().renewals_until < scenario.h1()
                       ? fmt::format("no renewals in {} after {}", old().id, to_text(old().renewals_until))
                       : fmt::format("{} has no price for some renewals", scenario.at(sub().offer).id);
        case Relaxable::price:
            return fmt::format("{} not sold throughout", offers_text(scenario, sub()));
        case Relaxable::continuity:
            return fmt::format("continuity {}", word(scenario.continuity));
        case Relaxable::must_move:
            return "it has to move";
        case Relaxable::parent:
            return fmt::format("it goes with {}", scenario.id(sub().parent));
    }
    return {};
}

std::string remedy_text(const Scenario& scenario, const Relaxation& r) {
    const auto sub = [&]() -> const Subscription& { return scenario.at(r.subscription); };
    const auto sub_id = [&] { return scenario.id(r.subscription); };
    const auto old = [&]() -> const Programme& { return scenario.programme_of(sub().offer); };
    switch (r.what) {
        case Relaxable::capacity:
            return fmt::format("{} more {} in {}", r.by, r.by == 1 ? "minute" : "minutes",
                               rule_text(scenario, r));
        case Relaxable::budget:
            return fmt::format("{} more in {}", to_decimal_text(Money(r.by), scenario.minor_digits),
                               rule_text(scenario, r));
        case Relaxable::move_by:
            return fmt::format("move_by of {} {} later, {}", sub_id(), days_text(r.by),
                               to_text(sub().move_by + static_cast<std::int32_t>(r.by)));
        case Relaxable::move_from:
            return fmt::format("move_from of {} {} earlier, {}", sub_id(), days_text(r.by),
                               to_text(sub().move_from - static_cast<std::int32_t>(r.by)));
        case Relaxable::blackout:
            return fmt::format("no {} of {}", rule_text(scenario, r), scenario.id(r.customer));
        case Relaxable::acceptance:
            return fmt::format("acceptance by {} within {} instead of {} days", scenario.id(r.customer),
                               scenario.at(r.customer).plan_days - r.by, scenario.at(r.customer).plan_days);
        case Relaxable::provision_days:
            return fmt::format("provisioning within {} instead of {} days", scenario.provision_days - r.by,
                               scenario.provision_days);
        case Relaxable::seats_per_day:
            return fmt::format("{} instead of {} seats reassigned a day",
                               scenario.effort.reassign.seats_per_day + r.by,
                               scenario.effort.reassign.seats_per_day);
        case Relaxable::max_seats:
            return fmt::format("max_seats of {} at least {}", offers_text(scenario, sub()),
                               seats_allowed(scenario, sub()) + r.by);
        case Relaxable::auto_renew:
            return fmt::format("auto_renew of {} switched off before the horizon", sub_id());
        case Relaxable::notice:
            return fmt::format("{} instead of {} days of notice in {}", old().renewal_notice_days - r.by,
                               old().renewal_notice_days, old().id);
        case Relaxable::cancellation:
            return fmt::format("cancellation at any time in {}", old().id);
        case Relaxable::renewal:
            return fmt::format("renewals of {} throughout the horizon", scenario.at(sub().offer).id);
        case Relaxable::price:
            return fmt::format("prices and renewals of {} throughout the horizon",
                               offers_text(scenario, sub()));
        case Relaxable::continuity:
            return fmt::format("continuity {} instead of {}", word(softer(scenario.continuity, r.by)),
                               word(scenario.continuity));
        case Relaxable::must_move:
            return fmt::format("{} may stay", sub_id());
        case Relaxable::parent:
            return fmt::format("{} without {}", sub_id(), scenario.id(sub().parent));
    }
    return {};
}

}  // namespace termwise
