// What the builder finds allowed and probably not meant.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::price;
using test::SmallScenario;
using test::sold;
using Texts = std::vector<std::string>;

TEST(Warnings, AreNoneForASoundScenario) { EXPECT_EQ(SmallScenario().warnings(), Texts{}); }

TEST(Warnings, WaitUntilThereAreNoErrors) {
    SmallScenario s;
    s.draft.disruption->gap_per_seat_day = amount("0.00");
    s.draft.horizon->end = s.draft.horizon->start;
    EXPECT_EQ(s.errors().size(), 1U);
    EXPECT_EQ(s.warnings(), Texts{});
}

// M1.7: 240.00 a year is 0.6575 a day.
TEST(GapPrice, IsCheapBelowADaysShareOfTheSeatPrice) {
    SmallScenario s;
    s.draft.disruption->gap_per_seat_day = amount("0.66");
    EXPECT_EQ(s.warnings(), Texts{});
    s.draft.disruption->gap_per_seat_day = amount("0.65");
    EXPECT_EQ(s.warnings(), (Texts{"M1.7 /disruption/gap_per_seat_day: a day without service costs 0.65 a "
                                   "seat (gap_per_seat_day), less "
                                   "than a day of the service itself in 1 subscription; the dearest is "
                                   "\"contoso-e3\" at 0.65 a day"}));
}

TEST(GapPrice, IsReportedOnceForTheDearest) {
    SmallScenario s;
    s.draft.disruption.reset();
    s.add_subscription("contoso", "a-monthly", "e3-open").sold_as = sold("P1Y", "P1M");
    s.subscription("a-monthly").unit_price = amount("30.00");  // 360.00 a year
    s.add_subscription("contoso", "z-dearest", "e3-open").unit_price = amount("365.00");
    s.add_subscription("contoso", "z-free", "e3-open").unit_price = amount("0.00");
    EXPECT_EQ(s.warnings(),
              (Texts{"M1.7 : a day without service costs 0.00 a seat (gap_per_seat_day), less than a day of "
                     "the service itself in 3 subscriptions; the dearest is \"z-dearest\" at 1.00 a day",
                     "M2.5 /offers/0/prices: 1 subscription would renew inside the horizon on days for "
                     "which \"e3-open\" has no price"}));
}

// M1.8
TEST(Notice, IsTooLongIfATermIsNoLonger) {
    SmallScenario s;
    s.offer("e3-csp").prices.push_back(price("P1M", "P1M", "26.40"));
    s.programme("csp").renewal_notice_days = 27;
    EXPECT_EQ(s.warnings(), Texts{});
    s.programme("csp").renewal_notice_days = 28;  // February
    EXPECT_EQ(s.warnings(),
              (Texts{"M1.8 /programmes/1/renewal_notice_days: a notice of 28 days is as long as a term that "
                     "1 offer sells, P1M: its renewal cannot be switched off"}));
    s.programme("csp").renewal_notice_days = 365;
    s.programme("open").renewal_notice_days = 364;
    EXPECT_EQ(s.warnings().size(), 1U);
}

// M2.5: the term ends on 2026-04-01 and would renew; the last renewals are before that.
TEST(Renewals, MayEndInsideTheHorizon) {
    SmallScenario s;
    s.programme("open").renewals_until = "2026-04-01"_day;
    EXPECT_EQ(s.warnings(), Texts{});
    s.programme("open").renewals_until = "2026-03-31"_day;
    EXPECT_EQ(s.warnings(),
              (Texts{"M2.5 /programmes/0/renewals_until: the horizon goes on after the last renewals on "
                     "2026-03-31: 1 subscription cannot stay until its end"}));
    s.draft.horizon->end = "2026-04-01"_day;  // nobody renews before it
    EXPECT_EQ(s.warnings(), Texts{});
}

TEST(Renewals, AreCountedToTheLastOneInTheHorizon) {
    SmallScenario s;
    s.draft.horizon->end = "2028-01-05"_day;
    s.programme("open").renewals_until = "2026-12-31"_day;  // the one of 2026 is open, that of 2027 is not
    EXPECT_EQ(s.warnings().size(), 1U);
}

TEST(RenewalPrices, MayEndInsideTheHorizon) {
    SmallScenario s;
    s.offer("e3-open").prices = {price("P1Y", "P1Y", "240.00", "", "2026-04-01")};
    EXPECT_EQ(s.warnings(),
              (Texts{"M2.5 /offers/0/prices: 1 subscription would renew inside the horizon on days for "
                     "which \"e3-open\" has no price"}));
    s.offer("e3-open").prices.push_back(price("P1Y", "P1Y", "250.00", "2026-04-01"));
    EXPECT_EQ(s.warnings(), Texts{});
    s.offer("e3-open").prices.clear();  // an offer that is only left: that is said on purpose
    EXPECT_EQ(s.warnings(), Texts{});
}

TEST(RenewalPrices, OfAClosedProgrammeAreReportedAsClosed) {
    SmallScenario s;
    s.offer("e3-open").prices = {price("P1Y", "P1Y", "240.00", "", "2026-04-01")};
    s.programme("open").renewals_until = "2025-12-31"_day;
    EXPECT_EQ(s.warnings().size(), 1U);
    EXPECT_TRUE(s.warnings()[0].starts_with("M2.5 /programmes/0/renewals_until"));
}

// M2.8: new contracts need a price for every term they start.
TEST(TargetPrices, MayEndInsideTheHorizon) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1Y", "P1M", "22.00", "", "2026-10-01"),
                                price("P1M", "P1M", "26.40", "", "2026-07-01"), price("P3Y", "P1M", "20.00")};
    EXPECT_EQ(s.warnings(),
              (Texts{"M2.8 /offers/1/prices: its price for P1M billed P1M ends on 2026-07-01, and for 1 term "
                     "more, inside the horizon: new contracts cannot begin or renew from then on"}));
    s.draft.target_terms = {sold("P3Y", "P1M")};  // the others are not wanted anyway
    EXPECT_EQ(s.warnings(), Texts{});
}

TEST(TargetPrices, OfAnOfferThatNobodyMovesToDoNotMatter) {
    SmallScenario s;
    s.add_offer("unused", "csp", "U", {price("P1Y", "P1M", "1.00", "2026-01-01", "2026-02-01")});
    EXPECT_EQ(s.warnings(), Texts{});
}

TEST(Tenant, IsFullIfEverythingMovesAtOnce) {
    SmallScenario s;
    for (int i = 1; i < 150; ++i) s.add_subscription("contoso", "contoso-" + std::to_string(i), "e3-open");
    EXPECT_EQ(s.warnings(), Texts{});
    s.add_subscription("contoso", "contoso-150", "e3-open");
    s.add_customer("adatum");
    for (int i = 0; i < 160; ++i) s.add_subscription("adatum", "adatum-" + std::to_string(i), "e3-open");
    EXPECT_EQ(s.warnings(),
              (Texts{" /customers/1: \"adatum\" has 160 subscriptions: moved all at once, old and new would "
                     "exceed the 300 that a tenant may have; so would 1 customer more"}));
}

}  // namespace
}  // namespace termwise
