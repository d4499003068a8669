#include "base/wide.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace termwise {
namespace {

TEST(Wide, IsWrittenAndReadInDecimal) {
    EXPECT_EQ(to_text(Wide{0}), "0");
    EXPECT_EQ(to_text(Wide{-12}), "-12");
    const Wide most = ~(Wide{1} << 127), least = Wide{1} << 127;
    EXPECT_EQ(to_text(most), "170141183460469231731687303715884105727");
    EXPECT_EQ(to_text(least), "-170141183460469231731687303715884105728");
    EXPECT_TRUE(parse_wide(to_text(most)) == most);
    EXPECT_TRUE(parse_wide(to_text(least)) == least);
}

TEST(Wide, RefusesWhatItWouldNotWrite) {
    for (const char* text :
         {"", "-", "+1", "01", "-0", "1.0", " 1", "1e3", "170141183460469231731687303715884105728"})
        EXPECT_FALSE(parse_wide(text)) << text;
}

TEST(RoundedQuotient, RoundsHalvesAwayFromZero) {
    EXPECT_EQ(rounded_quotient(7, 2), 4);
    EXPECT_EQ(rounded_quotient(-7, 2), -4);
    EXPECT_EQ(rounded_quotient(10, 3), 3);
    EXPECT_EQ(rounded_quotient(-11, 3), -4);
    EXPECT_EQ(rounded_quotient(Wide{1} << 100, std::int64_t{1} << 62), std::int64_t{1} << 38);
}

RC_GTEST_PROP(Wide, ComesBackFromItsText, (std::int64_t high, std::uint64_t low)) {
    const Wide number = (Wide{high} << 64) | static_cast<Wide>(low);
    RC_ASSERT(parse_wide(to_text(number)) == number);
}

}  // namespace
}  // namespace termwise
