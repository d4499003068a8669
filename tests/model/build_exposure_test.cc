// The promise that every sum stays inside 64 bits (M0.3).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::SmallScenario;
using Texts = std::vector<std::string>;

std::string too_large(const std::string& cause) {
    return "M0.3 /customers/0/subscriptions/1: the amounts are too large: over all subscriptions, of which "
           "this is the "
           "largest, " +
           cause + " could come to more than 64 bits hold";
}

/// Ten seats, and a million.
SmallScenario with_a_large_one() {
    SmallScenario s;
    s.add_subscription("contoso", "contoso-large", "e3-open").seats = 1'000'000;
    return s;
}

TEST(Exposure, OfARealisticLargeScenarioIsAccepted) {
    SmallScenario s = with_a_large_one();
    s.subscription("contoso-large").seats = 10'000'000;
    s.draft.disruption->reassign_per_seat = amount("100.00");
    s.draft.effort.emplace().reassign.seconds_per_seat = 600;
    EXPECT_EQ(s.errors(), Texts{});
}

TEST(Exposure, OfOneAmountAsLargeAsTheyComeIsAccepted) {
    SmallScenario s;
    s.draft.currency = "JPY";
    s.draft.disruption->gap_per_seat_day = amount("50");
    s.team("ops").labour_rate = amount("999999999999999");
    s.programme("open").cancellation.fee = amount("999999999999999");
    s.draft.disruption->reassign_per_seat = amount("999999999999999");
    s.offer("e3-open").prices[0].unit_price = amount("240");
    s.offer("e3-csp").prices[0].unit_price = amount("22");
    s.subscription("contoso-e3").unit_price = amount("999999999999999");
    s.subscription("contoso-e3").seats = 1;
    EXPECT_EQ(s.errors(), Texts{});
}

TEST(Exposure, OfSeatsTimesPricesIsBounded) {
    SmallScenario s = with_a_large_one();
    s.subscription("contoso-large").unit_price = amount("99999999999.99");
    EXPECT_EQ(s.errors(), (Texts{too_large("seats times prices")}));
}

TEST(Exposure, CountsAPriceThatIsOnlyOnOffer) {
    SmallScenario s = with_a_large_one();
    s.offer("e3-csp").prices[0].unit_price = amount("99999999999.99");
    EXPECT_EQ(s.errors(), (Texts{too_large("seats times prices")}));
}

TEST(Exposure, CountsSeatsThatAreOnlyDemanded) {
    SmallScenario s = with_a_large_one();
    s.subscription("contoso-large").seats = 1;
    s.subscription("contoso-large").unit_price = amount("99999999999.99");
    EXPECT_EQ(s.errors(), Texts{});
    s.demand("contoso-large", {{"2026-06-01", 1'000'000}});
    EXPECT_EQ(s.errors(), (Texts{too_large("seats times prices")}));
}

TEST(Exposure, OfAGapIsBounded) {
    SmallScenario s = with_a_large_one();
    s.draft.disruption->gap_per_seat_day = amount("1000000.00");
    EXPECT_EQ(s.errors(), (Texts{too_large("seats times gap_per_seat_day or reassign_per_seat")}));
}

TEST(Exposure, OfLabourIsBounded) {
    SmallScenario s = with_a_large_one();
    s.team("ops").labour_rate = amount("100000000000.00");
    s.draft.effort.emplace().reassign.seconds_per_seat = 3600;
    EXPECT_EQ(s.errors(), (Texts{too_large("labour_rate times effort")}));
}

// M7: work may take longer than planned.
TEST(Exposure, OfLabourCountsHowLongItMayTake) {
    SmallScenario s = with_a_large_one();
    s.team("ops").labour_rate = amount("1000000.00");
    s.draft.effort.emplace().reassign.seconds_per_seat = 3600;
    EXPECT_EQ(s.errors(), Texts{});
    s.draft.uncertainty.emplace().work = distribution::Fixed{1e6};
    EXPECT_EQ(s.errors(), (Texts{too_large("labour_rate times effort")}));
}

TEST(Exposure, SumsOverThePortfolio) {
    SmallScenario s = with_a_large_one();
    s.draft.disruption->gap_per_seat_day = amount("50000.00");  // 2e18 of 4.6e18 for the million seats
    EXPECT_EQ(s.errors(), Texts{});
    s.add_subscription("contoso", "contoso-another", "e3-open").seats = 900'000;
    s.add_subscription("contoso", "contoso-third", "e3-open").seats = 900'000;
    EXPECT_EQ(s.errors(), (Texts{too_large("seats times gap_per_seat_day or reassign_per_seat")}));
}

}  // namespace
}  // namespace termwise
