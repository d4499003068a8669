// The lower bound on every plan (M6.2): customers are independent but for the limits they share, so each
// limit gets a price, each customer takes what is cheapest at these prices, and what the room of all limits
// costs is given back. The sum is no more than the total of any feasible plan, whatever the prices are.
#pragma once

#include <cstdint>
#include <functional>
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
/// number.
[[nodiscard]] PricedPortfolio price_portfolio(const Options& options, const Prices& prices, int threads);

/// Prices that make the bound high.
struct BoundSearch {
    std::vector<Scaled> prices;  ///< the best found
    ScaledSum bound = 0;
    int steps = 0;
    bool possible = true;
    CustomerIndex impossible{};

    /// Prices at which customers do different things, with weights that sum to one: so mixed, what they do
    /// fits into the limits, nearly, once the search has come to rest.
    struct Mixed {
        double weight = 0;
        std::vector<Scaled> prices;
    };
    std::vector<Mixed> mix{};
};

/// Searches for prices, from those given, with a bundle (bundle.h); of many customers first with every 512th,
/// 64th or 8th of them. `target`, a total that is known or hoped for, sets the length of the first step. Ends
/// after `most_steps` steps with all customers, or when the bound cannot get much higher. Deterministic;
/// `stop` is asked after every step. Runtime: that of price_portfolio() each step.
[[nodiscard]] BoundSearch search_prices(const Options& options, std::vector<Scaled> prices,
                                        std::int64_t target, int most_steps, int threads,
                                        const std::function<bool(const BoundSearch&)>& stop);

/// What each customer does at the prices of one of the mix, drawn by their weights: nearly fits into the
/// limits; without a mix at the best prices. Runtime: that of price_portfolio().
[[nodiscard]] std::vector<CustomerChoice> mixed_choices(const Options& options, const BoundSearch& found,
                                                        int threads);

}  // namespace termwise
