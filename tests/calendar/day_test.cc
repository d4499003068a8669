#include "calendar/day.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/literals.h"

namespace termwise {
namespace {

// M0.1
TEST(ParseDay, ReadsDaysThatExist) {
    const std::vector<std::pair<std::string, std::int32_t>> table = {
        {"1970-01-01", 0},      {"1970-01-02", 1},       {"1969-12-31", -1},      {"2000-02-29", 11'016},
        {"2026-01-05", 20'458}, {"1900-01-01", -25'567}, {"2999-12-31", 376'199},
    };
    for (const auto& [text, serial] : table) {
        const auto parsed = parse_day(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(parsed->serial, serial) << text;
        EXPECT_EQ(to_text(*parsed), text);
    }
}

TEST(ParseDay, RefusesDaysThatDoNotExistAndOtherWaysToWriteThem) {
    for (const char* text :
         {"2026-02-29", "1900-02-29",  "2100-02-29",  "2026-04-31",       "2026-01-32", "2026-00-10",
          "2026-13-01", "2026-01-00",  "1899-12-31",  "3000-01-01",       "2026-1-5",   "20260105",
          "2026/01/05", "2026-01-05 ", " 2026-01-05", "2026-01-05T00:00", "2026-W02-1", "",
          "today",      "-026-01-05",  "2026-01-0a"})
        EXPECT_FALSE(parse_day(text)) << '"' << text << '"';
}

TEST(Day, LeapYearsFollowTheGregorianRule) {
    for (const std::int32_t year : {1904, 1996, 2000, 2024, 2028, 2400})
        EXPECT_TRUE(is_leap_year(year)) << year;
    for (const std::int32_t year : {1900, 2023, 2026, 2100, 2200, 2300})
        EXPECT_FALSE(is_leap_year(year)) << year;
    EXPECT_EQ(days_in_month(2024, 2), 29);
    EXPECT_EQ(days_in_month(2026, 2), 28);
    EXPECT_EQ("2028-03-01"_day - "2028-02-28"_day, 2);
    EXPECT_EQ("2026-03-01"_day - "2026-02-28"_day, 1);
}

// Every day that an input may name, against a calendar that only counts on.
TEST(Day, CountsEveryDayFrom1900To2999) {
    std::int32_t serial = to_day({kFirstYear, 1, 1}).serial;
    std::int32_t weekday = 0;  // 1900-01-01 was a Monday
    for (std::int32_t year = kFirstYear; year <= kLastYear; ++year)
        for (std::int32_t month = 1; month <= 12; ++month)
            for (std::int32_t day = 1; day <= days_in_month(year, month); ++day) {
                const Day counted(serial++);
                ASSERT_EQ(to_day({year, month, day}), counted);
                const CivilDate date = to_civil(counted);
                ASSERT_TRUE(date.year == year && date.month == month && date.day == day) << to_text(counted);
                ASSERT_EQ(weekday_of(counted), weekday) << to_text(counted);
                ASSERT_EQ(month_number(counted), year * 12 + month - 1);
                weekday = (weekday + 1) % 7;
            }
    EXPECT_EQ(Day(serial - 1), "2999-12-31"_day);
}

TEST(Day, MonthsHaveAName) {
    EXPECT_EQ(month_text(month_number("2026-03-31"_day)), "2026-03");
    EXPECT_EQ(month_text(month_number("2026-12-01"_day) + 1), "2027-01");
}

TEST(Day, NoDayIsBeforeAllDaysAndSaysSo) {
    EXPECT_TRUE(Day{}.none());
    EXPECT_FALSE(kBeforeAllDays.none());
    EXPECT_LT(kBeforeAllDays, "1900-01-01"_day);
    EXPECT_GT(kAfterAllDays, "2999-12-31"_day);
    EXPECT_EQ(to_text(Day{}), "never");
}

}  // namespace
}  // namespace termwise
