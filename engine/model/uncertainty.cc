#include "model/uncertainty.h"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cassert>
#include <cmath>
#include <numbers>

namespace termwise {
namespace {

using namespace distribution;

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

/// The quantile of the standard normal distribution.
double standard_normal_quantile(double p) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p); }

double triangular_quantile(const Triangular& t, double p) {
    const double width = t.max - t.min;
    if (width <= 0) return t.min;
    if (p * width <= t.mode - t.min) return t.min + std::sqrt(p * width * (t.mode - t.min));
    return t.max - std::sqrt((1 - p) * width * (t.max - t.mode));
}

double lognormal_quantile(const LognormalQuantiles& l, double p) {
    const double sigma = std::log(l.p90 / l.median) / standard_normal_quantile(0.9);
    return l.median * std::exp(sigma * standard_normal_quantile(p));
}

double lognormal_quantile(const LognormalMoments& l, double p) {
    const double variance = std::log1p(l.cv * l.cv);
    return l.mean * std::exp(std::sqrt(variance) * standard_normal_quantile(p) - variance / 2);
}

double empirical_quantile(const Empirical& e, double p) {
    std::vector<double> sorted = e.values;
    std::ranges::sort(sorted);
    // 0.55 of 100 values are 55 of them, although the product is 55.00000000000001.
    const double wanted = std::ceil(p * static_cast<double>(sorted.size()) - 1e-9);
    const auto rank = static_cast<std::size_t>(std::max(wanted, 1.0));
    return sorted[std::min(rank, sorted.size()) - 1];
}

double triangular_cumulative(const Triangular& t, double value) {
    if (value >= t.max) return 1;  // also where there is no width
    if (value < t.min) return 0;
    const double width = t.max - t.min;
    if (value < t.mode) return (value - t.min) * (value - t.min) / (width * (t.mode - t.min));
    return 1 - (t.max - value) * (t.max - value) / (width * (t.max - t.mode));
}

/// Of a lognormal by its median and the standard deviation of the logarithm.
double lognormal_cumulative(double median, double sigma, double value) {
    if (value <= 0) return 0;
    if (sigma <= 0) return value >= median ? 1 : 0;
    return std::erfc(-std::log(value / median) / (sigma * std::numbers::sqrt2)) / 2;
}

double lognormal_cumulative(const LognormalQuantiles& l, double value) {
    return lognormal_cumulative(l.median, std::log(l.p90 / l.median) / standard_normal_quantile(0.9), value);
}

double lognormal_cumulative(const LognormalMoments& l, double value) {
    const double variance = std::log1p(l.cv * l.cv);
    return lognormal_cumulative(l.mean * std::exp(-variance / 2), std::sqrt(variance), value);
}

/// The parameter that was given for the quantile `p`, if one was; `fixed` and `empirical` always give it.
std::optional<double> given_quantile(const Distribution& distribution, double p) {
    if (const auto* lognormal = std::get_if<LognormalQuantiles>(&distribution)) {
        if (p == 0.5) return lognormal->median;
        if (p == 0.9) return lognormal->p90;
        return std::nullopt;
    }
    if (std::holds_alternative<Fixed>(distribution) || std::holds_alternative<Empirical>(distribution))
        return quantile(distribution, p);
    return std::nullopt;
}

}  // namespace

double quantile(const Distribution& distribution, double p) {
    assert(p > 0 && p < 1);
    return std::visit(Overloaded{[](const Fixed& d) { return d.value; },
                                 [&](const Uniform& d) { return d.min + p * (d.max - d.min); },
                                 [&](const Triangular& d) { return triangular_quantile(d, p); },
                                 [&](const LognormalQuantiles& d) { return lognormal_quantile(d, p); },
                                 [&](const LognormalMoments& d) { return lognormal_quantile(d, p); },
                                 [&](const Empirical& d) { return empirical_quantile(d, p); }},
                      distribution);
}

double cumulative(const Distribution& distribution, double value) {
    return std::visit(Overloaded{[&](const Fixed& d) { return value >= d.value ? 1.0 : 0.0; },
                                 [&](const Uniform& d) {
                                     if (value >= d.max) return 1.0;
                                     return value < d.min ? 0.0 : (value - d.min) / (d.max - d.min);
                                 },
                                 [&](const Triangular& d) { return triangular_cumulative(d, value); },
                                 [&](const LognormalQuantiles& d) { return lognormal_cumulative(d, value); },
                                 [&](const LognormalMoments& d) { return lognormal_cumulative(d, value); },
                                 [&](const Empirical& d) {
                                     const auto most = std::ranges::count_if(
                                         d.values, [&](double v) { return v <= value; });
                                     return static_cast<double>(most) / static_cast<double>(d.values.size());
                                 }},
                      distribution);
}

std::int32_t plan_days_for(const Distribution& acceptance, double p) {
    constexpr double kTolerance = 1e-6;    // what a computed quantile may be too long by (M7)
    constexpr double kMostDays = 400'000;  // more than there are days to name
    const std::optional<double> given = given_quantile(acceptance, p);
    const double days = given ? std::ceil(*given) : std::ceil(quantile(acceptance, p) - kTolerance);
    return static_cast<std::int32_t>(std::clamp(days, 0.0, kMostDays));
}

const char* problem_with(const Distribution& distribution) {
    const auto usable = [](double value) { return std::isfinite(value) && value >= 0; };
    return std::visit(
        Overloaded{[&](const Fixed& d) { return usable(d.value) ? "" : "the value is below 0"; },
                   [&](const Uniform& d) {
                       if (!usable(d.min) || !usable(d.max)) return "min or max is below 0";
                       return d.min <= d.max ? "" : "min is above max";
                   },
                   [&](const Triangular& d) {
                       if (!usable(d.min) || !usable(d.mode) || !usable(d.max))
                           return "min, mode or max is below 0";
                       if (d.min > d.mode) return "min is above mode";
                       return d.mode <= d.max ? "" : "mode is above max";
                   },
                   [&](const LognormalQuantiles& d) {
                       if (!usable(d.median) || !usable(d.p90) || d.median <= 0)
                           return "median has to be above 0";
                       return d.median <= d.p90 ? "" : "the median is above the 90% quantile";
                   },
                   [&](const LognormalMoments& d) {
                       if (!usable(d.mean) || d.mean <= 0) return "mean has to be above 0";
                       return usable(d.cv) ? "" : "cv is below 0";
                   },
                   [&](const Empirical& d) {
                       if (d.values.empty()) return "there is no value";
                       return std::ranges::all_of(d.values, usable) ? "" : "a value is below 0";
                   }},
        distribution);
}

}  // namespace termwise
