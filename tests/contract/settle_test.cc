// What a contract charges, refunds, owes and is worth (M2.3 to M2.8): a calendar sheet a rule, worked out by
// hand.
#include "contract/settle.h"

#include <gtest/gtest.h>

#include "support/literals.h"
#include "support/paper_contract.h"

namespace termwise {
namespace {

constexpr TermBilling kYearlyByMonth{P1Y, P1M};
constexpr TermBilling kYearlyPrepaid{P1Y, P1Y};
constexpr TermBilling kMonthly{P1M, P1M};

const Interval<Day> kSpring{"2026-01-05"_day, "2026-07-01"_day};

/// 10 seats at 20.00, billed on the 15th, in a term from 2025-10-15 to 2026-10-15: 200.00 a month, of which
/// the one for 2025-12-15 to 2026-01-15 was paid before H0.
PaperContract billed_on_the_15th(Interval<Day> horizon = kSpring) {
    return old_paper(horizon.from, "2025-10-15"_day, kYearlyByMonth, 10, "20.00"_usd).priced("22.00"_usd);
}

/// 25 seats at 240.00, prepaid on 2025-04-01: 6,000.00, sunk. Renews at 252.00: 6,300.00 from 2026-04-01.
PaperContract prepaid_in_april() {
    return old_paper(kSpring.from, "2025-04-01"_day, kYearlyPrepaid, 25, "240.00"_usd).priced("252.00"_usd);
}

PaperContract with(PaperContract paper, const Cancellation& rules) {
    paper.cancellation = rules;
    return paper;
}

Cancellation rules(Refund refund, std::optional<std::int32_t> window_days, Remaining remaining) {
    Cancellation made;
    made.refund = refund;
    made.refund_window_days = window_days;
    made.remaining = remaining;
    return made;
}

const Cancellation kDue = rules(Refund::none, std::nullopt, Remaining::due);
const Cancellation kWaived = rules(Refund::none, std::nullopt, Remaining::waived);
const Cancellation kRefunded = rules(Refund::prorated, std::nullopt, Remaining::due);

Cancellation refunded_within(std::int32_t window_days, Remaining remaining = Remaining::due) {
    return rules(Refund::prorated, window_days, remaining);
}

// ---- M2.1: terms and billing dates are counted from the anchor ----

TEST(BillingDates, FollowTheAnchorAndClampToTheMonthsEnd) {
    EXPECT_EQ(bill(new_paper("2026-01-31"_day, kYearlyByMonth, 1, "10.00"_usd), runs_on(), kSpring),
              (Lines{"2026-01-31 to 2026-02-28: 1 for 10.00", "2026-02-28 to 2026-03-31: 1 for 10.00",
                     "2026-03-31 to 2026-04-30: 1 for 10.00", "2026-04-30 to 2026-05-31: 1 for 10.00",
                     "2026-05-31 to 2026-06-30: 1 for 10.00", "2026-06-30 to 2026-07-31: 1 for 10.00"}));
}

TEST(BillingDates, OfTheThirtiethFallOnTheLeapDayAndGoBackToTheThirtieth) {
    EXPECT_EQ(bill(new_paper("2027-12-30"_day, kMonthly, 1, "10.00"_usd), runs_on(),
                   {"2027-12-01"_day, "2028-03-30"_day}),
              (Lines{"2027-12-30 to 2028-01-30: 1 for 10.00", "2028-01-30 to 2028-02-29: 1 for 10.00",
                     "2028-02-29 to 2028-03-30: 1 for 10.00"}));
}

TEST(BillingDates, OfALeapDayAnchorFallOnThe28thUntilTheNextLeapYear) {
    const PaperContract three_years =
        old_paper("2026-06-01"_day, "2024-02-29"_day, {P3Y, P1Y}, 1, "100.00"_usd).priced("110.00"_usd);
    // The three years end on 2027-02-28 and renew; the next yearly bill is 2028-02-29 again.
    EXPECT_EQ(bill(three_years, runs_on(), {"2026-06-01"_day, "2028-06-01"_day}),
              (Lines{"2026-02-28 to 2027-02-28: 1 for 100.00", "2027-02-28 to 2028-02-29: 1 for 110.00",
                     "2028-02-29 to 2029-02-28: 1 for 110.00"}));
}

TEST(BillingDates, AQuarterIsAnInterval) {
    EXPECT_EQ(bill(new_paper("2025-11-30"_day, {P1Y, P3M}, 2, "30.00"_usd), runs_on(), kSpring),
              (Lines{"2025-11-30 to 2026-02-28: 2 for 60.00", "2026-02-28 to 2026-05-30: 2 for 60.00",
                     "2026-05-30 to 2026-08-30: 2 for 60.00"}));
}

// ---- M2.2: a term has one unit price ----

TEST(UnitPrice, IsLockedInTerm0AndReadFromThePriceListOnTheDayOfARenewal) {
    PaperContract paper = old_paper(kSpring.from, "2025-04-01"_day, kYearlyByMonth, 10, "20.00"_usd);
    paper.priced("21.00"_usd, kBeforeAllDays, "2026-04-01"_day)
        .priced("22.00"_usd, "2026-04-01"_day, kAfterAllDays);
    // Billed on the 1st: 02-01 and 03-01 at the locked 20.00; renewed on 04-01, the first day of the second
    // row, so 04-01, 05-01, 06-01 cost 10 x 22.00. 400.00 + 660.00.
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "charges 1060.00; in service");
}

TEST(UnitPrice, OfARenewalADayEarlierComesFromTheRowBefore) {
    PaperContract paper = old_paper(kSpring.from, "2025-03-31"_day, kYearlyPrepaid, 1, "20.00"_usd);
    paper.priced("21.00"_usd, kBeforeAllDays, "2026-04-01"_day)
        .priced("22.00"_usd, "2026-04-01"_day, kAfterAllDays);
    EXPECT_EQ(bill(paper, runs_on(), kSpring),
              (Lines{"2025-03-31 to 2026-03-31: 1 for 20.00", "2026-03-31 to 2027-03-31: 1 for 21.00"}));
}

TEST(UnitPrice, OfANewContractIsTheOneOfItsFirstDayForTheWholeTerm) {
    PaperContract paper{.anchor = "2026-03-31"_day, .sold_as = {P3M, P1M}};
    paper.priced("10.00"_usd, kBeforeAllDays, "2026-04-01"_day)
        .priced("12.00"_usd, "2026-04-01"_day, kAfterAllDays);
    // The price rises the day after; the three months are locked, the renewal on 06-30 is not.
    EXPECT_EQ(bill(paper, runs_on(), kSpring),
              (Lines{"2026-03-31 to 2026-04-30: 1 for 10.00", "2026-04-30 to 2026-05-31: 1 for 10.00",
                     "2026-05-31 to 2026-06-30: 1 for 10.00", "2026-06-30 to 2026-07-31: 1 for 12.00"}));
}

// ---- M2.3: seats ----

TEST(Seats, AreThoseHeldAtH0HoweverFewAreNeeded) {
    // Two of the ten seats are needed, since before H0; nothing shrinks inside the term.
    EXPECT_EQ(bill(billed_on_the_15th().needs(2, "2025-11-01"_day), lapses("2026-10-15"_day),
                   {kSpring.from, "2026-03-01"_day}),
              (Lines{"2025-12-15 to 2026-01-15: 10 for 200.00", "2026-01-15 to 2026-02-15: 10 for 200.00",
                     "2026-02-15 to 2026-03-15: 10 for 200.00"}));
}

TEST(Seats, FollowTheDemandDownAndUpAtARenewal) {
    const PaperContract monthly = old_paper(kSpring.from, "2025-12-10"_day, kMonthly, 10, "5.00"_usd)
                                      .priced("5.00"_usd)
                                      .needs(4, "2026-01-20"_day)
                                      .needs(7, "2026-03-10"_day);
    EXPECT_EQ(bill(monthly, lapses("2026-04-10"_day), kSpring),
              (Lines{"2025-12-10 to 2026-01-10: 10 for 50.00", "2026-01-10 to 2026-02-10: 10 for 50.00",
                     "2026-02-10 to 2026-03-10: 4 for 20.00", "2026-03-10 to 2026-04-10: 7 for 35.00"}));
}

TEST(Seats, OfARenewalAfterProvisioningAreStillTheDemand) {
    // M2.3: "whether before or after provision_on". The new subscription is there on 03-02; the old monthly
    // one still renews on 03-10, for the 12 seats of that day, and buys no growth inside the term (03-20).
    PaperContract monthly = old_paper(kSpring.from, "2025-12-10"_day, kMonthly, 10, "5.00"_usd)
                                .priced("5.00"_usd)
                                .needs(12, "2026-03-05"_day)
                                .needs(14, "2026-03-20"_day);
    monthly.provision_on = "2026-03-02"_day;
    EXPECT_EQ(bill(monthly, lapses("2026-05-10"_day), kSpring),
              (Lines{"2025-12-10 to 2026-01-10: 10 for 50.00", "2026-01-10 to 2026-02-10: 10 for 50.00",
                     "2026-02-10 to 2026-03-10: 10 for 50.00", "2026-03-10 to 2026-04-10: 12 for 60.00",
                     "2026-04-10 to 2026-05-10: 14 for 70.00"}));
}

TEST(Seats, GrowByWhatTheDemandExceedsNotByItsStep) {
    // 10 held, 8 needed from 02-01, 12 from 03-01: two more seats, not four. 40.00 x 14/28 = 20.00.
    const PaperContract paper = billed_on_the_15th().needs(8, "2026-02-01"_day).needs(12, "2026-03-01"_day);
    EXPECT_EQ(bill(paper, lapses("2026-10-15"_day), {kSpring.from, "2026-04-01"_day}),
              (Lines{"2025-12-15 to 2026-01-15: 10 for 200.00", "2026-01-15 to 2026-02-15: 10 for 200.00",
                     "2026-02-15 to 2026-03-15: 10 for 200.00", "2026-03-01 to 2026-03-15: 2 for 20.00",
                     "2026-03-15 to 2026-04-15: 12 for 240.00"}));
}

// ---- M2.4: charges, and growth inside a term ----

TEST(Growth, OnABillingDateIsPartOfItsCharge) {
    EXPECT_EQ(bill(billed_on_the_15th().needs(12, "2026-02-15"_day), lapses("2026-10-15"_day),
                   {kSpring.from, "2026-03-01"_day}),
              (Lines{"2025-12-15 to 2026-01-15: 10 for 200.00", "2026-01-15 to 2026-02-15: 10 for 200.00",
                     "2026-02-15 to 2026-03-15: 12 for 240.00"}));
}

TEST(Growth, InsideAPeriodIsChargedForTheDaysThatAreLeft) {
    // The day after the billing date: 27 of 28 days, 40.00 x 27/28 = 38.571. The day before the next: 1 of
    // 28, 1.429.
    const auto grown_on = [](Day day) {
        return bill(billed_on_the_15th().needs(12, day), lapses("2026-10-15"_day),
                    {kSpring.from, "2026-03-15"_day});
    };
    EXPECT_EQ(grown_on("2026-02-16"_day).back(), "2026-02-16 to 2026-03-15: 2 for 38.57");
    EXPECT_EQ(grown_on("2026-03-14"_day).back(), "2026-03-14 to 2026-03-15: 2 for 1.43");
}

TEST(Growth, TwiceInAPeriodIsTwoChargesEachRoundedByItself) {
    // 20.00 x 26/31 = 16.774 and 20.00 x 25/31 = 16.129: 32.90; together they would be 32.903, rounded 32.90
    // too; the third, 60.00 x 24/31 = 46.452, brings 79.35 against 79.355.
    const PaperContract paper = billed_on_the_15th()
                                    .needs(11, "2026-01-20"_day)
                                    .needs(12, "2026-01-21"_day)
                                    .needs(15, "2026-01-22"_day);
    EXPECT_EQ(bill(paper, lapses("2026-10-15"_day), {kSpring.from, "2026-02-01"_day}),
              (Lines{"2025-12-15 to 2026-01-15: 10 for 200.00", "2026-01-15 to 2026-02-15: 10 for 200.00",
                     "2026-01-20 to 2026-02-15: 1 for 16.77", "2026-01-21 to 2026-02-15: 1 for 16.13",
                     "2026-01-22 to 2026-02-15: 3 for 46.45"}));
}

TEST(Growth, OnH0InsideAPeriodIsCharged) {
    // H0 01-05: 10 of the 31 days of 12-15 to 01-15 are left. 40.00 x 10/31 = 12.903.
    EXPECT_EQ(bill(billed_on_the_15th().needs(12, "2026-01-05"_day), lapses("2026-10-15"_day),
                   {kSpring.from, "2026-02-01"_day}),
              (Lines{"2025-12-15 to 2026-01-15: 10 for 200.00", "2026-01-05 to 2026-01-15: 2 for 12.90",
                     "2026-01-15 to 2026-02-15: 12 for 240.00"}));
}

TEST(Growth, OfADemandThatRoseBeforeH0IsBoughtOnH0) {
    EXPECT_EQ(bill(billed_on_the_15th().needs(12, "2025-11-20"_day), lapses("2026-10-15"_day),
                   {kSpring.from, "2026-01-15"_day}),
              (Lines{"2025-12-15 to 2026-01-15: 10 for 200.00", "2026-01-05 to 2026-01-15: 2 for 12.90"}));
}

TEST(Growth, OnH0ThatIsABillingDateIsPartOfThatDaysCharge) {
    const Interval<Day> horizon{"2026-01-15"_day, "2026-02-01"_day};
    EXPECT_EQ(
        bill(billed_on_the_15th(horizon).needs(12, "2026-01-15"_day), lapses("2026-10-15"_day), horizon),
        (Lines{"2026-01-15 to 2026-02-15: 12 for 240.00"}));
}

TEST(Growth, IsNotBoughtByTheOldContractOnH0IfProvisionedThen) {
    // M2.4: "if demand on H0 exceeds `seats` and provision_on is not H0".
    PaperContract paper = billed_on_the_15th().needs(12, "2026-01-05"_day);
    paper.provision_on = "2026-01-05"_day;
    EXPECT_EQ(bill(paper, lapses("2026-10-15"_day), {kSpring.from, "2026-02-01"_day}),
              (Lines{"2025-12-15 to 2026-01-15: 10 for 200.00", "2026-01-15 to 2026-02-15: 10 for 200.00"}));
}

TEST(Growth, IsBoughtByTheOldContractOnlyBeforeProvisionOn) {
    PaperContract paper = billed_on_the_15th().needs(12, "2026-02-25"_day);
    const Interval<Day> horizon{kSpring.from, "2026-04-01"_day};
    paper.provision_on = "2026-02-25"_day;  // the same day: it is the new contract's
    EXPECT_EQ(bill(paper, lapses("2026-10-15"_day), horizon).back(),
              "2026-03-15 to 2026-04-15: 10 for 200.00");
    paper.provision_on = "2026-02-26"_day;  // a day later: still bought. 40.00 x 18/28 = 25.714
    EXPECT_EQ(bill(paper, lapses("2026-10-15"_day), horizon)[3], "2026-02-25 to 2026-03-15: 2 for 25.71");
    EXPECT_EQ(bill(paper, lapses("2026-10-15"_day), horizon).back(),
              "2026-03-15 to 2026-04-15: 12 for 240.00");
}

TEST(Growth, OnABillingDateAfterProvisioningIsNotBoughtEither) {
    PaperContract paper = billed_on_the_15th().needs(12, "2026-02-15"_day);
    paper.provision_on = "2026-02-10"_day;
    EXPECT_EQ(bill(paper, lapses("2026-10-15"_day), {kSpring.from, "2026-03-01"_day}).back(),
              "2026-02-15 to 2026-03-15: 10 for 200.00");
}

TEST(Growth, IsBoughtOnTheLastDayOfServiceAndNotOnTheDayOfTheEnd) {
    const PaperContract grown_last = prepaid_in_april().needs(26, "2026-03-31"_day);
    const PaperContract grown_after = prepaid_in_april().needs(26, "2026-04-01"_day);
    // One seat for one of 365 days: 240.00 / 365 = 0.658.
    EXPECT_EQ(sum_up(grown_last, lapses("2026-04-01"_day), kSpring), "charges 0.66; lapsed 2026-04-01");
    EXPECT_EQ(sum_up(grown_after, lapses("2026-04-01"_day), kSpring), "nothing; lapsed 2026-04-01");
}

TEST(Growth, OfANewContractCountsFromItsSeatsOnTheDayOfProvisioning) {
    // Provisioned on 03-04 with the 15 seats of that day; two more on 03-10: 22.00 x 25/31 = 17.742.
    const PaperContract paper = new_paper("2026-03-04"_day, kYearlyByMonth, 12, "11.00"_usd)
                                    .needs(15, "2026-02-20"_day)
                                    .needs(17, "2026-03-10"_day);
    EXPECT_EQ(bill(paper, runs_on(), {kSpring.from, "2026-05-01"_day}),
              (Lines{"2026-03-04 to 2026-04-04: 15 for 165.00", "2026-03-10 to 2026-04-04: 2 for 17.74",
                     "2026-04-04 to 2026-05-04: 17 for 187.00"}));
}

TEST(Growth, OnTheDayOfProvisioningIsPartOfTheFirstCharge) {
    const PaperContract paper =
        new_paper("2026-03-04"_day, kYearlyByMonth, 12, "11.00"_usd).needs(15, "2026-03-04"_day);
    EXPECT_EQ(bill(paper, runs_on(), {kSpring.from, "2026-04-01"_day}),
              (Lines{"2026-03-04 to 2026-04-04: 15 for 165.00"}));
}

// ---- M2.5 and M2.8: renewals ----

TEST(Renewal, TakesPlaceOnTheLastDayOnWhichTheProgrammeRenews) {
    PaperContract paper = prepaid_in_april();
    paper.renewals_until = "2026-04-01"_day;
    // Renewed for 6,300.00; after H1, 274 of 365 days are left: 4,729.315.
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "charges 6300.00, credit 4729.32; in service");
}

