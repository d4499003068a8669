// Which values of which inputs a sweep asks about: every combination, one input at a time, or drawn by
// chance.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/overrides.h"
#include "sweep/values.h"

namespace termwise {

/// An input that is varied.
struct Axis {
    std::string pointer;  ///< as of an Override
    ValueList values;
};

/// "POINTER=VALUES". Nothing, and why in `problem`, if it is none.
[[nodiscard]] std::optional<Axis> parse_axis(std::string_view text, std::string& problem);

enum class DesignKind : std::uint8_t {
    grid,           ///< every combination; the last axis varies fastest
    one_at_a_time,  ///< the base, then each value of each axis with the others at base
    random,         ///< in each point every axis has one of its values, each equally likely
};
/// "grid", "one-at-a-time", "random".
[[nodiscard]] std::string_view design_name(DesignKind kind);

/// A sweep has at most so many points.
inline constexpr std::uint32_t kMostPoints = 10'000'000;

/// A point: by axis the value that is set; none: the axis is at its base.
using Point = std::vector<std::optional<std::string>>;

class Design {
  public:
    /// `samples` and `seed` are for random designs: a point is a function of seed and number (Philox), so
    /// that the first ones stay the same however many follow. Nothing if there would be more than
    /// kMostPoints.
    [[nodiscard]] static std::optional<Design> make(DesignKind kind, std::vector<Axis> axes,
                                                    std::uint32_t samples, std::uint64_t seed);

    [[nodiscard]] DesignKind kind() const { return kind_; }
    [[nodiscard]] const std::vector<Axis>& axes() const { return axes_; }
    [[nodiscard]] std::uint64_t seed() const { return seed_; }
    [[nodiscard]] std::uint32_t points() const { return points_; }
    [[nodiscard]] Point point(std::uint32_t number) const;

  private:
    Design() = default;

    DesignKind kind_ = DesignKind::grid;
    std::vector<Axis> axes_;
    std::uint64_t seed_ = 0;
    std::uint32_t points_ = 0;
};

/// What a point sets.
[[nodiscard]] std::vector<Override> overrides_of(const std::vector<Axis>& axes, const Point& point);

}  // namespace termwise
