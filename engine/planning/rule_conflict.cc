#include "planning/rule_conflict.h"

#include <algorithm>

#include "planning/customer_solver.h"

namespace termwise {
namespace {

using Helps = std::function<bool(const Scenario&)>;

/// Whether giving way in one means giving way in the other.
bool is_same_thing(const Scenario& scenario, const Relaxation& a, const Relaxation& b) {
    if (a.what != b.what) return false;
    const Subscription& of_a = scenario.at(a.subscription);
    const Subscription& of_b = scenario.at(b.subscription);
    switch (a.what) {
        case Relaxable::blackout:
            return a.customer == b.customer && a.part == b.part;
        case Relaxable::acceptance:
            return a.customer == b.customer;
        case Relaxable::provision_days:
        case Relaxable::seats_per_day:
        case Relaxable::continuity:
            return true;
        case Relaxable::notice:
        case Relaxable::cancellation:
            return scenario.at(of_a.offer).programme == scenario.at(of_b.offer).programme;
        case Relaxable::renewal:
            return of_a.offer == of_b.offer;
        case Relaxable::max_seats:
        case Relaxable::price:
            return scenario.allowed_targets(of_a) == scenario.allowed_targets(of_b);
        default:
            return a.subscription == b.subscription;
    }
}

/// Looks for the smallest sets by leaving out one thing after the other.
class RuleSearch {
  public:
    RuleSearch(const Scenario& part, const Helps& has_way)
        : part_(part), has_way_(has_way), all_(all_relaxations(part)) {}

    RuleConflict run() {
        RuleConflict found;
        if (!has_way_with(all_)) return found;
        // From the back: what is named last is blamed last.
        std::vector<Relaxation> relaxed;
        std::vector<Relaxation> open = all_;
        while (!open.empty()) {
            const Relaxation rule = open.back();
            open.pop_back();
            std::vector<Relaxation> without = relaxed;
            without.push_back(rule);
            if (has_way_with(without))
                found.rules.push_back(rule);
            else
                relaxed = std::move(without);
        }
        std::ranges::reverse(found.rules);
        for (const Relaxation& change : all_)
            if (has_way_with({change})) found.remedies.push_back(least({change}));
        if (found.remedies.empty()) found.remedies.push_back(several());
        return found;
    }

  private:
    [[nodiscard]] bool has_way_with(const std::vector<Relaxation>& changes) const {
        Scenario changed = part_;
        for (const Relaxation& change : changes) relax(changed, change);
        return has_way_(changed);
    }

    /// Each change, one after the other, made as small as can be.
    [[nodiscard]] Remedy least(std::vector<Relaxation> changes) const {
        for (Relaxation& change : changes) {
            const Relaxation most = change;
            change = least_that_helps(most, [&](const Relaxation& tried) {
                change = tried;
                return has_way_with(changes);
            });
        }
        return {std::move(changes), true, true};
    }

    /// What is named last is asked for last.
    [[nodiscard]] Remedy several() const {
        std::vector<Relaxation> changes = all_;
        for (std::size_t i = changes.size(); i-- > 0;) {
            std::vector<Relaxation> fewer = changes;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            if (has_way_with(fewer)) changes = std::move(fewer);
        }
        return least(std::move(changes));
    }

    const Scenario& part_;
    const Helps& has_way_;
    const std::vector<Relaxation> all_;
};

void drop_limits(Scenario& scenario) {
    for (Team& team : scenario.teams) team.capacity.reset();
    scenario.budgets.clear();
}

bool has_option(const Scenario& scenario) {
    const Limits limits(scenario);
    return list_options(scenario, limits).floor() != kNoOption;
}

/// Relaxations refer to things of the part; the caller's to those of the whole.
void refer(RuleConflict& found, CustomerIndex customer, std::size_t first_subscription) {
    const auto rename = [&](Relaxation& r) {
        r.customer = customer;
        r.subscription = SubscriptionIndex(r.subscription.at() + first_subscription);
    };
    std::ranges::for_each(found.rules, rename);
    for (Remedy& remedy : found.remedies) std::ranges::for_each(remedy.changes, rename);
}

}  // namespace

std::optional<bool> has_choice(Scenario scenario) {
    drop_limits(scenario);
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices free(options);
    CustomerSolver solver(options);
    CustomerChoice choice;
    bool all = true;
    for (const CustomerOptions& customer : options.customers) {
        const CustomerSolver::Answer answer = solver.solve(customer, free, choice);
        if (!answer.found() && answer.bound >= kNothing) return false;
        all = all && answer.found();
    }
    return all ? std::optional(true) : std::nullopt;
}

Relaxation least_that_helps(Relaxation change, const std::function<bool(const Relaxation&)>& helps) {
    std::int64_t too_little = 0;
    std::int64_t enough = change.by;
    while (enough - too_little > 1) {
        change.by = too_little + (enough - too_little) / 2;
        (helps(change) ? enough : too_little) = change.by;
    }
    change.by = enough;
    return change;
}

std::vector<Relaxation> all_relaxations(const Scenario& scenario) {
    std::vector<Relaxation> found;
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i)
        for (const Relaxation& r : relaxations_of(scenario, SubscriptionIndex(i))) {
            const auto same = std::ranges::find_if(
                found, [&](const Relaxation& f) { return is_same_thing(scenario, f, r); });
            if (same == found.end())
                found.push_back(r);
            else
                same->by = std::max(same->by, r.by);
        }
    std::ranges::stable_sort(found, {}, &Relaxation::what);
    return found;
}

RuleConflict rules_against(const Excerpts& excerpts, SubscriptionIndex subscription) {
    Scenario part = excerpts.of(subscription);
    drop_limits(part);
    const Helps helps = has_option;
    RuleConflict found = RuleSearch(part, helps).run();
    refer(found, excerpts.whole().at(subscription).customer, subscription.at());
    return found;
}

RuleConflict rules_against(const Excerpts& excerpts, CustomerIndex customer) {
    const Scenario part = excerpts.of(customer);
    const Helps helps = [](const Scenario& changed) { return has_choice(changed).value_or(false); };
    RuleConflict found = RuleSearch(part, helps).run();
    refer(found, customer, excerpts.whole().at(customer).subscriptions.begin);
    return found;
}

}  // namespace termwise
