#include "planning/shortage_remedies.h"

#include <algorithm>

#include "calendar/iso_week.h"

namespace termwise {
namespace {

/// Subscriptions that are planned again to see whether something helps.
constexpr std::size_t kMostPlanned = 2'000;
/// Buckets for which more room is tried, and remedies of that kind that are enough.
constexpr std::size_t kMostBuckets = 12;
constexpr std::size_t kMostOfRoom = 3;
/// Customers that are left out one by one.
constexpr std::size_t kMostLeftOut = 8;

bool is_of_one_customer(Relaxable what) {
    return what == Relaxable::move_by || what == Relaxable::move_from || what == Relaxable::blackout ||
           what == Relaxable::acceptance || what == Relaxable::auto_renew || what == Relaxable::must_move;
}

/// The shortage in a part of the portfolio, with a change.
std::int64_t missing_in(Scenario part, const Shortage& shortage) {
    const LeastUse least(std::move(part));
    std::vector<Scaled> prices(least.limits().size(), 0);
    for (std::size_t i = 0; i < shortage.limits.size(); ++i)
        prices[shortage.limits[i].at()] = shortage.weights[i];
    bool possible = false;
    const ScaledSum excess = least.excess(prices, 1, possible);
    return possible ? static_cast<std::int64_t>(excess) : kNothing;
}

}  // namespace

Relaxation more_room(const Scenario& scenario, const Limit& limit, std::int64_t missing) {
    Relaxation change;
    if (limit.is_budget()) {
        change.what = Relaxable::budget;
        change.part = limit.budget;
        change.by = missing;
        return change;
    }
    change.what = Relaxable::capacity;
    change.team = limit.team;
    change.by = (missing + 59) / 60;
    const bool by_day = scenario.at(limit.team).capacity->per == CapacityPer::day;
    change.on = by_day ? Day(limit.bucket) : std::max(scenario.h0(), monday_of(limit.bucket));
    return change;
}

ShortageRemedies::ShortageRemedies(const Excerpts& excerpts,
                                   std::function<bool(const Scenario&)> plan_is_found,
                                   std::function<bool()> is_over)
    : excerpts_(excerpts), plan_is_found_(std::move(plan_is_found)), is_over_(std::move(is_over)) {}

ShortageRemedies::Part ShortageRemedies::part_of(std::vector<CustomerIndex> customers) const {
    std::ranges::sort(customers);
    Scenario scenario = excerpts_.of(customers);
    return {std::move(customers), std::move(scenario), {}};
}

/// `change` refers to things of the whole.
Scenario ShortageRemedies::changed(const Part& part, Relaxation change) const {
    if (!part.only.none()) {
        change.customer = CustomerIndex(0);
        change.subscription = SubscriptionIndex(0);
    } else if (!change.customer.none()) {
        const auto position =
            std::ranges::lower_bound(part.customers, change.customer) - part.customers.begin();
        const std::uint32_t first = excerpts_.whole().at(change.customer).subscriptions.begin;
        change.customer = CustomerIndex(static_cast<std::size_t>(position));
        change.subscription = SubscriptionIndex(change.subscription.at() - first +
                                                part.scenario.at(change.customer).subscriptions.begin);
    }
    Scenario scenario = part.scenario;
    relax(scenario, change);
    return scenario;
}

std::vector<Relaxation> ShortageRemedies::changes_of(const Part& part) const {
    std::vector<Relaxation> changes = all_relaxations(part.scenario);
    std::erase_if(changes, [](const Relaxation& r) { return r.what == Relaxable::parent; });
    for (Relaxation& change : changes) {
        if (!part.only.none()) {
            change.customer = part.customers[0];
            change.subscription = part.only;
            continue;
        }
        const std::uint32_t first = part.scenario.at(change.customer).subscriptions.begin;
        change.customer = part.customers[change.customer.at()];
        change.subscription = SubscriptionIndex(change.subscription.at() - first +
                                                excerpts_.whole().at(change.customer).subscriptions.begin);
    }
    return changes;
}

bool ShortageRemedies::try_to_plan(const Scenario& scenario) {
    if (!may_go_on()) return false;
    --trials_left_;
    return plan_is_found_(scenario);
}

/// The least change with which the proof is gone; if nothing is planned with it, more of it.
std::optional<Remedy> ShortageRemedies::least_remedy(const Part& part, const Relaxation& most,
                                                     const GoesAway& goes_away) {
    if (!may_go_on() || !goes_away(most)) return std::nullopt;
    const Relaxation least = least_that_helps(most, goes_away);
    if (try_to_plan(changed(part, least))) return Remedy{{least}, true, true};
    // Nothing is proven from here on: a few steps up, and a few back.
    Relaxation enough = least;
    std::int64_t too_little = least.by;
    do {
        if (enough.by >= most.by || !may_go_on()) return std::nullopt;
        too_little = enough.by;
        enough.by = std::min(most.by, 2 * enough.by);
    } while (!try_to_plan(changed(part, enough)));
    for (int i = 0; i < 4 && enough.by - too_little > 1; ++i) {
        Relaxation between = enough;
        between.by = too_little + (enough.by - too_little) / 2;
        (try_to_plan(changed(part, between)) ? enough.by : too_little) = between.by;
    }
    return Remedy{{enough}, true, false};
}

std::vector<Remedy> ShortageRemedies::of_crowded_out(const CrowdedOut& crowded) {
    // The subscription alone: whether its customer's others have a place is another matter.
    const Part alone{{excerpts_.whole().at(crowded.subscription).customer},
                     excerpts_.of(crowded.subscription),
                     crowded.subscription};
    const GoesAway goes_away = [&](const Relaxation& change) {
        return LeastUse(changed(alone, change)).crowded_out().empty();
    };
    std::vector<Relaxation> changes = changes_of(alone);
    if (crowded.only_one) {
        const Limits limits(excerpts_.whole());
        changes.insert(changes.begin(),
                       more_room(excerpts_.whole(), limits.at(crowded.limit), crowded.need - crowded.room));
    }
    std::vector<Remedy> remedies;
    for (const Relaxation& most : changes)
        if (auto remedy = least_remedy(alone, most, goes_away)) remedies.push_back(std::move(*remedy));
    return remedies;
}

std::vector<Remedy> ShortageRemedies::of_shortage(const Shortage& shortage) {
    const Scenario& whole = excerpts_.whole();
    const Limits limits(whole);
    const auto room_for = [&](std::size_t i) {
        const Limit& limit = limits.at(shortage.limits[i]);
        const std::int64_t weight = shortage.weights[i];
        return more_room(whole, limit, (shortage.missing() + weight - 1) / weight);
    };
    std::vector<Remedy> remedies;
    const Part part = part_of(shortage.customers);
    if (part.scenario.subscriptions.size() > kMostPlanned) {
        remedies.push_back({{room_for(shortage.limits.size() - 1)}, false, false});
        return remedies;
    }
    const auto anybody = [&](const Relaxation& change) {
        return missing_in(changed(part, change), shortage) <= 0;
    };
    const std::size_t size = shortage.limits.size();
    for (std::size_t i = size; i-- > 0 && size - i <= kMostBuckets && remedies.size() < kMostOfRoom;) {
        Relaxation most = room_for(i);
        const std::int64_t least = most.by;
        // Beyond what misses: all that anybody needs, in this one bucket.
        most.by = std::max(least, more_room(whole, limits.at(shortage.limits[i]), shortage.need).by);
        if (auto remedy = least_remedy(part, most, anybody)) remedies.push_back(std::move(*remedy));
    }
    for (const Relaxation& most : changes_of(part)) {
        if (!is_of_one_customer(most.what)) {
            if (auto remedy = least_remedy(part, most, anybody)) remedies.push_back(std::move(*remedy));
            continue;
        }
        // Only this customer's need changes.
        const auto found = std::ranges::find(shortage.customers, most.customer);
        const std::int64_t need =
            shortage.needs[static_cast<std::size_t>(found - shortage.customers.begin())];
        if (need < shortage.missing()) continue;
        const Part own = part_of({most.customer});
        const auto this_one = [&](const Relaxation& change) {
            const std::int64_t missing = missing_in(changed(own, change), shortage);
            return missing + shortage.room - need + shortage.missing() <= 0;
        };
        if (auto remedy = least_remedy(part, most, this_one)) remedies.push_back(std::move(*remedy));
    }
    return remedies;
}

bool ShortageRemedies::is_smallest(const Shortage& shortage) {
    if (shortage.enough == 1) return true;
    if (shortage.enough > kMostLeftOut) return false;
    for (std::size_t out = 0; out < shortage.enough; ++out) {
        std::vector<CustomerIndex> others;
        for (std::size_t i = 0; i < shortage.enough; ++i)
            if (i != out) others.push_back(shortage.customers[i]);
        const Part part = part_of(std::move(others));
        if (part.scenario.subscriptions.size() > kMostPlanned || !try_to_plan(part.scenario)) return false;
    }
    return true;
}

bool ShortageRemedies::is_planned_with(const std::vector<Relaxation>& changes) {
    if (excerpts_.whole().subscriptions.size() > kMostPlanned) return false;
    Scenario scenario = excerpts_.whole();
    for (const Relaxation& change : changes) relax(scenario, change);
    return try_to_plan(scenario);
}

}  // namespace termwise
