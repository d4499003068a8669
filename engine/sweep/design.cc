#include "sweep/design.h"

#include <array>

#include "base/philox.h"

namespace termwise {
namespace {

constexpr std::array<std::string_view, 3> kDesignNames{"grid", "one-at-a-time", "random"};

/// Worlds draw for purposes that are counted from 0 (simulation/chances.h); a design's draws are none of
/// them.
constexpr std::uint32_t kDesignPurpose = 1'000;

std::optional<std::uint32_t> count_points(DesignKind kind, const std::vector<Axis>& axes,
                                          std::uint32_t samples) {
    std::uint64_t points = kind == DesignKind::random ? samples : 1;
    for (const Axis& axis : axes) {
        if (kind == DesignKind::random) break;
        if (axis.values.size() > kMostPoints) return std::nullopt;
        points = kind == DesignKind::grid ? points * axis.values.size() : points + axis.values.size();
        if (points > kMostPoints) return std::nullopt;
    }
    if (points > kMostPoints) return std::nullopt;
    return static_cast<std::uint32_t>(points);
}

}  // namespace

std::optional<Axis> parse_axis(std::string_view text, std::string& problem) {
    const std::optional<Override> override = parse_override(text);
    if (!override) {
        problem =
            "expected POINTER=VALUES with a pointer that begins with \"/\", such as /provision_days=0,1,2";
        return std::nullopt;
    }
    std::optional<ValueList> values = ValueList::parse(override->value, problem);
    if (!values) return std::nullopt;
    return Axis{override->pointer, std::move(*values)};
}

std::string_view design_name(DesignKind kind) { return kDesignNames[static_cast<std::size_t>(kind)]; }

std::optional<Design> Design::make(DesignKind kind, std::vector<Axis> axes, std::uint32_t samples,
                                   std::uint64_t seed) {
    const std::optional<std::uint32_t> points = count_points(kind, axes, samples);
    if (!points) return std::nullopt;
    Design design;
    design.kind_ = kind;
    design.axes_ = std::move(axes);
    design.seed_ = seed;
    design.points_ = *points;
    return design;
}

Point Design::point(std::uint32_t number) const {
    Point point(axes_.size());
    std::uint64_t rest = number;
    switch (kind_) {
        case DesignKind::grid:
            for (std::size_t a = axes_.size(); a-- > 0;) {
                const ValueList& values = axes_[a].values;
                point[a] = values.at(rest % values.size());
                rest /= values.size();
            }
            break;
        case DesignKind::one_at_a_time:
            if (rest-- == 0) break;
            for (std::size_t a = 0; a < axes_.size(); ++a) {
                const ValueList& values = axes_[a].values;
                if (rest < values.size()) {
                    point[a] = values.at(rest);
                    break;
                }
                rest -= values.size();
            }
            break;
        case DesignKind::random:
            for (std::size_t a = 0; a < axes_.size(); ++a) {
                const DrawPlace place{static_cast<std::uint32_t>(a), kDesignPurpose, number, 0};
                const ValueList& values = axes_[a].values;
                point[a] = values.at(scaled_to(random_bits(seed_, place), values.size()));
            }
            break;
    }
    return point;
}

std::vector<Override> overrides_of(const std::vector<Axis>& axes, const Point& point) {
    std::vector<Override> overrides;
    for (std::size_t a = 0; a < axes.size(); ++a)
        if (point[a]) overrides.push_back({axes[a].pointer, *point[a]});
    return overrides;
}

}  // namespace termwise
