// Pieces of work of which no plan can have all, because they do not fit into one limit together: what prices
// alone do not see (cover inequalities of a knapsack).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "options/limits.h"

namespace termwise {

/// Customers at whom so much of a limit is used: at most `most` of them can be.
struct CoverCut {
    struct Member {
        std::size_t customer = 0;
        std::int64_t at_least = 0;  ///< seconds, or minor units
    };
    LimitIndex limit;
    std::vector<Member> members;  ///< ascending by customer, each once
    std::int64_t most = 0;
};

/// What a customer takes of a limit in a solution that is divided.
struct UsesOfLimit {
    struct Share {
        std::int64_t amount = 0;
        double share = 0;
    };
    std::int64_t least = 0;  ///< that it takes in any case; negative: a refund
    std::vector<Share> shares;
};

/// A cut that holds for every plan, and that the divided solution breaks by more than a little; nothing if
/// none is found. `uses` is by customer. Runtime: n log n in the shares.
[[nodiscard]] std::optional<CoverCut> find_cover_cut(LimitIndex limit, std::int64_t room,
                                                     std::vector<UsesOfLimit> uses);

}  // namespace termwise
