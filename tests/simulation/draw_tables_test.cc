// Draws from distributions (M7.4): days rounded up, time in whole seconds, both by tables that agree with the
// distribution they were made from.
#include "simulation/draw_tables.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/philox.h"

namespace termwise {
namespace {

using namespace distribution;

constexpr std::uint32_t kLeast = 0, kMost = 0xFFFFFFFF;

std::uint32_t random_word(std::uint32_t n) { return philox_4x32_10({n, 0, 0, 0}, {20260105, 0})[0]; }

TEST(DayTable, RoundsUpToWholeDays) {
    EXPECT_EQ(DayTable(Fixed{3}).draw(kLeast), 3);
    EXPECT_EQ(DayTable(Fixed{3}).draw(kMost), 3);
    EXPECT_EQ(DayTable(Fixed{3.001}).draw(kLeast), 4);
    EXPECT_EQ(DayTable(Fixed{0}).draw(kMost), 0);
    // Up to 2.5: a fifth of the time up to 1 and up to 2 each, the rest is the third day.
    const DayTable uniform(Uniform{0, 2.5});
    EXPECT_EQ(uniform.draws_up_to(0), 0U);
    EXPECT_EQ(uniform.draws_up_to(1), static_cast<std::uint64_t>(std::llround(0.4 * 4294967296.0)));
    EXPECT_EQ(uniform.draws_up_to(3), std::uint64_t{1} << 32);
    EXPECT_EQ(uniform.draw(kLeast), 1);
    EXPECT_EQ(uniform.draw(kMost), 3);
}

TEST(DayTable, GivesEachEmpiricalValueItsShare) {
    const DayTable delays(Empirical{{0, 0, 0, 1, 3}});
    EXPECT_EQ(delays.draws_up_to(0), static_cast<std::uint64_t>(std::llround(0.6 * 4294967296.0)));
    EXPECT_EQ(delays.draws_up_to(0) + (std::uint64_t{1} << 32) / 5 + 1, delays.draws_up_to(1) + 1);
    EXPECT_EQ(delays.draws_up_to(2), delays.draws_up_to(1));
    EXPECT_EQ(delays.draw(kMost), 3);
}

TEST(DayTable, EndsSomewhereHoweverWildTheDistribution) {
    EXPECT_EQ(DayTable(Fixed{1e6}).draw(kLeast), DayTable::kMostDays);
    EXPECT_EQ(DayTable(LognormalMoments{1e6, 1e6}).draw(kMost), DayTable::kMostDays);
}

RC_GTEST_PROP(DayTable, IsTheDistributionRoundedUp, ()) {
    const double a = *rc::gen::inRange(1, 40), b = a + *rc::gen::inRange(0, 40),
                 c = b + *rc::gen::inRange(0, 40);
    const Distribution distribution = *rc::gen::element<Distribution>(
        Fixed{a / 3}, Uniform{a, b}, Triangular{a, b, c}, LognormalQuantiles{a, b},
        LognormalMoments{a, b / 40}, Empirical{{a, b / 7, c}});
    const DayTable table(distribution);
    std::int32_t before = 0;
    for (std::uint32_t n = 0; n < 400; ++n) {
        const std::uint32_t bits = n << 23 | random_word(n) >> 9;  // from the least to the most
        const std::int32_t days = table.draw(bits);
        RC_ASSERT(days >= before);
        RC_ASSERT(bits < table.draws_up_to(days));
        RC_ASSERT(days == 0 || bits >= table.draws_up_to(days - 1));
        before = days;
    }
    for (std::int32_t days = 0; days < 200; ++days)
        RC_ASSERT(std::abs(static_cast<double>(table.draws_up_to(days)) / 4294967296.0 -
                           cumulative(distribution, days)) < 1e-9);
}

TEST(MultipleTable, LeavesPlannedTimeAlone) {
    EXPECT_TRUE(MultipleTable(Fixed{1}).is_one());
    EXPECT_TRUE(MultipleTable(LognormalMoments{1, 0}).is_one());
    EXPECT_TRUE(MultipleTable(Empirical{{1, 1}}).is_one());
    EXPECT_FALSE(MultipleTable(Empirical{{1, 1.5}}).is_one());
    EXPECT_EQ(MultipleTable(Fixed{1}).draw(900, 12345), 900);
}

TEST(MultipleTable, RoundsUpToWholeSeconds) {
    EXPECT_EQ(MultipleTable(Fixed{1.5}).draw(900, 0), 1350);
    EXPECT_EQ(MultipleTable(Fixed{1.1}).draw(600, 0), 660);  // not 661, though 1.1 is a hair more in binary
    EXPECT_EQ(MultipleTable(Fixed{1.0001}).draw(900, 0), 901);
    EXPECT_EQ(MultipleTable(Fixed{0}).draw(900, 0), 0);
    const MultipleTable pair(Empirical{{2, 1}});
    EXPECT_EQ(pair.draw(60, kLeast), 60);
    EXPECT_EQ(pair.draw(60, 0x7FFFFFFF), 60);
    EXPECT_EQ(pair.draw(60, 0x80000000), 120);
}

RC_GTEST_PROP(MultipleTable, FollowsTheQuantiles, ()) {
    const double a = *rc::gen::inRange(1, 20) / 10.0, b = a + *rc::gen::inRange(1, 20) / 10.0;
    const Distribution distribution = *rc::gen::element<Distribution>(
        Uniform{a, b}, Triangular{a, b, b + 1}, LognormalQuantiles{a, b}, LognormalMoments{a, b / 4});
    const MultipleTable table(distribution);
    constexpr std::int64_t kSeconds = 10'000'000;
    std::int64_t before = 0;
    for (std::uint32_t n = 0; n < 400; ++n) {
        const std::uint32_t bits = n * 10'737'418 + (random_word(n) >> 9);
        const std::int64_t seconds = table.draw(kSeconds, bits);
        const double wanted = quantile(distribution, (bits + 0.5) / 4294967296.0) * kSeconds;
        RC_ASSERT(std::abs(static_cast<double>(seconds) - wanted) < 2 + 1e-4 * wanted);
        RC_ASSERT(seconds >= before);
        before = seconds;
    }
}

TEST(MultipleTable, HasTheMeanAndVariationThatWereAskedFor) {
    const MultipleTable table(LognormalMoments{1, 0.3});
    constexpr std::uint32_t kDraws = 100'000;
    double sum = 0, squares = 0;
    for (std::uint32_t n = 0; n < kDraws; ++n) {
        const double multiple = static_cast<double>(table.draw(3'600'000, random_word(n))) / 3'600'000;
        sum += multiple;
        squares += multiple * multiple;
    }
    const double mean = sum / kDraws;
    EXPECT_NEAR(mean, 1, 4 * 0.3 / std::sqrt(kDraws));
    EXPECT_NEAR(std::sqrt(squares / kDraws - mean * mean), 0.3, 0.005);
}

}  // namespace
}  // namespace termwise
