// What shared limits cost at the margin: the prices of the planner's bound (M6.2), in money.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "options/limits.h"
#include "plan/plan.h"
#include "planning/prices.h"

namespace termwise {

/// A limit with a price.
struct LimitPrice {
    LimitIndex limit;
    bool is_budget = false;
    std::int64_t used = 0;  ///< by the plan, seconds or minor units
    std::int64_t room = 0;
    Scaled price = 0;  ///< of a second, or of a minor unit
};

struct MarginalCosts {
    bool has_limits = false;
    bool possible = true;  ///< false: some customer has no choice at all, so nothing has a price
    Money bound;           ///< no plan of M6.1 costs less, at the limits as they are
    int shift = 0;         ///< prices are in parts of a minor unit, 2^shift of them
    int steps = 0;
    std::vector<LimitPrice> limits;  ///< of prices above zero; ascending by limit

    /// The price of an hour of a team, or of a hundred whole units of a budget's money, rounded.
    [[nodiscard]] Money rate(const LimitPrice& limit, const Scenario& scenario) const;
    /// The price of `amount` of it.
    [[nodiscard]] Money of(const LimitPrice& limit, std::int64_t amount) const;
    [[nodiscard]] const LimitPrice* find(LimitIndex limit) const;
};

/// Looks for the prices that make the bound high, with so many steps at most. By what an hour more can save:
/// a plan with `d` hours more of a limit costs no less than the bound less `d` times its rate, whatever it
/// is. `stop` is asked after every step. Runtime and memory: list_options(), then steps times every
/// customer's solver.
[[nodiscard]] MarginalCosts marginal_costs(const Scenario& scenario, const Plan& plan, int most_steps,
                                           int threads, const std::function<bool(int)>& stop);

}  // namespace termwise