TEST(Renewal, ADayTooLateEndsTheContract) {
    PaperContract paper = prepaid_in_april();
    paper.renewals_until = "2026-03-31"_day;
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "nothing; renewal closed 2026-04-01");
}

TEST(Renewal, WithoutAPriceOnItsDayEndsTheContract) {
    PaperContract paper = prepaid_in_april();
    paper.prices.clear();
    paper.priced("252.00"_usd, kBeforeAllDays, "2026-04-01"_day)
        .priced("252.00"_usd, "2026-04-02"_day, kAfterAllDays);
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "nothing; no price 2026-04-01");
}

TEST(Renewal, BothClosedAndWithoutPriceIsReportedAsClosed) {
    PaperContract paper = prepaid_in_april();
    paper.prices.clear();
    paper.renewals_until = "2026-03-31"_day;
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "nothing; renewal closed 2026-04-01");
}

TEST(Renewal, ThatDidNotTakePlaceLeavesNothingToCancel) {
    // M2.5: "and is not cancelled later: no fee, no refund". Nor does it lapse once more.
    PaperContract paper = with(prepaid_in_april(), kRefunded);
    paper.cancellation.fee = "25.00"_usd;
    paper.renewals_until = "2026-03-31"_day;
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-05-04"_day), kSpring), "nothing; renewal closed 2026-04-01");
    EXPECT_EQ(sum_up(paper, lapses("2027-04-01"_day), {kSpring.from, "2027-06-01"_day}),
              "nothing; renewal closed 2026-04-01");
}

