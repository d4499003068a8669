// What may go otherwise than planned (M7): distributions as the scenario states them, and the one number that
// planning takes from them: the days to allow for an acceptance.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace termwise {

/// The distributions of M7, parameters as given. Days or factors, by the field that holds them.
namespace distribution {
struct Fixed {
    double value = 0;
    friend bool operator==(const Fixed&, const Fixed&) = default;
};
struct Uniform {
    double min = 0, max = 0;
    friend bool operator==(const Uniform&, const Uniform&) = default;
};
struct Triangular {
    double min = 0, mode = 0, max = 0;
    friend bool operator==(const Triangular&, const Triangular&) = default;
};
struct LognormalQuantiles {
    double median = 1, p90 = 1;
    friend bool operator==(const LognormalQuantiles&, const LognormalQuantiles&) = default;
};
struct LognormalMoments {
    double mean = 1, cv = 0;
    friend bool operator==(const LognormalMoments&, const LognormalMoments&) = default;
};
struct Empirical {
    std::vector<double> values;
    friend bool operator==(const Empirical&, const Empirical&) = default;
};
}  // namespace distribution

using Distribution =
    std::variant<distribution::Fixed, distribution::Uniform, distribution::Triangular,
                 distribution::LognormalQuantiles, distribution::LognormalMoments, distribution::Empirical>;

struct ProvisionFailure {
    double probability = 0;
    std::int32_t retry_days = 0;
    friend bool operator==(const ProvisionFailure&, const ProvisionFailure&) = default;
};

/// `uncertainty` of a scenario or of a customer; what is absent falls through to the scenario's, then to "as
/// planned".
struct Uncertainty {
    std::optional<Distribution> acceptance;
    std::optional<double> decline;
    std::optional<double> plan_quantile;
    std::optional<Distribution> work;
    std::optional<Distribution> provision_delay;
    std::optional<ProvisionFailure> provision_failure;
    friend bool operator==(const Uncertainty&, const Uncertainty&) = default;
};

/// The value below which a draw lies with probability `p`, 0 < p < 1 (the least such value for `empirical`).
[[nodiscard]] double quantile(const Distribution& distribution, double p);

/// The probability that a draw is at most `value`: what quantile() inverts. 0 below 0.
[[nodiscard]] double cumulative(const Distribution& distribution, double value);

/// The smallest whole number of days within which an invitation is accepted with probability `p` (M7): a
/// parameter given for that very quantile is taken as it is, any other is computed; rounded up with a
/// tolerance of 1e-6.
[[nodiscard]] std::int32_t plan_days_for(const Distribution& acceptance, double p);

/// What is wrong with the parameters (say, a median above the 90% quantile), in words; empty if nothing is.
[[nodiscard]] const char* problem_with(const Distribution& distribution);

}  // namespace termwise
