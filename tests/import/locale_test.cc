#include "import/locale.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "import/tables.h"
#include "support/literals.h"

namespace termwise {
namespace {

/// The days of a column of dates, or what is wrong with it.
struct Column {
    std::vector<Day> days;
    std::string messages;
    std::string assumption;
};

Column settle(const std::vector<std::string>& texts, std::optional<DayOrder> asked = {}) {
    Column column;
    ImportNotes notes;
    Diagnostics diagnostics;
    std::vector<DateColumn> columns{DateColumn("End")};
    std::vector<WrittenDate> dates;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto date = parse_written_date(texts[i]);
        EXPECT_TRUE(date) << texts[i];
        dates.push_back(*date);
        columns[0].see(*date, texts[i], i + 2);
    }
    if (settle_dates(columns, asked, "t.csv", notes, diagnostics))
        for (const WrittenDate& date : dates)
            column.days.push_back(day_of(date, columns[0].order()).value_or(Day{}));
    column.messages = messages_of(diagnostics);
    if (!notes.assumptions().empty()) column.assumption = notes.assumptions()[0].text;
    return column;
}

using Days = std::vector<Day>;

TEST(WrittenDate, IsReadInEveryShape) {
    for (const char* text :
         {"10/14/2023", "10/14/2023 00:00:00", "10/14/2023 12:00:00 AM", "2023-10-14", "2023-10-14T00:00:00Z",
          "2023/10/14", "20231014", "14.10.2023", "14.10.2023 00:00", "14-10-2023"})
        EXPECT_EQ(settle({text}).days, Days{"2023-10-14"_day}) << text;
}

TEST(WrittenDate, IsRefusedIfItIsNone) {
    for (const char* text :
         {"", "P1Y", "10/14/23", "13/13/2023", "2023-13-01", "10/14", "10/14/2023 25:00", "14 Oct 2023",
          "10/14/2023 x", "2023-10-14T00:00:00+02:00", "123456789", "10-14/2023"})
        EXPECT_FALSE(parse_written_date(text)) << text;
}

TEST(WrittenDate, KnowsTheTimeOfDay) {
    EXPECT_EQ(parse_written_date("3/3/2024 6:57:30 AM")->second_of_day, 6 * 3600 + 57 * 60 + 30);
    EXPECT_EQ(parse_written_date("3/3/2024 12:00:00 AM")->second_of_day, 0);
    EXPECT_EQ(parse_written_date("3/3/2024 12:00:00 PM")->second_of_day, 12 * 3600);
    EXPECT_EQ(parse_written_date("3/3/2024")->second_of_day, -1);
    EXPECT_TRUE(is_end_of_day(*parse_written_date("11/30/9999 11:59:59 PM")));
    EXPECT_TRUE(is_end_of_day(*parse_written_date("11/30/9999 23:59")));
    EXPECT_FALSE(is_end_of_day(*parse_written_date("2021-11-03T06:57:30.0682597Z")));
}

// Price lists write 1753 for "ever since" and 9999 for "never".
TEST(WrittenDate, FarYearsAreOpenEnds) {
    EXPECT_EQ(settle({"1/1/1753 12:00:00 AM", "11/30/9999 11:59:59 PM"}).days,
              (Days{kBeforeAllDays, kAfterAllDays}));
}

TEST(DateColumn, IsSettledByAnyRowThatCanBeReadInOneWayOnly) {
    EXPECT_EQ(settle({"03/04/2024", "10/14/2023"}).days, (Days{"2024-03-04"_day, "2023-10-14"_day}));
    EXPECT_EQ(settle({"03/04/2024", "14/10/2023"}).days, (Days{"2024-04-03"_day, "2023-10-14"_day}));
    EXPECT_EQ(settle({"03/04/2024", "14/10/2023"}).assumption, "");
}

TEST(DateColumn, IsSettledByTheSettingWhereNoRowTells) {
    EXPECT_EQ(settle({"03/04/2024"}, DayOrder::day_first).days, Days{"2024-04-03"_day});
    EXPECT_EQ(settle({"03/04/2024"}, DayOrder::day_first).assumption, "");
}

TEST(DateColumn, IsOtherwiseReadAsTheToolWritesAndSaysSo) {
    EXPECT_EQ(settle({"03/04/2024"}).days, Days{"2024-03-04"_day});
    EXPECT_EQ(settle({"03/04/2024"}).assumption,
              "dates in column End, such as 03/04/2024, are read with the month first; nothing in the file "
              "settles it");
    EXPECT_EQ(settle({"03.04.2024"}).days, Days{"2024-04-03"_day});
}

TEST(DateColumn, LearnsFromAnotherColumnOfTheFile) {
    ImportNotes notes;
    Diagnostics diagnostics;
    std::vector<DateColumn> columns{DateColumn("Start"), DateColumn("End")};
    columns[0].see(*parse_written_date("02/01/2024"), "02/01/2024", 2);
    columns[1].see(*parse_written_date("30/11/2024"), "30/11/2024", 2);
    ASSERT_TRUE(settle_dates(columns, DayOrder::month_first, "t.csv", notes, diagnostics));
    EXPECT_EQ(columns[0].order(), DayOrder::day_first);
    EXPECT_TRUE(notes.assumptions().empty());
}

// A German spreadsheet reads 03/01/2024 as the third of January, and leaves 10/14/2023 as it stands.
TEST(DateColumn, RefusesAMixOfShapes) {
    EXPECT_EQ(settle({"03.01.2024", "10/14/2023 00:00:00"}).messages,
              "t.csv:3:0: error: column End: the date \"10/14/2023 00:00:00\" is written in another way than "
              "\"03.01.2024\" in line 2; a spreadsheet may have converted the dates that it understood: "
              "export the file "
              "again, without opening it\n");
}

TEST(DateColumn, RefusesAMixOfOrders) {
    EXPECT_EQ(settle({"14/10/2023", "03/04/2024", "10/14/2023"}).messages,
              "t.csv:4:0: error: column End: \"10/14/2023\" has the month first, but \"14/10/2023\" in line "
              "2 has the day "
              "first; a spreadsheet may have converted the dates that it understood: export the file again, "
              "without "
              "opening it\n");
}

// One setting serves all files: the price list has the month first, whatever a spreadsheet made of the
// export.
TEST(DateColumn, BelievesItsCellsRatherThanTheSetting) {
    EXPECT_EQ(settle({"10/14/2023"}, DayOrder::day_first).days, Days{"2023-10-14"_day});
}

TEST(DateColumn, KnowsWhichDaysThereAre) {
    EXPECT_EQ(settle({"02/29/2024", "02/29/2023"}).days, (Days{"2024-02-29"_day, Day{}}));
}

// Amounts

std::string amounts(const std::vector<std::string>& texts, char separator = ',') {
    ImportNotes notes;
    Diagnostics diagnostics;
    AmountColumn column("UnitPrice");
    for (std::size_t i = 0; i < texts.size(); ++i) column.see(texts[i], i + 2);
    if (!column.settle(separator, "t.csv", notes, diagnostics)) return messages_of(diagnostics);
    std::string out;
    for (const std::string& text : texts) {
        const auto amount = parse_amount(text, column.mark());
        out +=
            amount ? std::to_string(amount->digits) + "e-" + std::to_string(amount->decimals) + " " : "none ";
    }
    return out + (notes.assumptions().empty() ? "" : "assumed");
}

TEST(AmountColumn, FindsItsDecimalMark) {
    EXPECT_EQ(amounts({"57.6", "220.80"}), "576e-1 22080e-2 ");
    EXPECT_EQ(amounts({"57,6", "1.036,80"}), "576e-1 103680e-2 ");
    EXPECT_EQ(amounts({"1,036.80", "1,036"}), "103680e-2 1036e-0 ");
    EXPECT_EQ(amounts({"1.036", "57,6"}), "1036e-0 576e-1 ");
    EXPECT_EQ(amounts({"1.036.800", "12"}), "1036800e-0 12e-0 ");
    EXPECT_EQ(amounts({"0.125"}), "125e-3 ");
}

TEST(AmountColumn, AssumesWhatTheFilesSeparatorSuggestsWhereNothingTells) {
    EXPECT_EQ(amounts({"1.036"}), "1036e-3 assumed");
    EXPECT_EQ(amounts({"1,036"}, ';'), "1036e-3 assumed");
    EXPECT_EQ(amounts({"12", "7"}), "12e-0 7e-0 ");
}

TEST(AmountColumn, RefusesTwoDecimalMarks) {
    EXPECT_EQ(amounts({"57.6", "57,6"}),
              "t.csv:3:0: error: column UnitPrice: the amount \"57,6\" has another decimal mark than "
              "\"57.6\" in line 2\n");
}

TEST(Amounts, AreRefusedIfTheyAreNone) {
    for (const char* text : {"", "-1", "1e3", "$5", "12.", "1,23,456", "1234567890", "0.123456789", "12 34"})
        EXPECT_FALSE(parse_amount(text, DecimalMark::point)) << text;
    EXPECT_EQ(parse_amount("1 036.8", DecimalMark::point), (ExactAmount{10368, 1}));
    EXPECT_EQ(parse_amount("1'036.8", DecimalMark::point), (ExactAmount{10368, 1}));
}

// 100 a year is 8.33 a month, and twelve of these are 4 cents short.
TEST(Amounts, AreDividedExactlyAndRoundedOnce) {
    EXPECT_EQ(to_minor({100, 0}, 1, 12, 2), "8.33"_usd);
    EXPECT_EQ(to_minor({1575, 1}, 1, 12, 2), "13.13"_usd);  // 13.125: half away from zero
    EXPECT_EQ(to_minor({57612345, 6}, 1, 1, 2), "57.61"_usd);
    EXPECT_EQ(to_minor({100, 0}, 1, 12, 0), Money(8));
    EXPECT_EQ(difference_text(rounding_difference({100, 0}, "8.33"_usd, 12, 2)), "0.04");
    EXPECT_EQ(difference_text(rounding_difference({1575, 1}, "13.13"_usd, 12, 2)), "0.06");
    EXPECT_EQ(difference_text(rounding_difference({576, 1}, "4.80"_usd, 12, 2)), "0");
}

TEST(Amounts, AreComparedByWhatTheyAreWorth) {
    EXPECT_TRUE(is_more({576, 1}, {5759, 2}));
    EXPECT_FALSE(is_more({576, 1}, {5760, 2}));
    EXPECT_FALSE(is_more({1, 8}, {999'999'999, 0}));
}

TEST(Amounts, AsLargeAsTheyMayBeStayInside64Bits) {
    EXPECT_EQ(to_minor({99'999'999'999'999'999, 8}, 1'000, 1, 4), Money(10'000'000'000'000'000));
}

}  // namespace
}  // namespace termwise