TEST(Renewal, ClosesForANewContractAsWell) {
    PaperContract paper = new_paper("2026-02-10"_day, kMonthly, 2, "10.00"_usd);
    paper.renewals_until = "2026-04-15"_day;  // 03-10 and 04-10 renew, 05-10 does not
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "charges 60.00; renewal closed 2026-05-10");
}

TEST(Renewal, IsNotWhatTheFirstTermOfANewContractNeeds) {
    PaperContract paper = new_paper("2026-05-01"_day, kYearlyPrepaid, 1, "365.00"_usd);
    paper.renewals_until = "2026-04-15"_day;
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "charges 365.00, credit 304.00; in service");
}

TEST(Renewal, AFirstTermWithoutPriceNeverStarts) {
    PaperContract paper{.anchor = "2026-05-01"_day, .sold_as = kYearlyPrepaid};
    paper.priced("365.00"_usd, "2026-05-02"_day, kAfterAllDays);
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "nothing; no price 2026-05-01");
}

TEST(Renewal, OfATermThatStartsOnH1OrOnTheEndIsNotNeeded) {
    PaperContract paper = prepaid_in_april();
    paper.prices.clear();
    paper.renewals_until = "2025-12-31"_day;
    EXPECT_EQ(sum_up(paper, runs_on(), {kSpring.from, "2026-04-01"_day}), "nothing; in service");
    EXPECT_EQ(sum_up(paper, lapses("2026-04-01"_day), kSpring), "nothing; lapsed 2026-04-01");
    // One day more of horizon and it would be.
    EXPECT_EQ(sum_up(paper, runs_on(), {kSpring.from, "2026-04-02"_day}),
              "nothing; renewal closed 2026-04-01");
}

