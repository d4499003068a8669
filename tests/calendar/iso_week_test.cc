#include "calendar/iso_week.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/literals.h"

namespace termwise {
namespace {

TEST(IsoWeek, BelongsToTheYearOfItsThursday) {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"2026-01-01", "2026-W01"},  // a Thursday
        {"2025-12-29", "2026-W01"},  // the Monday before it
        {"2026-12-27", "2026-W52"}, {"2026-12-28", "2026-W53"}, {"2027-01-03", "2026-W53"},
        {"2027-01-04", "2027-W01"}, {"2020-12-31", "2020-W53"}, {"2021-01-03", "2020-W53"},
        {"2024-12-30", "2025-W01"}, {"2028-02-29", "2028-W09"}, {"1970-01-01", "1970-W01"},
        {"1969-12-28", "1969-W52"},
    };
    for (const auto& [date, week] : table) {
        const Day day = parse_day(date).value();
        EXPECT_EQ(week_text(week_number(day)), week) << date;
    }
}

TEST(IsoWeek, RunsFromMondayToSunday) {
    const std::int32_t week = week_number("2026-12-31"_day);
    EXPECT_EQ(monday_of(week), "2026-12-28"_day);
    EXPECT_EQ(week_number("2027-01-03"_day), week);
    EXPECT_EQ(week_number("2027-01-04"_day), week + 1);
    EXPECT_EQ(week_number("2026-12-27"_day), week - 1);
}

// A year has 53 weeks if it starts on a Thursday, or is a leap year that starts on a Wednesday.
TEST(IsoWeek, SomeYearsHave53) {
    for (std::int32_t year = 1900; year <= 2999; ++year) {
        const std::int32_t first = weekday_of(to_day({year, 1, 1}));
        const bool long_year = first == 3 || (first == 2 && is_leap_year(year));
        const std::int32_t weeks = week_number(to_day({year + 1, 1, 4})) - week_number(to_day({year, 1, 4}));
        ASSERT_EQ(weeks, long_year ? 53 : 52) << year;
    }
}

}  // namespace
}  // namespace termwise
