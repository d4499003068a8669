// What a plan for an uncertain world is chosen by: the mean of its totals and a weight on the mean of the
// worst twentieth (M7.5), in whole numbers, so that no sum depends on its order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/wide.h"

namespace termwise {

/// Compares samples of the same size.
class RiskObjective {
  public:
    explicit RiskObjective(std::int64_t cvar_weight_thousandths) : weight_(cvar_weight_thousandths) {}

    /// Mean plus weighted CVaR95 of a sample that is not empty, times 1000 and the size of the sample.
    /// Runtime: linear.
    [[nodiscard]] Wide of(std::span<const std::int64_t> totals);

    /// The same of `totals` where what cost `was` in each world costs `is` instead. Of samples of one size.
    [[nodiscard]] Wide with(std::span<const std::int64_t> totals, std::span<const std::int64_t> was,
                            std::span<const std::int64_t> is);

  private:
    [[nodiscard]] Wide of_scratch();

    std::int64_t weight_;
    std::vector<std::int64_t> scratch_;
};

}  // namespace termwise
