#include "import/price_rows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/literals.h"

namespace termwise {
namespace {

PriceRow row(Day from, Day to, std::int64_t units, std::size_t line = 0) {
    return {{from, to}, {units, 0}, 0, line};
}

/// "2021-10-01/2021-11-03=57 ..."
std::string text_of(const Resolution& resolution) {
    std::string text;
    for (const PriceRow& r : resolution.rows)
        text += to_text(r.days.from) + "/" + (r.days.to == kAfterAllDays ? "" : to_text(r.days.to)) + "=" +
                std::to_string(r.amount.digits) + " ";
    return text;
}

// Microsoft's own example: an order of 2 November takes the first row, one of 4 November the second.
TEST(Resolve, LetsTheRowThatEndsFirstHoldUntilItEnds) {
    const Resolution found =
        resolve({row("2021-11-01"_day, kAfterAllDays, 60), row("2021-10-01"_day, "2021-11-03"_day, 57)});
    EXPECT_EQ(text_of(found), "2021-10-01/2021-11-03=57 2021-11-03/=60 ");
    EXPECT_TRUE(found.had_overlap);
}

// A list and the next month's preview: both are open, the later one holds from its start.
TEST(Resolve, LetsTheLaterOfTwoThatEndTogetherHold) {
    EXPECT_EQ(text_of(resolve(
                  {row("2024-02-01"_day, kAfterAllDays, 57), row("2024-03-01"_day, kAfterAllDays, 60)})),
              "2024-02-01/2024-03-01=57 2024-03-01/=60 ");
}

TEST(Resolve, ReturnsToTheLongerRowAfterAShortOne) {
    EXPECT_EQ(text_of(resolve(
                  {row("2024-01-01"_day, kAfterAllDays, 57), row("2024-03-01"_day, "2024-04-01"_day, 40)})),
              "2024-01-01/2024-03-01=57 2024-03-01/2024-04-01=40 2024-04-01/=57 ");
}

TEST(Resolve, JoinsWhatSaysTheSame) {
    const Resolution found =
        resolve({row("2024-01-01"_day, "2024-02-01"_day, 57), row("2024-02-01"_day, "2024-03-01"_day, 57),
                 row("2024-01-01"_day, "2024-02-01"_day, 57)});
    EXPECT_EQ(text_of(found), "2024-01-01/2024-03-01=57 ");
    EXPECT_EQ(found.repeated, 1U);
    EXPECT_TRUE(is_same_amount({576, 1}, {57600, 3}));
    EXPECT_FALSE(is_same_amount({576, 1}, {576, 2}));
}

TEST(Resolve, LeavesGaps) {
    EXPECT_EQ(text_of(resolve(
                  {row("2024-01-01"_day, "2024-02-01"_day, 5), row("2024-03-01"_day, kAfterAllDays, 5)})),
              "2024-01-01/2024-02-01=5 2024-03-01/=5 ");
    EXPECT_EQ(text_of(resolve({})), "");
}

TEST(Resolve, FindsTwoPricesForTheSameDays) {
    const Resolution found =
        resolve({row("2024-01-01"_day, kAfterAllDays, 57, 7), row("2024-01-01"_day, kAfterAllDays, 58, 9)});
    ASSERT_TRUE(found.conflict);
    EXPECT_EQ(found.conflict->first.line, 7U);
    EXPECT_EQ(found.conflict->second.line, 9U);
}

// Day by day, the row that holds is the one that a reader of the list would take.
RC_GTEST_PROP(Resolve, AgreesWithLookingThroughTheRowsOnEveryDay, ()) {
    std::vector<PriceRow> rows;
    const int count = *rc::gen::inRange(0, 8);
    for (int i = 0; i < count; ++i) {
        const Day from = "2024-01-01"_day + *rc::gen::inRange(0, 30);
        rows.push_back(row(from, from + *rc::gen::inRange(1, 20), 100 + i, static_cast<std::size_t>(i)));
    }
    const Resolution found = resolve(rows);
    if (found.conflict) return;
    for (Day day = "2024-01-01"_day; day < "2024-03-01"_day; ++day) {
        const PriceRow* expected = nullptr;
        for (const PriceRow& r : rows) {
            if (!r.days.contains(day)) continue;
            const bool is_better = expected == nullptr || r.days.to < expected->days.to ||
                                   (r.days.to == expected->days.to && r.days.from > expected->days.from);
            if (is_better) expected = &r;
        }
        const PriceRow* actual = nullptr;
        for (const PriceRow& r : found.rows)
            if (r.days.contains(day)) {
                RC_ASSERT(actual == nullptr);
                actual = &r;
            }
        RC_ASSERT((actual == nullptr) == (expected == nullptr));
        if (actual != nullptr) RC_ASSERT(actual->amount == expected->amount);
    }
}

// Days of a row

std::string days(const char* start, const char* end) {
    bool is_date_alone = false;
    const auto found = days_of_row(*parse_written_date(start), DayOrder::month_first,
                                   *parse_written_date(end), DayOrder::month_first, is_date_alone);
    if (!found) return "none";
    return to_text(found->from) + "/" + (found->to == kAfterAllDays ? "open" : to_text(found->to)) +
           (is_date_alone ? " guessed" : "");
}

TEST(DaysOfRow, AreThoseAtWhoseEndItHolds) {
    EXPECT_EQ(days("7/1/2026 12:00:00 AM", "7/31/2026 11:59:59 PM"), "2026-07-01/2026-08-01");
    EXPECT_EQ(days("2/1/2024 12:00:00 AM", "3/3/2024 6:57:30 AM"), "2024-02-01/2024-03-03");
    EXPECT_EQ(days("3/3/2024 6:57:31 AM", "11/30/9999 11:59:59 PM"), "2024-03-03/open");
    EXPECT_EQ(days("2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"), "2024-02-01/2024-03-01");
    EXPECT_EQ(days("20240201", "20240229"), "2024-02-01/2024-03-01 guessed");
    EXPECT_EQ(days("02/30/2024", "11/30/9999"), "none");
}

}  // namespace
}  // namespace termwise
