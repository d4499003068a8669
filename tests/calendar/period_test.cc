#include "calendar/period.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "support/literals.h"

namespace termwise {
namespace {

std::vector<std::string> boundaries(Day anchor, Period period, std::int32_t count) {
    std::vector<std::string> days;
    for (std::int32_t k = 1; k <= count; ++k) days.push_back(to_text(Boundaries(anchor, period).at(k)));
    return days;
}

// M0.2
TEST(ParsePeriod, ReadsWholeMonthsAndYears) {
    const std::vector<std::pair<std::string, std::int32_t>> table = {
        {"P1M", 1}, {"P12M", 12}, {"P1Y", 12}, {"P3Y", 36}, {"P18M", 18}, {"P1200M", 1200}, {"P100Y", 1200}};
    for (const auto& [text, months] : table) {
        ASSERT_TRUE(parse_period(text)) << text;
        EXPECT_EQ(parse_period(text)->months, months) << text;
    }
}

TEST(ParsePeriod, RefusesEverythingElse) {
    for (const char* text :
         {"P0M",  "P0Y",  "P01M", "P1201M", "P101Y", "P1000Y", "P12",  "1Y", "P1D", "P1W", "P1Y6M",
          "PT1M", "-P1M", "P-1M", "P1.5Y",  "p1y",   "P 1Y",   "P1Y ", "P",  "PM",  ""})
        EXPECT_FALSE(parse_period(text)) << '"' << text << '"';
}

// M0.6 counts months, planners say years; M1.6: P12M is P1Y.
TEST(PeriodText, HasALongAndAShortForm) {
    EXPECT_EQ(*parse_period("P12M"), *parse_period("P1Y"));
    EXPECT_EQ(to_text(P1Y), "P12M");
    EXPECT_EQ(to_short_text(P1Y), "P1Y");
    EXPECT_EQ(to_short_text(Period{18}), "P18M");
    EXPECT_EQ(to_short_text(P1M), "P1M");
}

TEST(Boundaries, AreComputedFromTheAnchorSoThatAShortMonthDoesNotShortenTheNext) {
    EXPECT_EQ(boundaries("2026-01-31"_day, P1M, 4),
              (std::vector<std::string>{"2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"}));
}

// Month ends that Microsoft has published (licensing-rules 8.2, reference S13). There the last day of a
// charge is named; here the day after it, on which the next one begins.
TEST(Boundaries, ReproduceThePublishedMonthEnds) {
    EXPECT_EQ(boundaries("2021-01-31"_day, P1M, 1), (std::vector<std::string>{"2021-02-28"}));  // to Feb 27
    EXPECT_EQ(boundaries("2021-05-31"_day, P1M, 1), (std::vector<std::string>{"2021-06-30"}));  // to Jun 29
    EXPECT_EQ(boundaries("2021-06-30"_day, P1M, 1), (std::vector<std::string>{"2021-07-30"}));  // to Jul 29
    EXPECT_EQ(boundaries("2021-07-31"_day, P1M, 1), (std::vector<std::string>{"2021-08-31"}));  // to Aug 30
    EXPECT_EQ(boundaries("2021-01-30"_day, P1M, 1), (std::vector<std::string>{"2021-02-28"}));  // to Feb 27
    EXPECT_EQ(boundaries("2021-02-27"_day, P1M, 1), (std::vector<std::string>{"2021-03-27"}));  // to Mar 26
    EXPECT_EQ(boundaries("2021-01-31"_day, P1Y, 1),
              (std::vector<std::string>{"2022-01-31"}));  // shows Jan 30
    // A year from January 31, billed monthly: all twelve charges.
    EXPECT_EQ(boundaries("2021-01-31"_day, P1M, 12),
              (std::vector<std::string>{"2021-02-28", "2021-03-31", "2021-04-30", "2021-05-31", "2021-06-30",
                                        "2021-07-31", "2021-08-31", "2021-09-30", "2021-10-31", "2021-11-30",
                                        "2021-12-31", "2022-01-31"}));
}

// The one published row that clamping does not reproduce. An anchor on the last day but one, January 30,
// keeps its distance from the month's end there: Feb 27, Mar 30, Apr 29, May 30, Jun 29 ... The model clamps
// (M0.2); the difference is a day of one charge, not money over the term.
TEST(Boundaries, DifferFromThePublishedRowOfJanuary30) {
    EXPECT_EQ(boundaries("2021-01-30"_day, P1M, 4),
              (std::vector<std::string>{"2021-02-28", "2021-03-30", "2021-04-30", "2021-05-30"}));
}

TEST(Boundaries, ALeapDayReturnsWithTheLeapYear) {
    EXPECT_EQ(boundaries("2024-02-29"_day, P1Y, 4),
              (std::vector<std::string>{"2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"}));
    EXPECT_EQ(boundaries("2024-02-29"_day, P3Y, 1), (std::vector<std::string>{"2027-02-28"}));
    EXPECT_EQ(boundaries("2023-11-30"_day, P3M, 2), (std::vector<std::string>{"2024-02-29", "2024-05-30"}));
}

TEST(Boundaries, KnowWhichOneADayFollows) {
    const Boundaries monthly("2026-01-31"_day, P1M);
    EXPECT_EQ(monthly.last_at_or_before("2026-01-31"_day), 0);
    EXPECT_EQ(monthly.last_at_or_before("2026-02-27"_day), 0);
    EXPECT_EQ(monthly.last_at_or_before("2026-02-28"_day), 1);
    EXPECT_EQ(monthly.last_at_or_before("2026-03-30"_day), 1);
    EXPECT_EQ(monthly.last_at_or_before("2026-01-30"_day), -1);
    EXPECT_EQ(monthly.last_at_or_before("2025-12-31"_day), -1);
    EXPECT_TRUE(monthly.has("2026-02-28"_day));
    EXPECT_FALSE(monthly.has("2026-03-28"_day));
}

RC_GTEST_PROP(Boundaries, AscendAndBracketEveryDay, ()) {
    const Day anchor = "2020-01-01"_day + *rc::gen::inRange(0, 4000);
    const Boundaries series(anchor, Period{*rc::gen::element<std::int16_t>(1, 2, 3, 6, 12, 24, 36)});
    const Day day = "2010-01-01"_day + *rc::gen::inRange(0, 12'000);
    const std::int32_t k = series.last_at_or_before(day);
    RC_ASSERT(series.at(k) <= day);
    RC_ASSERT(day < series.at(k + 1));
    RC_ASSERT(series.has(day) == (series.at(k) == day));
    RC_ASSERT(month_number(series.at(k)) == series.month_of(k));
    RC_ASSERT(series.at(0) == anchor);
}

}  // namespace
}  // namespace termwise
