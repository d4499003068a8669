#include "import/other_tables.h"

#include <array>

namespace termwise {
namespace {

// Headers: the bulk migration tool's records (microsoft/Partner-Center-DotNet-Samples,
// nce-bulk-migration-tool, Models.cs, MIT), Microsoft's Partner Center documentation of price lists, offer
// matrices and reconciliation files. Only the columns that tell a kind from the others.

constexpr std::array kToolSubscriptions{ForeignColumn{"LegacySubscriptionId", true},
                                        ForeignColumn{"NcePsa", true}, ForeignColumn{"CurrentTerm", true},
                                        ForeignColumn{"CurrentSeatCount", true}};
constexpr std::array kToolCustomers{ForeignColumn{"TenantId", true}, ForeignColumn{"Domain", true},
                                    ForeignColumn{"CompanyName", true}};
constexpr std::array kMigrationStatus{
    ForeignColumn{"LegacySubscriptionId", true}, ForeignColumn{"MigrationStatus", true},
    ForeignColumn{"NCETermDuration", true}, ForeignColumn{"NCESubscriptionId", true},
    ForeignColumn{"BatchId", true}};
constexpr std::array kNewPrices{
    ForeignColumn{"ProductId", true},    ForeignColumn{"SkuId", true},
    ForeignColumn{"TermDuration", true}, ForeignColumn{"BillingPlan", true},
    ForeignColumn{"UnitPrice", true},    ForeignColumn{"EffectiveStartDate", true}};
constexpr std::array kOldPrices{ForeignColumn{"Offer ID", true}, ForeignColumn{"Valid-From Date", true},
                                ForeignColumn{"List Price", true}, ForeignColumn{"Purchase Unit", true}};
constexpr std::array kOldMatrix{ForeignColumn{"Durable Offer ID", true},
                                ForeignColumn{"Provisioning ID", true}, ForeignColumn{"Offer Limit", true},
                                ForeignColumn{"Max Seat Count", true}};
constexpr std::array kNewMatrix{ForeignColumn{"ProductId", true}, ForeignColumn{"SkuId", true},
                                ForeignColumn{"ProvisioningString", true}, ForeignColumn{"MaxLicenses", true},
                                ForeignColumn{"ProductSkuPreRequisites", true}};
constexpr std::array kMapping{ForeignColumn{"Durable Offer ID", true},
                              ForeignColumn{"Migration enabled", true},
                              ForeignColumn{"Modern ProductID/SkuID", true}};
constexpr std::array kOldReconciliation{
    ForeignColumn{"SubscriptionId", true},  ForeignColumn{"DurableOfferId", true},
    ForeignColumn{"ChargeStartDate", true}, ForeignColumn{"ChargeEndDate", true},
    ForeignColumn{"ChargeType", true},      ForeignColumn{"BillingCycleType", true}};
constexpr std::array kNewReconciliation{
    ForeignColumn{"SubscriptionId", true},  ForeignColumn{"AvailabilityId", true},
    ForeignColumn{"ChargeStartDate", true}, ForeignColumn{"ChargeEndDate", true},
    ForeignColumn{"ChargeType", true},      ForeignColumn{"BillableQuantity", true}};
constexpr std::array kPromotions{ForeignColumn{"PromotionId", true}, ForeignColumn{"ProductId", true},
                                 ForeignColumn{"SkuId", true}, ForeignColumn{"DiscountPercent", true}};
constexpr std::array kDistributor{ForeignColumn{"TENANT ID", true}, ForeignColumn{"STOCK CODE", true},
                                  ForeignColumn{"CHARGE TYPE", true}, ForeignColumn{"START USAGE", true},
                                  ForeignColumn{"END USAGE", true}};

struct OtherTable {
    ForeignTable table;
    bool has_role;
    ForeignRole role;
};

constexpr ForeignRole kNoRole{};

constexpr std::array kOthers{
    OtherTable{{"the bulk migration tool's subscriptions", "it is the first file of `termwise import bam`",
                kToolSubscriptions},
               true,
               ForeignRole::subscriptions},
    OtherTable{{"the bulk migration tool's customers", "it is the second file of `termwise import bam`",
                kToolCustomers},
               true,
               ForeignRole::customers},
    OtherTable{
        {"the new-commerce price list", "give it with --prices", kNewPrices}, true, ForeignRole::prices},
    OtherTable{{"the old programme's price list", "give it with --old-prices", kOldPrices},
               true,
               ForeignRole::old_prices},
    OtherTable{{"the bulk migration tool's status of migrations",
                "what has migrated is in new commerce already: import its ncesubscriptions.csv or a new "
                "subscriptions.csv",
                kMigrationStatus},
               false,
               kNoRole},
    OtherTable{{"the old programme's offer matrix",
                "an import does not need it: what it takes of it is built in", kOldMatrix},
               false,
               kNoRole},
    OtherTable{{"the new-commerce offer matrix",
                "an import does not need it: what it takes of it is built in", kNewMatrix},
               false,
               kNoRole},
    OtherTable{
        {"a mapping of old offers to new products",
         "the tool's subscriptions name their products; name others in the settings, in `targets`", kMapping},
        false,
        kNoRole},
    OtherTable{
        {"a reconciliation file of the old programme",
         "it holds charges, not subscriptions: take the prices from it into the settings, `old.prices`",
         kOldReconciliation},
        false,
        kNoRole},
    OtherTable{
        {"a reconciliation file of new commerce",
         "it holds charges, not subscriptions: import the tool's ncesubscriptions.csv", kNewReconciliation},
        false,
        kNoRole},
    OtherTable{{"a list of promotions",
                "add a promotion as a price row with `from` and `to` to catalogue.json", kPromotions},
               false,
               kNoRole},
    OtherTable{{"a distributor's list of charges",
                "it has no ends of terms and no ids of Partner Center: import the tool's subscriptions",
                kDistributor},
               false,
               kNoRole}};

}  // namespace

std::vector<ForeignTable> with_other_tables(std::span<const ForeignTable> own, ForeignRole role) {
    std::vector<ForeignTable> tables(own.begin(), own.end());
    for (const OtherTable& other : kOthers)
        if (!other.has_role || other.role != role) tables.push_back(other.table);
    return tables;
}

}  // namespace termwise
