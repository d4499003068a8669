// Designs: which points a sweep has.
#include "sweep/design.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <stdexcept>

namespace termwise {
namespace {

using Texts = std::vector<std::string>;

std::vector<Axis> axes(const Texts& texts) {
    std::vector<Axis> all;
    for (const std::string& text : texts) {
        std::string problem;
        std::optional<Axis> axis = parse_axis(text, problem);
        if (!axis) throw std::invalid_argument(problem);
        all.push_back(std::move(*axis));
    }
    return all;
}

/// Every point as "x y", an axis at base as "-".
Texts points_of(const Design& design) {
    Texts all;
    for (std::uint32_t i = 0; i < design.points(); ++i) {
        std::string text;
        for (const auto& value : design.point(i)) text += (text.empty() ? "" : " ") + value.value_or("-");
        all.push_back(text);
    }
    return all;
}

TEST(Design, GridIsEveryCombinationTheLastAxisFastest) {
    const auto design = Design::make(DesignKind::grid, axes({"/a=1,2", "/b=x,y,z"}), 0, 1);
    EXPECT_EQ(points_of(design.value()), (Texts{"1 x", "1 y", "1 z", "2 x", "2 y", "2 z"}));
}

TEST(Design, OneAtATimeIsTheBaseAndThenEachValueWithTheOthersAtBase) {
    const auto design = Design::make(DesignKind::one_at_a_time, axes({"/a=1..2", "/b=x"}), 0, 1);
    EXPECT_EQ(points_of(design.value()), (Texts{"- -", "1 -", "2 -", "- x"}));
}

TEST(Design, RandomPointsAreAFunctionOfSeedAndNumber) {
    const auto a = axes({"/a=0..99", "/b=x,y"});
    const Texts ten = points_of(*Design::make(DesignKind::random, a, 10, 7));
    Texts more = points_of(*Design::make(DesignKind::random, a, 1000, 7));
    more.resize(10);
    EXPECT_EQ(more, ten) << "the first stay the same however many follow";
    EXPECT_NE(points_of(*Design::make(DesignKind::random, a, 10, 8)), ten);
    // Known by heart, so that a sweep of today is the one of tomorrow.
    EXPECT_EQ(Texts(ten.begin(), ten.begin() + 3), (Texts{"74 x", "52 y", "61 y"}));
}

TEST(Design, RandomDrawsEachValueEquallyOftenRangesWithEachOfTheirs) {
    const auto design = Design::make(DesignKind::random, axes({"/a=x,1..3"}), 40'000, 1).value();
    std::map<std::string, int> times;
    for (const std::string& value : points_of(design)) ++times[value];
    ASSERT_EQ(times.size(), 4U);
    for (const auto& [value, count] : times) EXPECT_NEAR(count, 10'000, 350) << value;  // four deviations
}

TEST(Design, IsRefusedWhereItWouldHaveTooManyPoints) {
    EXPECT_FALSE(Design::make(DesignKind::grid, axes({"/a=1..10000", "/b=1..1001"}), 0, 1));
    EXPECT_TRUE(Design::make(DesignKind::grid, axes({"/a=1..10000", "/b=1..1000"}), 0, 1));
    EXPECT_FALSE(
        Design::make(DesignKind::grid, axes({"/a=0.0000..900000000", "/b=0.0000..900000000"}), 0, 1));
    EXPECT_FALSE(Design::make(DesignKind::one_at_a_time, axes({"/a=1..10000000"}), 0, 1)) << "and the base";
    EXPECT_TRUE(Design::make(DesignKind::random, axes({"/a=0.0000..900000000"}), 5, 1));
}

RC_GTEST_PROP(Design, GridHasEveryPointOnce, ()) {
    std::vector<Axis> all;
    std::uint64_t product = 1;
    for (int a = *rc::gen::inRange(1, 4); a > 0; --a) {
        const int size = *rc::gen::inRange(1, 6);
        all.push_back(axes({"/a=1.." + std::to_string(size)})[0]);
        product *= static_cast<std::uint64_t>(size);
    }
    const Texts points = points_of(*Design::make(DesignKind::grid, all, 0, 1));
    RC_ASSERT(points.size() == product);
    RC_ASSERT(std::set<std::string>(points.begin(), points.end()).size() == product);
}

TEST(Axis, IsAPointerAndItsValues) {
    std::string problem;
    const auto axis = parse_axis("/offers/a/prices/P1Y,P1M/unit_price=20,21", problem);
    ASSERT_TRUE(axis);
    EXPECT_EQ(axis->pointer, "/offers/a/prices/P1Y,P1M/unit_price");
    EXPECT_EQ(axis->values.size(), 2U);
    for (const char* text : {"", "/a", "a=1", "/a=", "/a~=1"})
        EXPECT_FALSE(parse_axis(text, problem)) << text;
}

TEST(Axis, AtBaseIsNotSet) {
    const auto all = axes({"/a=1", "/b=2"});
    const auto overrides = overrides_of(all, {std::nullopt, "2"});
    ASSERT_EQ(overrides.size(), 1U);
    EXPECT_EQ(overrides[0].pointer + "=" + overrides[0].value, "/b=2");
}

}  // namespace
}  // namespace termwise
