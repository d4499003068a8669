// Which inputs matter: each taken to its ends with the others at base, ranked by what that does to the
// difference between two strategies.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sweep/contest.h"
#include "sweep/design.h"

namespace termwise {

/// One input: its first and its last value.
struct TornadoBar {
    std::size_t axis = 0;
    std::string low_value, high_value;
    Contest low, high;
    /// From the least to the greatest of the differences at low, base and high; none if one of them is not
    /// known.
    std::optional<Money> swing;
};

struct Tornado {
    Contest base;
    std::vector<TornadoBar>
        bars;  ///< the largest swing first, ties in the order of the axes, unknown ones last
};

/// The points that tornado() asks about: the base, then the first and the last value of every axis (one point
/// if it has one value).
[[nodiscard]] std::vector<Point> tornado_points(const std::vector<Axis>& axes);

/// Runtime: a contest at base and two for every axis (one if it has one value).
[[nodiscard]] Tornado tornado(const std::vector<Axis>& axes, const Referee& referee);

}  // namespace termwise
