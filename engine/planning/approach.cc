#include "planning/approach.h"

#include <algorithm>
#include <array>

namespace termwise {
namespace {

constexpr std::string_view kOptimalName = "optimal";

}  // namespace

std::string_view approach_name(Approach approach) {
    return approach.named ? strategy_name(*approach.named) : kOptimalName;
}

std::span<const std::string_view> approach_names() {
    static const std::array names{strategy_name(Strategy::stay), strategy_name(Strategy::wait),
                                  strategy_name(Strategy::cancel_now), kOptimalName};
    return names;
}

std::optional<Approach> parse_approach(std::string_view name) {
    if (name == kOptimalName) return kOptimal;
    const auto named =
        std::ranges::find_if(kStrategies, [&](Strategy strategy) { return strategy_name(strategy) == name; });
    if (named == kStrategies.end()) return std::nullopt;
    return Approach{*named};
}

}  // namespace termwise
