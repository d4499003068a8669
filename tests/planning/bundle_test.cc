// The highest point of functions whose highest point is known.
#include "planning/bundle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace termwise {
namespace {

struct Plane {
    double value;  // at zero
    std::vector<double> gradient;
};

/// The lowest of planes, and the one that is it.
double lowest(const std::vector<Plane>& planes, const std::vector<double>& at,
              std::vector<double>& gradient) {
    double least = 1e300;
    for (const Plane& plane : planes) {
        double value = plane.value;
        for (std::size_t i = 0; i < at.size(); ++i) value += plane.gradient[i] * at[i];
        if (value >= least) continue;
        least = value;
        gradient = plane.gradient;
    }
    return least;
}

struct Found {
    double value = -1e300;
    int evaluations = 0;
    std::vector<double> mixed;  // supergradients, by the weights at the end
    double weights = 0;
};

template <class Function>
Found highest(Function function, std::size_t coordinates, double enough, int most = 400) {
    Bundle bundle(std::vector<double>(coordinates, 0), std::vector<double>(coordinates, 1), 0.1);
    Found found;
    std::vector<std::vector<double>> gradients;
    std::vector<double> values;
    while (found.evaluations < most) {
        if (found.evaluations > 0 && !bundle.propose(enough)) break;
        std::vector<double> gradient;
        const double value = function(bundle.next(), gradient);
        for (const double x : bundle.next()) EXPECT_GE(x, 0);
        values.push_back(value);
        gradients.push_back(gradient);
        bundle.add(value, std::move(gradient));
        ++found.evaluations;
    }
    found.value = values[bundle.best()];
    found.mixed.assign(coordinates, 0);
    for (const Bundle::Weight& w : bundle.mix()) {
        found.weights += w.weight;
        for (std::size_t i = 0; i < coordinates; ++i) found.mixed[i] += w.weight * gradients[w.evaluation][i];
    }
    return found;
}

TEST(Bundle, FindsThePeakOfTwoPlanesThatMeet) {
    // 2x and 9 - x meet at 3.
    const std::vector<Plane> planes{{0, {2}}, {9, {-1}}};
    const Found found =
        highest([&](const auto& at, auto& gradient) { return lowest(planes, at, gradient); }, 1, 1e-9);
    EXPECT_NEAR(found.value, 6, 1e-6);
    EXPECT_NEAR(found.weights, 1, 1e-9);
    EXPECT_NEAR(found.mixed[0], 0, 1e-6) << "a third of the one, two thirds of the other";
}

TEST(Bundle, StaysAtZeroWhereEverythingFalls) {
    const std::vector<Plane> planes{{5, {-1, -2}}, {6, {-3, -0.5}}};
    const Found found =
        highest([&](const auto& at, auto& gradient) { return lowest(planes, at, gradient); }, 2, 1e-9);
    EXPECT_NEAR(found.value, 5, 1e-9);
    EXPECT_LE(found.mixed[0], 0);
    EXPECT_LE(found.mixed[1], 0);
}

TEST(Bundle, FindsTheTopOfARoundHillInManyDimensions) {
    // Tops at i / 10, in units of their own; the first at a price below zero, which is not allowed.
    const std::size_t n = 30;
    const auto hill = [&](const std::vector<double>& at, std::vector<double>& gradient) {
        double value = 0;
        gradient.assign(n, 0);
        for (std::size_t i = 0; i < n; ++i) {
            const double top = i == 0 ? -1 : static_cast<double>(i) / 10;
            const double steep = 1 + static_cast<double>(i % 7);
            value -= steep * (at[i] - top) * (at[i] - top);
            gradient[i] = -2 * steep * (at[i] - top);
        }
        return value;
    };
    const Found found = highest(hill, n, 1e-5);
    EXPECT_NEAR(found.value, -1, 1e-3) << "what the first costs at zero";
    EXPECT_LT(found.evaluations, 300);
}

TEST(Bundle, EndsWhereThereIsNothingToClimb) {
    const Found found = highest(
        [](const auto& at, auto& gradient) {
            gradient.assign(at.size(), 0.0);
            return 7.0;
        },
        3, 1e-9);
    EXPECT_EQ(found.value, 7);
    EXPECT_LE(found.evaluations, 2);
}

}  // namespace
}  // namespace termwise
