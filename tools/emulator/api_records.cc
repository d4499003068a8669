// What the platform writes down, and its price files (partner-center reference 3.17, 3.18).
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/lifecycle.h"
#include "money/decimal.h"

namespace termwise::emulator {
namespace {

constexpr std::int32_t kDefaultDays = 30;
constexpr std::int32_t kMostDays = 90;

/// "2031-02-03", or a moment.
std::optional<Day> day_parameter(const ApiCall& call, std::string_view name) {
    const auto text = call.parameter(name);
    if (!text) return std::nullopt;
    const std::optional<Instant> instant = parse_instant(*text);
    return instant ? std::optional(day_of(*instant)) : std::nullopt;
}

std::string us_date(Day day) {
    const CivilDate date = to_civil(day);
    return fmt::format("{}/{}/{} 12:00:00 AM", date.month, date.day, date.year);
}

void append_row(std::string& csv, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        csv += i == 0 ? "\"" : ",\"";
        for (const char c : cells[i]) csv += c == '"' ? "\"\"" : std::string(1, c);
        csv += '"';
    }
    csv += "\r\n";
}

HttpResponse file(const World& world, const ApiCall& call, std::string name, std::string csv) {
    HttpResponse response{200,
                          "OK",
                          {{"Content-Type", "application/octet-stream"},
                           {"Content-Disposition", "attachment; filename=" + std::move(name)},
                           {"Request-ID", guid_of(world.options.seed, "file", std::to_string(call.number))}},
                          std::move(csv)};
    return response;
}

/// The value between quotes after `name=` in the path.
std::string in_path(const ApiCall& call, std::string_view name) {
    const std::size_t at = lower(call.path).find(lower(name) + "='");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 2;
    return call.path.substr(from, call.path.find('\'', from) - from);
}

const std::string& title_of(const Offer& offer) { return offer.name.empty() ? offer.id : offer.name; }

}  // namespace

void write_audit(World& world, const ApiCall& call, bool succeeded) {
    if (call.audit_type.empty()) return;
    const std::size_t slash = call.audit_type.find('/');
    Json record{{"id", guid_of(world.options.seed, "audit", std::to_string(call.number))},
                {"partnerId", world.binding.partner_tenant},
                {"participants", Json::array()}};
    if (call.tenant != nullptr) {
        record["customerId"] = call.tenant->id;
        record["customerName"] = call.tenant->name;
    }
    record["userPrincipalName"] = call.user_token ? "agent@partner.example" : "";
    record["applicationId"] = guid_of(world.options.seed, "client", "");
    record["resourceType"] = call.audit_type.substr(0, slash);
    record["resourceNewValue"] = call.body.is_null() ? "{}" : call.body.dump();
    record["operationType"] = call.audit_type.substr(slash + 1);
    record["originalCorrelationId"] = call.correlation_id;
    record["operationDate"] = to_text(world.now);
    record["operationStatus"] = succeeded ? "succeeded" : "failed";
    record["customizedData"] = call.audit_data;
    record["attributes"] = attributes("AuditRecord");
    world.audit.emplace_back(world.now + world.options.audit_delay, std::move(record));
}

HttpResponse list_audit_records(World& world, ApiCall& call) {
    const Day today = day_of(world.now);
    const Day from = day_parameter(call, "startDate").value_or(today - kDefaultDays);
    const Day to = day_parameter(call, "endDate").value_or(today);
    if (from < today - kMostDays) return error(world, 400, 2000, "Records are kept for ninety days.");
    std::string field, value;
    bool part = false;
    if (const auto text = call.parameter("filter")) {
        const Json filter = Json::parse(*text, nullptr, false);
        field = text_of(filter, "Field");
        value = lower(text_of(filter, "Value"));
        part = same_text(text_of(filter, "Operator"), "substring");
    }
    Json rows = Json::array();
    for (const auto& [visible, record] : world.audit) {
        const Day day = day_of(*parse_instant(text_of(record, "operationDate")));
        if (visible > world.now || day < from || day > to) continue;
        const std::string_view name = same_text(field, "CustomerId")     ? "customerId"
                                      : same_text(field, "ResourceType") ? "resourceType"
                                                                         : "customerName";
        const std::string has = lower(text_of(record, name));
        if (!field.empty() && (part ? has.find(value) == std::string::npos : has != value)) continue;
        rows.push_back(record);
    }
    return page(world, call, rows, "auditrecords");
}

HttpResponse get_price_sheet(World& world, ApiCall& call) {
    if (!same_text(in_path(call, "PricesheetView"), "updatedlicensebased"))
        return error(world, 404, 1000, "There is no such price sheet.");
    const std::string timeline = call.parameter("timeline").value_or("current");
    const Day today = day_of(world.now);
    std::string csv;
    append_row(csv, {"ProductTitle", "ProductId", "SkuId", "SkuTitle", "Publisher", "SkuDescription",
                     "UnitOfMeasure", "TermDuration", "BillingPlan", "Market", "Currency", "UnitPrice",
                     "PricingTierRangeMin", "PricingTierRangeMax", "EffectiveStartDate", "EffectiveEndDate",
                     "Tags", "ERP Price"});
    std::size_t rows = 0;
    for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
        const CatalogueOffer& entry = world.catalogue[i];
        const Offer& offer = world.scenario->offers[i];
        if (entry.channel != Channel::nce) continue;
        for (const Price& price : offer.prices) {
            const bool shown = timeline == "future"    ? price.days.from > today
                               : timeline == "history" ? price.days.to <= today
                                                       : price.days.contains(today);
            if (!shown) continue;
            ++rows;
            const std::string amount = to_decimal_text(price.unit_price, world.scenario->minor_digits);
            append_row(
                csv, {title_of(offer), entry.product, entry.sku, title_of(offer), "Microsoft Corporation",
                      title_of(offer), "1", term_word(price.sold_as.term),
                      billing_word(price.sold_as.billing) == "annual" ? "Annual" : "Monthly",
                      in_path(call, "Market"), world.scenario->currency, amount, "", "",
                      us_date(price.days.from == kBeforeAllDays ? Day(0) : price.days.from),
                      price.days.to == kAfterAllDays ? "12/31/9999 11:59:59 PM" : us_date(price.days.to), "",
                      amount});
        }
    }
    if (rows == 0 && timeline == "future") return error(world, 404, 1000, "Nothing is announced.");
    return file(world, call, "pricesheet.csv", std::move(csv));
}

HttpResponse get_offer_matrix(World& world, ApiCall& call) {
    std::string csv;
    append_row(csv, {"ProductTitle", "ProductId", "SkuId", "SkuTitle", "ProvisioningId", "ProvisioningString",
                     "MinLicenses", "MaxLicenses", "AssetOwnershipLimit", "AssetOwnershipLimitType",
                     "ProductSkuPreRequisites", "ProductSkuConversion", "Description", "AllowedCountries"});
    for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
        const CatalogueOffer& entry = world.catalogue[i];
        const Offer& offer = world.scenario->offers[i];
        if (entry.channel != Channel::nce) continue;
        std::string bases;
        for (const OfferIndex base : offer.requires_any)
            if (!world.at(base).product.empty())
                bases += (bases.empty() ? "" : ";") + world.at(base).product + ":" + world.at(base).sku;
        append_row(csv, {title_of(offer), entry.product, entry.sku, title_of(offer), entry.licence_sku,
                         offer.sku.empty() ? offer.id : offer.sku, "1", std::to_string(offer.max_seats), "",
                         "", bases, "", title_of(offer), world.options.country});
    }
    return file(world, call, "offermatrix.csv", std::move(csv));
}

}  // namespace termwise::emulator
