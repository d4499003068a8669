// What a contract is made of, and how its terms follow each other (M2.1 to M2.5, M2.8).
#include "contract/contract.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/paper_contract.h"

namespace termwise {
namespace {

using test::price;
using test::SmallScenario;

constexpr TermBilling kYearlyByMonth{P1Y, P1M};
constexpr TermBilling kYearlyPrepaid{P1Y, P1Y};
constexpr TermBilling kMonthly{P1M, P1M};

const Interval<Day> kSpring{"2026-01-05"_day, "2026-07-01"_day};

SmallScenario contoso() {
    SmallScenario s;
    s.programme("open").renewals_until = "2026-12-31"_day;
    s.programme("csp").renewals_until = "2027-12-31"_day;
    s.demand("contoso-e3", {{"2026-03-01", 12}});
    return s;
}

// ---- the two contracts of a subscription ----

TEST(OldContract, IsAnchoredWhereTheCurrentTermStartedAtItsLockedPrice) {
    const Scenario scenario = contoso().build();
    const Contract old = old_contract(scenario, scenario.subscriptions[0], "2026-03-16"_day);
    EXPECT_TRUE(old.from_before);
    EXPECT_EQ(old.anchor, "2025-04-01"_day);
    EXPECT_EQ(old.sold_as, kYearlyPrepaid);
    EXPECT_EQ(old.seats, 10);
    EXPECT_EQ(old.locked_price, "240.00"_usd);
    EXPECT_EQ(old.renewals_until, "2026-12-31"_day);
    EXPECT_EQ(old.cancellation, &scenario.programme_of(scenario.find_offer("e3-open")).cancellation);
    EXPECT_EQ(old.demand.at("2026-03-01"_day), 12);
}

TEST(OldContract, GrowsFromH0UntilProvisionOn) {
    const Scenario scenario = contoso().build();
    const Interval<Day> growth = old_contract(scenario, scenario.subscriptions[0], "2026-03-16"_day).growth;
    EXPECT_FALSE(growth.contains("2026-01-04"_day));
    EXPECT_TRUE(growth.contains("2026-01-05"_day));  // H0
    EXPECT_TRUE(growth.contains("2026-03-15"_day));
    EXPECT_FALSE(growth.contains("2026-03-16"_day));
}

TEST(OldContract, ThatStaysGrowsAsLongAsItRuns) {
    const Scenario scenario = contoso().build();
    EXPECT_TRUE(old_contract(scenario, scenario.subscriptions[0], Day{}).growth.contains("2030-01-01"_day));
}

TEST(OldContract, RenewsAtTheRowsOfItsOwnTermAndBilling) {
    SmallScenario s = contoso();
    s.offer("e3-open").prices.push_back(price("P3Y", "P1Y", "200.00"));
    s.offer("e3-open").prices.push_back(price("P1Y", "P1M", "21.00"));
    const Scenario scenario = s.build();
    const Contract old = old_contract(scenario, scenario.subscriptions[0], Day{});
    ASSERT_EQ(old.prices.size(), 1U);
    EXPECT_EQ(old.prices[0].unit_price, "240.00"_usd);
}

TEST(NewContract, IsAnchoredWhereItIsProvisioned) {
    const Scenario scenario = contoso().build();
    const OfferIndex target = scenario.find_offer("e3-csp");
    const Contract fresh =
        new_contract(scenario, scenario.subscriptions[0], target, kYearlyByMonth, "2026-03-16"_day);
    EXPECT_FALSE(fresh.from_before);
    EXPECT_EQ(fresh.anchor, "2026-03-16"_day);
    EXPECT_EQ(fresh.renewals_until, "2027-12-31"_day);
    ASSERT_EQ(fresh.prices.size(), 1U);
    EXPECT_EQ(fresh.prices[0].unit_price, "22.00"_usd);
    EXPECT_TRUE(fresh.growth.contains("2026-03-16"_day));
    EXPECT_FALSE(fresh.growth.contains("2026-03-15"_day));
    EXPECT_TRUE(fresh.growth.contains("2030-01-01"_day));
}

// ---- terms ----

TEST(TermAround, HoldsItsFirstDayAndNotItsEnd) {
    const Boundaries terms("2025-04-01"_day, P1Y);
    const Interval<Day> first{"2025-04-01"_day, "2026-04-01"_day};
    const Interval<Day> second{"2026-04-01"_day, "2027-04-01"_day};
    EXPECT_EQ(term_around(terms, "2025-04-01"_day), first);
    EXPECT_EQ(term_around(terms, "2026-03-31"_day), first);
    EXPECT_EQ(term_around(terms, "2026-04-01"_day), second);
}

TEST(TermAround, OfALeapDayAnchor) {
    const Boundaries terms("2024-02-29"_day, P1Y);
    EXPECT_EQ(term_around(terms, "2027-03-01"_day), (Interval<Day>{"2027-02-28"_day, "2028-02-29"_day}));
    EXPECT_EQ(term_around(terms, "2028-02-28"_day), (Interval<Day>{"2027-02-28"_day, "2028-02-29"_day}));
}

TEST(Renew, NamesTheRowOfTheDay) {
    PaperContract paper{.anchor = "2025-04-01"_day, .sold_as = kYearlyPrepaid};
    paper.priced("240.00"_usd, kBeforeAllDays, "2026-04-01"_day)
        .priced("252.00"_usd, "2026-04-01"_day, kAfterAllDays);
    EXPECT_EQ(renew(paper.contract(), "2026-03-31"_day).price->unit_price, "240.00"_usd);
    EXPECT_EQ(renew(paper.contract(), "2026-04-01"_day).price->unit_price, "252.00"_usd);
    EXPECT_EQ(renew(paper.contract(), "2026-04-01"_day).refused_by, EndedBy::in_service);
}

TEST(Renew, IsRefusedAfterTheLastDayOrWithoutPriceAndNamesTheFirst) {
    PaperContract paper{.anchor = "2025-04-01"_day, .sold_as = kYearlyPrepaid};
    paper.priced("240.00"_usd, kBeforeAllDays, "2026-04-01"_day);
    EXPECT_EQ(renew(paper.contract(), "2026-04-01"_day).refused_by, EndedBy::no_price);
    paper.renewals_until = "2026-03-31"_day;
    EXPECT_EQ(renew(paper.contract(), "2026-03-31"_day).refused_by, EndedBy::in_service);
    EXPECT_EQ(renew(paper.contract(), "2026-04-01"_day).refused_by, EndedBy::renewal_closed);
}

// ---- following the terms ----

/// "in service; 25 seats", "renewal closed 2026-04-01; 25 seats": how it ends, and the most seats before.
std::string followed(const PaperContract& paper, Ending ending, Interval<Day> horizon = kSpring) {
    const TermsOutcome outcome = follow_terms(paper.contract(), ending, horizon);
    Settlement end_only;
    end_only.ended_by = outcome.ended_by;
    end_only.ended_on = outcome.ended_on;
    return fmt::format("{}; {} seats", sum_up(end_only).substr(std::string_view("nothing; ").size()),
                       outcome.most_seats);
}

PaperContract prepaid_in_april() {
    return old_paper(kSpring.from, "2025-04-01"_day, kYearlyPrepaid, 25, "240.00"_usd).priced("252.00"_usd);
}

TEST(FollowTerms, ToH1) { EXPECT_EQ(followed(prepaid_in_april(), runs_on()), "in service; 25 seats"); }

TEST(FollowTerms, ToALapseAndToACancellation) {
    EXPECT_EQ(followed(prepaid_in_april(), lapses("2026-04-01"_day)), "lapsed 2026-04-01; 25 seats");
    EXPECT_EQ(followed(prepaid_in_april(), is_cancelled("2026-05-04"_day)), "cancelled 2026-05-04; 25 seats");
    EXPECT_EQ(followed(prepaid_in_april(), is_cancelled("2026-01-05"_day)), "cancelled 2026-01-05; 25 seats");
}

TEST(FollowTerms, ToALapseOnH1WhichIsAnEnd) {
    EXPECT_EQ(followed(prepaid_in_april(), lapses("2026-04-01"_day), {kSpring.from, "2026-04-01"_day}),
              "lapsed 2026-04-01; 25 seats");
}

TEST(FollowTerms, UntilARenewalIsRefused) {
    PaperContract paper = prepaid_in_april();
    paper.renewals_until = "2026-03-31"_day;
    EXPECT_EQ(followed(paper, runs_on()), "renewal closed 2026-04-01; 25 seats");
    EXPECT_EQ(followed(paper, is_cancelled("2026-05-04"_day)), "renewal closed 2026-04-01; 25 seats");
    EXPECT_EQ(followed(paper, lapses("2026-04-01"_day)), "lapsed 2026-04-01; 25 seats");
    paper.renewals_until = kAfterAllDays;
    paper.prices.clear();
    EXPECT_EQ(followed(paper, runs_on()), "no price 2026-04-01; 25 seats");
    // M2.8: a term that starts on H1 is not asked for.
    EXPECT_EQ(followed(paper, runs_on(), {kSpring.from, "2026-04-01"_day}), "in service; 25 seats");
}

TEST(FollowTerms, CountsGrowthUntilProvisionOnAndRenewalsAfterIt) {
    PaperContract paper =
        old_paper(kSpring.from, "2025-12-10"_day, kMonthly, 10, "5.00"_usd).priced("5.00"_usd);
    paper.needs(12, "2026-02-20"_day).needs(9, "2026-02-25"_day);
    EXPECT_EQ(followed(paper, runs_on()), "in service; 12 seats");
    paper.provision_on = "2026-02-20"_day;  // the growth is the new contract's
    EXPECT_EQ(followed(paper, runs_on()), "in service; 10 seats");
    paper.needs(14, "2026-03-01"_day);  // and yet 14 are renewed on 03-10
    EXPECT_EQ(followed(paper, runs_on()), "in service; 14 seats");
    EXPECT_EQ(followed(paper, lapses("2026-03-10"_day)), "lapsed 2026-03-10; 10 seats");
}

TEST(FollowTerms, CountsTheGrowthOfH0) {
    PaperContract paper = prepaid_in_april().needs(30, "2025-06-01"_day).needs(20, "2026-01-06"_day);
    EXPECT_EQ(followed(paper, runs_on()), "in service; 30 seats");
    EXPECT_EQ(followed(paper, is_cancelled(kSpring.from)), "cancelled 2026-01-05; 25 seats");  // gone by then
    paper.provision_on = kSpring.from;
    EXPECT_EQ(followed(paper, runs_on()), "in service; 25 seats");
}

TEST(FollowTerms, OfANewContractFromItsFirstDayToH1) {
    const PaperContract paper = new_paper("2026-03-16"_day, kYearlyByMonth, 10, "22.00"_usd)
                                    .needs(15, "2026-03-10"_day)
                                    .needs(12, "2026-03-16"_day)
                                    .needs(17, "2026-06-30"_day)
                                    .needs(18, "2026-07-01"_day);
    // The 15 of 03-10 are before it, the 18 of H1 after.
    EXPECT_EQ(followed(paper, runs_on()), "in service; 17 seats");
}

TEST(FollowTerms, OfANewContractWithoutAPriceForItsFirstTerm) {
    PaperContract paper{.anchor = "2026-03-16"_day, .sold_as = kYearlyByMonth};
    paper.seats = 10;
    EXPECT_EQ(followed(paper, runs_on()), "no price 2026-03-16; 0 seats");
    // M2.8: only terms that start before H1 need one.
    paper.anchor = "2026-07-01"_day;
    EXPECT_EQ(followed(paper, runs_on()), "in service; 0 seats");
}

TEST(FollowTerms, OfANewContractThatGrewBeforeH0) {
    // Not a plan that one may make, but one that is judged: 20 seats were needed, and held, from 12-15 on.
    const PaperContract paper = new_paper("2025-12-01"_day, kYearlyByMonth, 10, "22.00"_usd)
                                    .needs(20, "2025-12-15"_day)
                                    .needs(8, "2025-12-20"_day);
    EXPECT_EQ(followed(paper, runs_on()), "in service; 20 seats");
    EXPECT_EQ(bill(paper, runs_on(), {kSpring.from, "2026-02-01"_day}),
              (Lines{"2025-12-01 to 2026-01-01: 10 for 220.00", "2025-12-15 to 2026-01-01: 10 for 120.65",
                     "2026-01-01 to 2026-02-01: 20 for 440.00"}));
}

}  // namespace
}  // namespace termwise
