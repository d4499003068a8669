// What the builder makes of programmes, offers, prices, transitions and target terms.
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

// M1.7
TEST(Programme, HasItsDefaults) {
    const Scenario scenario = SmallScenario().build();
    const Programme& open = scenario.programme_of(scenario.find_offer("e3-open"));
    EXPECT_EQ(open.id, "open");
    EXPECT_EQ(open.renewals_until, kAfterAllDays);
    EXPECT_EQ(open.cancellation.allowed, CancellationAllowed::always);
    EXPECT_EQ(open.cancellation.refund, Refund::none);
    EXPECT_FALSE(open.cancellation.refund_window_days);
    EXPECT_EQ(open.cancellation.remaining, Remaining::due);
    EXPECT_EQ(open.cancellation.fee, Money());
    EXPECT_EQ(open.grace_days, 0);
    EXPECT_EQ(open.renewal_notice_days, 0);
}

TEST(Programme, HasWhatWasSaid) {
    SmallScenario s;
    ProgrammeDraft& open = s.programme("open");
    open.renewals_until = "2026-12-31"_day;
    open.cancellation = {CancellationAllowed::window, Refund::prorated, 30, Remaining::waived,
                         amount("15.00")};
    open.grace_days = 14;
    open.renewal_notice_days = 20;
    const Scenario scenario = s.build();
    const Programme& built = scenario.programme_of(scenario.find_offer("e3-open"));
    EXPECT_EQ(built.renewals_until, "2026-12-31"_day);
    EXPECT_EQ(built.cancellation.allowed, CancellationAllowed::window);
    EXPECT_EQ(built.cancellation.refund_window_days, 30);
    EXPECT_EQ(built.cancellation.remaining, Remaining::waived);
    EXPECT_EQ(built.cancellation.fee, "15.00"_usd);
    EXPECT_EQ(built.grace_days, 14);
    EXPECT_EQ(built.renewal_notice_days, 20);
}

// M0.5: unique within their kind; the second is the mistake. The same id may name an offer and a programme.
TEST(Ids, AreUniqueWithinTheirKind) {
    SmallScenario s;
    s.add_programme("csp");
    s.add_programme("csp");
    s.add_offer("e3-csp", "csp", "X", {});
    s.add_offer("open", "open", "X", {});
    EXPECT_EQ(
        s.errors(),
        (Texts{"M0.5 /offers/2/id: there are two offers \"e3-csp\"; the first is /offers/1/id",
               "M0.5 /programmes/2/id: there are two programmes \"csp\"; the first is /programmes/1/id",
               "M0.5 /programmes/3/id: there are two programmes \"csp\"; the first is /programmes/1/id"}));
}

TEST(Ids, OfAnotherFileAreNamedWithIt) {
    SmallScenario s;
    s.draft.files.push_back({"rules/csp.json", false});
    s.add_programme("open").origin = {1, 0};
    EXPECT_EQ(s.errors(), (Texts{"M0.5 /programmes/0/id: there are two programmes \"open\"; the first is "
                                 "/programmes/0/id of scenario.json"}));
}

TEST(Names, HaveToBeKnown) {
    SmallScenario s;
    s.offer("e3-csp").programme = "cps";
    s.offer("e3-csp").requires_any = {"e3-open", "e5-open"};
    s.add_transition("e3-opn", "e3-csp");
    s.add_transition("e3-csp", "nowhere");
    EXPECT_EQ(s.errors(), (Texts{"M0.5 /offers/1/programme: there is no programme \"cps\" (csp?)",
                                 "M0.5 /offers/1/requires/1: there is no offer \"e5-open\" (e3-open?)",
                                 "M0.5 /transitions/1/from: there is no offer \"e3-opn\" (e3-open?)",
                                 "M0.5 /transitions/2/to: there is no offer \"nowhere\""}));
}

TEST(Offers, AreSortedByIdWithWhatTheyRequire) {
    SmallScenario s;
    s.add_offer("audio-csp", "csp", "MCOMEETADV", {price("P1Y", "P1M", "4.00")}).requires_any = {"e5-csp",
                                                                                                 "e3-csp"};
    s.add_offer("e5-csp", "csp", "ENTERPRISEPREMIUM", {price("P1Y", "P1M", "38.00")}).max_seats = 300;
    const Scenario scenario = s.build();
    Texts ids;
    for (const Offer& offer : scenario.offers) ids.push_back(offer.id);
    EXPECT_EQ(ids, (Texts{"audio-csp", "e3-csp", "e3-open", "e5-csp"}));
    EXPECT_EQ(scenario.offers[0].requires_any,
              (std::vector{scenario.find_offer("e3-csp"), scenario.find_offer("e5-csp")}));
    EXPECT_EQ(scenario.offers[3].max_seats, 300);
    EXPECT_GT(scenario.offers[1].max_seats, 10'000'000);
}

TEST(Requires, ListsAnOfferOnce) {
    SmallScenario s;
    s.offer("e3-csp").requires_any = {"e3-open", "e3-open"};
    ASSERT_FALSE(s.errors().empty());
    EXPECT_EQ(s.errors().back(), "M0.5 /offers/1/requires/1: \"e3-open\" stands in the list twice");
}

