#include "formats/scalar.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace termwise {
namespace {

/// What is said of a text; empty if it is right.
std::string said_of(const Scalar& scalar, std::string_view text) {
    Value value;
    Mistake mistake;
    return read_text(scalar, text, value, mistake) ? "" : mistake.message;
}

bool is_id(std::string_view text) { return said_of(scalars::kId, text).empty(); }

std::string repeated(std::string_view text, std::size_t count) {
    std::string out;
    while (count-- > 0) out += text;
    return out;
}

TEST(Scalar, IdsHave1To200CharactersHoweverManyBytes) {  // M0.5
    EXPECT_TRUE(is_id("x"));
    EXPECT_TRUE(is_id("with space; and/or ~tilde"));
    EXPECT_TRUE(is_id(repeated("\xf0\x9f\x93\x85", 200)));
    EXPECT_FALSE(is_id(""));
    EXPECT_FALSE(is_id(repeated("i", 201)));
    EXPECT_FALSE(is_id(repeated("\xc3\xbc", 201)));
}

TEST(Scalar, IdsHaveNoControlCharacters) {
    using namespace std::string_view_literals;
    for (const std::string_view bad :
         {"two\nlines"sv, "tab\t"sv, "nul\0"sv, "del\x7f"sv, "next\xc2\x85line"sv, "\xc2\x9f"sv})
        EXPECT_FALSE(is_id(bad)) << bad;
    EXPECT_TRUE(is_id("\xc2\xa0")) << "a no-break space is a character like any other";
}

TEST(Scalar, NamesMayBeEmptyAndHaveLines) {
    EXPECT_EQ(said_of(scalars::kName, ""), "");
    EXPECT_EQ(said_of(scalars::kName, "A \"name\"\nof two lines"), "");
    EXPECT_EQ(said_of(scalars::kName, repeated("\xc3\xa9", 1'000)), "");
    EXPECT_NE(said_of(scalars::kName, repeated("n", 1'001)), "");
}

TEST(Scalar, SaysWhatWasExpectedAndWhatStandsThere) {
    EXPECT_EQ(said_of(scalars::kDay, "2026-02-30"),
              "expected a day YYYY-MM-DD from 1900 to 2999, found \"2026-02-30\"");
    EXPECT_EQ(
        said_of(scalars::kPeriod, "1Y"),
        "expected a duration of whole months or years, PnM or PnY, of at most 1,200 months, found \"1Y\"");
    EXPECT_EQ(said_of(scalars::kAmount, "1,5"),
              "expected an amount, a text such as \"240.00\" or a whole number, found \"1,5\"");
    EXPECT_EQ(said_of(scalars::kSeats, "25"),
              "expected a number of seats, 1 to 10,000,000, found the text \"25\"");
}

TEST(Scalar, SuggestsTheWordThatWasMeant) {
    static constexpr std::array<std::string_view, 3> kWords{"strict", "grace", "soft"};
    const Scalar scalar = scalars::one_of(kWords, "a word");
    Value value;
    Mistake mistake;
    EXPECT_FALSE(read_text(scalar, "Grace", value, mistake));
    EXPECT_EQ(mistake.nearest, "grace");
    ASSERT_TRUE(read_text(scalar, "soft", value, mistake));
    EXPECT_EQ(value.word, 2U);
    EXPECT_FALSE(read_text(scalars::kCurrency, "usd", value, mistake));
    EXPECT_EQ(mistake.nearest, "USD");
}

TEST(Scalar, AmountsAreNeverFloatingPoint) {  // M0.3
    Value value;
    Mistake mistake;
    ASSERT_TRUE(read_text(scalars::kAmount, "240.50", value, mistake));
    EXPECT_EQ(value.amount, (Decimal{24'050, 2}));
    ASSERT_TRUE(read_integer(scalars::kAmount, 240, value, mistake));
    EXPECT_EQ(value.amount, (Decimal{240, 0}));
    ASSERT_TRUE(read_integer(scalars::kAmount, kMostUnits, value, mistake));
    EXPECT_FALSE(read_integer(scalars::kAmount, kMostUnits + 1, value, mistake));
    EXPECT_FALSE(read_integer(scalars::kAmount, -1, value, mistake));
    EXPECT_FALSE(read_real(scalars::kAmount, 240.5, "240.5", value, mistake));
    EXPECT_EQ(mistake.message,
              "expected an amount, a text such as \"240.00\" or a whole number, found 240.5; amounts are "
              "exact, so one "
              "with decimals is written as a text, without an exponent");
    EXPECT_FALSE(read_real(scalars::kAmount, 1e30, "1000000000000000000000000000000", value, mistake));
    EXPECT_TRUE(mistake.message.ends_with("found 1000000000000000000000000000000, which is too large"));
}

TEST(Scalar, WholeNumbersAreWrittenAsSuch) {
    Value value;
    Mistake mistake;
    ASSERT_TRUE(read_integer(scalars::kSeats, 10'000'000, value, mistake));
    EXPECT_EQ(value.integer, 10'000'000);
    EXPECT_FALSE(read_integer(scalars::kSeats, 10'000'001, value, mistake));
    EXPECT_FALSE(read_integer(scalars::kSeats, 0, value, mistake));
    EXPECT_FALSE(read_integer(scalars::kSeats, std::int64_t{1} << 40, value, mistake));
    EXPECT_FALSE(read_real(scalars::kSeats, 25.0, "25.0", value, mistake));
    EXPECT_TRUE(
        mistake.message.ends_with("found 25.0; it is written without a decimal point or an exponent"));
    EXPECT_FALSE(read_boolean(scalars::kSeats, true, value, mistake));
}

TEST(Scalar, LimitsMayBeOutThemselves) {
    const Scalar quantile{Kind::real, "M7", "a probability", 0, 1, true, true};
    Value value;
    Mistake mistake;
    EXPECT_TRUE(read_real(quantile, 0.9, "0.9", value, mistake));
    EXPECT_DOUBLE_EQ(value.real, 0.9);
    EXPECT_FALSE(read_integer(quantile, 0, value, mistake));
    EXPECT_FALSE(read_integer(quantile, 1, value, mistake));
    EXPECT_FALSE(read_real(quantile, 1.0, "1.0", value, mistake));
    EXPECT_FALSE(read_boolean(quantile, true, value, mistake));
}

TEST(Scalar, CellsHoldTheSameAsTexts) {  // M1.5
    Value value;
    Mistake mistake;
    ASSERT_TRUE(read_cell(scalars::kSeats, "25", value, mistake));
    EXPECT_EQ(value.integer, 25);
    for (const std::string_view bad :
         {"25.0", "+25", "025", "2 5", "25x", "1e1", "0", "99999999999999999999"})
        EXPECT_FALSE(read_cell(scalars::kSeats, bad, value, mistake)) << bad;
    ASSERT_TRUE(read_cell(scalars::kAmount, "240.50", value, mistake));
    EXPECT_EQ(value.amount, (Decimal{24'050, 2}));
    for (const std::string_view yes : {"true", "TRUE", "True"}) {
        ASSERT_TRUE(read_cell(scalars::kBoolean, yes, value, mistake));
        EXPECT_TRUE(value.boolean);
    }
    ASSERT_TRUE(read_cell(scalars::kBoolean, "FALSE", value, mistake));
    EXPECT_FALSE(value.boolean);
    EXPECT_FALSE(read_cell(scalars::kBoolean, "yes", value, mistake));
    EXPECT_EQ(mistake.message, "expected true or false, found \"yes\"");
}

TEST(Scalar, QuotesForOneLineOfAMessage) {
    EXPECT_EQ(termwise::quoted("abc"), "\"abc\"");
    EXPECT_EQ(termwise::quoted("a\nb\x1b"), "\"a\\u000ab\\u001b\"");
    const std::string cut = termwise::quoted(repeated("\xc3\xbc", 100));
    EXPECT_EQ(cut, "\"" + repeated("\xc3\xbc", 30) + "...\"") << "cut between characters";
}

}  // namespace
}  // namespace termwise
