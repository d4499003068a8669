// Tables as the migration tool and Partner Center write them, for the tests of the importer: invented
// customers, ids with a visible pattern, invented prices.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/locate.h"
#include "formats/source.h"
#include "import/make_scenario.h"
#include "import/price_list.h"
#include "import/subscriptions.h"

namespace termwise {

/// Every message, a line each, in order; cells of the table `name` with their places in its text.
inline std::string messages_of(Diagnostics& diagnostics, std::string_view table = {},
                               std::string_view name = {}) {
    locate_in(table, name, diagnostics, TableOrigin::foreign);
    diagnostics.sort();
    std::string text;
    for (const Diagnostic& d : diagnostics.all()) text += to_text(d) + "\n";
    return text;
}

inline const std::string kToolHeader =
    "PartnerTenantId,IndirectResellerMpnId,CustomerName,CustomerTenantId,LegacySubscriptionId,"
    "LegacySubscriptionName,LegacyProductName,ExpirationDate,AutoRenewEnabled,MigrationEligible,NcePsa,"
    "CurrentTerm,"
    "CurrentBillingPlan,CurrentSeatCount,StartNewTermInNce,Term,BillingPlan,SeatCount,CustomTermEndDate,"
    "AddOn,"
    "BaseSubscriptionId,MigrationIneligibilityReason\r\n";

/// A row of the tool's subscriptions: Office 365 E3 of Contoso, ending on 2024-03-01, unless something else
/// is said.
struct ToolRow {
    std::string customer = "00000000-0000-4000-8000-0000000000c1";
    std::string id = "s1";
    std::string product = "Office 365 E3";
    std::string end = "03/01/2024 00:00:00";
    std::string auto_renew = "True", eligible = "True";
    std::string psa = "CFQ7TTC0LF8R:0001:CFQ7TTC0ZZ03";
    std::string term = "P1Y", plan = "Annual", seats = "25";
    std::string new_term = "True", asked_term = "P1Y", asked_plan = "Annual", asked_seats = "25";
    std::string custom_end = "", add_on = "False", base = "", reasons = "";
    std::string partner = "p";

    [[nodiscard]] std::string text() const {
        return partner + ",,Contoso," + customer + "," + id + "," + product + "," + product + "," + end +
               "," + auto_renew + "," + eligible + "," + psa + "," + term + "," + plan + "," + seats + "," +
               new_term + "," + asked_term + "," + asked_plan + "," + asked_seats + "," + custom_end + "," +
               add_on + "," + base + "," + reasons + "\r\n";
    }
};

inline std::string tool_table(const std::vector<ToolRow>& rows) {
    std::string text = kToolHeader;
    for (const ToolRow& row : rows) text += row.text();
    return text;
}

inline const std::string kPriceHeader =
    "\"ProductTitle\",\"ProductId\",\"SkuId\",\"SkuTitle\",\"Publisher\",\"SkuDescription\","
    "\"UnitOfMeasure\","
    "\"TermDuration\",\"BillingPlan\",\"Market\",\"Currency\",\"UnitPrice\",\"PricingTierRangeMin\","
    "\"PricingTierRangeMax\",\"EffectiveStartDate\",\"EffectiveEndDate\",\"Tags\",\"ERP Price\"\r\n";

/// A row of the price list: Office 365 E3 for a year, paid ahead, 220.80 to the partner.
struct ListRow {
    std::string product = "CFQ7TTC0LF8R", sku = "0001", title = "Office 365 E3";
    std::string term = "P1Y", plan = "Annual", market = "US", currency = "USD";
    std::string unit_price = "220.8", tier_min = "";
    std::string start = "8/1/2023 12:00:00 AM", end = "11/30/9999 11:59:59 PM", tags = "License",
                retail = "276";

    [[nodiscard]] std::string text() const {
        std::string out;
        for (const std::string& cell :
             {title, product, sku, title, std::string("Microsoft Corporation"),
              std::string("Sample, invented."), std::string(), term, plan, market, currency, unit_price,
              tier_min, std::string(), start, end, tags, retail})
            out += (out.empty() ? "\"" : ",\"") + cell + "\"";
        return out + "\r\n";
    }
};

inline std::string price_table(const std::vector<ListRow>& rows) {
    std::string text = kPriceHeader;
    for (const ListRow& row : rows) text += row.text();
    return text;
}

/// What the tests import, from texts: a table of subscriptions, perhaps one of customers, and a price list.
class ImportBench {
  public:
    ImportBench() {
        settings.path = "settings.json";
        settings.today = *parse_day("2023-08-07");
    }

    ImportSettings settings;
    std::string customers;  ///< empty: none
    std::vector<ListRow> prices{
        {}, {.plan = "Monthly"}, {.term = "P1M", .plan = "Monthly", .unit_price = "22.08", .retail = "27.6"}};
    ImportNotes notes;
    Diagnostics diagnostics;
    std::optional<SubscriptionRecords> subscriptions;
    std::optional<CustomerRecords> customer_records;
    std::optional<PriceList> price_list;

    std::optional<ImportedScenario> import(const std::string& table);
    std::optional<ImportedScenario> import(const std::vector<ToolRow>& rows) {
        return import(tool_table(rows));
    }

    [[nodiscard]] ImportInput input() const {
        return {settings, *subscriptions, customer_records ? &*customer_records : nullptr, *price_list,
                nullptr};
    }
    [[nodiscard]] const SubscriptionRecord& row(const ImportedSubscription& s) const {
        return subscriptions->rows[s.record];
    }
    [[nodiscard]] bool assumed(std::string_view part) const {
        for (const Assumption& a : notes.assumptions())
            if (a.text.find(part) != std::string::npos) return true;
        return false;
    }
    [[nodiscard]] std::string reasons() const {
        std::string text;
        for (const LeftOutRow& row : notes.left_out()) text += row.subscription + ": " + row.reason + "\n";
        return text;
    }
};

/// A file that is gone with the object.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string_view text);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace termwise
