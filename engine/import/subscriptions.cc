#include "import/subscriptions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/nearest.h"
#include "import/other_tables.h"
#include "import/table.h"

namespace termwise {
namespace {

// What a table of subscriptions may say; the columns of each kind of file stand in this order.
enum Column : std::size_t {
    kPartner,
    kCustomer,
    kCustomerName,
    kId,
    kName,
    kProduct,
    kOffer,
    kTarget,
    kBase,
    kReasons,
    kEligible,
    kStatus,
    kTrial,
    kEnd,
    kAutoRenew,
    kTerm,
    kBilling,
    kSeats,
    kNewTerm,
    kAskedTerm,
    kAskedBilling,
    kAskedSeats,
    kCustomEnd,
    kColumns
};

constexpr ForeignColumn kNone{""};

// microsoft/Partner-Center-DotNet-Samples, nce-bulk-migration-tool, Models.cs (MIT): records MigrationRequest
// and ScheduleMigrationRequest. Editions of the tool differ in order and in CustomTermEndDate; all are read.
constexpr std::array<ForeignColumn, kColumns> kToolColumns{
    ForeignColumn{"PartnerTenantId"},
    ForeignColumn{"CustomerTenantId", true, "TenantId|CustomerId"},
    ForeignColumn{"CustomerName"},
    ForeignColumn{"LegacySubscriptionId", true, "SubscriptionId"},
    ForeignColumn{"LegacySubscriptionName", false, "SubscriptionName"},
    ForeignColumn{"LegacyProductName", true, "ProductName|OfferName"},
    ForeignColumn{"OfferId", false, "LegacyOfferId|DurableOfferId"},
    ForeignColumn{"NcePsa", true},
    ForeignColumn{"BaseSubscriptionId", false, "ParentSubscriptionId"},
    ForeignColumn{"MigrationIneligibilityReason"},
    ForeignColumn{"MigrationEligible", true},
    ForeignColumn{"Status"},
    ForeignColumn{"IsTrial"},
    ForeignColumn{"ExpirationDate", true, "CommitmentEndDate"},
    ForeignColumn{"AutoRenewEnabled"},
    ForeignColumn{"CurrentTerm", true},
    ForeignColumn{"CurrentBillingPlan", true, "CurrentBillingCycle"},
    ForeignColumn{"CurrentSeatCount", true, "CurrentQuantity"},
    ForeignColumn{"StartNewTermInNce"},
    ForeignColumn{"Term"},
    ForeignColumn{"BillingPlan", false, "BillingCycle"},
    ForeignColumn{"SeatCount", false, "Quantity"},
    ForeignColumn{"CustomTermEndDate"}};

// The same, record ModernSubscription.
constexpr std::array<ForeignColumn, kColumns> kToolNewColumns{
    ForeignColumn{"PartnerTenantId"},
    ForeignColumn{"CustomerTenantId", true, "TenantId|CustomerId"},
    ForeignColumn{"CustomerName"},
    ForeignColumn{"SubscriptionId", true},
    ForeignColumn{"SubscriptionName"},
    ForeignColumn{"ProductName", true},
    ForeignColumn{"Psa", true},
    kNone,
    kNone,
    kNone,
    kNone,
    ForeignColumn{"Status"},
    ForeignColumn{"IsTrial"},
    ForeignColumn{"ExpirationDate", true, "CommitmentEndDate"},
    ForeignColumn{"AutoRenewEnabled"},
    ForeignColumn{"Term", true},
    ForeignColumn{"BillingPlan", true, "BillingCycle"},
    ForeignColumn{"SeatCount", true, "Quantity"},
    kNone,
    kNone,
    kNone,
    kNone,
    kNone};

// Field names of the API's subscription resource (Partner Center documentation, subscription-resources.md).
constexpr std::array<ForeignColumn, kColumns> kResourceColumns{
    kNone,
    ForeignColumn{"customerTenantId", true, "tenantId|customerId"},
    ForeignColumn{"customerName"},
    ForeignColumn{"id", true, "subscriptionId"},
    ForeignColumn{"friendlyName"},
    ForeignColumn{"offerName", true, "productName"},
    ForeignColumn{"offerId", true},
    kNone,
    ForeignColumn{"parentSubscriptionId"},
    kNone,
    kNone,
    ForeignColumn{"status"},
    ForeignColumn{"isTrial"},
    ForeignColumn{"commitmentEndDate", true},
    ForeignColumn{"autoRenewEnabled"},
    ForeignColumn{"termDuration", true},
    ForeignColumn{"billingCycle", true, "billingPlan"},
    ForeignColumn{"quantity", true, "seats"},
    kNone,
    kNone,
    kNone,
    kNone,
    kNone};

enum FileKind : std::size_t { kTool, kToolNew, kResource };
constexpr std::array kKinds{
    ForeignTable{"the bulk migration tool's subscriptions", "", kToolColumns},
    ForeignTable{"the bulk migration tool's new-commerce subscriptions", "", kToolNewColumns},
    ForeignTable{"a flat export of the API's subscriptions", "", kResourceColumns}};

constexpr Scalar kSeatsOrNone{Kind::integer, "", "a number of seats, 0 to 10,000,000", 0, 10'000'000};

std::string upper_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

/// Ids of Partner Center are GUIDs, which one file writes in upper case and another in lower.
std::string normal_id(std::string_view text) { return is_guid(text) ? lower_case(text) : std::string(text); }

/// Reads the rows one by one; the dates are only understood when all are seen.
class RecordReader {
  public:
    RecordReader(ForeignTableReader& table, SubscriptionRecords& records, ImportNotes& notes,
                 Diagnostics& diagnostics)
        : table_(table), records_(records), notes_(notes), diagnostics_(diagnostics) {}

