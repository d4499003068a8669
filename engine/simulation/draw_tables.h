// Distributions made ready to be drawn from (M7.4), once for each: days by a table of integer thresholds, the
// time that work takes by a table of quantiles. A draw is a function of 32 random bits and of nothing else,
// and never falls as the bits grow: worlds that share their bits differ by their distributions alone.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/uncertainty.h"

namespace termwise {

/// Whole days; a draw of the distribution is rounded up (M7).
class DayTable {
  public:
    /// No draw is longer: further than any horizon reaches.
    static constexpr std::int32_t kMostDays = 20'000;

    /// Runtime and size: the days up to where the distribution has all but 2^-32 of its weight.
    explicit DayTable(const Distribution& distribution);

    /// Runtime: constant on average.
    [[nodiscard]] std::int32_t draw(std::uint32_t bits) const {
        std::size_t i = guide_[bits >> kGuideShift];
        while (i < thresholds_.size() && thresholds_[i] <= bits) ++i;
        return first_ + static_cast<std::int32_t>(i);
    }

    /// Of 2^32 equally likely draws, how many are at most `days`.
    [[nodiscard]] std::uint64_t draws_up_to(std::int32_t days) const;

  private:
    static constexpr int kGuideBits = 8;
    static constexpr int kGuideShift = 32 - kGuideBits;

    std::int32_t first_ = 0;                 // the least number of days there is
    std::vector<std::uint32_t> thresholds_;  // draws below [i] take at most first_ + i days
    std::array<std::uint16_t, std::size_t{1} << kGuideBits> guide_{};  // where to look first
};

/// A random multiple of a planned time, rounded up to whole seconds (M7).
class MultipleTable {
  public:
    /// No multiple is larger than what all but one draw in a thousand million stay below, which is what
    /// amounts are bounded by (model/build.h).
    explicit MultipleTable(const Distribution& distribution);

    /// Work takes as long as planned: no need to draw.
    [[nodiscard]] bool is_one() const { return one_; }

    /// `seconds` times the multiple that belongs to `bits`. Runtime: constant, but for the outermost 1/32 of
    /// all draws, which ask the distribution itself.
    [[nodiscard]] std::int64_t draw(std::int64_t seconds, std::uint32_t bits) const;

  private:
    [[nodiscard]] std::uint64_t exact(std::uint32_t bits) const;

    static constexpr int kCellBits = 12;
    static constexpr std::uint32_t kOuterCells = 64;  // at either end

    Distribution distribution_;
    bool one_ = false;
    double most_ = 1;
    std::vector<std::uint64_t> steps_;  // equally likely multiples, ascending ...
    std::vector<std::uint64_t> edges_;  // ... or quantiles to interpolate between; in units of 2^-32
};

}  // namespace termwise
