// Customers drawn one at a time.
#include "generation/portfolio.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;

Profile default_one() {
    Diagnostics diagnostics;
    auto profile = read_profile_text(default_profile(), "default.json", diagnostics);
    if (!profile) throw std::runtime_error(text_of(diagnostics));
    return std::move(*profile);
}

TEST(Portfolio, DrawsACustomerWithoutThoseBefore) {
    const Profile profile = default_one();
    const Portfolio portfolio(profile, 5);
    DrawnCustomer alone, after;
    portfolio.draw(9, alone);
    for (std::int64_t number = 1; number <= 9; ++number) portfolio.draw(number, after);
    ASSERT_EQ(alone.subscriptions.size(), after.subscriptions.size());
    for (std::size_t i = 0; i < alone.subscriptions.size(); ++i) {
        EXPECT_EQ(alone.subscriptions[i].seats, after.subscriptions[i].seats);
        EXPECT_EQ(alone.subscriptions[i].term_start, after.subscriptions[i].term_start);
    }
}

TEST(Portfolio, HoldsAtMostOneHundredSubscriptionsACustomer) {
    Profile profile = default_one();
    profile.subscriptions = {{50, 50, 1}};
    profile.offers = {{"o365-e3-open", Period{12}, 1}};
    for (AddOn& add_on : profile.add_ons) add_on.percent = 100;
    DrawnCustomer customer;
    Portfolio(profile, 1).draw(1, customer);
    EXPECT_EQ(customer.subscriptions.size(), kMostSubscriptionsOfACustomer);
}

TEST(Portfolio, KeepsEveryCurrentTermAroundToday) {  // M1.3
    Profile profile = default_one();
    profile.first_end_day = 1;
    profile.last_end_day = 3'660;
    for (const char* today : {"2026-01-31", "2028-02-28", "2028-02-29", "2026-03-30"}) {
        profile.scenario.horizon->start = day(today);
        const Portfolio portfolio(profile, 1);
        DrawnCustomer customer;
        for (std::int64_t number = 1; number <= 2'000; ++number) {
            portfolio.draw(number, customer);
            for (const DrawnSubscription& s : customer.subscriptions) {
                EXPECT_LE(s.term_start, day(today));
                EXPECT_GT(Boundaries(s.term_start, s.sold_as.term).at(1), day(today));
            }
        }
    }
}

TEST(Portfolio, TakesThePriceOfTheDayOnWhichTheTermStarted) {  // M1.3
    Profile profile = default_one();
    for (OfferDraft& offer : profile.scenario.offers)
        if (offer.id == "bs-open")
            offer.prices = {price("P1Y", "P1Y", "140.00", "", "2025-07-01"),
                            price("P1Y", "P1Y", "150.00", "2025-07-01")};
    const Portfolio portfolio(profile, 1);
    DrawnCustomer customer;
    int seen = 0;
    for (std::int64_t number = 1; number <= 200; ++number) {
        portfolio.draw(number, customer);
        for (const DrawnSubscription& s : customer.subscriptions) {
            if (s.offer->id != "bs-open") continue;
            ++seen;
            EXPECT_EQ(s.unit_price, amount(s.term_start < day("2025-07-01") ? "140.00" : "150.00"));
        }
    }
    EXPECT_GT(seen, 20);
}

}  // namespace
}  // namespace termwise