    void take(const TableRow& row) {
        SubscriptionRecord record;
        record.line = row.line();
        read_texts(row, record);
        read_offer(row, record);
        read_terms(row, record);
        read_flags(row, record);
        WrittenDate end;
        read_end(row, record, end);
        records_.rows.push_back(std::move(record));
        ends_.push_back(end);
    }

    /// Understands the dates, and drops the rows that repeat another.
    void finish(std::optional<DayOrder> dates) {
        if (!settle_dates({&end_column(), 1}, dates, table_.file(), notes_, diagnostics_)) return;
        for (std::size_t i = 0; i < ends_.size(); ++i) {
            SubscriptionRecord& record = records_.rows[i];
            if (record.end == kAfterAllDays || ends_[i].year == 0) continue;  // never, or reported
            const std::optional<Day> day = day_of(ends_[i], end_column().order());
            if (!day) {
                error(record, table_.name_of(kEnd), fmt::format("{} is no day", quoted(record.end_text)));
                continue;
            }
            record.end = *day;
            record.is_end_of_day = is_end_of_day(ends_[i]);
        }
        drop_repeated();
    }

  private:
    DateColumn& end_column() {
        if (!end_column_) end_column_.emplace(table_.name_of(kEnd));
        return *end_column_;
    }

    static void read_label(const TableRow& row, Column column, const Scalar& scalar, std::string& text) {
        Value value;
        if (row.read(column, scalar, value)) text = value.text;
    }

    static void read_texts(const TableRow& row, SubscriptionRecord& record) {
        // It becomes a part of an offer's id, which has a limit.
        constexpr Scalar kProductName{Kind::id, "", "the name of a product, without control characters"};
        constexpr std::size_t kMostProductBytes = 160;
        read_label(row, kCustomer, scalars::kId, record.customer);
        read_label(row, kId, scalars::kId, record.id);
        read_label(row, kProduct, kProductName, record.product);
        if (record.product.size() > kMostProductBytes)
            row.mistake(kProduct,
                        fmt::format("a product's name has at most {} bytes here", kMostProductBytes));
        record.partner = normal_id(row[kPartner]);
        record.customer = normal_id(record.customer);
        record.id = normal_id(record.id);
        record.customer_name = row[kCustomerName];
        record.name = row[kName];
        record.reasons = row[kReasons];
        record.status = row[kStatus];
        record.base = normal_id(row[kBase]);
    }