TEST(Renewal, GoesOnUntilTheLapse) {
    PaperContract paper =
        old_paper(kSpring.from, "2025-12-10"_day, kMonthly, 10, "5.00"_usd).priced("6.00"_usd);
    // 01-10, 02-10 and 03-10 renew at 60.00; it lapses on the third boundary after them.
    EXPECT_EQ(sum_up(paper, lapses("2026-04-10"_day), kSpring), "charges 180.00; lapsed 2026-04-10");
}

// ---- M2.6: cancellation ----

TEST(Cancellation, WithoutRefundStillOwesTheTermIfTheRestIsDue) {
    // Cash 01-15 to 06-15: 6 x 200.00. Owed after H1: 07-15, 08-15, 09-15. Forfeited: 27 of the 28 days from
    // 02-15, 200.00 x 27/28 = 192.857, and the seven charges from 03-15 to 09-15.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kDue), is_cancelled("2026-02-16"_day), kSpring),
              "charges 1200.00, liability 600.00, forfeited 1592.86; cancelled 2026-02-16");
}

TEST(Cancellation, OnABillingDateStillMakesThatDaysChargeIfTheRestIsDue) {
    // The same charges; forfeited are the eight from 02-15 to 09-15.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kDue), is_cancelled("2026-02-15"_day), kSpring),
              "charges 1200.00, liability 600.00, forfeited 1600.00; cancelled 2026-02-15");
}

