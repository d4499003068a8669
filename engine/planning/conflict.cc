#include "planning/conflict.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "money/decimal.h"
#include "plan/work.h"
#include "planning/shortage_remedies.h"
#include "planning/strategies.h"

namespace termwise {
namespace {

/// Subscriptions whose conflicts are worked out in full.
constexpr std::size_t kMostExplained = 50;
/// Runs of customers' solvers that a proof may take.
constexpr std::int64_t kMostSolves = 300'000;

std::int64_t whole_minutes(std::int64_t seconds) { return (seconds + 59) / 60; }

/// "2026-W12", "2026-W10 to 2026-W12".
std::string buckets_text(const Scenario& scenario, const Limits& limits, const Shortage& s) {
    const TeamLoad load(scenario);
    const auto text = [&](LimitIndex i) { return load.bucket_text(limits.at(i).team, limits.at(i).bucket); };
    if (s.limits.size() == 1) return fmt::format("in {}", text(s.limits[0]));
    return fmt::format("from {} to {}", text(s.limits.front()), text(s.limits.back()));
}

bool is_run_of_one_team(const Limits& limits, const Shortage& s) {
    const Limit& first = limits.at(s.limits.front());
    if (first.is_budget() || !s.is_plain()) return false;
    for (std::size_t i = 0; i < s.limits.size(); ++i) {
        const Limit& limit = limits.at(s.limits[i]);
        if (limit.team != first.team || limit.bucket != first.bucket + static_cast<std::int32_t>(i))
            return false;
    }
    return true;
}

std::string shortage_text(const Scenario& scenario, const Limits& limits, const Shortage& s) {
    const auto money = [&](std::int64_t minor) {
        return to_decimal_text(Money(minor), scenario.minor_digits);
    };
    if (is_run_of_one_team(limits, s)) {
        const std::int64_t room = s.room / 60;
        const std::int64_t need = whole_minutes(s.need);
        return fmt::format("{} has {} minutes {}, and at least {} are needed: {} short",
                           scenario.at(limits.at(s.limits.front()).team).id, room,
                           buckets_text(scenario, limits, s), need, need - room);
    }
    if (s.limits.size() == 1)
        return fmt::format("{} allows {}, and at least {} comes due: {} short",
                           limits.name(scenario, s.limits[0]), money(s.room), money(s.need),
                           money(s.missing()));
    std::vector<std::string> names;
    for (const LimitIndex limit : s.limits) names.push_back(limits.name(scenario, limit));
    const auto is_budget = [&](LimitIndex i) { return limits.at(i).is_budget(); };
    if (s.is_plain() && std::ranges::none_of(s.limits, is_budget))
        return fmt::format("{} have {} minutes together, and at least {} are needed: {} short",
                           fmt::join(names, ", "), s.room / 60, whole_minutes(s.need),
                           whole_minutes(s.need) - s.room / 60);
    return fmt::format("{} cannot hold together what has to go into them, however it is divided",
                       fmt::join(names, ", "));
}

std::string packing_text(const Scenario& scenario, const Limits& limits, const Shortage& s) {
    if (!s.limits.empty() && is_run_of_one_team(limits, s))
        return fmt::format(
            "{} has {} minutes {}, and what has to be done cannot be divided so that all of it fits",
            scenario.at(limits.at(s.limits.front()).team).id, s.room / 60, buckets_text(scenario, limits, s));
    std::vector<std::string> names;
    for (const LimitIndex limit : s.limits) names.push_back(limits.name(scenario, limit));
    return fmt::format("what has to be done cannot be divided over {} so that all of it fits",
                       fmt::join(names, ", "));
}

void sort_remedies(std::vector<Remedy>& remedies) {
    std::ranges::stable_sort(remedies, [](const Remedy& a, const Remedy& b) {
        if (a.changes.size() != b.changes.size()) return a.changes.size() < b.changes.size();
        const Relaxation& first = a.changes.front();
        const Relaxation& second = b.changes.front();
        return first.what != second.what ? first.what < second.what : first.by < second.by;
    });
}

void take(Conflict& conflict, RuleConflict found) {
    conflict.rules = std::move(found.rules);
    conflict.remedies = std::move(found.remedies);
    sort_remedies(conflict.remedies);
}

/// The words of the strategies for what stands in the way of each subscription, whatever the others do.
std::vector<NotPlaced> obstacles(const Scenario& scenario) {
    std::vector<NotPlaced> all;
    for (const Strategy strategy : {Strategy::wait, Strategy::cancel_now}) {
        const std::vector<NotPlaced> found = plan_by(scenario, strategy).not_placed;
        all.insert(all.end(), found.begin(), found.end());
    }
    std::ranges::stable_sort(all, {}, &NotPlaced::subscription);
    return all;
}

/// The conflict of a subscription whose work fits into no day.
Conflict too_big(const Scenario& scenario, const LeastUse& least, const CrowdedOut& crowded) {
    Conflict conflict;
    conflict.kind = ConflictKind::too_big;
    conflict.subscription = crowded.subscription;
    conflict.customer = scenario.at(crowded.subscription).customer;
    conflict.shortage.limits = {crowded.limit};
    conflict.shortage.weights = {1};
    conflict.shortage.room = crowded.room;
    conflict.shortage.need = crowded.need;
    conflict.shortage.customers = {conflict.customer};
    conflict.shortage.needs = {crowded.need};
    conflict.shortage.enough = 1;
    conflict.smallest = true;
    conflict.reason = "no day has room for its work, even if the team had nothing else to do; closest: " +
                      shortage_text(scenario, least.limits(), conflict.shortage);
    return conflict;
}

/// The customers that do not fit in together; proven.
Conflict packing_conflict(const Scenario& scenario, Packing& packing) {
    const Limits limits(scenario);
    Conflict conflict;
    conflict.kind = ConflictKind::packing;
    const std::vector<std::size_t> customers = packing.smallest_that_does_not();
    std::vector<bool> out(scenario.customers.size(), true);
    for (const std::size_t c : customers) out[c] = false;
    conflict.smallest = std::ranges::all_of(customers, [&](std::size_t c) {
        out[c] = true;
        const bool fits = packing.fit(out) == Fit::fits;
        out[c] = false;
        return fits;
    });
    Shortage& shortage = conflict.shortage;
    shortage.limits = packing.scarce(customers);
    shortage.weights.assign(shortage.limits.size(), 1);
    for (const LimitIndex limit : shortage.limits) shortage.room += limits.at(limit).room;
    std::vector<std::pair<std::int64_t, CustomerIndex>> needs;
    for (const std::size_t c : customers)
        needs.emplace_back(packing.least_use(c, shortage.limits), CustomerIndex(c));
    std::ranges::stable_sort(needs, [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [need, customer] : needs) {
        shortage.need += need;
        shortage.needs.push_back(need);
        shortage.customers.push_back(customer);
    }
    shortage.enough = customers.size();
    if (customers.size() == 1) conflict.customer = shortage.customers[0];
    conflict.reason = packing_text(scenario, limits, shortage);
    return conflict;
}

/// What the customers without a place come closest to, one after the other, the room of each being overdrawn.
class ClosestPlaces {
  public:
    ClosestPlaces(const Scenario& scenario, std::span<const std::int64_t> left)
        : scenario_(scenario), limits_(scenario), left_(left.begin(), left.end()) {}

    Conflict of(const Excerpts& excerpts, CustomerIndex customer) {
        const Scenario part = excerpts.of(customer);
        const Options options = list_options(part, limits_);
        Prices prices(options);
        std::vector<Scaled> by_limit(left_.size(), 1);
        CustomerSolver solver(options);
        CustomerChoice choice;
        std::vector<Use> uses, closest;
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        // Full buckets are dear, the fuller the dearer; more or less so, and the closest is taken.
        for (const Scaled steep : {Scaled{1}, Scaled{64}, Scaled{4096}}) {
            for (std::size_t i = 0; i < left_.size(); ++i) {
                const std::int64_t room = std::max<std::int64_t>(limits_.all()[i].room, 1);
                const std::int64_t taken = std::clamp<std::int64_t>(room - left_[i], 0, 2 * room);
                by_limit[i] = 1 + static_cast<Scaled>(Wide{taken} * 1024 * steep / room);
            }
            prices.set(by_limit);
            if (!solver.solve(options.customers[0], prices, choice).found()) break;
            list_uses(options, options.customers[0], choice, uses);
            const std::int64_t over = overdrawn(uses);
            if (over >= least) continue;
            least = over;
            closest = uses;
        }
        return conflict(customer, closest);
    }

  private:
    [[nodiscard]] std::int64_t over(const Use& use) const {
        const std::int64_t left = std::max<std::int64_t>(left_[use.limit.at()], 0);
        return use.amount > 0 ? std::max<std::int64_t>(use.amount - left, 0) : 0;
    }
    [[nodiscard]] std::int64_t overdrawn(std::span<const Use> uses) const {
        std::int64_t sum = 0;
        for (const Use& use : uses) sum += over(use);
        return sum;
    }

    Conflict conflict(CustomerIndex customer, std::span<const Use> uses) {
        Conflict conflict;
        conflict.kind = ConflictKind::no_place;
        conflict.proven = false;
        conflict.customer = customer;
        conflict.reason = "no place was found for it beside the others";
        Remedy remedy;
        std::string sep = "; closest: ";
        for (const Use& use : uses) {
            const std::int64_t missing = over(use);
            left_[use.limit.at()] -= use.amount;
            if (missing == 0) continue;
            conflict.shortage.limits.push_back(use.limit);
            conflict.shortage.weights.push_back(1);
            conflict.shortage.need += use.amount;
            conflict.shortage.room += use.amount - missing;
            conflict.reason += sep + closest_text(use, missing);
            sep = ", ";
            remedy.changes.push_back(more_room(scenario_, limits_.at(use.limit), missing));
        }
        conflict.shortage.customers = {customer};
        if (!remedy.changes.empty()) conflict.remedies.push_back(std::move(remedy));
        return conflict;
    }

    [[nodiscard]] std::string closest_text(const Use& use, std::int64_t missing) const {
        const std::string name = limits_.name(scenario_, use.limit);
        if (limits_.at(use.limit).is_budget()) {
            const auto money = [&](std::int64_t minor) {
                return to_decimal_text(Money(minor), scenario_.minor_digits);
            };
            return fmt::format("{} has {} left and it needs {}", name, money(use.amount - missing),
                               money(use.amount));
        }
        return fmt::format("{} has {} minutes left and it needs {}", name, (use.amount - missing) / 60,
                           whole_minutes(use.amount));
    }

    const Scenario& scenario_;
    const Limits limits_;
    std::vector<std::int64_t> left_;
};

}  // namespace

std::string_view conflict_kind_name(ConflictKind kind) {
    switch (kind) {
        case ConflictKind::rules:
            return "rules";
        case ConflictKind::family:
            return "family";
        case ConflictKind::too_big:
            return "too-big";
        case ConflictKind::shortage:
            return "shortage";
        case ConflictKind::packing:
            return "packing";
        case ConflictKind::fixed:
            return "fixed";
        case ConflictKind::no_place:
            break;
    }
    return "no-place";
}

std::string remedy_text(const Scenario& scenario, const Remedy& remedy) {
    std::string text;
    for (const Relaxation& change : remedy.changes)
        text += (text.empty() ? "" : " and ") + remedy_text(scenario, change);
    return text;
}

std::vector<Conflict> conflicts_of(const Scenario& scenario, std::span<const SubscriptionIndex> subscriptions,
                                   const ConflictSearch& search) {
    const std::vector<NotPlaced> in_the_way = obstacles(scenario);
    const Excerpts excerpts(scenario);
    std::vector<Conflict> conflicts;
    for (const SubscriptionIndex s : subscriptions) {
        Conflict conflict;
        conflict.customer = scenario.at(s).customer;
        conflict.subscription = s;
        const auto obstacle = std::ranges::lower_bound(in_the_way, s, {}, &NotPlaced::subscription);
        const bool known = obstacle != in_the_way.end() && obstacle->subscription == s;
        conflict.reason = "it may not stay, and cannot move: " +
                          (known ? obstacle_text(scenario, *obstacle)
                                 : std::string("no target, term and day keeps every rule"));
        if (conflicts.size() < kMostExplained && !search.is_over())
            take(conflict, rules_against(excerpts, s));
        conflicts.push_back(std::move(conflict));
    }
    return conflicts;
}

Conflict conflict_of(const Scenario& scenario, CustomerIndex customer, const ConflictSearch& search) {
    const Excerpts excerpts(scenario);
    Conflict conflict;
    conflict.kind = ConflictKind::family;
    conflict.customer = customer;
    conflict.proven = has_choice(excerpts.of(customer)) == false;
    conflict.reason = "its subscriptions can each move, but not so that add-ons go with their bases";
    if (!search.is_over()) take(conflict, rules_against(excerpts, customer));
    return conflict;
}

std::vector<Conflict> conflicts_about_limits(const Scenario& scenario,
                                             std::span<const CustomerIndex> unplaced,
                                             std::span<const std::int64_t> left,
                                             const ConflictSearch& search) {
    const Excerpts excerpts(scenario);
    ShortageRemedies remedies(excerpts, search.plan_is_found, search.is_over);
    std::vector<Conflict> conflicts;
    if (!search.is_over()) {
        const LeastUse least(scenario);
        for (const CrowdedOut& crowded : least.crowded_out()) {
            Conflict conflict = too_big(scenario, least, crowded);
            if (conflicts.size() < kMostExplained) conflict.remedies = remedies.of_crowded_out(crowded);
            conflicts.push_back(std::move(conflict));
        }
        if (!conflicts.empty()) return conflicts;
        for (Shortage& shortage : find_shortages(least, kMostSolves, search.threads, search.is_over)) {
            Conflict conflict;
            conflict.kind = ConflictKind::shortage;
            conflict.reason = shortage_text(scenario, least.limits(), shortage);
            if (shortage.customers.size() == 1) conflict.customer = shortage.customers[0];
            conflict.remedies = remedies.of_shortage(shortage);
            conflict.smallest = remedies.is_smallest(shortage);
            sort_remedies(conflict.remedies);
            conflict.shortage = std::move(shortage);
            conflicts.push_back(std::move(conflict));
        }
    }
    if (!conflicts.empty() || left.empty()) return conflicts;
    ClosestPlaces places(scenario, left);
    for (const CustomerIndex customer : unplaced) conflicts.push_back(places.of(excerpts, customer));
    std::vector<Relaxation> together;
    for (const Conflict& conflict : conflicts)
        for (const Remedy& remedy : conflict.remedies)
            together.insert(together.end(), remedy.changes.begin(), remedy.changes.end());
    if (!together.empty() && remedies.is_planned_with(together))
        for (Conflict& conflict : conflicts)
            for (Remedy& remedy : conflict.remedies) remedy.planned = true;
    if (search.packing == nullptr) return conflicts;
    Conflict packing = packing_conflict(scenario, *search.packing);
    // What would make room for those without a place is what would help; it counts together.
    const bool planned = !conflicts.empty() && std::ranges::all_of(conflicts, [](const Conflict& conflict) {
        return !conflict.remedies.empty() && conflict.remedies[0].planned;
    });
    if (!together.empty()) packing.remedies.push_back({std::move(together), planned, false});
    return {std::move(packing)};
}

}  // namespace termwise
