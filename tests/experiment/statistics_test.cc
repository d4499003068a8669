// The numbers that describe a sample (M7.3), worked out by hand or known from elsewhere.
#include "experiment/statistics.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace termwise {
namespace {

std::vector<std::int64_t> one_to(std::int64_t n) {
    std::vector<std::int64_t> sample(static_cast<std::size_t>(n));
    std::iota(sample.begin(), sample.end(), 1);
    return sample;
}

TEST(Summarize, OneToAHundred) {
    const Summary s = summarize(one_to(100));
    EXPECT_EQ(s.mean, 51);  // 50.5, halves away from zero
    EXPECT_EQ(s.p5, 5);
    EXPECT_EQ(s.p50, 50);
    EXPECT_EQ(s.p95, 95);
    EXPECT_EQ(s.cvar95, 98);     // of 96 to 100
    EXPECT_EQ(s.deviation, 29);  // 29.01
    const Summary fine = summarize(one_to(100), 100);
    EXPECT_EQ(fine.mean, 5050);
    EXPECT_EQ(fine.deviation, 2901);
    EXPECT_EQ(fine.half_width, 576);  // t(99) = 1.98422, times 2.9011
    EXPECT_EQ(fine.p95, 95);          // values stay in whole units
}

TEST(Summarize, TheWorstTwentiethMayBeAPartOfAValue) {
    // A twentieth of 30 is one and a half: 30 whole, 29 half.
    EXPECT_EQ(summarize(one_to(30), 100).cvar95, 2967);
    EXPECT_EQ(summarize(one_to(10), 100).cvar95, 1000);  // half a value: the largest
}

TEST(Summarize, OneWorldHasNoInterval) {
    const std::vector<std::int64_t> one{-7};
    const Summary s = summarize(one);
    EXPECT_EQ(s.mean, -7);
    EXPECT_EQ(s.p5, -7);
    EXPECT_EQ(s.p95, -7);
    EXPECT_EQ(s.cvar95, -7);
    EXPECT_FALSE(s.half_width);
    EXPECT_FALSE(s.deviation);
    EXPECT_TRUE(std::isinf(relative_half_width(one)));
}

TEST(Summarize, CertaintyHasAnIntervalOfNothing) {
    const std::vector<std::int64_t> same(50, 1'234'567);
    EXPECT_EQ(summarize(same).half_width, 0);
    EXPECT_EQ(summarize(same).deviation, 0);
    EXPECT_EQ(relative_half_width(same), 0);
}

TEST(Summarize, LosesNothingInLargeAmounts) {
    // The same sample around zero and around ten million million.
    std::vector<std::int64_t> near = one_to(1000), far = near;
    for (std::int64_t& value : far) value += 1'000'000'000'000'000;
    EXPECT_EQ(summarize(near).deviation, summarize(far).deviation);
    EXPECT_EQ(summarize(near).half_width, summarize(far).half_width);
    EXPECT_EQ(summarize(near).mean + 1'000'000'000'000'000, summarize(far).mean);
}

TEST(RelativeHalfWidth, IsTheIntervalOverTheMean) {
    EXPECT_NEAR(relative_half_width(one_to(100)), 1.98422 * 2.90115 / 50.5, 1e-5);
}

TEST(Histogram, HasRoundBinsThatHoldEveryValue) {
    const std::vector<std::int64_t> one{-7};
    EXPECT_EQ(histogram(one).from, -7);
    EXPECT_EQ(histogram(one).counts, (std::vector<std::int64_t>{1}));
    const std::vector<std::int64_t> around_zero{-101, -100, -1, 0, 99, 100, 299};
    const Histogram found = histogram(around_zero);  // in bins of 10 there would be 41
    EXPECT_EQ(found.width, 20);
    EXPECT_EQ(found.from, -120);
    EXPECT_EQ(found.counts.size(), 21U);
    EXPECT_EQ(found.counts[0], 1);
    EXPECT_EQ(found.counts[1], 1);
    EXPECT_EQ(found.counts[5], 1);
    EXPECT_EQ(found.counts[6], 1);
    EXPECT_EQ(found.counts[20], 1);
}

RC_GTEST_PROP(Histogram, CountsEverythingInAtMostFortyBins, ()) {
    const auto sample = *rc::gen::nonEmpty<std::vector<std::int64_t>>();
    std::vector<std::int64_t> near;
    for (const std::int64_t value : sample) near.push_back(value % (std::int64_t{1} << 51));
    const Histogram found = histogram(near);
    RC_ASSERT(found.counts.size() <= 40U);
    RC_ASSERT(found.counts.front() > 0);
    RC_ASSERT(found.counts.back() > 0);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < found.counts.size(); ++i) {
        const std::int64_t from = found.from + static_cast<std::int64_t>(i) * found.width;
        RC_ASSERT(found.counts[i] == std::ranges::count_if(near, [&](std::int64_t value) {
                      return value >= from && value < from + found.width;
                  }));
        sum += found.counts[i];
    }
    RC_ASSERT(sum == static_cast<std::int64_t>(near.size()));
}

TEST(Probability, HasWilsonsInterval) {
    const Probability p = probability(10, 100);
    EXPECT_DOUBLE_EQ(p.value, 0.1);
    EXPECT_NEAR(p.low, 0.05523, 1e-5);
    EXPECT_NEAR(p.high, 0.17437, 1e-5);
    EXPECT_EQ(probability(0, 100).low, 0);
    EXPECT_NEAR(probability(0, 100).high, 0.03699, 1e-5);
    EXPECT_EQ(probability(100, 100).high, 1);
    EXPECT_NEAR(probability(100, 100).low, 0.96301, 1e-5);
}

TEST(ScaledCovariance, IsExactWhereProductsOfSumsLeave128Bits) {
    // x = y = 0 and 2^50, half of the time each, in 2^20 worlds: n * sum xy - sum x * sum y = n^2 2^98.
    const std::int64_t n = std::int64_t{1} << 20;
    const Wide x = Wide{1} << 50;
    EXPECT_EQ(scaled_covariance(n / 2 * (x * x), n / 2 * x, n / 2 * x, n), std::ldexp(1.0, 40 + 100 - 2));
    EXPECT_EQ(scaled_covariance(6, 4, 3, 2), 0);
    EXPECT_EQ(scaled_covariance(-5, 0, 0, 2), -10);
}

}  // namespace
}  // namespace termwise
