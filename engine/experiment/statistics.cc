#include "experiment/statistics.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

namespace termwise {
namespace {

constexpr double kConfidence = 0.975;  // two sides
constexpr std::int64_t kMostBins = 40;
constexpr double kNormal = 1.959963984540054;  // of the normal distribution

Wide sum_of(std::span<const std::int64_t> sample) {
    return std::accumulate(sample.begin(), sample.end(), Wide{0});
}

/// Variance of the sample; around its rounded mean, so that squares stay small, and exact up to the last
/// step.
double variance_of(std::span<const std::int64_t> sample, Wide sum) {
    const auto n = static_cast<std::int64_t>(sample.size());
    const std::int64_t middle = rounded_quotient(sum, n);
    Wide squares = 0;
    for (const std::int64_t value : sample) squares += Wide{value - middle} * (value - middle);
    const auto rest = static_cast<double>(sum - Wide{middle} * n);  // less than n
    const double around_mean = static_cast<double>(squares) - rest * rest / static_cast<double>(n);
    return std::max(around_mean, 0.0) / static_cast<double>(n - 1);
}

double half_width_of(double variance, std::int64_t n) {
    if (variance == 0) return 0;
    const boost::math::students_t t(static_cast<double>(n - 1));
    return boost::math::quantile(t, kConfidence) * std::sqrt(variance / static_cast<double>(n));
}

std::int64_t percentile(std::span<const std::int64_t> ascending, std::int64_t percent) {
    const auto n = static_cast<std::int64_t>(ascending.size());
    return ascending[static_cast<std::size_t>((n * percent + 99) / 100 - 1)];
}

std::int64_t rounded(double number) { return static_cast<std::int64_t>(std::llround(number)); }

}  // namespace

Summary summarize(std::span<const std::int64_t> sample, std::int64_t scale) {
    const auto n = static_cast<std::int64_t>(sample.size());
    std::vector<std::int64_t> ascending(sample.begin(), sample.end());
    std::ranges::sort(ascending);
    const Wide sum = sum_of(sample);
    Summary summary;
    summary.mean = rounded_quotient(sum * scale, n);
    if (n > 1) {
        const double variance = variance_of(sample, sum);
        summary.deviation = rounded(std::sqrt(variance) * static_cast<double>(scale));
        summary.half_width = rounded(half_width_of(variance, n) * static_cast<double>(scale));
    }
    summary.p5 = percentile(ascending, 5);
    summary.p50 = percentile(ascending, 50);
    summary.p95 = percentile(ascending, 95);
    summary.cvar95 = rounded_quotient(worst_twentieth_times_20(ascending) * scale, n);
    return summary;
}

Wide worst_twentieth_times_20(std::span<std::int64_t> sample) {
    const std::size_t whole = sample.size() / 20, rest = sample.size() % 20;
    const auto edge = static_cast<std::ptrdiff_t>(whole);
    std::ranges::nth_element(sample, sample.begin() + edge, std::ranges::greater{});
    return sum_of(sample.first(whole)) * 20 + Wide{sample[whole]} * static_cast<std::int64_t>(rest);
}

double relative_half_width(std::span<const std::int64_t> sample) {
    const auto n = static_cast<std::int64_t>(sample.size());
    if (n < 2) return std::numeric_limits<double>::infinity();
    const Wide sum = sum_of(sample);
    const double half_width = half_width_of(variance_of(sample, sum), n);
    if (half_width == 0) return 0;
    return half_width / std::abs(static_cast<double>(sum) / static_cast<double>(n));
}

Histogram histogram(std::span<const std::int64_t> sample) {
    const auto [least, most] = std::ranges::minmax(sample);
    const auto floor = [](std::int64_t value, std::int64_t width) {
        return value / width - (value % width < 0 ? 1 : 0);
    };
    Histogram found;
    for (int step = 0; floor(most, found.width) - floor(least, found.width) >= kMostBins; ++step)
        found.width = step % 3 == 1 ? found.width / 2 * 5 : found.width * 2;
    const std::int64_t first = floor(least, found.width);
    found.from = first * found.width;
    found.counts.resize(static_cast<std::size_t>(floor(most, found.width) - first) + 1);
    for (const std::int64_t value : sample)
        ++found.counts[static_cast<std::size_t>(floor(value, found.width) - first)];
    return found;
}

Probability probability(std::int64_t times, std::int64_t of) {
    const auto n = static_cast<double>(of);
    const double p = static_cast<double>(times) / n;
    const double z2 = kNormal * kNormal;
    const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double width = kNormal / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return {p, times == 0 ? 0 : std::max(0.0, middle - width),
            times == of ? 1 : std::min(1.0, middle + width)};
}

double scaled_covariance(Wide sum_xy, Wide sum_x, Wide sum_y, std::int64_t count) {
    using boost::multiprecision::int256_t;
    return static_cast<double>(int256_t(sum_xy) * count - int256_t(sum_x) * int256_t(sum_y));
}

}  // namespace termwise
