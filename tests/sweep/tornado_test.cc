// Which inputs matter.
#include "sweep/tornado.h"

#include <gtest/gtest.h>

#include <string>

#include "sweep/contests.h"

namespace termwise {
namespace {

using test::contest_of;
using test::run_of;

std::vector<Axis> axes(const std::vector<std::string>& texts) {
    std::vector<Axis> all;
    std::string problem;
    for (const std::string& text : texts) all.push_back(parse_axis(text, problem).value());
    return all;
}

/// The first strategy costs 100 + a + 10 b - 3 c, the second 120; at base all three are 1.
std::vector<Contest> linear(const std::vector<Point>& points) {
    std::vector<Contest> contests;
    for (const Point& point : points) {
        const auto value = [&](std::size_t axis) { return point[axis] ? std::stoi(*point[axis]) : 1; };
        contests.push_back(contest_of(100 + value(0) + 10 * value(1) - 3 * value(2), 120));
    }
    return contests;
}

TEST(Tornado, RanksInputsByWhatTheyDoToTheDifference) {
    const Tornado found = tornado(axes({"/a=0,50,2", "/b=0..3", "/c=0,9"}), linear);
    EXPECT_EQ(found.base.difference(), Money(-12));
    ASSERT_EQ(found.bars.size(), 3U);
    // b: 98 - 120 = -22 to 128 - 120 = 8; c: 111 - 120 = -9 to 84 - 120 = -36; a: 107 - 120 = -13 to -11.
    EXPECT_EQ(found.bars[0].axis, 1U);
    EXPECT_EQ(found.bars[0].low.difference(), Money(-22));
    EXPECT_EQ(found.bars[0].high.difference(), Money(8));
    EXPECT_EQ(found.bars[0].swing, Money(30));
    EXPECT_EQ(found.bars[1].axis, 2U);
    EXPECT_EQ(found.bars[1].low.difference(), Money(-9));
    EXPECT_EQ(found.bars[1].high.difference(), Money(-36));
    EXPECT_EQ(found.bars[1].swing, Money(27));
    EXPECT_EQ(found.bars[2].axis, 0U);
    EXPECT_EQ(found.bars[2].low_value, "0");
    EXPECT_EQ(found.bars[2].high_value, "2") << "the last value; those between are for tables";
    EXPECT_EQ(found.bars[2].swing, Money(2));
}

TEST(Tornado, CountsTheBaseToo) {
    const Tornado found = tornado(axes({"/a=5", "/b=2,3"}), [](const std::vector<Point>& points) {
        EXPECT_EQ(points.size(), 4U) << "base, the only value of a, two of b";
        std::vector<Contest> contests;
        for (const Point& point : points)
            contests.push_back(contest_of(point[0] ? 40 : point[1] ? 20 + std::stoi(*point[1]) : 10, 0));
        return contests;
    });
    EXPECT_EQ(found.bars[0].axis, 0U);
    EXPECT_EQ(found.bars[0].swing, Money(30)) << "its one value against the base";
    EXPECT_EQ(found.bars[0].low_value, found.bars[0].high_value);
    EXPECT_EQ(found.bars[1].swing, Money(13)) << "from the base, 10, to the high end, 23";
}

TEST(Tornado, PutsWhatIsNotKnownLastAndTiesInTheirOrder) {
    const Tornado found = tornado(axes({"/a=1,2", "/b=1,2", "/c=1,2"}), [](const std::vector<Point>& points) {
        std::vector<Contest> contests;
        for (const Point& point : points)
            contests.push_back(point[0] ? Contest{RunResult{}, run_of(1)} : contest_of(5, 5));
        return contests;
    });
    EXPECT_EQ(found.bars[0].axis, 1U);
    EXPECT_EQ(found.bars[1].axis, 2U);
    EXPECT_EQ(found.bars[2].axis, 0U);
    EXPECT_EQ(found.bars[2].swing, std::nullopt);
}

}  // namespace
}  // namespace termwise
