// At which value of an input the better of two strategies changes: looked for by bisection.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "sweep/contest.h"

namespace termwise {

struct Threshold {
    std::map<std::uint64_t, Contest> seen;  ///< every position that was looked at
    /// Positions at which another strategy is better than at the one before, ascending. Both are in `seen`.
    std::vector<std::uint64_t> changes;
    bool everywhere = false;  ///< every position was looked at
    /// Over all that was seen the difference only grows or only falls. If so, and if that holds between,
    /// there is no change but these.
    bool monotone = false;
};

/// Looks at `size` positions, 0 to size - 1, `size` above 0: first at the ends and, evenly, between them,
/// then by bisection wherever the better strategy is not the same at two neighbours of those. At most
/// kThresholdScan positions are looked at in the first step, so that of several changes that cancel out
/// between two of them none may be found. `referee` is asked about several positions at once. Runtime:
/// kThresholdScan contests, and log2(size) for each change.
inline constexpr std::uint64_t kThresholdScan = 17;
[[nodiscard]] Threshold find_threshold(
    std::uint64_t size,
    const std::function<std::vector<Contest>(const std::vector<std::uint64_t>&)>& referee);

}  // namespace termwise
