#include "sweep/tornado.h"

#include <algorithm>
#include <utility>

namespace termwise {
namespace {

std::optional<Money> swing_of(const Contest& base, const TornadoBar& bar) {
    const std::optional<Money> at_base = base.difference(), low = bar.low.difference(),
                               high = bar.high.difference();
    if (!at_base || !low || !high) return std::nullopt;
    return std::max({*at_base, *low, *high}) - std::min({*at_base, *low, *high});
}

}  // namespace

std::vector<Point> tornado_points(const std::vector<Axis>& axes) {
    std::vector<Point> points{Point(axes.size())};
    const auto add = [&](std::size_t axis, std::uint64_t at) {
        points.emplace_back(axes.size());
        points.back()[axis] = axes[axis].values.at(at);
    };
    for (std::size_t a = 0; a < axes.size(); ++a) {
        add(a, 0);
        if (axes[a].values.size() > 1) add(a, axes[a].values.size() - 1);
    }
    return points;
}

Tornado tornado(const std::vector<Axis>& axes, const Referee& referee) {
    const std::vector<Point> points = tornado_points(axes);
    const std::vector<Contest> contests = referee(points);
    Tornado found{contests.front(), {}};
    std::size_t next = 1;
    for (std::size_t a = 0; a < axes.size(); ++a) {
        TornadoBar bar;
        bar.axis = a;
        bar.low_value = *points[next][a];
        bar.low = contests[next++];
        const bool only = axes[a].values.size() == 1;
        bar.high_value = only ? bar.low_value : *points[next][a];
        bar.high = only ? bar.low : contests[next++];
        bar.swing = swing_of(found.base, bar);
        found.bars.push_back(std::move(bar));
    }
    std::ranges::stable_sort(found.bars,
                             [](const TornadoBar& x, const TornadoBar& y) { return x.swing > y.swing; });
    return found;
}

}  // namespace termwise
