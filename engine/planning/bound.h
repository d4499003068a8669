// The lower bound on every plan (M6.2): customers are independent but for the limits they share, so each
// limit gets a price, each customer takes what is cheapest at these prices, and what the room of all limits
// costs is given back. The sum is no more than the total of any feasible plan, whatever the prices are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "planning/choice.h"
#include "planning/prices.h"

namespace termwise {

/// What all customers would do at given prices.
struct PricedPortfolio {
    ScaledSum bound = 0;             ///< on the total of every feasible plan, in parts of a minor unit
    bool possible = true;            ///< false: a customer has no choice at all; see `impossible`
    CustomerIndex impossible;        ///< the first such customer
    std::vector<std::int64_t> used;  ///< of each limit
};

/// Runtime: that of every customer's solver, on `threads` threads; the result does not depend on their
/// number. `choices`, if given, gets what each customer would do.
[[nodiscard]] PricedPortfolio price_portfolio(const Options& options, const Prices& prices, int threads,
                                              std::vector<CustomerChoice>* choices = nullptr);

/// Prices that make the bound high.
struct BoundSearch {
    std::vector<Scaled> prices;  ///< the best found
    ScaledSum bound = 0;
    int steps = 0;
    bool possible = true;
    CustomerIndex impossible;
};

/// Searches for prices, from those given, by the volume algorithm (Barahona and Anbil, 2000): steps along the
/// mean excess of the uses, their length by the distance to `target`, a total that is known or hoped for.
/// Deterministic; `stop` is asked after every step.
template <class Stop>
BoundSearch search_prices(const Options& options, std::vector<Scaled> prices, std::int64_t target,
                          int most_steps, int threads, Stop&& stop);

namespace detail {
/// One search on its way; the loop is in search_prices().
class VolumeSteps {
  public:
    VolumeSteps(const Options& options, std::vector<Scaled> prices, std::int64_t target, int threads);
    /// Evaluates the next prices. False if the search has come to rest.
    bool step();
    [[nodiscard]] const BoundSearch& best() const { return best_; }

  private:
    const Options& options_;
    Prices prices_;
    const Scaled most_price_;
    const int threads_;
    const std::int64_t target_;
    BoundSearch best_;
    std::vector<double> mean_used_;
    double length_ = 0.5;
    int without_gain_ = 0;
};
}  // namespace detail

template <class Stop>
BoundSearch search_prices(const Options& options, std::vector<Scaled> prices, std::int64_t target,
                          int most_steps, int threads, Stop&& stop) {
    detail::VolumeSteps steps(options, std::move(prices), target, threads);
    for (int i = 0; i < most_steps; ++i)
        if (!steps.step() || stop(steps.best())) break;
    return steps.best();
}

}  // namespace termwise