TEST(Cancellation, OwesNothingMoreIfTheRestIsWaived) {
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kWaived), is_cancelled("2026-02-16"_day), kSpring),
              "charges 400.00, forfeited 192.86; cancelled 2026-02-16");
    // On the billing date: that day's charge is not made.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kWaived), is_cancelled("2026-02-15"_day), kSpring),
              "charges 200.00; cancelled 2026-02-15");
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kWaived), is_cancelled("2026-02-14"_day), kSpring),
              "charges 200.00, forfeited 6.45; cancelled 2026-02-14");  // 200.00 / 31 = 6.452
}

TEST(Cancellation, RefundsTheDaysFromItsDayOnIfTheRefundIsProrated) {
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kRefunded), is_cancelled("2026-02-16"_day), kSpring),
              "charges 400.00, refunds 192.86; cancelled 2026-02-16");
    // On a billing date the running charge is used up, and the next is not made: nothing to refund.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kRefunded), is_cancelled("2026-02-15"_day), kSpring),
              "charges 200.00; cancelled 2026-02-15");
}

TEST(Cancellation, IsRefundedUpToTheWindowsLastDay) {
    // From 2025-10-15 to 2026-02-16 are 16 + 30 + 31 + 31 + 16 = 124 days.
    EXPECT_EQ(
        sum_up(with(billed_on_the_15th(), refunded_within(124)), is_cancelled("2026-02-16"_day), kSpring),
        "charges 400.00, refunds 192.86; cancelled 2026-02-16");
    EXPECT_EQ(
        sum_up(with(billed_on_the_15th(), refunded_within(123)), is_cancelled("2026-02-16"_day), kSpring),
        "charges 1200.00, liability 600.00, forfeited 1592.86; cancelled 2026-02-16");
    // After the window a waiver still holds.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), refunded_within(123, Remaining::waived)),
                     is_cancelled("2026-02-16"_day), kSpring),
              "charges 400.00, forfeited 192.86; cancelled 2026-02-16");
}

TEST(Cancellation, CountsTheWindowFromTheRenewedTerm) {
    const PaperContract paper = with(prepaid_in_april(), refunded_within(6));
    // Day 364 of the old term: nothing back. 6,000.00 x 1/365 = 16.438.
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-03-31"_day), kSpring),
              "forfeited 16.44; cancelled 2026-03-31");
    // Day 6 of the renewed one: 6,300.00 x 359/365 = 6,196.438 back. Day 7: forfeited, 6,300.00 x 358/365 =
    // 6,179.178.
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-04-07"_day), kSpring),
              "charges 6300.00, refunds 6196.44; cancelled 2026-04-07");
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-04-08"_day), kSpring),
              "charges 6300.00, forfeited 6179.18; cancelled 2026-04-08");
}

TEST(Cancellation, RefundsAGrowthChargeByItsOwnCoverWithoutAWindowOfItsOwn) {
    // 10 x 264.00 paid on 2025-12-15. Two more on 01-08: 528.00 x 341/365 = 493.282.
    const PaperContract paper =
        with(old_paper(kSpring.from, "2025-12-15"_day, kYearlyPrepaid, 10, "264.00"_usd), refunded_within(30))
            .needs(12, "2026-01-08"_day);
    // Day 30: 2,640.00 x 335/365 = 2,423.014 and 493.28 x 335/341 = 484.601.
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-01-14"_day), kSpring),
              "charges 493.28, refunds 2907.61; cancelled 2026-01-14");
    // Day 31, a week after the two were added: 2,640.00 x 334/365 = 2,415.781 and 493.28 x 334/341 = 483.154
    // lost.
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-01-15"_day), kSpring),
              "charges 493.28, forfeited 2898.93; cancelled 2026-01-15");
}

TEST(Cancellation, DoesNotBuyTheGrowthOfItsOwnDay) {
    // Held on the day before: 10. Due: 10 x 20.00 each, from 02-15 on; nothing for the two seats of 02-16.
    const PaperContract paper = with(billed_on_the_15th(), kDue).needs(12, "2026-02-16"_day);
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-02-16"_day), kSpring),
              "charges 1200.00, liability 600.00, forfeited 1592.86; cancelled 2026-02-16");
    // On a billing date the same: the charge of that day is made for 10.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kDue).needs(12, "2026-02-15"_day),
                     is_cancelled("2026-02-15"_day), kSpring),
              "charges 1200.00, liability 600.00, forfeited 1600.00; cancelled 2026-02-15");
}

