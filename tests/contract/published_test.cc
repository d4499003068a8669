// Microsoft's own examples of charges and refunds, and how far the model's one rounding (M0.4: half up, once,
// on the total of a line) is from each published figure. No single rule reproduces them all: seat changes cut
// the total to cents, cancellations and upgrades cut the unit price to cents first, the old programme rounds
// a daily amount. These differences are what reconciling a plan with an invoice has to tolerate; they are
// pinned to the cent.
#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "contract/settle.h"
#include "money/share.h"
#include "support/literals.h"
#include "support/paper_contract.h"

namespace termwise {
namespace {

struct PublishedLine {
    std::string_view what;
    std::string_view unit_price;
    std::int32_t seats;
    std::int32_t days, of_days;
    std::string_view published;
    std::string_view difference;  // the model's figure less the published one
};

Money usd(std::string_view text) { return operator""_usd(text.data(), text.size()); }

TEST(PublishedBilling, IsReproducedUpToTheDocumentedDifference) {
    // N: new commerce; L: the old programme; then migration billing. What reproduces a line exactly is in the
    // last column: unit = unit price cut to cents, then multiplied; down = total cut to cents; daily2, daily3
    // = a daily price rounded to so many decimals, then multiplied; half = as the model does.
    //
    // clang-format off
    const std::vector<PublishedLine> lines{
        // case                                      price   seats days   of  published  difference
        {"N1 cancelled Jul 17, bought Jul 15",      "10.08",   10,  29,  31, "94.20",   "0.10"},  // unit
        {"N2 add 2 to 10: credit of 10",            "10.08",   10,  28,  30, "94.08",   "0.00"},  // half,down
        {"N2 charge of 12",                         "10.08",   12,  28,  30, "112.89",  "0.01"},  // down
        {"N3 then 4 fewer: credit of 12",           "10.08",   12,  28,  30, "112.89",  "0.01"},  // down
        {"N3 charge of 8",                          "10.08",    8,  28,  30, "75.26",   "0.00"},  // half,down
        {"N4 Mar 7: credit of 10",                  "12.00",   10,  29,  31, "112.25",  "0.01"},  // down
        {"N4 Mar 7: charge of 15",                  "12.00",   15,  29,  31, "168.38",  "0.01"},  // down
        {"N4 Mar 10: credit of 15",                 "12.00",   15,  26,  31, "150.96",  "0.01"},  // down
        {"N4 Mar 10: charge of 25",                 "12.00",   25,  26,  31, "251.61",  "0.00"},  // half,down
        {"N4 Mar 12: credit of 25",                 "12.00",   25,  24,  31, "232.25",  "0.01"},  // down,unit
        {"N4 Mar 12: charge of 23",                 "12.00",   23,  24,  31, "213.67",  "0.01"},  // down,unit
        {"N4 Mar 14: credit of 23",                 "12.00",   23,  22,  31, "195.87",  "0.00"},  // half,down
        {"N4 Mar 14: charge of 20",                 "12.00",   20,  22,  31, "170.32",  "0.00"},  // half,down
        {"N4 Mar 25: credit of 20",                 "12.00",   20,  11,  31, "85.16",   "0.00"},  // half,down
        {"N4 Mar 25: charge of 30",                 "12.00",   30,  11,  31, "127.74",  "0.00"},  // half,down
        {"N5 upgrade of 300: credit",               "10.08",  300,  23,  30, "2316.00", "2.40"},  // unit
        {"N5 charge",                               "6.43",   300,  23,  30, "1476.00", "2.90"},  // unit
        {"N6 upgrade of 100 of 300: credit",        "10.08",  100,  23,  30, "772.00",  "0.80"},  // unit
        {"N6 charge",                               "6.43",   100,  23,  30, "492.00",  "0.97"},  // unit
        {"L1 1 to 2 seats on Feb 1: 19 days of 1",  "4.00",     1,  19,  31, "2.45",    "0.00"},  // half
        {"L1 12 days of 2",                         "4.00",     2,  12,  31, "3.10",    "0.00"},  // half
        {"L2 suspended Mar 1",                      "4.00",     1,  12,  28, "1.72",    "-0.01"},  // daily3
        {"L3 yearly, 1 to 2 seats: 19 days of 1",   "48.00",    1,  19, 365, "2.47",    "0.03"},  // daily2
        {"L3 346 days of 2",                        "48.00",    2, 346, 365, "89.96",   "1.04"},  // daily2
        {"L4 yearly, suspended Mar 1",              "48.00",    1, 318, 365, "41.34",   "0.48"},  // daily2
        {"L5 yearly, a day of 1",                   "211.20",   1,   1, 365, "0.58",    "0.00"},  // half
        {"L5 27 days of 2",                         "211.20",   2,  27, 365, "31.25",   "0.00"},  // half
        {"L5 337 days of 2",                        "211.20",   2, 337, 365, "390.00",  "0.00"},  // half
        {"L7 reactivated Mar 1",                    "48.00",    1, 318, 365, "41.34",   "0.48"},  // as L4
        // Migration billing: the term is kept, the published day counts are taken as they are.
        {"old credit for Jan 25 to Feb 20",         "16.00",    1,  27,  31, "13.93",   "0.01"},  // down
        {"the same days at the new plan",           "16.00",    1,  27,  28, "15.42",   "0.01"},  // down
        {"kept term, prepaid to Jul 20",            "192.00",   1, 181, 365, "95.21",   "0.00"},  // half,down
        {"monthly to yearly, 11 of 12 months",      "250.00",  10,  11,  12, "2291.60", "0.07"},  // unit
    };
    // clang-format on
    for (const PublishedLine& line : lines) {
        const Money model = share(line.seats * usd(line.unit_price), line.days, line.of_days);
        EXPECT_EQ(model - usd(line.published), usd(line.difference)) << line.what;
    }
}

TEST(PublishedBilling, N1AsACancellation) {
    // Two days used of Jul 15 to Aug 15; the day of the cancellation is refunded: 100.80 x 29/31 = 94.297.
    // Published 94.20.
    PaperContract paper = old_paper("2021-07-16"_day, "2021-07-15"_day, {P1Y, P1M}, 10, "10.08"_usd);
    paper.cancellation.refund = Refund::prorated;
    paper.cancellation.refund_window_days = 6;
    EXPECT_EQ(sum_up(paper, is_cancelled("2021-07-17"_day), {"2021-07-16"_day, "2021-09-01"_day}),
              "refunds 94.30; cancelled 2021-07-17");
}

TEST(PublishedBilling, L6AFullRefundInTheFirstMonthIsUnderstated) {
    // The old programme gives back the whole 48.00 within 30 days of the purchase (Jan 13, suspended Feb 1).
    // The model knows days only: 48.00 x 346/365 = 45.501. 2.50 less, on the safe side.
    PaperContract paper = old_paper("2019-01-14"_day, "2019-01-13"_day, {P1Y, P1Y}, 1, "48.00"_usd);
    paper.cancellation.refund = Refund::prorated;
    paper.cancellation.remaining = Remaining::waived;
    EXPECT_EQ(sum_up(paper, is_cancelled("2019-02-01"_day), {"2019-01-14"_day, "2019-06-01"_day}),
              "refunds 45.50; cancelled 2019-02-01");
}

/// The first days of the charges of a year that is billed by the month.
std::vector<Day> billing_dates_from(Day bought) {
    std::vector<Day> dates;
    for (const Charge& charge : charges_of(new_paper(bought, {P1Y, P1M}, 1, "1.00"_usd).contract(), runs_on(),
                                           {bought, bought + 365}))
        dates.push_back(charge.dated);
    return dates;
}

TEST(PublishedBilling, MonthEndsOfNewCommerce) {
    // Bought on 2021-01-31: charged from Jan 31, Feb 28, Mar 31, Apr 30, ..., Dec 31, as published.
    EXPECT_EQ(billing_dates_from("2021-01-31"_day),
              (std::vector<Day>{"2021-01-31"_day, "2021-02-28"_day, "2021-03-31"_day, "2021-04-30"_day,
                                "2021-05-31"_day, "2021-06-30"_day, "2021-07-31"_day, "2021-08-31"_day,
                                "2021-09-30"_day, "2021-10-31"_day, "2021-11-30"_day, "2021-12-31"_day}));
}

TEST(PublishedBilling, AnAnchorOnTheLastDayButOneDiffersByADay) {
    // Bought on 2021-01-30, published: Feb 27, Mar 30, Apr 29, May 30, ...: a day before the month's end. The
    // model clamps: Feb 28, Mar 30, Apr 30, May 30. A day of one charge, no money over the term.
    const std::vector<Day> published{"2021-01-30"_day, "2021-02-27"_day, "2021-03-30"_day, "2021-04-29"_day,
                                     "2021-05-30"_day, "2021-06-29"_day, "2021-07-30"_day, "2021-08-30"_day,
                                     "2021-09-29"_day, "2021-10-30"_day, "2021-11-29"_day, "2021-12-30"_day};
    const std::vector<Day> model = billing_dates_from("2021-01-30"_day);
    ASSERT_EQ(model.size(), published.size());
    std::vector<std::int32_t> days_later;
    for (std::size_t i = 0; i < model.size(); ++i) days_later.push_back(model[i] - published[i]);
    EXPECT_EQ(days_later, (std::vector<std::int32_t>{0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0}));
}

}  // namespace
}  // namespace termwise
