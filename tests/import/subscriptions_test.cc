#include "import/subscriptions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "import/tables.h"
#include "support/literals.h"

namespace termwise {
namespace {

struct Reading {
    std::optional<SubscriptionRecords> records;
    ImportNotes notes;
    std::string messages;

    [[nodiscard]] const SubscriptionRecord& row(std::size_t i) const { return records->rows.at(i); }
};

Reading read(const std::string& text, std::optional<DayOrder> dates = {}) {
    Reading reading;
    Diagnostics diagnostics;
    Source source = Source::of_text(text, "s.csv");
    reading.records = read_subscription_records(source, dates, reading.notes, diagnostics);
    reading.messages = messages_of(diagnostics, text, "s.csv");
    return reading;
}

TEST(ToolSubscriptions, AreReadAsTheToolWritesThem) {
    const Reading reading =
        read(tool_table({{.asked_seats = "20", .base = "s0", .reasons = "Too young.;A promotion."}}));
    ASSERT_TRUE(reading.records) << reading.messages;
    const SubscriptionRecord& row = reading.row(0);
    EXPECT_EQ(reading.records->what, "the bulk migration tool's subscriptions");
    EXPECT_EQ(row.line, 2U);
    EXPECT_EQ(row.customer, "00000000-0000-4000-8000-0000000000c1");
    EXPECT_EQ(row.customer_name, "Contoso");
    EXPECT_EQ(row.id, "s1");
    EXPECT_EQ(row.product, "Office 365 E3");
    EXPECT_EQ(row.target, "CFQ7TTC0LF8R:0001");
    EXPECT_EQ(row.end, "2024-03-01"_day);
    EXPECT_EQ(row.term, P1Y);
    EXPECT_EQ(row.billing, BillingPlan::annual);
    EXPECT_EQ(row.seats, 25);
    EXPECT_EQ(row.asked_seats, 20);
    EXPECT_EQ(row.auto_renew, true);
    EXPECT_EQ(row.base, "s0");
    EXPECT_EQ(row.reasons, "Too young.;A promotion.");
    EXPECT_FALSE(row.is_new_commerce);
}

// The same file, saved by a German spreadsheet: semicolons, WAHR, 01.03.2024, and a header in another order.
TEST(ToolSubscriptions, AreReadAsASpreadsheetSavedThem) {
    const std::string text =
        "\xef\xbb\xbf"
        "LegacyProductName;CustomerTenantId;LegacySubscriptionId;ExpirationDate;AutoRenewEnabled;"
        "MigrationEligible;NcePsa;"
        "CurrentTerm;CurrentBillingPlan;CurrentSeatCount\r\n"
        "\"Apps; f\xc3\xbcr "
        "Firmen\";00000000-0000-4000-8000-0000000000C1;5B000000-0000-4000-8000-00000000000A;01.03.2024 "
        "00:00;WAHR;FALSCH;CFQ7TTC0LF8R:1;p1y;monthly;7\r\n";
    const Reading reading = read(text);
    ASSERT_TRUE(reading.records) << reading.messages;
    EXPECT_EQ(reading.row(0).product, "Apps; f\xc3\xbcr Firmen");
    EXPECT_EQ(reading.row(0).id, "5b000000-0000-4000-8000-00000000000a");
    EXPECT_EQ(reading.row(0).end, "2024-03-01"_day);
    EXPECT_EQ(reading.row(0).auto_renew, true);
    EXPECT_FALSE(reading.row(0).is_eligible);
    EXPECT_EQ(reading.row(0).target, "CFQ7TTC0LF8R:0001");
    EXPECT_EQ(reading.row(0).billing, BillingPlan::monthly);
    EXPECT_EQ(reading.notes.assumptions()[0].setting, "dates");
}

// Scheduling writes its columns in another order, and two more.
TEST(ToolSubscriptions, AreReadAsTheSchedulerWritesThem) {
    const Reading reading = read(
        "PartnerTenantId,IndirectResellerMpnId,CustomerName,CustomerTenantId,LegacySubscriptionId,"
        "LegacySubscriptionName,"
        "LegacyProductName,ExpirationDate,AutoRenewEnabled,AddOn,BaseSubscriptionId,MigrationEligible,NcePsa,"
        "CurrentTerm,"
        "CurrentBillingPlan,CurrentSeatCount,StartNewTermInNce,Term,BillingPlan,SeatCount,CustomTermEndDate,"
        "TargetDate,"
        "MigrateOnRenewal,MigrationIneligibilityReason\r\n"
        "p,,Contoso,c1,s1,E3,Office 365 E3,10/14/2023 "
        "00:00:00,True,False,,True,CFQ7TTC0LF8R:0001:X,P1Y,Monthly,24,True,P1Y,"
        "Annual,24,,,True,\r\n");
    ASSERT_TRUE(reading.records) << reading.messages;
    EXPECT_EQ(reading.row(0).end, "2023-10-14"_day);
    EXPECT_EQ(reading.row(0).asked_billing, BillingPlan::annual);
    EXPECT_FALSE(reading.row(0).keeps_term);
}

TEST(ToolNewCommerceSubscriptions, AreNewCommerce) {
    const Reading reading = read(
        "PartnerTenantId,IndirectResellerMpnId,CustomerName,CustomerTenantId,SubscriptionId,SubscriptionName,"
        "ProductName,"
        "ExpirationDate,Psa,Term,BillingPlan,SeatCount,MigratedFromSubscriptionId\r\n"
        "p,,Contoso,c1,n1,E3,Office 365 E3,10/13/2024 00:00:00,CFQ7TTC0LF8R:0001:X,P1Y,Annual,24,s1\r\n");
    ASSERT_TRUE(reading.records) << reading.messages;
    EXPECT_TRUE(reading.row(0).is_new_commerce);
    EXPECT_EQ(reading.row(0).offer, "CFQ7TTC0LF8R:0001");
    EXPECT_EQ(reading.row(0).end, "2024-10-13"_day);
    EXPECT_EQ(reading.row(0).auto_renew, std::nullopt);
}

// Both programmes in one file: the offer's id tells them apart.
TEST(ResourceSubscriptions, AreOfBothProgrammes) {
    const Reading reading = read(
        "customerTenantId,customerName,id,offerId,offerName,friendlyName,quantity,parentSubscriptionId,"
        "commitmentEndDate,"
        "status,autoRenewEnabled,isTrial,billingCycle,termDuration\n"
        "c1,Contoso,s1,796b6b5f-613c-4e24-a17c-eba730d49c02,Office 365 "
        "E3,E3,24,,2023-10-14T00:00:00Z,active,true,false,"
        "monthly,P1Y\n"
        "c1,Contoso,n1,CFQ7TTC0LF8R:0001:X,Office 365 "
        "E3,E3,24,,2024-10-13T23:59:59Z,expired,true,true,none,P1M\n");
    ASSERT_TRUE(reading.records) << reading.messages;
    EXPECT_FALSE(reading.row(0).is_new_commerce);
    EXPECT_EQ(reading.row(0).offer, "796B6B5F-613C-4E24-A17C-EBA730D49C02");
    EXPECT_FALSE(reading.row(0).is_end_of_day);
    EXPECT_TRUE(reading.row(1).is_new_commerce);
    EXPECT_TRUE(reading.row(1).is_end_of_day);
    EXPECT_TRUE(reading.row(1).is_trial);
    EXPECT_EQ(reading.row(1).status, "expired");
    EXPECT_EQ(reading.row(1).billing, BillingPlan::none);
}

TEST(Subscriptions, WithoutAnEndNeverEnd) {
    EXPECT_EQ(read(tool_table({{.end = ""}})).row(0).end, kAfterAllDays);
    EXPECT_EQ(read(tool_table({{.end = "12/31/9999 23:59:59"}})).row(0).end, kAfterAllDays);
}

TEST(Subscriptions, ThatRepeatAnotherAreReadOnce) {
    const Reading reading = read(tool_table({{}, {.id = "s2"}, {}}));
    ASSERT_TRUE(reading.records) << reading.messages;
    EXPECT_EQ(reading.records->rows.size(), 2U);
    EXPECT_EQ(reading.notes.assumptions().back().text,
              "a row that repeats another word for word is read once");
    EXPECT_EQ(reading.notes.assumptions().back().first, "s.csv:4");
}

TEST(Subscriptions, ThatContradictAnotherAreRefused) {
    EXPECT_EQ(read(tool_table({{}, {.seats = "26"}})).messages,
              "s.csv:3:49: error: column LegacySubscriptionId: the subscription \"s1\" stands in line 2 "
              "already, with "
              "different content\n");
}

TEST(Subscriptions, AllMistakesAreReportedAtOnceWithTheirPlaces) {
    EXPECT_EQ(read(tool_table({{.customer = ""},
                               {.id = "s2", .end = "P1Y", .term = "03/01/2024 00:00:00"},
                               {.id = "s3", .auto_renew = "perhaps", .psa = "Office 365 E3"},
                               {.id = "s4", .end = "02/30/2024", .plan = "Monthyl", .seats = "many"}}))
                  .messages,
              "s.csv:2:12: error: column CustomerTenantId: expected a name of 1 to 200 characters without "
              "control characters, "
              "found an empty cell\n"
              "s.csv:3:80: error: column ExpirationDate: expected a date such as 10/14/2023 00:00:00 or "
              "2023-10-14, found "
              "\"P1Y\"\n"
              "s.csv:3:125: error: column CurrentTerm: expected a duration of whole months or years, PnM or "
              "PnY, of at most "
              "1,200 months, found \"03/01/2024 00:00:00\"\n"
              "s.csv:4:100: error: column AutoRenewEnabled: expected True or False, found \"perhaps\"\n"
              "s.csv:4:113: error: column NcePsa: expected ProductId:SkuId, with or without an availability "
              "behind it, found "
              "\"Office 365 E3\"\n"
              "s.csv:5:80: error: column ExpirationDate: \"02/30/2024\" is no day\n"
              "s.csv:5:136: error: column CurrentBillingPlan: expected a billing plan such as Monthly or "
              "Annual, found "
              "\"Monthyl\"; did you mean \"Monthly\"?\n"
              "s.csv:5:144: error: column CurrentSeatCount: expected a number of seats, 0 to 10,000,000, "
              "found \"many\"\n");
}

TEST(Subscriptions, WithoutARequiredColumnAreRefused) {
    std::string text = tool_table({{}});
    text.replace(text.find("CurrentTerm"), 11, "Whatever___");
    EXPECT_EQ(
        read(text).messages,
        "s.csv:1:1: error: the column \"CurrentTerm\" is missing; this seems to be the bulk migration tool's "
        "subscriptions\n");
    std::string slip = tool_table({{}});
    slip.replace(slip.find("ExpirationDate"), 14, "ExpirationDat_");
    EXPECT_EQ(read(slip).messages,
              "s.csv:1:131: error: column ExpirationDat_: unknown column \"ExpirationDat_\"; did you mean "
              "\"ExpirationDate\"?\n");
}

TEST(Subscriptions, AreNoPriceList) {
    EXPECT_EQ(read(price_table({{}})).messages,
              "s.csv:1:1: error: this is the new-commerce price list; give it with --prices\n");
}

TEST(Subscriptions, DatesCanBeAskedFor) {
    EXPECT_EQ(read(tool_table({{.end = "03/01/2024"}}), DayOrder::day_first).row(0).end, "2024-01-03"_day);
}

// Customers

std::string customers(const std::string& text) {
    ImportNotes notes;
    Diagnostics diagnostics;
    Source source = Source::of_text(text, "c.csv");
    const auto records = read_customer_records(source, notes, diagnostics);
    std::string out;
    if (records)
        for (const CustomerRecord& c : records->rows) out += c.tenant + " " + c.domain + " " + c.name + "\n";
    return out + messages_of(diagnostics, text, "c.csv");
}

TEST(Customers, AreReadAsTheToolWritesThem) {
    EXPECT_EQ(customers("TenantId,Domain,CompanyName\r\nC1,Contoso.example,\"Contoso, "
                        "\"\"Ltd.\"\"\"\r\nC1,contoso.example,"
                        "\"Contoso, \"\"Ltd.\"\"\"\r\n"),
              "C1 contoso.example Contoso, \"Ltd.\"\n");
    EXPECT_EQ(customers("TenantId,Domain,CompanyName\nC1,a.example,A\nC1,b.example,B\n"),
              "c.csv:3:1: error: column TenantId: the customer \"C1\" stands in line 2 already, with "
              "different content\n");
    EXPECT_EQ(
        customers("TenantId,Domain\nC1,a.example\n"),
        "c.csv:1:1: error: the column \"CompanyName\" is missing; this seems to be the bulk migration tool's "
        "customers\n");
}

}  // namespace
}  // namespace termwise
