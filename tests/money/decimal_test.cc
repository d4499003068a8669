#include "money/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace termwise {
namespace {

// M0.3
TEST(ParseDecimal, ReadsAmountsAsTheyAreWritten) {
    const std::vector<std::pair<std::string, Decimal>> table = {
        {"0", {0, 0}},        {"240", {240, 0}},
        {"240.5", {2405, 1}}, {"240.50", {24050, 2}},
        {"0.05", {5, 2}},     {"0.0001", {1, 4}},
        {"0.00", {0, 2}},     {"999999999999999", {999'999'999'999'999, 0}},
    };
    for (const auto& [text, expected] : table) {
        const auto parsed = parse_decimal(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(parsed->digits, expected.digits) << text;
        EXPECT_EQ(parsed->decimals, expected.decimals) << text;
    }
}

TEST(ParseDecimal, RefusesEverythingElse) {
    for (const char* text : {"",        " ",       "-1",
                             "+1",      "01",      "00.10",
                             "1.",      ".5",      "1,5",
                             "1 000",   "1e3",     "0x10",
                             "1.23456", "1.00000", "1000000000000000",
                             "240.00 ", " 240.00", "$5",
                             "NaN",     "1.2.3",   "9999999999999999999999",
                             "\xd9\xa1"})
        EXPECT_FALSE(parse_decimal(text)) << '"' << text << '"';
}

TEST(ToMoney, CountsInMinorUnits) {
    EXPECT_EQ(to_money({2405, 1}, 2), Money(24050));
    EXPECT_EQ(to_money({240, 0}, 0), Money(240));
    EXPECT_EQ(to_money({125, 3}, 3), Money(125));
    EXPECT_EQ(to_money({1, 4}, 4), Money(1));
}

// M0.3: more decimals than the minor unit has are an error, also where they are zeros.
TEST(ToMoney, RefusesMoreDecimalsThanTheCurrencyHas) {
    EXPECT_FALSE(to_money({10005, 3}, 2));
    EXPECT_FALSE(to_money({10000, 3}, 2));
    EXPECT_FALSE(to_money({5, 1}, 0));
}

TEST(ToMoney, RefusesWhatDoesNotFit) {
    EXPECT_TRUE(to_money({kMostUnits, 0}, 3));
    EXPECT_FALSE(to_money({kMostUnits * 100, 0}, 4));
}

TEST(DecimalText, WritesTheDecimalsOfTheCurrency) {
    EXPECT_EQ(to_decimal_text(Money(123450), 2), "1234.50");
    EXPECT_EQ(to_decimal_text(Money(-5), 2), "-0.05");
    EXPECT_EQ(to_decimal_text(Money(0), 2), "0.00");
    EXPECT_EQ(to_decimal_text(Money(1117), 0), "1117");
    EXPECT_EQ(to_decimal_text(Money(-1117), 0), "-1117");
    EXPECT_EQ(to_decimal_text(Money(125), 3), "0.125");
    EXPECT_EQ(to_decimal_text(Money(100), 2), "1.00");
    EXPECT_EQ(to_decimal_text(Money(INT64_MIN), 2), "-92233720368547758.08");
}

RC_GTEST_PROP(DecimalText, ReadsBackAsTheSameAmount, ()) {
    const int digits = *rc::gen::inRange(0, 5);
    const Money amount(*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000));
    std::string text;
    append_decimal_text(text, amount, digits);
    const auto parsed = parse_decimal(text);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(to_money(*parsed, digits) == amount);
}

}  // namespace
}  // namespace termwise