// M1.4: the whole cycle is named.
TEST(Requires, MayNotGoRound) {
    SmallScenario s;
    s.add_offer("a", "csp", "A", {}).requires_any = {"b"};
    s.add_offer("c", "csp", "C", {}).requires_any = {"a", "e3-csp"};
    s.add_offer("b", "csp", "B", {}).requires_any = {"e3-csp", "c"};
    s.add_offer("self", "csp", "S", {}).requires_any = {"self"};
    EXPECT_EQ(s.errors(), (Texts{"M1.4 /offers/2/requires: offers require each other: a -> b -> c -> a",
                                 "M1.4 /offers/5/requires: offers require each other: self -> self"}));
}

// M1.2
TEST(Prices, AreBilledInWholePeriodsOfTheTerm) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1Y", "P5M", "1.00"), price("P1M", "P1Y", "1.00"),
                                price("P1Y", "P6M", "1.00")};
    EXPECT_EQ(
        s.errors(),
        (Texts{
            "M1.2 /offers/1/prices/0/billing: a term of P1Y is no whole number of billing periods of P5M",
            "M1.2 /offers/1/prices/1/billing: a term of P1M is no whole number of billing periods of P1Y"}));
}

TEST(Prices, HoldForSomeDay) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1Y", "P1M", "22.00", "2026-06-01", "2026-06-01")};
    EXPECT_EQ(s.errors(),
              (Texts{"M1.2 /offers/1/prices/0/to: the price ends on 2026-06-01, but starts on 2026-06-01"}));
}

TEST(Prices, DoNotOverlap) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P12M", "P1M", "21.00", "2026-05-01"), price("P1Y", "P1M", "22.00"),
                                price("P1M", "P1M", "26.40")};
    EXPECT_EQ(s.errors(),
              (Texts{"M1.2 /offers/1/prices/1: two prices for P1Y billed P1M, this one and prices/0: "
                     "always; from 2026-05-01 on"}));
}

// A row that lasts long overlaps with all that follow, not with its neighbour alone.
TEST(Prices, DoNotOverlapWithALongRowBeforeShortOnes) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1Y", "P1M", "1.00", "2026-01-01", "2026-12-01"),
                                price("P1Y", "P1M", "2.00", "2026-02-01", "2026-03-01"),
                                price("P1Y", "P1M", "3.00", "2026-04-01", "2026-05-01"),
                                price("P1Y", "P1M", "4.00", "2026-12-01")};
    EXPECT_EQ(s.errors(), (Texts{"M1.2 /offers/1/prices/1: two prices for P1Y billed P1M, this one and "
                                 "prices/0: from 2026-01-01 to "
                                 "2026-12-01; from 2026-02-01 to 2026-03-01",
                                 "M1.2 /offers/1/prices/2: two prices for P1Y billed P1M, this one and "
                                 "prices/0: from 2026-01-01 to "
                                 "2026-12-01; from 2026-04-01 to 2026-05-01"}));
}

TEST(Prices, MayFollowEachOtherInAnyOrder) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1Y", "P1M", "23.00", "2026-05-01", "2026-09-01"),
                                price("P1Y", "P1M", "22.00", "", "2026-05-01"),
                                price("P1Y", "P1M", "24.00", "2026-09-01")};
    const Scenario scenario = s.build();
    const auto rows = scenario.at(scenario.find_offer("e3-csp")).prices_for(sold("P1Y", "P1M"));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].unit_price, "22.00"_usd);
    EXPECT_EQ(rows[2].unit_price, "24.00"_usd);
    EXPECT_EQ(rows[0].days.from, kBeforeAllDays);
    EXPECT_EQ(rows[2].days.to, kAfterAllDays);
}

// M1.9: (from, to) is what a transition is known by.
TEST(Transitions, AreUniqueAndLeadElsewhere) {
    SmallScenario s;
    s.add_transition("e3-open", "e3-csp").reassign = true;
    s.add_transition("e3-csp", "e3-csp");
    EXPECT_EQ(s.errors(),
              (Texts{"M0.5 /transitions/1: there are two transitions from \"e3-open\" to \"e3-csp\"; the "
                     "first is /transitions/0",
                     "M1.4 /transitions/2/to: a transition from \"e3-csp\" to itself"}));
}

TEST(Transitions, AreSortedAndReassignIfTheSkusDiffer) {
    SmallScenario s;
    s.add_offer("aaa-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.add_offer("zzz-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.add_transition("e3-open", "zzz-csp").reassign = false;
    s.add_transition("e3-open", "aaa-csp");
    const Scenario scenario = s.build();
    const auto transitions = scenario.transitions_from(scenario.find_offer("e3-open"));
    ASSERT_EQ(transitions.size(), 3U);
    EXPECT_EQ(scenario.at(transitions[0].to).id, "aaa-csp");
    EXPECT_TRUE(transitions[0].reassigns);
    EXPECT_FALSE(transitions[1].reassigns);  // to e3-csp, the same sku
    EXPECT_FALSE(transitions[2].reassigns);  // told so
}

TEST(TargetTerms, DivideAndOccurOnce) {
    SmallScenario s;
    s.draft.target_terms = {sold("P1Y", "P1M"), sold("P1Y", "P7M"), sold("P12M", "P1M")};
    s.draft.target_terms_origin = {0};
    EXPECT_EQ(
        s.errors(),
        (Texts{"M1.2 /target_terms/1/billing: a term of P1Y is no whole number of billing periods of P7M",
               "M1.6 /target_terms/2: this term and billing stands in the list twice"}));
}

}  // namespace
}  // namespace termwise
