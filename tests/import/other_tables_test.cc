#include "import/other_tables.h"

#include <gtest/gtest.h>

#include "import/subscriptions.h"
#include "import/tables.h"

namespace termwise {
namespace {

/// What is said of a file with this header where subscriptions are expected.
std::string said_of(const std::string& header) {
    ImportNotes notes;
    Diagnostics diagnostics;
    const std::string text = header + "\r\n";
    Source source = Source::of_text(text, "f.csv");
    static_cast<void>(read_subscription_records(source, {}, notes, diagnostics));
    return messages_of(diagnostics, text, "f.csv");
}

std::string is(std::string_view what) { return "f.csv:1:1: error: this is " + std::string(what) + "\n"; }

// Each of the files that partners have besides those that an import reads, by its header.
TEST(OtherTables, AreNamedByTheirHeaders) {
    EXPECT_EQ(said_of("TenantId,Domain,CompanyName"),
              is("the bulk migration tool's customers; it is the second file of `termwise import bam`"));
    EXPECT_EQ(
        said_of("PartnerTenantId,IndirectResellerMpnId,CustomerName,CustomerTenantId,LegacySubscriptionId,"
                "LegacySubscriptionName,LegacyProductName,ExpirationDate,AddOn,BaseSubscriptionId,"
                "MigrationStatus,"
                "StartedNewTermInNce,NCETermDuration,NCEBillingPlan,NCESeatCount,CustomTermEndDate,ErrorCode,"
                "ErrorReason,NCESubscriptionId,BatchId,MigrationId"),
        is("the bulk migration tool's status of migrations; what has migrated is in new commerce already: "
           "import its "
           "ncesubscriptions.csv or a new subscriptions.csv"));
    EXPECT_EQ(
        said_of(
            "\"ProductTitle\",\"ProductId\",\"SkuId\",\"SkuTitle\",\"ProvisioningId\",\"ProvisioningString\","
            "\"MinLicenses\",\"MaxLicenses\",\"AssetOwnershipLimit\",\"AssetOwnershipLimitType\","
            "\"ProductSkuPreRequisites\",\"ProductSkuConversion\",\"Description\",\"AllowedCountries\""),
        is("the new-commerce offer matrix; an import does not need it: what it takes of it is built in"));
    EXPECT_EQ(
        said_of("Offer Display Name,Durable Offer ID,Provisioning ID,Offer Type,Duration,Billing "
                "Frequency,Min Seat "
                "Count,Max Seat Count,Offer Limit,Offer Limit Scope,Depends On,Can Convert To"),
        is("the old programme's offer matrix; an import does not need it: what it takes of it is built in"));
    EXPECT_EQ(said_of("Offer Display Name,Durable Offer ID,Migration enabled,Modern ProductID/SkuID"),
              is("a mapping of old offers to new products; the tool's subscriptions name their products; "
                 "name others in the "
                 "settings, in `targets`"));
    EXPECT_EQ(said_of("A/C/D/U,Valid-From Date,Valid-To Date,Offer Display Name,Offer ID,License Agreement "
                      "Type,Purchase "
                      "Unit,Secondary License Type,End Customer Type,List Price,ERP Price,Material"),
              is("the old programme's price list; give it with --old-prices"));
    EXPECT_EQ(
        said_of("PartnerId,CustomerId,CustomerName,MPNID,ResellerMPNID,OrderId,SubscriptionId,"
                "SyndicationPartnerSubscriptionNumber,OfferId,DurableOfferId,OfferName,SubscriptionStartDate,"
                "SubscriptionEndDate,ChargeStartDate,ChargeEndDate,ChargeType,UnitPrice,Quantity,Amount,"
                "Subtotal,Tax,"
                "TotalForCustomer,Currency,DomainName,BillingCycleType"),
        is("a reconciliation file of the old programme; it holds charges, not subscriptions: take the prices "
           "from it "
           "into the settings, `old.prices`"));
    EXPECT_EQ(
        said_of("PartnerId,CustomerId,CustomerName,OrderId,OrderDate,ProductId,SkuId,AvailabilityId,SkuName,"
                "ProductName,ChargeType,UnitPrice,Quantity,Subtotal,Total,Currency,SubscriptionId,"
                "ChargeStartDate,"
                "ChargeEndDate,TermAndBillingCycle,EffectiveUnitPrice,BillableQuantity,BillingFrequency"),
        is("a reconciliation file of new commerce; it holds charges, not subscriptions: import the tool's "
           "ncesubscriptions.csv"));
    EXPECT_EQ(
        said_of("PromotionId,Name,ProductId,SkuId,AvailabilityId,Market,StartDate,EndDate,TermDuration,"
                "BillingCycle,"
                "DiscountPercent,MinSeats,MaxSeats,FirstPurchaseOnly,RedemptionLimit"),
        is("a list of promotions; add a promotion as a price row with `from` and `to` to catalogue.json"));
    EXPECT_EQ(
        said_of("TENANT ID,TENANT NAME,SUBSCRIPTION ID,STOCK CODE,STOCK DESCRIPTION,REFERENCE,QTY,CHARGE "
                "TYPE,STATUS,START USAGE,END USAGE,REVALUATION PERIOD,UNIT PRICE,UNIT RRP"),
        is("a distributor's list of charges; it has no ends of terms and no ids of Partner Center: import "
           "the tool's "
           "subscriptions"));
}

TEST(OtherTables, DoNotHoldTheOneThatIsRead) {
    const ForeignTable own{"mine", "", {}};
    const auto with = with_other_tables({&own, 1}, ForeignRole::prices);
    EXPECT_EQ(with.front().what, "mine");
    for (const ForeignTable& table : with) EXPECT_NE(table.what, "the new-commerce price list");
}

}  // namespace
}  // namespace termwise
