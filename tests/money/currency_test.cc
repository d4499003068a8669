#include "money/currency.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace termwise {
namespace {

// ISO 4217
TEST(Currency, KnowsHowManyDecimalsEachHas) {
    for (const std::string_view code : {"USD", "EUR", "GBP", "CHF", "INR", "BRL"})
        EXPECT_EQ(minor_digits_of(code), 2) << code;
    for (const std::string_view code : {"JPY", "KRW", "VND", "CLP", "ISK", "XOF"})
        EXPECT_EQ(minor_digits_of(code), 0) << code;
    for (const std::string_view code : {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
        EXPECT_EQ(minor_digits_of(code), 3) << code;
}

TEST(Currency, KnowsNoOthers) {
    for (const std::string_view code : {"", "US", "usd", "USDX", "ZZZ", "XXX", "XAU", "XTS", "DEM", "840"})
        EXPECT_FALSE(minor_digits_of(code)) << code;
}

TEST(Currency, ListsEveryCodeOnceAscending) {
    const auto codes = currency_codes();
    EXPECT_TRUE(std::ranges::is_sorted(codes));
    EXPECT_EQ(std::ranges::adjacent_find(codes), codes.end());
    EXPECT_GT(codes.size(), 150U);
    for (const std::string_view code : codes) {
        EXPECT_EQ(code.size(), 3U);
        EXPECT_TRUE(minor_digits_of(code)) << code;
    }
}

}  // namespace
}  // namespace termwise
