// The cheapest plan of a pool, with proof: cuts first, then cases (a customer uses so much of a limit, or
// not), the most promising next, until none is left that could hold anything cheaper.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "planning/pool_bound.h"

namespace termwise {

struct Branching {
    ScaledSum bound = 0;     ///< on every plan of the pool, at most (upper - 1 minor unit, rounded up)
    bool exhausted = false;  ///< nothing in the pool is cheaper than `upper`
    std::int64_t upper = 0;  ///< minor units: of `columns`, or what was known before
    std::vector<std::uint32_t> columns;  ///< of each customer; empty: nothing cheaper was found
    std::int64_t looks = 0;              ///< at columns
};

struct BranchingOptions {
    std::int64_t upper = 0;            ///< minor units: total of a plan that is known
    std::int64_t floor = 0;            ///< minor units: no plan costs less, and what is above can be avoided
    std::vector<std::uint32_t> start;  ///< the columns of that plan; empty: unknown
    std::int64_t most_looks = 0;       ///< at columns
    /// Asked now and then, with the bound so far; true: stop.
    std::function<bool(ScaledSum)> stop;
};

/// `prices`: of limits, to begin with.
[[nodiscard]] Branching branch(const Options& options, const ColumnPool& pool, int shift,
                               std::vector<Scaled> prices, const BranchingOptions& asked);

}  // namespace termwise
