#include "calendar/workdays.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "support/literals.h"

namespace termwise {
namespace {

// M1.7: monday to friday. 2026-01-05 is a Monday.
TEST(Workdays, AreMondayToFridayUnlessToldOtherwise) {
    const Workdays days;
    for (std::int32_t d = 0; d < 7; ++d) EXPECT_EQ(days.is_workday("2026-01-05"_day + d), d < 5) << d;
    const Workdays gulf(0b1001111, {});  // sunday to thursday
    EXPECT_TRUE(gulf.is_workday("2026-01-04"_day));
    EXPECT_FALSE(gulf.is_workday("2026-01-09"_day));
}

// M1.1
TEST(Workdays, HolidaysAreNone) {
    const Workdays days(kMondayToFriday, {"2026-12-25"_day, "2026-05-25"_day, "2026-12-25"_day});
    EXPECT_FALSE(days.is_workday("2026-05-25"_day));
    EXPECT_FALSE(days.is_workday("2026-12-25"_day));
    EXPECT_TRUE(days.is_workday("2026-05-26"_day));
    EXPECT_TRUE(days.is_workday("2025-01-06"_day));  // outside the table of holidays
    EXPECT_TRUE(days.is_workday("2027-01-04"_day));
    EXPECT_EQ(days.holidays().size(), 2U);
}

RC_GTEST_PROP(Workdays, AnswerAsALookupWould, ()) {
    const auto offsets = *rc::gen::container<std::vector<std::int32_t>>(rc::gen::inRange(0, 60));
    const auto week = static_cast<WeekPattern>(*rc::gen::inRange(1, 128));
    std::vector<Day> holidays;
    for (const std::int32_t offset : offsets) holidays.push_back("2026-01-01"_day + offset);
    const Workdays days(week, holidays);
    for (std::int32_t d = -20; d < 90; ++d) {
        const Day day = "2026-01-01"_day + d;
        const bool worked = ((week >> weekday_of(day)) & 1) != 0;
        RC_ASSERT(days.is_workday(day) == (worked && std::ranges::find(holidays, day) == holidays.end()));
    }
}

class CustomerDaysTest : public testing::Test {
  protected:
    const Workdays workdays_{kMondayToFriday, {"2026-03-30"_day}};
    const std::vector<Interval<Day>> blackouts_ = {{"2026-03-25"_day, "2026-04-03"_day}};
    const CustomerDays days_{workdays_, blackouts_};
};

// M3.4: a day gets one name, and a weekend or a holiday comes before a blackout.
TEST_F(CustomerDaysTest, ADayHasOneName) {
    EXPECT_EQ(days_.status("2026-03-24"_day), DayStatus::worked);
    EXPECT_EQ(days_.status("2026-03-25"_day), DayStatus::blackout);
    EXPECT_EQ(days_.status("2026-03-28"_day), DayStatus::not_a_workday);  // a Saturday inside the blackout
    EXPECT_EQ(days_.status("2026-03-30"_day), DayStatus::not_a_workday);  // a holiday inside it
    EXPECT_EQ(days_.status("2026-04-02"_day), DayStatus::blackout);
    EXPECT_EQ(days_.status("2026-04-03"_day), DayStatus::worked);  // half-open (M0.1)
}

TEST_F(CustomerDaysTest, SearchGoesPastWhatIsNotWorked) {
    EXPECT_EQ(days_.first_at_or_after("2026-03-25"_day, "2027-01-01"_day), "2026-04-03"_day);
    EXPECT_EQ(days_.first_at_or_after("2026-03-24"_day, "2027-01-01"_day), "2026-03-24"_day);
    EXPECT_EQ(days_.last_at_or_before("2026-04-02"_day, "2026-01-01"_day), "2026-03-24"_day);
}

TEST_F(CustomerDaysTest, SearchEndsAtItsLimit) {
    EXPECT_EQ(days_.first_at_or_after("2026-03-25"_day, "2026-04-01"_day), "2026-04-01"_day);
    EXPECT_TRUE(days_.last_at_or_before("2026-04-02"_day, "2026-03-25"_day).none());
}

}  // namespace
}  // namespace termwise
