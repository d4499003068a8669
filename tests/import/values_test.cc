#include "import/values.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(PlainName, IsWhatHeadersHaveInCommon) {
    EXPECT_EQ(plain_name("Customer Tenant-ID"), "customertenantid");
    EXPECT_EQ(plain_name("CustomerTenantId"), "customertenantid");
    EXPECT_EQ(plain_name("ERP Price"), "erpprice");
}

TEST(ForeignBoolean, KnowsTheWordsOfSpreadsheets) {
    for (const char* word : {"True", "TRUE", "1", "WAHR", "Vrai", "VERDADERO", "yes"})
        EXPECT_EQ(parse_foreign_boolean(word), true) << word;
    for (const char* word : {"False", "0", "FALSCH", "Faux", "FALSO", "no"})
        EXPECT_EQ(parse_foreign_boolean(word), false) << word;
    EXPECT_EQ(parse_foreign_boolean("maybe"), std::nullopt);
    EXPECT_EQ(parse_foreign_boolean(""), std::nullopt);
}

TEST(BillingPlanOf, ReadsTheEnumerationInAnyCase) {
    EXPECT_EQ(parse_billing_plan("monthly"), BillingPlan::monthly);
    EXPECT_EQ(parse_billing_plan("Triennial"), BillingPlan::triennial);
    EXPECT_EQ(parse_billing_plan("OneTime"), BillingPlan::one_time);
    EXPECT_EQ(parse_billing_plan("Yearly"), std::nullopt);
    EXPECT_EQ(billing_period(BillingPlan::annual), Period{12});
    EXPECT_EQ(billing_period(BillingPlan::triennial), Period{36});
    EXPECT_EQ(billing_period(BillingPlan::none), std::nullopt);
}

TEST(OfferReference, TellsTheProgrammesApart) {
    const auto old = parse_offer_reference("796b6b5f-613c-4e24-a17c-eba730d49c02");
    ASSERT_TRUE(old);
    EXPECT_FALSE(old->is_new_commerce);
    EXPECT_EQ(old->id, "796B6B5F-613C-4E24-A17C-EBA730D49C02");
    for (const char* text :
         {"CFQ7TTC0LF8R:0001:CFQ7TTC0ZZ03", "CFQ7TTC0LF8R:0001", "CFQ7TTC0LF8R/0001", "cfq7ttc0lf8r:1"}) {
        const auto offer = parse_offer_reference(text);
        ASSERT_TRUE(offer) << text;
        EXPECT_TRUE(offer->is_new_commerce);
        EXPECT_EQ(offer->id, "CFQ7TTC0LF8R:0001") << text;
    }
    for (const char* text : {"", "Office 365 E3", "CFQ7TTC0LF8R", ":0001", "a b:1"})
        EXPECT_FALSE(parse_offer_reference(text)) << text;
}

// A spreadsheet makes 1 of 0001.
TEST(ProductReference, PadsShortNumbers) {
    EXPECT_EQ(product_reference("CFQ7TTC0LF8R", "1"), "CFQ7TTC0LF8R:0001");
    EXPECT_EQ(product_reference("CFQ7TTC0LF8R", "00A1"), "CFQ7TTC0LF8R:00A1");
    EXPECT_EQ(product_reference("CFQ7TTC0LF8R", ""), std::nullopt);
}

}  // namespace
}  // namespace termwise
