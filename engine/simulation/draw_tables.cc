#include "simulation/draw_tables.h"

#include <algorithm>
#include <cmath>

#include "base/philox.h"
#include "base/wide.h"

namespace termwise {
namespace {

constexpr double kDraws = 4294967296.0;  // 2^32

/// In units of 2^-32, rounded down: what 1.1 lies above in binary does not cost a second more.
std::uint64_t fixed_point(double multiple) { return static_cast<std::uint64_t>(multiple * kDraws); }

}  // namespace

DayTable::DayTable(const Distribution& distribution) {
    const auto draws_within = [&](std::int32_t days) {
        return static_cast<std::uint64_t>(std::llround(cumulative(distribution, days) * kDraws));
    };
    while (first_ < kMostDays && draws_within(first_) == 0) ++first_;
    for (std::int32_t days = first_; days < kMostDays; ++days) {
        const std::uint64_t draws = draws_within(days);
        if (draws >= std::uint64_t{1} << 32) break;
        thresholds_.push_back(static_cast<std::uint32_t>(draws));
    }
    for (std::size_t g = 0; g < guide_.size(); ++g)
        guide_[g] = static_cast<std::uint16_t>(
            std::ranges::upper_bound(thresholds_, static_cast<std::uint32_t>(g << kGuideShift)) -
            thresholds_.begin());
}

std::uint64_t DayTable::draws_up_to(std::int32_t days) const {
    if (days < first_) return 0;
    const auto i = static_cast<std::size_t>(days - first_);
    return i < thresholds_.size() ? thresholds_[i] : std::uint64_t{1} << 32;
}

MultipleTable::MultipleTable(const Distribution& distribution) : distribution_(distribution) {
    constexpr double kAlmostCertain = 1 - 1e-9;
    constexpr double kMost = 1e7;
    most_ = std::min(quantile(distribution, kAlmostCertain), kMost);
    if (const double least = quantile(distribution, 1 - kAlmostCertain); least >= most_) {
        steps_ = {fixed_point(most_)};  // always the same
    } else if (const auto* empirical = std::get_if<distribution::Empirical>(&distribution)) {
        for (const double value : empirical->values) steps_.push_back(fixed_point(std::min(value, kMost)));
        std::ranges::sort(steps_);
    } else {
        constexpr std::uint32_t kCells = std::uint32_t{1} << kCellBits;
        for (std::uint32_t i = 0; i <= kCells; ++i)
            edges_.push_back(i == 0 || i == kCells
                                 ? 0  // never looked at
                                 : fixed_point(std::min(quantile(distribution, i / double{kCells}), most_)));
    }
    one_ = steps_.size() == 1 && steps_[0] == std::uint64_t{1} << 32;
}

std::uint64_t MultipleTable::exact(std::uint32_t bits) const {
    return fixed_point(std::min(quantile(distribution_, (bits + 0.5) / kDraws), most_));
}

std::int64_t MultipleTable::draw(std::int64_t seconds, std::uint32_t bits) const {
    constexpr int kCellShift = 32 - kCellBits;
    std::uint64_t multiple = 0;
    if (!steps_.empty()) {
        multiple = steps_[scaled_to(std::uint64_t{bits} << 32, steps_.size())];
    } else if (const std::uint32_t cell = bits >> kCellShift;
               cell < kOuterCells || cell >= (std::uint32_t{1} << kCellBits) - kOuterCells) {
        multiple = exact(bits);
    } else {
        const std::uint64_t low = edges_[cell], width = edges_[cell + 1] - low;
        const std::uint32_t inside = bits & ((std::uint32_t{1} << kCellShift) - 1);
        multiple = low + static_cast<std::uint64_t>(static_cast<UnsignedWide>(width) * inside >> kCellShift);
    }
    const UnsignedWide product = static_cast<UnsignedWide>(seconds) * multiple;
    return static_cast<std::int64_t>((product + 0xFFFFFFFFU) >> 32);
}

}  // namespace termwise
