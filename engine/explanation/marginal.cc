#include "explanation/marginal.h"

#include <algorithm>

#include "explanation/customer_case.h"
#include "planning/bound.h"
#include "scoring/score.h"

namespace termwise {

Money MarginalCosts::of(const LimitPrice& limit, std::int64_t amount) const {
    return Money(rounded_quotient(Wide{limit.price} * amount, std::int64_t{1} << shift));
}

Money MarginalCosts::rate(const LimitPrice& limit, const Scenario& scenario) const {
    std::int64_t hundred = 100;
    for (int i = 0; i < scenario.minor_digits; ++i) hundred *= 10;
    return of(limit, limit.is_budget ? hundred : 3600);
}

const LimitPrice* MarginalCosts::find(LimitIndex limit) const {
    const auto found = std::ranges::lower_bound(limits, limit, {}, &LimitPrice::limit);
    return found != limits.end() && found->limit == limit ? &*found : nullptr;
}

MarginalCosts marginal_costs(const Scenario& scenario, const Plan& plan, int most_steps, int threads,
                             const std::function<bool(int)>& stop) {
    const Limits limits(scenario);
    MarginalCosts costs;
    costs.has_limits = limits.size() > 0;
    if (!costs.has_limits) return costs;
    // As the planner does: in large portfolios days that save less than a minor unit are left out.
    const Options options = list_options(scenario, limits, scenario.subscriptions.size() > 100 ? 1 : 0);
    costs.shift = scale_shift(options);
    if (options.floor() == kNoOption) {
        costs.possible = false;
        return costs;
    }
    const std::int64_t target = score(scenario, plan, Detail::totals).total().minor;
    const BoundSearch found =
        search_prices(options, std::vector<Scaled>(limits.size(), 0), target, most_steps, threads,
                      [&](const BoundSearch& best) { return stop && stop(best.steps); });
    costs.possible = found.possible;
    costs.steps = found.steps;
    if (!found.possible) return costs;
    costs.bound = Money(rounded_up(found.bound, costs.shift) - options.slack);
    const std::vector<std::int64_t> used = used_by(scenario, limits, plan);
    for (std::size_t i = 0; i < limits.size(); ++i)
        if (found.prices[i] > 0)
            costs.limits.push_back({LimitIndex(i), limits.at(LimitIndex(i)).is_budget(), used[i],
                                    limits.at(LimitIndex(i)).room, found.prices[i]});
    return costs;
}

}  // namespace termwise
