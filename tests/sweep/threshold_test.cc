// Where the better strategy changes.
#include "sweep/threshold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "sweep/contests.h"

namespace termwise {
namespace {

using Positions = std::vector<std::uint64_t>;

template <class F>
Threshold threshold_of(std::uint64_t size, F&& difference) {
    return find_threshold(size, [&](const Positions& positions) {
        std::vector<Contest> contests;
        for (const std::uint64_t at : positions)
            contests.push_back(test::contest_of(static_cast<std::int64_t>(difference(at)), 0));
        return contests;
    });
}

TEST(Threshold, IsFoundToTheUnit) {
    // The first costs 2 * at, the second 1,234,567: better up to 617,283, worse from 617,284 on.
    const Threshold found = threshold_of(
        1'000'001, [](std::uint64_t at) { return 2 * static_cast<std::int64_t>(at) - 1'234'567; });
    EXPECT_EQ(found.changes, Positions{617'284});
    EXPECT_EQ(found.seen.at(617'283).difference(), Money(-1));
    EXPECT_EQ(found.seen.at(617'284).difference(), Money(1));
    EXPECT_TRUE(found.monotone);
    EXPECT_FALSE(found.everywhere);
    EXPECT_LE(found.seen.size(), kThresholdScan + 16) << "17 values, and 16 halvings of 62,500";
}

TEST(Threshold, IsTwoChangesWhereBothAreEqualBetween) {
    const Threshold found =
        threshold_of(1'001, [](std::uint64_t at) { return static_cast<std::int64_t>(at) - 617; });
    EXPECT_EQ(found.changes, (Positions{617, 618}));
    EXPECT_EQ(found.seen.at(617).better(), Better::equal);
}

TEST(Threshold, IsNotThereWhereOneIsBetterThroughout) {
    const Threshold found = threshold_of(1'000, [](std::uint64_t at) { return at + 1; });
    EXPECT_TRUE(found.changes.empty());
    EXPECT_TRUE(found.monotone);
    EXPECT_EQ(found.seen.size(), kThresholdScan);
}

TEST(Threshold, SaysWhereTheDifferenceGrowsAndFalls) {
    // A valley between 300 and 700: both changes are found, and that there may be more is known.
    const Threshold found = threshold_of(
        1'001, [](std::uint64_t at) { return std::abs(static_cast<std::int64_t>(at) - 500) * 2 - 401; });
    EXPECT_EQ(found.changes, (Positions{300, 701}));
    EXPECT_FALSE(found.monotone);
}

TEST(Threshold, OfFewValuesLooksAtEveryOne) {
    const Threshold found = threshold_of(17, [](std::uint64_t at) { return at % 2 == 0 ? 1 : -1; });
    EXPECT_TRUE(found.everywhere);
    EXPECT_EQ(found.changes.size(), 16U);
    const Threshold one = threshold_of(1, [](std::uint64_t) { return 1; });
    EXPECT_TRUE(one.everywhere && one.changes.empty());
}

TEST(Threshold, SeesAPlanThatIsNoLongerFeasible) {
    const Threshold found = find_threshold(101, [](const Positions& positions) {
        std::vector<Contest> contests;
        for (const std::uint64_t at : positions)
            contests.push_back({test::run_of(1, at < 42), test::run_of(2)});
        return contests;
    });
    EXPECT_EQ(found.changes, Positions{42});
}

RC_GTEST_PROP(Threshold, OfAMonotoneDifferenceIsTheOnlyChange, ()) {
    const auto size = static_cast<std::uint64_t>(*rc::gen::inRange(1, 3'000));
    const auto turn = static_cast<std::uint64_t>(*rc::gen::inRange(0, 3'000));
    const Threshold found = threshold_of(size, [&](std::uint64_t at) { return at < turn ? -1 : 1; });
    RC_ASSERT(found.changes == ((turn > 0 && turn < size) ? Positions{turn} : Positions{}));
}

}  // namespace
}  // namespace termwise
