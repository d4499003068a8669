#include "model/uncertainty.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <string_view>

namespace termwise {
namespace {

using namespace distribution;

TEST(Quantile, OfFixedIsTheValue) {
    EXPECT_EQ(quantile(Fixed{7}, 0.01), 7);
    EXPECT_EQ(quantile(Fixed{7}, 0.99), 7);
}

TEST(Quantile, OfUniformGrowsEvenly) {
    EXPECT_DOUBLE_EQ(quantile(Uniform{2, 12}, 0.5), 7);
    EXPECT_DOUBLE_EQ(quantile(Uniform{2, 12}, 0.9), 11);
    EXPECT_DOUBLE_EQ(quantile(Uniform{3, 3}, 0.9), 3);
}

TEST(Quantile, OfTriangularFollowsTheAreas) {
    // Below the mode the area is (x-min)^2 / ((max-min)(mode-min)): half of it at 4 for 0, 4, 8.
    EXPECT_DOUBLE_EQ(quantile(Triangular{0, 4, 8}, 0.5), 4);
    EXPECT_DOUBLE_EQ(quantile(Triangular{0, 4, 8}, 0.125), 2);
    EXPECT_DOUBLE_EQ(quantile(Triangular{0, 4, 8}, 0.875), 6);
    EXPECT_DOUBLE_EQ(quantile(Triangular{0, 0, 10}, 0.75), 5);
    EXPECT_DOUBLE_EQ(quantile(Triangular{0, 10, 10}, 0.25), 5);
    EXPECT_DOUBLE_EQ(quantile(Triangular{6, 6, 6}, 0.3), 6);
}

TEST(Quantile, OfLognormalGoesThroughItsParameters) {
    const LognormalQuantiles acceptance{7, 21};
    EXPECT_NEAR(quantile(acceptance, 0.5), 7, 1e-12);
    EXPECT_NEAR(quantile(acceptance, 0.9), 21, 1e-9);
    // sigma = ln 3 / 1.2815515655; the 80% point lies 0.8416212336 sigmas up.
    EXPECT_NEAR(quantile(acceptance, 0.8),
                7 * std::exp(std::log(3) / 1.2815515655446004 * 0.8416212335729143), 1e-9);
    EXPECT_NEAR(quantile(LognormalQuantiles{7, 7}, 0.99), 7, 1e-12);
}

TEST(Quantile, OfLognormalByMeanAndVariation) {
    // cv 0: no variation. Otherwise the median lies at mean / sqrt(1 + cv^2).
    EXPECT_NEAR(quantile(LognormalMoments{3, 0}, 0.9), 3, 1e-12);
    EXPECT_NEAR(quantile(LognormalMoments{3, 0.75}, 0.5), 3 / 1.25, 1e-12);
}

TEST(Quantile, OfEmpiricalIsTheLeastValueThatSuffices) {
    const Empirical delays{{3, 0, 0, 1, 0}};
    EXPECT_EQ(quantile(delays, 0.5), 0);
    EXPECT_EQ(quantile(delays, 0.6), 0);  // three of five
    EXPECT_EQ(quantile(delays, 0.61), 1);
    EXPECT_EQ(quantile(delays, 0.8), 1);
    EXPECT_EQ(quantile(delays, 0.81), 3);
    EXPECT_EQ(quantile(delays, 0.999), 3);
    EXPECT_EQ(quantile(Empirical{{5}}, 0.001), 5);
}

TEST(Quantile, OfEmpiricalIsNotMisledByBinaryFractions) {
    // 0.55 * 100 is 55.00000000000001 in binary; 55 of the values 1 to 100 suffice.
    Empirical hundred;
    for (int i = 1; i <= 100; ++i) hundred.values.push_back(i);
    for (int percent = 1; percent < 100; ++percent)
        EXPECT_EQ(quantile(hundred, percent / 100.0), percent) << percent << "%";
}

RC_GTEST_PROP(Quantile, NeverFallsAsTheProbabilityGrows, ()) {
    const double a = *rc::gen::inRange(0, 50), b = a + *rc::gen::inRange(0, 50),
                 c = b + *rc::gen::inRange(0, 50);
    const Distribution distribution = *rc::gen::element<Distribution>(
        Fixed{a}, Uniform{a, b}, Triangular{a, b, c}, LognormalQuantiles{a + 1, b + 1},
        LognormalMoments{a + 1, b / 10}, Empirical{{c, a, b, b}});
    double before = 0;
    for (int p = 1; p < 1000; ++p) {
        const double value = quantile(distribution, p / 1000.0);
        RC_ASSERT(std::isfinite(value));
        RC_ASSERT(value >= before - 1e-9);
        before = value;
    }
}

TEST(Cumulative, CountsAnEmpiricalValueWhereItLies) {
    const Empirical delays{{3, 0, 0, 1, 0}};
    EXPECT_DOUBLE_EQ(cumulative(delays, -1), 0);
    EXPECT_DOUBLE_EQ(cumulative(delays, 0), 0.6);
    EXPECT_DOUBLE_EQ(cumulative(delays, 0.99), 0.6);
    EXPECT_DOUBLE_EQ(cumulative(delays, 1), 0.8);
    EXPECT_DOUBLE_EQ(cumulative(delays, 3), 1);
}

TEST(Cumulative, StepsWhereThereIsNoWidth) {
    for (const Distribution& certain :
         {Distribution(Fixed{7}), Distribution(Uniform{7, 7}), Distribution(Triangular{7, 7, 7}),
          Distribution(LognormalQuantiles{7, 7}), Distribution(LognormalMoments{7, 0}),
          Distribution(Empirical{{7}})}) {
        EXPECT_EQ(cumulative(certain, 6.999), 0);
        EXPECT_EQ(cumulative(certain, 7), 1);
    }
}

RC_GTEST_PROP(Cumulative, UndoesTheQuantile, ()) {
    const double a = *rc::gen::inRange(1, 50), b = a + *rc::gen::inRange(1, 50),
                 c = b + *rc::gen::inRange(1, 50);
    const Distribution distribution = *rc::gen::element<Distribution>(
        Uniform{a, b}, Triangular{a, b, c}, Triangular{a, a, b}, Triangular{a, b, b},
        LognormalQuantiles{a, b}, LognormalMoments{a, b / 10});
    for (int p = 1; p < 1000; ++p)
        RC_ASSERT(std::abs(cumulative(distribution, quantile(distribution, p / 1000.0)) - p / 1000.0) <
                  1e-12);
    RC_ASSERT(cumulative(distribution, 0) == 0);
    RC_ASSERT(cumulative(distribution, 1e9) > 1 - 1e-9);
}

// M7: a parameter given for that very quantile is taken as it is, rounded up.
TEST(PlanDays, TakeAParameterGivenForTheQuantileAsItIs) {
    EXPECT_EQ(plan_days_for(LognormalQuantiles{7, 21}, 0.9), 21);
    EXPECT_EQ(plan_days_for(LognormalQuantiles{7, 21}, 0.5), 7);
    EXPECT_EQ(plan_days_for(LognormalQuantiles{7, 21.0000001}, 0.9), 22);
    EXPECT_EQ(plan_days_for(LognormalQuantiles{6.5, 21}, 0.5), 7);
    EXPECT_EQ(plan_days_for(Fixed{3}, 0.9), 3);
    EXPECT_EQ(plan_days_for(Fixed{3.0000001}, 0.9), 4);
    EXPECT_EQ(plan_days_for(Fixed{0}, 0.9), 0);
    EXPECT_EQ(plan_days_for(Empirical{{0, 2.5, 9}}, 0.6), 3);
}

TEST(PlanDays, AreComputedOtherwiseAndRoundedUpWithATolerance) {
    EXPECT_EQ(plan_days_for(Uniform{2, 12}, 0.9), 11);        // 11 exactly, or a hair above
    EXPECT_EQ(plan_days_for(Uniform{2, 12}, 0.91), 12);       // 11.1
    EXPECT_EQ(plan_days_for(Uniform{0, 10.000001}, 0.9), 9);  // 9.0000009
    EXPECT_EQ(plan_days_for(Uniform{0, 10.00002}, 0.9), 10);  // 9.000018
    EXPECT_EQ(plan_days_for(Triangular{0, 4, 8}, 0.875), 6);
    EXPECT_EQ(plan_days_for(LognormalQuantiles{7, 21}, 0.8), 15);  // 14.40
    EXPECT_EQ(plan_days_for(LognormalMoments{10, 0}, 0.9), 10);
}

TEST(PlanDays, StayNumbersOfDaysHoweverWildTheDistribution) {
    EXPECT_EQ(plan_days_for(LognormalMoments{1e6, 1e6}, 0.999999), 400'000);
    EXPECT_EQ(plan_days_for(Fixed{1e6}, 0.9), 400'000);
}

TEST(ProblemWith, NamesWhatIsWrong) {
    EXPECT_EQ(problem_with(Uniform{2, 1}), std::string_view("min is above max"));
    EXPECT_EQ(problem_with(Triangular{0, 3, 2}), std::string_view("mode is above max"));
    EXPECT_EQ(problem_with(Triangular{4, 3, 5}), std::string_view("min is above mode"));
    EXPECT_EQ(problem_with(LognormalQuantiles{7, 6}),
              std::string_view("the median is above the 90% quantile"));
    EXPECT_EQ(problem_with(LognormalQuantiles{0, 6}), std::string_view("median has to be above 0"));
    EXPECT_EQ(problem_with(LognormalMoments{0, 1}), std::string_view("mean has to be above 0"));
    EXPECT_EQ(problem_with(LognormalMoments{1, -1}), std::string_view("cv is below 0"));
    EXPECT_EQ(problem_with(Empirical{}), std::string_view("there is no value"));
    EXPECT_EQ(problem_with(Empirical{{1, -1}}), std::string_view("a value is below 0"));
    EXPECT_EQ(problem_with(Fixed{-1}), std::string_view("the value is below 0"));
    EXPECT_NE(problem_with(Fixed{std::numeric_limits<double>::infinity()}), std::string_view());
}

TEST(ProblemWith, FindsNothingWhereNothingIsWrong) {
    for (const Distribution& fine :
         {Distribution(Fixed{0}), Distribution(Uniform{2, 2}), Distribution(Triangular{1, 1, 1}),
          Distribution(LognormalQuantiles{7, 7}), Distribution(LognormalMoments{1, 0}),
          Distribution(Empirical{{0}})})
        EXPECT_EQ(problem_with(fine), std::string_view());
}

}  // namespace
}  // namespace termwise
