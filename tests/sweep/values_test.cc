// The values of a sweep's inputs, as people write them.
#include "sweep/values.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace termwise {
namespace {

using Texts = std::vector<std::string>;

Texts values_of(const std::string& text) {
    std::string problem;
    const auto list = ValueList::parse(text, problem);
    if (!list) return {"refused: " + problem};
    Texts values;
    for (std::uint64_t i = 0; i < list->size(); ++i) values.push_back(list->at(i));
    return values;
}

TEST(Values, AreAListInItsOrder) {
    EXPECT_EQ(values_of("20.00,24.5,22"), (Texts{"20.00", "24.5", "22"}));
    EXPECT_EQ(values_of("strict"), Texts{"strict"});
    EXPECT_EQ(values_of("true,null,\"\""), (Texts{"true", "null", "\"\""}));
}

TEST(Values, MayBeJsonWithCommasAndDotsInIt) {
    EXPECT_EQ(values_of(R"([],[{"from": "2026-01-01", "max": 1}],5)"),
              (Texts{"[]", R"([{"from": "2026-01-01", "max": 1}])", "5"}));
    EXPECT_EQ(values_of(R"("a, b","c..d","\",",e)"), (Texts{R"("a, b")", R"("c..d")", R"("\",")", "e"}));
    EXPECT_EQ(values_of(R"(5" disk,b)"), (Texts{R"(5" disk)", "b"})) << "a quotation mark inside of a word";
}

TEST(Values, OfARangeOfNumbersKeepTheDecimalsThatAreWritten) {
    EXPECT_EQ(values_of("0..3"), (Texts{"0", "1", "2", "3"}));
    EXPECT_EQ(values_of("20.00..21:0.5"), (Texts{"20.00", "20.50", "21.00"}));
    EXPECT_EQ(values_of("0.8..1.0"), (Texts{"0.8", "0.9", "1.0"})) << "one unit of the last place";
    EXPECT_EQ(values_of("-1..1"), (Texts{"-1", "0", "1"})) << "whether it belongs there the reader says";
    EXPECT_EQ(values_of("0..10:4"), (Texts{"0", "4", "8"})) << "not beyond the end";
    EXPECT_EQ(values_of("7..7"), Texts{"7"});
    EXPECT_EQ(values_of("1..2,9"), (Texts{"1", "2", "9"}));
}

TEST(Values, OfARangeOfDaysCountInDaysOrMonths) {
    EXPECT_EQ(values_of("2024-02-28..2024-03-01"), (Texts{"2024-02-28", "2024-02-29", "2024-03-01"}));
    EXPECT_EQ(values_of("2026-01-05..2026-01-20:7"), (Texts{"2026-01-05", "2026-01-12", "2026-01-19"}));
    // From the first day, not from one another (M0.2): a short month does not shorten those that follow.
    EXPECT_EQ(values_of("2026-01-31..2026-03-31:P1M"), (Texts{"2026-01-31", "2026-02-28", "2026-03-31"}));
}

TEST(Values, OfARangeHaveAUnitThatPeopleUnderstand) {
    const auto unit = [](const std::string& text) {
        std::string problem;
        return ValueRange::parse(text, problem).value().unit();
    };
    EXPECT_EQ(unit("20.00..24"), "0.01");
    EXPECT_EQ(unit("0..30"), "1");
    EXPECT_EQ(unit("2026-01-01..2026-02-01"), "1 day");
    EXPECT_EQ(unit("2026-01-01..2026-02-01:7"), "7 days");
    EXPECT_EQ(unit("2026-01-01..2027-02-01:P1M"), "1 month");
}

TEST(Values, ThatAreNoneAreRefusedWithTheReason) {
    for (const char* text :
         {"", "1,,2", "1,", "1..", "..2", "2..1", "1..2:0", "1..2:-1", "1..2:", "a..b", "1..2026-01-01",
          "2026-02-01..2026-01-01", "2026-01-01..2026-02-01:0", "2026-01-01..2026-02-01:1.5",
          "2026-01-01..2026-02-30", "5,5", "a\nb", "0..9999999999999999", "1:2..3"})
        EXPECT_EQ(values_of(text).at(0).substr(0, 9), "refused: ") << text;
    EXPECT_EQ(values_of("5,6,5"), Texts{"refused: the value 5 stands there twice"});
    EXPECT_EQ(values_of("24..20"), Texts{"refused: \"24..20\" is no range: it has to go up"});
}

TEST(Values, OfLargeRangesAreNotListed) {
    std::string problem;
    const auto list = ValueList::parse("0.0000..100000000", problem);
    ASSERT_TRUE(list);
    EXPECT_EQ(list->size(), 1'000'000'000'001U);
    EXPECT_EQ(list->at(123'456'789'012U), "12345678.9012");
}

}  // namespace
}  // namespace termwise
