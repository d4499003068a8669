// What a portfolio would be made of, tried before it is drawn.
#include "generation/sample.h"

#include <gtest/gtest.h>

#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;

TEST(Sample, FindsTheRowsOfATermByBilling) {
    OfferDraft offer;
    offer.prices = {price("P1Y", "P1M", "21.00", "2026-07-01"), price("P1Y", "P1Y", "240.00"),
                    price("P1Y", "P1M", "20.00", "", "2026-07-01"), price("P3Y", "P1Y", "230.00")};
    const auto monthly = price_rows(offer, Period{12}, true);
    ASSERT_EQ(monthly.size(), 2U);
    EXPECT_EQ(price_on(monthly, day("2026-06-30")), amount("20.00"));
    EXPECT_EQ(price_on(monthly, day("2026-07-01")), amount("21.00"));
    EXPECT_EQ(price_rows(offer, Period{12}, false).front().unit_price, amount("240.00"));
    EXPECT_EQ(price_rows(offer, Period{36}, true).front().unit_price, amount("230.00"))
        << "not sold monthly: billed as it is sold";
    EXPECT_TRUE(price_rows(offer, Period{1}, false).empty());
}

TEST(Sample, TakesTheFirstPriceOfAllBeforeThereIsOne) {
    const std::vector<PriceDraft> rows{price("P1Y", "P1Y", "1.00", "2026-01-01")};
    EXPECT_EQ(price_on(rows, day("2025-01-01")), amount("1.00"));
}

TEST(Sample, StartsATermATermBeforeItsEnd) {  // M0.2
    EXPECT_EQ(term_start_before(day("2026-07-01"), Period{12}), day("2025-07-01"));
    EXPECT_EQ(term_start_before(day("2026-03-31"), Period{1}), day("2026-02-28"));
}

}  // namespace
}  // namespace termwise
