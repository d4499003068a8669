// A price on each limit that customers share, and what every option then costs. Prices are integers, in
// parts of a minor unit (2^shift parts), so that whatever is computed at them is exact: a bound stays a
// bound.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/wide.h"
#include "options/options.h"

namespace termwise {

/// Parts of a minor unit; sums over a portfolio need more than 64 bits.
using Scaled = std::int64_t;
using ScaledSum = Wide;

/// Parts a minor unit has, as a power of two: 24 unless amounts are so large that sums would not fit.
[[nodiscard]] int scale_shift(const Options& options);

/// A price per second, or per minor unit of a budget, that none may exceed: what is dearer than that is
/// dearer than whatever it is for, and sums of a customer still fit.
[[nodiscard]] Scaled most_price(const Options& options);

class Prices {
  public:
    explicit Prices(const Options& options);

    /// Sets the price of each limit, per second or per minor unit, none negative. Runtime: the use lists plus
    /// the days of the horizon.
    void set(std::span<const Scaled> by_limit);

    [[nodiscard]] int shift() const { return shift_; }
    [[nodiscard]] std::span<const Scaled> by_limit() const { return by_limit_; }
    [[nodiscard]] Scaled of_list(std::uint32_t list) const { return lists_[list]; }
    [[nodiscard]] Scaled of(std::int64_t cost, std::uint32_t list) const {
        return cost * (Scaled{1} << shift_) + lists_[list];
    }
    [[nodiscard]] Scaled of_visit(Day day) const {
        return visits_[static_cast<std::size_t>(day - options_->scenario->h0())];
    }
    /// What all the room there is costs: to be subtracted from the customers' sum for a bound.
    [[nodiscard]] ScaledSum of_room() const;

  private:
    const Options* options_;
    int shift_;
    std::vector<Scaled> by_limit_, lists_, visits_;
};

/// The whole minor units of the least total that a scaled bound allows: rounded up, as totals are whole.
[[nodiscard]] std::int64_t rounded_up(ScaledSum scaled, int shift);

}  // namespace termwise