    void read_offer(const TableRow& row, SubscriptionRecord& record) const {
        record.is_new_commerce = table_.kind() == kToolNew;
        if (!row[kOffer].empty()) {
            const auto offer = parse_offer_reference(row[kOffer]);
            const bool is_good = offer && (offer->is_new_commerce || !record.is_new_commerce);
            if (!is_good)
                return row.mistake(kOffer,
                                   fmt::format("expected the GUID of an old offer, or ProductId:SkuId of a "
                                               "new product, found {}",
                                               quoted(row[kOffer])));
            record.offer = offer->id;
            record.is_new_commerce = offer->is_new_commerce;
        } else if (table_.kind() != kTool) {
            row.mistake(kOffer, "expected the id of an offer, found an empty cell");
        }
        if (row[kTarget].empty()) return;
        const auto target = parse_offer_reference(row[kTarget]);
        if (target && target->is_new_commerce)
            record.target = target->id;
        else
            row.mistake(kTarget,
                        fmt::format("expected ProductId:SkuId, with or without an availability behind it, "
                                    "found {}",
                                    quoted(row[kTarget])));
    }

    static void read_term(const TableRow& row, Column column, Period& term) {
        if (const auto period = parse_period(upper_case(row[column])))
            term = *period;
        else
            row.mistake(column, mismatch(scalars::kPeriod, quoted(row[column])));
    }

    static void read_plan(const TableRow& row, Column column, BillingPlan& plan) {
        if (const auto read = parse_billing_plan(row[column]))
            plan = *read;
        else
            row.mistake(column,
                        fmt::format("expected a billing plan such as Monthly or Annual, found {}",
                                    quoted(row[column])),
                        nearest_name(row[column], kBillingPlanNames));
    }

    static void read_terms(const TableRow& row, SubscriptionRecord& record) {
        read_term(row, kTerm, record.term);
        read_plan(row, kBilling, record.billing);
        Value seats;
        if (row.read(kSeats, kSeatsOrNone, seats)) record.seats = seats.integer;
        if (!row[kAskedTerm].empty()) read_term(row, kAskedTerm, record.asked_term);
        if (!row[kAskedBilling].empty()) read_plan(row, kAskedBilling, record.asked_billing);
        if (!row[kAskedSeats].empty() && row.read(kAskedSeats, kSeatsOrNone, seats))
            record.asked_seats = seats.integer;
    }

    static std::optional<bool> read_flag(const TableRow& row, Column column) {
        if (row[column].empty()) return std::nullopt;
        const std::optional<bool> flag = parse_foreign_boolean(row[column]);
        if (!flag) row.mistake(column, fmt::format("expected True or False, found {}", quoted(row[column])));
        return flag;
    }

    static void read_flags(const TableRow& row, SubscriptionRecord& record) {
        record.auto_renew = read_flag(row, kAutoRenew);
        record.is_trial = read_flag(row, kTrial).value_or(false);
        record.is_eligible = read_flag(row, kEligible).value_or(true);
        record.keeps_term = !read_flag(row, kNewTerm).value_or(true);
        record.has_custom_end = !row[kCustomEnd].empty();
    }

    void read_end(const TableRow& row, SubscriptionRecord& record, WrittenDate& end) {
        record.end_text = row[kEnd];
        record.end = kAfterAllDays;
        if (record.end_text.empty()) return;
        record.end = Day{};
        if (const auto date = parse_written_date(record.end_text)) {
            end = *date;
            end_column().see(end, record.end_text, row.line());
        } else {
            row.mistake(kEnd,
                        fmt::format("expected a date such as 10/14/2023 00:00:00 or 2023-10-14, found {}",
                                    quoted(record.end_text)));
        }
    }

    void drop_repeated() {
        std::unordered_map<std::string_view, std::size_t> first_of;
        std::vector<SubscriptionRecord>& rows = records_.rows;
        std::vector<bool> is_repeated(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto [known, is_new] = first_of.try_emplace(rows[i].id, i);
            if (is_new) continue;
            const SubscriptionRecord& first = rows[known->second];
            is_repeated[i] = rows[i].says_the_same_as(first);
            if (is_repeated[i])
                notes_.assume("a row that repeats another word for word is read once", "",
                              {table_.file(), rows[i].line});
            else
                error(rows[i], table_.name_of(kId),
                      fmt::format("the subscription {} stands in line {} already, with different content",
                                  quoted(rows[i].id), first.line));
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (is_repeated[i]) continue;
            if (kept != i) rows[kept] = std::move(rows[i]);
            ++kept;
        }
        rows.resize(kept);
    }

