// What a sample of worlds says (M7.3): mean with its 95% interval, quantiles, the mean of the worst
// twentieth, probabilities. Sums are exact; only the last step of a standard deviation or an interval is
// floating point.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/wide.h"

namespace termwise {

/// A sample in whole units (minor units of money, seat-days). `mean`, `half_width`, `deviation` and `cvar95`
/// are rounded to 1/`scale` of a unit, in which they are counted.
struct Summary {
    std::int64_t mean = 0;
    std::optional<std::int64_t>
        half_width;  ///< of the 95% interval of the mean (Student's t); none for one world
    std::optional<std::int64_t> deviation;  ///< standard deviation of the sample; none for one world
    std::int64_t p5 = 0, p50 = 0, p95 = 0;  ///< the least value that so many of the sample do not exceed
    std::int64_t cvar95 = 0;                ///< mean of the largest twentieth
};

/// Of a sample that is not empty, at most kMostReplications values that differ by less than 2^52.
/// Runtime: n log n.
[[nodiscard]] Summary summarize(std::span<const std::int64_t> sample, std::int64_t scale = 1);

/// Twenty times the sum of the largest twentieth of a sample that is not empty, the value at its edge counted
/// as far as it belongs to it: exact, and over the size of the sample its CVaR95. Reorders. Runtime: linear.
[[nodiscard]] Wide worst_twentieth_times_20(std::span<std::int64_t> sample);

/// The interval of the mean of a sample relative to the mean's size: half width over |mean|; infinite for one
/// world or a mean of 0 that is not certain.
[[nodiscard]] double relative_half_width(std::span<const std::int64_t> sample);

/// How often which values occur: `counts[i]` of the sample lie in [from + i * width, from + (i + 1) * width).
/// Width and start are round (1, 2 or 5 times a power of ten, and a multiple of the width), bins are at most
/// 40, the first and the last are not empty.
struct Histogram {
    std::int64_t from = 0, width = 1;
    std::vector<std::int64_t> counts;
};
/// Of a sample that is not empty, of values that differ by less than 2^52. Runtime: linear.
[[nodiscard]] Histogram histogram(std::span<const std::int64_t> sample);

/// How often something happened, and the 95% interval of its probability (Wilson's).
struct Probability {
    double value = 0, low = 0, high = 0;
};
[[nodiscard]] Probability probability(std::int64_t times, std::int64_t of);

/// The covariance of x and y of a sample of `count`, from their sums, times count * (count - 1): the products
/// of sums are exact. Its size leaves 128 bits, hence floating point at the end.
[[nodiscard]] double scaled_covariance(Wide sum_xy, Wide sum_x, Wide sum_y, std::int64_t count);

}  // namespace termwise
