#include "model/place.h"

#include <gtest/gtest.h>

#include <vector>

namespace termwise {
namespace {

const std::vector<SourceFile> kFiles = {
    {"scenario.json", false}, {"../rules/csp.json", false}, {"subscriptions.csv", true}};

TEST(Place, IsAJsonPointerInAJsonFile) {
    const Place place = place_of(kFiles, {1, 3}, "offers", "prices/0/term");
    EXPECT_EQ(place.file, "../rules/csp.json");
    EXPECT_EQ(place.pointer, "/offers/3/prices/0/term");
    EXPECT_EQ(place.cell, "");
    EXPECT_EQ(place.line, 0U);  // for the reader to fill in
}

TEST(Place, MayBeTheObjectItself) {
    EXPECT_EQ(place_of(kFiles, {0, 3}, "offers", "").pointer, "/offers/3");
    EXPECT_EQ(place_of(kFiles, {0}, "", "horizon").pointer, "/horizon");
    EXPECT_EQ(place_of(kFiles, {0}, "", "").pointer, "");
}

TEST(Place, OfASubscriptionNamesItsCustomer) {
    EXPECT_EQ(place_of_customer(kFiles, {0, 3}, "blackouts/0/to").pointer, "/customers/3/blackouts/0/to");
    EXPECT_EQ(place_of_subscription(kFiles, {0, 3, 1}, "term").pointer, "/customers/3/subscriptions/1/term");
    EXPECT_EQ(place_of_subscription(kFiles, {0, 3, 1}, "").pointer, "/customers/3/subscriptions/1");
}

// M1.5: nested fields are dotted columns, a list is one cell.
TEST(Place, IsACellInATable) {
    const Place place = place_of_subscription(kFiles, {2, 17}, "term");
    EXPECT_EQ(place.file, "subscriptions.csv");
    EXPECT_EQ(place.pointer, "");
    EXPECT_EQ(place.cell, "term");
    EXPECT_EQ(place.line, 17U);
    EXPECT_EQ(place_of_customer(kFiles, {2, 17}, "acceptance/plan_days").cell, "acceptance.plan_days");
    EXPECT_EQ(place_of_subscription(kFiles, {2, 17}, "target_terms/1/billing").cell, "target_terms");
    EXPECT_EQ(place_of_subscription(kFiles, {2, 17}, "").cell, "");
}

TEST(Place, OfNothingReadIsNowhere) {
    EXPECT_EQ(place_of(kFiles, {}, "", "horizon").file, "");
    EXPECT_EQ(place_of({}, {0}, "", "horizon").file, "");
}

}  // namespace
}  // namespace termwise