TEST(Cancellation, OwesTheRestAtTheSeatsHeldOnTheDayBefore) {
    // Grown to 12 on 02-10: 40.00 x 5/31 = 6.452. Then 240.00 from 02-15: cash 200.00 + 6.45 + 5 x 240.00,
    // owed 3 x 240.00; forfeited 240.00 x 27/28 = 231.429 and seven times 240.00.
    const PaperContract paper =
        with(billed_on_the_15th(), kDue).needs(12, "2026-02-10"_day).needs(2, "2026-02-14"_day);
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-02-16"_day), kSpring),
              "charges 1406.45, liability 720.00, forfeited 1911.43; cancelled 2026-02-16");
}

TEST(Cancellation, InARenewedTermOwesTheRestOfThatTermAtItsPrice) {
    // Renewed on 2026-10-15 at 22.00; cancelled on 11-20. H1 2027-01-01: cash 9 x 200.00 (01-15 to 09-15),
    // 220.00 on 10-15, 11-15, 12-15; owed: 01-15 to 09-15, 9 x 220.00. Forfeited 220.00 x 25/30 = 183.333 and
    // ten charges.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kDue), is_cancelled("2026-11-20"_day),
                     {kSpring.from, "2027-01-01"_day}),
              "charges 2460.00, liability 1980.00, forfeited 2383.33; cancelled 2026-11-20");
}

TEST(Cancellation, OnTheFirstDayAfterATermStart) {
    const PaperContract paper = with(prepaid_in_april(), refunded_within(0));
    // Day 1 of the term is outside a window of 0 days: 6,300.00 x 364/365 = 6,282.740.
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-04-02"_day), kSpring),
              "charges 6300.00, forfeited 6282.74; cancelled 2026-04-02");
    EXPECT_EQ(sum_up(with(prepaid_in_april(), refunded_within(1)), is_cancelled("2026-04-02"_day), kSpring),
              "charges 6300.00, refunds 6282.74; cancelled 2026-04-02");
}

TEST(Cancellation, OnH0RefundsOrForfeitsWhatWasPaidBefore) {
    // Paid on 2025-12-15: 200.00 for 31 days, 10 of them from 01-05 on: 64.516.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kWaived), is_cancelled("2026-01-05"_day), kSpring),
              "forfeited 64.52; cancelled 2026-01-05");
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kRefunded), is_cancelled("2026-01-05"_day), kSpring),
              "refunds 64.52; cancelled 2026-01-05");
    // Due: 01-15 to 06-15 in cash, 07-15 to 09-15 after; forfeited with all nine.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kDue), is_cancelled("2026-01-05"_day), kSpring),
              "charges 1200.00, liability 600.00, forfeited 1864.52; cancelled 2026-01-05");
}

TEST(Cancellation, OnH0ThatIsABillingDate) {
    const Interval<Day> horizon{"2026-01-15"_day, "2026-07-01"_day};
    const PaperContract paper = billed_on_the_15th(horizon).needs(12, "2026-01-15"_day);
    // The old charge ends that day. Not made where the rest is not due; made, for the 10 seats of the day
    // before, where it is.
    EXPECT_EQ(sum_up(with(paper, kWaived), is_cancelled("2026-01-15"_day), horizon),
              "nothing; cancelled 2026-01-15");
    EXPECT_EQ(sum_up(with(paper, kRefunded), is_cancelled("2026-01-15"_day), horizon),
              "nothing; cancelled 2026-01-15");
    EXPECT_EQ(sum_up(with(paper, kDue), is_cancelled("2026-01-15"_day), horizon),
              "charges 1200.00, liability 600.00, forfeited 1800.00; cancelled 2026-01-15");
    EXPECT_EQ(bill(with(paper, kDue), is_cancelled("2026-01-15"_day), {horizon.from, "2026-02-01"_day})[1],
              "2026-01-15 to 2026-02-15: 10 for 200.00");
}

TEST(Cancellation, RefundsAChargePaidBeforeH0OnALaterDay) {
    // Paid 6,000.00 on 2025-04-01; cancelled 2026-03-02: 30 of 365 days are left, 493.151.
    EXPECT_EQ(sum_up(with(prepaid_in_april(), kRefunded), is_cancelled("2026-03-02"_day), kSpring),
              "refunds 493.15; cancelled 2026-03-02");
    EXPECT_EQ(sum_up(with(prepaid_in_april(), kDue), is_cancelled("2026-03-02"_day), kSpring),
              "forfeited 493.15; cancelled 2026-03-02");
}

TEST(Cancellation, CostsItsFeeWhateverIsRefunded) {
    PaperContract paper = with(prepaid_in_april(), kRefunded);
    paper.cancellation.fee = "25.00"_usd;
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-03-02"_day), kSpring),
              "fees 25.00, refunds 493.15; cancelled 2026-03-02");
    paper.cancellation.refund = Refund::none;
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-03-02"_day), kSpring),
              "fees 25.00, forfeited 493.15; cancelled 2026-03-02");
    EXPECT_EQ(sum_up(paper, lapses("2026-04-01"_day), kSpring), "nothing; lapsed 2026-04-01");
}

// ---- M2.7: cash, liability, terminal credit ----