    void error(const SubscriptionRecord& record, const std::string& cell, std::string message) {
        diagnostics_.error("", {table_.file(), {}, cell, record.line, 0}, std::move(message));
    }

    ForeignTableReader& table_;
    SubscriptionRecords& records_;
    ImportNotes& notes_;
    Diagnostics& diagnostics_;
    std::optional<DateColumn> end_column_;
    std::vector<WrittenDate> ends_;
};

}  // namespace

bool SubscriptionRecord::says_the_same_as(const SubscriptionRecord& other) const {
    const auto content = [](const SubscriptionRecord& r) {
        return std::tie(r.partner, r.customer, r.customer_name, r.id, r.name, r.product, r.offer, r.target,
                        r.base, r.reasons, r.status, r.end, r.term, r.billing, r.asked_term, r.asked_billing,
                        r.seats, r.asked_seats, r.auto_renew, r.is_new_commerce, r.is_eligible, r.is_trial,
                        r.has_custom_end, r.keeps_term);
    };
    return content(*this) == content(other);
}

std::optional<SubscriptionRecords> read_subscription_records(Source& source, std::optional<DayOrder> dates,
                                                             ImportNotes& notes, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    SubscriptionRecords records;
    records.file = source.name();
    ForeignTableReader table(source, diagnostics);
    RecordReader reader(table, records, notes, diagnostics);
    const std::vector<ForeignTable> kinds = with_other_tables(kKinds, ForeignRole::subscriptions);
    const bool is_read = table.read(kinds, [&](const TableRow& row) { reader.take(row); });
    if (!table.is_usable()) return std::nullopt;
    reader.finish(dates);  // also where something is wrong, to find out what else is
    if (!is_read || diagnostics.error_count() != errors_before) return std::nullopt;
    records.what = kKinds[table.kind()].what;
    records.base_name = table.name_of(kBase);
    records.partner_name = table.name_of(kPartner);
    records.has_auto_renew = table.has(kAutoRenew);
    return records;
}

std::optional<CustomerRecords> read_customer_records(Source& source, ImportNotes& notes,
                                                     Diagnostics& diagnostics) {
    // microsoft/Partner-Center-DotNet-Samples, nce-bulk-migration-tool, Models.cs (MIT): record
    // CompanyProfile.
    enum : std::size_t { kTenant, kDomain, kCompany };
    static constexpr std::array kCustomerColumns{
        ForeignColumn{"TenantId", true, "CustomerTenantId|CustomerId|Id"},
        ForeignColumn{"Domain", false, "PrimaryDomain|DomainName"},
        ForeignColumn{"CompanyName", true, "CustomerName|Name"}};
    static constexpr std::array kCustomerKinds{
        ForeignTable{"the bulk migration tool's customers", "", kCustomerColumns}};
    CustomerRecords records;
    records.file = source.name();
    std::unordered_map<std::string, std::size_t> line_of;
    ForeignTableReader table(source, diagnostics);
    const std::vector<ForeignTable> kinds = with_other_tables(kCustomerKinds, ForeignRole::customers);
    const bool is_read = table.read(kinds, [&](const TableRow& row) {
        Value tenant;
        if (!row.read(kTenant, scalars::kId, tenant)) return;
        CustomerRecord record{row.line(), normal_id(tenant.text), lower_case(row[kDomain]),
                              std::string(row[kCompany])};
        const auto [known, is_new] = line_of.try_emplace(record.tenant, records.rows.size());
        if (is_new) {
            records.rows.push_back(std::move(record));
            return;
        }
        const CustomerRecord& first = records.rows[known->second];
        if (first.domain == record.domain && first.name == record.name)
            notes.assume("a row that repeats another word for word is read once", "", row.where());
        else
            row.mistake(kTenant,
                        fmt::format("the customer {} stands in line {} already, with different content",
                                    quoted(record.tenant), first.line));
    });
    if (!is_read) return std::nullopt;
    return records;
}

}  // namespace termwise
