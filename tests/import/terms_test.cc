#include "import/terms.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/literals.h"

namespace termwise {
namespace {

const Day kToday = "2023-08-07"_day;
const Day kLastRenewal = "2024-01-10"_day;

TEST(PlaceTerm, StartsOneTermBeforeTheEnd) {
    EXPECT_EQ(place_term("2023-10-14"_day, P1Y, kToday, true, kLastRenewal).start, "2022-10-14"_day);
    EXPECT_EQ(place_term("2023-09-02"_day, P1M, kToday, true, kLastRenewal).start, "2023-08-02"_day);
    EXPECT_EQ(place_term("2024-05-31"_day, P3Y, kToday, true, kLastRenewal).start, "2021-05-31"_day);
}

// No day is a year before 29 February, so the term ends a day early: on the side where nobody is without
// service.
TEST(PlaceTerm, EndsEarlyWhereNoStartGivesTheEnd) {
    const PlacedTerm leap = place_term("2024-02-29"_day, P1Y, kToday, true, kLastRenewal);
    EXPECT_EQ(leap.start, "2023-02-28"_day);
    EXPECT_EQ(leap.days_early, 1);
    const PlacedTerm month = place_term("2023-03-31"_day, P1M, "2023-03-05"_day, true, kLastRenewal);
    EXPECT_EQ(month.start, "2023-02-28"_day);
    EXPECT_EQ(month.days_early, 3);
}

TEST(PlaceTerm, HasRenewedIfItEndedBeforeTheFirstDay) {
    const PlacedTerm renewed = place_term("2023-08-01"_day, P1Y, kToday, true, kLastRenewal);
    EXPECT_EQ(renewed.start, "2023-08-01"_day);
    EXPECT_EQ(renewed.renewals, 1);
    EXPECT_EQ(place_term(kToday, P1Y, kToday, true, kLastRenewal).start, kToday);
    EXPECT_EQ(place_term("2023-05-20"_day, P1M, kToday, true, kLastRenewal).start, "2023-07-20"_day);
}

TEST(PlaceTerm, SaysWhyItCannotBePlaced) {
    EXPECT_EQ(place_term("2023-08-01"_day, P1Y, kToday, false, kLastRenewal).reason,
              "ended before the first day");
    EXPECT_EQ(place_term("2024-02-01"_day, P1Y, "2024-06-01"_day, true, kLastRenewal).reason,
              "ended before the first day, when its programme renewed no more");
    EXPECT_EQ(place_term(kAfterAllDays, P1Y, kToday, true, kLastRenewal).reason,
              "has no end: it does not renew");
    EXPECT_EQ(place_term("2024-08-20"_day, P1Y, kToday, true, kLastRenewal).reason,
              "ends more than one term from the first day on");
}

// Whatever is placed holds the first day (M1.3), and ends where the file says or up to three days before.
RC_GTEST_PROP(PlaceTerm, HoldsTheFirstDay, ()) {
    const Day today = kToday + *rc::gen::inRange(0, 1500);
    const Day end = today + *rc::gen::inRange(-800, 1200);
    const Period term = *rc::gen::element(P1M, P1Y, P3Y);
    const PlacedTerm placed = place_term(end, term, today, *rc::gen::arbitrary<bool>(), Day{});
    if (placed.start.none()) {
        RC_ASSERT(!placed.reason.empty());
        return;
    }
    const Day next = Boundaries(placed.start, term).at(1);
    RC_ASSERT(placed.start <= today && today < next);
    if (placed.renewals == 0) RC_ASSERT(next == end - placed.days_early);
    RC_ASSERT(placed.days_early >= 0 && placed.days_early <= 3);
}

}  // namespace
}  // namespace termwise