TEST(Horizon, ChargesOnH0CountAndOnH1DoNot) {
    // 01-15 is H0, 06-15 is H1: five charges; the period that starts on H1 is nobody's.
    const Interval<Day> horizon{"2026-01-15"_day, "2026-06-15"_day};
    EXPECT_EQ(sum_up(billed_on_the_15th(horizon), runs_on(), horizon), "charges 1000.00; in service");
}

TEST(Horizon, WhatACancelledContractOwesOnH1IsLiability) {
    const PaperContract paper = with(billed_on_the_15th(), kDue);
    // H1 06-15: 01-15 to 05-15 are cash, 06-15 to 09-15 liability. A day later 06-15 is cash.
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-02-16"_day), {kSpring.from, "2026-06-15"_day}),
              "charges 1000.00, liability 800.00, forfeited 1592.86; cancelled 2026-02-16");
    EXPECT_EQ(sum_up(paper, is_cancelled("2026-02-16"_day), {kSpring.from, "2026-06-16"_day}),
              "charges 1200.00, liability 600.00, forfeited 1592.86; cancelled 2026-02-16");
}

TEST(TerminalCredit, IsTheShareOfTheDaysAfterH1) {
    // 06-15 to 07-15 has 30 days, 14 of them from 07-01 on: 200.00 x 14/30 = 93.333.
    EXPECT_EQ(sum_up(billed_on_the_15th(), runs_on(), kSpring), "charges 1200.00, credit 93.33; in service");
}

TEST(TerminalCredit, IsNothingWhereH1IsABillingDateAndADayBefore) {
    const auto until = [](Day h1) { return sum_up(billed_on_the_15th(), runs_on(), {kSpring.from, h1}); };
    EXPECT_EQ(until("2026-06-14"_day), "charges 1000.00, credit 6.45; in service");  // 200.00 x 1/31
    EXPECT_EQ(until("2026-06-15"_day), "charges 1000.00; in service");
    EXPECT_EQ(until("2026-06-16"_day), "charges 1200.00, credit 193.33; in service");  // 200.00 x 29/30
}

TEST(TerminalCredit, IsOwedForWhatWasPaidBeforeH0AsWell) {
    // Six months of the 6,000.00 lie before, 90 days after an early H1 of 2026-01-01: 6,000.00 x 90/365 =
    // 1,479.452.
    const Interval<Day> autumn{"2025-09-01"_day, "2026-01-01"_day};
    PaperContract paper = prepaid_in_april();
    paper.h0 = autumn.from;
    EXPECT_EQ(sum_up(paper, runs_on(), autumn), "credit 1479.45; in service");
}

TEST(TerminalCredit, IsNothingForAContractThatEndsOnH1) {
    const Interval<Day> until_april{kSpring.from, "2026-04-01"_day};
    EXPECT_EQ(sum_up(prepaid_in_april(), lapses("2026-04-01"_day), until_april),
              "nothing; lapsed 2026-04-01");
    // Nor for one that was cancelled on the last day before: 200.00 x 14/30 + 200.00 x 1/30 are forfeited.
    EXPECT_EQ(sum_up(with(billed_on_the_15th(), kWaived), is_cancelled("2026-06-30"_day), kSpring),
              "charges 1200.00, forfeited 100.00; cancelled 2026-06-30");
}

TEST(TerminalCredit, OfAGrowthChargeGoesByItsOwnCover) {
    // 10 x 240.00 paid on 2025-10-01; two more bought on H0 01-05 for 269 of 365 days: 480.00 x 269/365 =
    // 353.753. 92 days lie after H1: 2,400.00 x 92/365 = 604.932 and 353.75 x 92/269 = 120.985.
    const PaperContract paper = old_paper(kSpring.from, "2025-10-01"_day, kYearlyPrepaid, 10, "240.00"_usd)
                                    .needs(12, "2026-01-05"_day);
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "charges 353.75, credit 725.92; in service");
}

TEST(TerminalCredit, IsNothingForSeatsThatNobodyNeedsAtH1) {
    // As above, but 6 of the 12 are needed on H1: 2,400.00 x (92 x 6)/(365 x 12) = 302.466 and
    // 353.75 x (92 x 6)/(269 x 12) = 60.493. Nothing is left to bill in the term: no liability.
    const PaperContract paper = old_paper(kSpring.from, "2025-10-01"_day, kYearlyPrepaid, 10, "240.00"_usd)
                                    .needs(12, "2026-01-05"_day)
                                    .needs(6, "2026-07-01"_day);
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "charges 353.75, credit 362.96; in service");
}

TEST(TerminalCredit, DoesNotGrowWithADemandThatRisesOnH1) {
    // 12 needed from H1 on, 10 held: d = 10. 230.00 x 24/30 = 184.00.
    const PaperContract paper =
        new_paper("2026-03-25"_day, kYearlyByMonth, 10, "23.00"_usd).needs(12, "2026-07-01"_day);
    EXPECT_EQ(sum_up(paper, runs_on(), kSpring), "charges 920.00, credit 184.00; in service");
}

/// 10 seats at 23.00, billed on the 25th from 2026-03-25 to 2027-03-25; 4 needed from 06-01.
PaperContract six_idle_seats() {
    return new_paper("2026-03-25"_day, kYearlyByMonth, 10, "23.00"_usd).needs(4, "2026-06-01"_day);
}

TEST(IdleSeats, BindOnEveryBillingDateOfTheTermAfterH1) {
    // Cash 4 x 230.00. Credit 230.00 x (24 x 4)/(30 x 10) = 73.60. Six idle seats on 07-25 to 2027-02-25: 8 x
    // 138.00.
    EXPECT_EQ(sum_up(six_idle_seats(), runs_on(), kSpring),
              "charges 920.00, liability 1104.00, credit 73.60; in service");
}

