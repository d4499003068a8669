#include "model/demand.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "support/literals.h"

namespace termwise {
namespace {

// M1.3: from a day on; before the first row it is `seats`.
TEST(Demand, HoldsFromTheDayOfAStepOn) {
    const std::vector<DemandStep> steps = {{"2026-06-01"_day, 20}, {"2026-09-01"_day, 30}};
    const Demand demand(25, steps);
    EXPECT_EQ(demand.at("2020-01-01"_day), 25);
    EXPECT_EQ(demand.at("2026-05-31"_day), 25);
    EXPECT_EQ(demand.at("2026-06-01"_day), 20);
    EXPECT_EQ(demand.at("2026-08-31"_day), 20);
    EXPECT_EQ(demand.at("2026-09-01"_day), 30);
    EXPECT_EQ(demand.at("2999-12-31"_day), 30);
}

TEST(Demand, WithoutStepsIsTheSeats) {
    const Demand demand(7, {});
    EXPECT_EQ(demand.at("2026-06-01"_day), 7);
    EXPECT_EQ(demand.seat_days("2026-06-01"_day, "2026-06-11"_day), 70);
}

TEST(Demand, SumsOverDays) {
    const std::vector<DemandStep> steps = {{"2026-06-01"_day, 20}, {"2026-06-03"_day, 30}};
    const Demand demand(25, steps);
    EXPECT_EQ(demand.seat_days("2026-05-31"_day, "2026-06-04"_day), 25 + 20 + 20 + 30);
    EXPECT_EQ(demand.seat_days("2026-06-01"_day, "2026-06-01"_day), 0);
    EXPECT_EQ(demand.seat_days("2026-06-04"_day, "2026-06-01"_day), 0);
}

RC_GTEST_PROP(Demand, SumsAsDayByDayCountingDoes, ()) {
    std::vector<DemandStep> steps;
    Day day = "2026-01-01"_day;
    for (const std::int32_t wait : *rc::gen::container<std::vector<std::int32_t>>(rc::gen::inRange(1, 20)))
        steps.push_back({day = day + wait, *rc::gen::inRange(1, 50)});
    const Demand demand(*rc::gen::inRange(1, 50), steps);
    const Day from = "2025-12-20"_day + *rc::gen::inRange(0, 60);
    const Day to = from + *rc::gen::inRange(-3, 80);
    std::int64_t sum = 0;
    for (Day d = from; d < to; ++d) sum += demand.at(d);
    RC_ASSERT(demand.seat_days(from, to) == sum);
}

}  // namespace
}  // namespace termwise
