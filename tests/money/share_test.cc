#include "money/share.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <vector>

#include "support/literals.h"

namespace termwise {
namespace {

// The judge of share(): wide enough to need no care.
__extension__ typedef __int128 Wide;

std::int64_t rounded_by_hand(std::int64_t amount, std::int64_t numerator, std::int64_t denominator) {
    const Wide twice = Wide{amount} * numerator * 2;
    const Wide half_up = twice >= 0 ? twice + denominator : twice - denominator;
    return static_cast<std::int64_t>(half_up / (Wide{denominator} * 2));  // division cuts towards zero
}

struct Case {
    std::int64_t amount, numerator, denominator, expected;
};

// M0.4
TEST(Share, RoundsHalvesAwayFromZero) {
    const std::vector<Case> table = {
        {1, 1, 2, 1},          // 0.5
        {-1, 1, 2, -1},        // -0.5
        {3, 1, 2, 2},          // 1.5
        {5, 1, 2, 3},          // 2.5: not to even
        {2235, 15, 30, 1118},  // half a yen, example 12
        {1, 1, 3, 0},         {2, 1, 3, 1}, {-2, 1, 3, -1}, {7, 0, 31, 0}, {7, 31, 31, 7}, {0, 5, 31, 0},
    };
    for (const auto& [amount, numerator, denominator, expected] : table)
        EXPECT_EQ(share(Money(amount), numerator, denominator).minor, expected)
            << amount << " * " << numerator << "/" << denominator;
}

// Charges that Microsoft has published (licensing-rules 8.1), those of them that rounding halves up
// reproduces. The others were cut, or rounded per seat or per day first; M0.4 rounds once, on the whole line.
TEST(Share, ReproducesPublishedCharges) {
    EXPECT_EQ(share("240.00"_usd, 22, 31), "170.32"_usd);  // N4, Mar 14: 20 seats at 12.00
    EXPECT_EQ(share("240.00"_usd, 11, 31), "85.16"_usd);   // N4, Mar 25: 20 seats at 12.00
    EXPECT_EQ(share("360.00"_usd, 11, 31), "127.74"_usd);  // N4, Mar 25: 30 seats at 12.00
    EXPECT_EQ(share("4.00"_usd, 19, 31), "2.45"_usd);      // L1
    EXPECT_EQ(share("8.00"_usd, 12, 31), "3.10"_usd);      // L1
    EXPECT_EQ(share("211.20"_usd, 1, 365), "0.58"_usd);    // L5
    EXPECT_EQ(share("422.40"_usd, 27, 365), "31.25"_usd);  // L5
    EXPECT_EQ(share("422.40"_usd, 337, 365), "390.00"_usd);
    // N1 is published as 94.20 (the unit price was cut first); the whole line gives ten cents more.
    EXPECT_EQ(share("100.80"_usd, 29, 31), "94.30"_usd);
}

TEST(Share, IsExactWhereTheProductLeaves64Bits) {
    const std::int64_t large = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(share(Money(large), 1'000'000'007, 1'000'000'007).minor, large);
    EXPECT_EQ(share(Money(-large), 1'000'000'007, 1'000'000'007).minor, -large);
    EXPECT_EQ(share(Money(large), 3, 4).minor, rounded_by_hand(large, 3, 4));
    EXPECT_EQ(share(Money(std::numeric_limits<std::int64_t>::min() + 1), 1, 1).minor, -large);
}

RC_GTEST_PROP(Share, IsWhatWideArithmeticSays, ()) {
    const auto amount = *rc::gen::inRange<std::int64_t>(-(std::int64_t{1} << 61), std::int64_t{1} << 61);
    const auto denominator = *rc::gen::inRange<std::int64_t>(1, 2'000'000'000);
    const auto numerator = *rc::gen::inRange<std::int64_t>(0, denominator + 1);
    RC_ASSERT(share(Money(amount), numerator, denominator).minor ==
              rounded_by_hand(amount, numerator, denominator));
}

RC_GTEST_PROP(Share, IsWhatWideArithmeticSaysOfEverydayCharges, ()) {
    const auto amount = *rc::gen::inRange<std::int64_t>(-10'000, 10'000);
    const auto denominator = *rc::gen::inRange<std::int64_t>(1, 40);
    const auto numerator = *rc::gen::inRange<std::int64_t>(0, denominator + 1);
    const Money part = share(Money(amount), numerator, denominator);
    RC_ASSERT(part.minor == rounded_by_hand(amount, numerator, denominator));
    RC_ASSERT(part == -share(Money(-amount), numerator, denominator));
}

}  // namespace
}  // namespace termwise