TEST(IdleSeats, BindOnABillingDateThatIsH1) {
    // Cash 3 x 230.00; 06-25 to 2027-02-25 are nine dates.
    EXPECT_EQ(sum_up(six_idle_seats(), runs_on(), {kSpring.from, "2026-06-25"_day}),
              "charges 690.00, liability 1242.00; in service");
}

TEST(IdleSeats, BindToNothingWhereH1IsTheTermsEnd) {
    EXPECT_EQ(sum_up(six_idle_seats(), runs_on(), {kSpring.from, "2027-03-25"_day}),
              "charges 2760.00; in service");
    // A day before: 230.00 x (1 x 4)/(28 x 10) = 3.286, and no date is left.
    EXPECT_EQ(sum_up(six_idle_seats(), runs_on(), {kSpring.from, "2027-03-24"_day}),
              "charges 2760.00, credit 3.29; in service");
    // A month before, on the last billing date: that one binds.
    EXPECT_EQ(sum_up(six_idle_seats(), runs_on(), {kSpring.from, "2027-02-25"_day}),
              "charges 2530.00, liability 138.00; in service");
}

TEST(IdleSeats, OfAnOldContractThatStaysBindAsWell) {
    // Three of ten seats from 05-01: credit 200.00 x (14 x 3)/(30 x 10) = 28.00; seven idle on 07-15, 08-15,
    // 09-15.
    EXPECT_EQ(sum_up(billed_on_the_15th().needs(3, "2026-05-01"_day), runs_on(), kSpring),
              "charges 1200.00, liability 420.00, credit 28.00; in service");
}

TEST(Horizon, AContractProvisionedOnH1IsNotSeen) {
    EXPECT_EQ(sum_up(new_paper("2026-07-01"_day, kYearlyByMonth, 10, "23.00"_usd), runs_on(), kSpring),
              "nothing; in service");
    // M2.8: a term that starts at H1 needs no price.
    PaperContract unpriced{.anchor = "2026-07-01"_day, .sold_as = kYearlyByMonth};
    EXPECT_EQ(sum_up(unpriced, runs_on(), kSpring), "nothing; in service");
}

// ---- what a sink is told ----

struct CashBook {
    Lines lines;
    void charge(const Charge&) {}
    void cash(Day day, std::int32_t month, Money amount) {
        lines.push_back(fmt::format("{} ({}) {}", to_text(day), month_text(month), usd_text(amount)));
    }
};

TEST(Cash, IsToldDayByDayWithItsMonth) {
    PaperContract paper = with(billed_on_the_15th(), kRefunded).needs(12, "2026-02-10"_day);
    paper.cancellation.fee = "25.00"_usd;
    CashBook book;
    settle(paper.contract(), is_cancelled("2026-02-16"_day), kSpring, book);
    // 240.00 x 27/28 = 231.429 comes back; the charge paid before H0 is not told.
    EXPECT_EQ(book.lines, (Lines{"2026-01-15 (2026-01) 200.00", "2026-02-10 (2026-02) 6.45",
                                 "2026-02-15 (2026-02) 240.00", "2026-02-16 (2026-02) 25.00",
                                 "2026-02-16 (2026-02) -231.43"}));
}

TEST(Cash, OfAClampedBillingDateBelongsToItsOwnMonth) {
    CashBook book;
    settle(new_paper("2026-01-31"_day, kYearlyByMonth, 1, "10.00"_usd).contract(), runs_on(),
           {"2026-01-05"_day, "2026-03-01"_day}, book);
    EXPECT_EQ(book.lines, (Lines{"2026-01-31 (2026-01) 10.00", "2026-02-28 (2026-02) 10.00"}));
}

struct RowBook : CashBook {
    void equal_cash(std::int32_t first_month, std::int32_t step_months, std::int32_t count, Money amount) {
        lines.push_back(fmt::format("{} times {} from {}, every {} months", count, usd_text(amount),
                                    month_text(first_month), step_months));
    }
};

TEST(Cash, OfEqualPeriodsIsToldAtOnceToWhoDoesNotAskForDays) {
    // All but the last period before H1, which has a credit to be reckoned; a term at another price is
    // another row.
    RowBook quarters;
    settle(new_paper("2026-01-20"_day, {P1Y, P3M}, 2, "30.00"_usd).contract(), runs_on(),
           {kSpring.from, "2027-08-01"_day}, quarters);
    EXPECT_EQ(quarters.lines,
              (Lines{"3 times 60.00 from 2026-01, every 3 months", "2026-10-20 (2026-10) 60.00",
                     "2 times 60.00 from 2027-01, every 3 months", "2027-07-20 (2027-07) 60.00"}));
    // Growth ahead: one by one.
    RowBook growing;
    settle(billed_on_the_15th().needs(12, "2026-06-20"_day).contract(), runs_on(), kSpring, growing);
    EXPECT_EQ(growing.lines.front(), "2026-01-15 (2026-01) 200.00");
}

TEST(ChargesOf, ListsWhatIsOwedAfterH1) {
    EXPECT_EQ(bill(with(billed_on_the_15th(), kDue), is_cancelled("2026-06-20"_day), kSpring).back(),
              "2026-09-15 to 2026-10-15: 10 for 200.00");
}

}  // namespace
}  // namespace termwise
