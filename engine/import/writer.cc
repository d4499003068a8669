#include "import/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "formats/binding_file.h"
#include "formats/csv_writer.h"
#include "formats/json_copy.h"
#include "formats/json_writer.h"
#include "formats/names.h"
#include "formats/output.h"
#include "import/report.h"
#include "import/rules.h"
#include "money/decimal.h"

namespace termwise {
namespace {

using Layout = JsonWriter::Layout;
constexpr std::size_t kMostNameBytes = 1'000;

/// A name as long as a name may be.
std::string_view fitting_name(std::string_view name) {
    if (name.size() <= kMostNameBytes) return name;
    std::size_t size = kMostNameBytes;
    while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xc0U) == 0x80U) --size;
    return name.substr(0, size);
}

void write_offer(JsonWriter& json, const ImportedOffer& offer, int minor_digits) {
    json.begin_object();
    json.field("id", std::string_view(offer.id));
    if (!offer.name.empty()) json.field("name", fitting_name(offer.name));
    json.field("programme", std::string_view(offer.programme));
    json.field("sku", std::string_view(offer.sku));
    if (offer.max_seats > 0) json.field("max_seats", offer.max_seats);
    json.key("prices").begin_list();
    for (const ImportedPrice& price : offer.prices) {
        json.begin_object();
        json.field("term", std::string_view(to_short_text(price.sold_as.term)));
        json.field("billing", std::string_view(to_short_text(price.sold_as.billing)));
        json.field("unit_price", std::string_view(to_decimal_text(price.unit_price, minor_digits)));
        if (price.days.from != kBeforeAllDays) json.field("from", std::string_view(to_text(price.days.from)));
        if (price.days.to != kAfterAllDays) json.field("to", std::string_view(to_text(price.days.to)));
        if (!price.source.empty()) json.field("x-source", std::string_view(price.source));
        json.end_object();
    }
    json.end_list();
    json.end_object();
}

void write_offers(JsonWriter& json, std::span<const ImportedOffer> offers, int minor_digits) {
    json.key("offers").begin_list();
    for (const ImportedOffer& offer : offers) write_offer(json, offer, minor_digits);
    json.end_list();
}

std::string_view relationship_of(const ImportInput& input) {
    return word(kRelationshipNames, input.settings.relationship);
}

}  // namespace

void write_import_scenario(const ImportSettings& settings, const ImportedScenario& made,
                           const TextSink& sink) {
    auto given = settings.scenario_json.empty() ? nlohmann::ordered_json::object()
                                                : nlohmann::ordered_json::parse(settings.scenario_json);
    if (made.gap_per_seat_day) {
        if (!given.contains("disruption") || !given["disruption"].is_object())
            given["disruption"] = nlohmann::ordered_json::object();
        given["disruption"]["gap_per_seat_day"] = to_decimal_text(*made.gap_per_seat_day, made.minor_digits);
    }
    JsonWriter json(Layout::indented, sink);
    json.begin_object();
    json.field("format", "termwise-scenario/1");
    json.field("name", fitting_name(made.name));
    json.field("x-note", "Made by `termwise import`. What it assumed and left out: assumptions.md.");
    json.key("include").begin_list().value("rules.json").value("catalogue.json").end_list();
    json.field("perspective", word(kPerspectiveNames, made.perspective));
    json.field("currency", std::string_view(made.currency));
    json.key("horizon").begin_object();
    json.field("start", std::string_view(to_text(made.start)));
    json.field("end", std::string_view(to_text(made.end)));
    json.end_object();
    for (const auto& [name, value] : given.items()) {
        json.key(name);
        copy_json(value, json);
    }
    json.key("portfolio").begin_object();
    json.field("customers", "customers.csv").field("subscriptions", "subscriptions.csv");
    json.end_object();
    json.end_object();
    json.finish();
}

void write_import_rules(const ImportedScenario& made, const TextSink& sink) {
    JsonWriter json(Layout::indented, sink);
    json.begin_object();
    json.field("x-note",
               "Programmes in the eras that this scenario needs; sources in termwise, scenarios/rules.");
    json.key("programmes").begin_list();
    for (const std::string& id : made.programmes) write_rules(json, *find_rules(id));
    json.end_list();
    json.end_object();
    json.finish();
}

void write_import_catalogue(const ImportedScenario& made, const TextSink& sink) {
    JsonWriter json(Layout::indented, sink);
    json.begin_object();
    json.field("x-note",
               "Old offers as they were exported, new ones from the price list, a price per billing period.");
    write_offers(json, made.offers, made.minor_digits);
    json.key("transitions").begin_list();
    for (const auto& [from, to] : made.transitions) {
        json.begin_object();
        json.field("from", std::string_view(from)).field("to", std::string_view(to));
        json.end_object();
    }
    json.end_list();
    json.end_object();
    json.finish();
}

void write_import_customers(const ImportInput& input, const ImportedScenario& made, const TextSink& sink) {
    CsvWriter csv(sink);
    csv.cell("id").cell("name").cell("relationship").cell("x-tenant").end_row();
    for (const ImportedCustomer& customer : made.customers)
        csv.cell(customer.id)
            .cell(fitting_name(customer.name))
            .cell(relationship_of(input))
            .cell(customer.tenant)
            .end_row();
    csv.finish();
}

void write_import_subscriptions(const ImportInput& input, const ImportedScenario& made,
                                const TextSink& sink) {
    std::vector<std::size_t> ways(made.offers.size());  // that lead on from each offer
    for (const auto& [from, to] : made.transitions) {
        const auto offer = std::ranges::lower_bound(made.offers, from, {}, &ImportedOffer::id);
        ++ways[static_cast<std::size_t>(offer - made.offers.begin())];
    }
    const std::string today = to_text(made.start);
    CsvWriter csv(sink);
    for (const std::string_view name :
         {"customer", "id", "offer", "seats", "term", "billing", "term_start", "unit_price", "auto_renew",
          "parent", "demand", "must_move", "targets", "target_terms", "x-name", "x-ineligible", "x-line"})
        csv.cell(name);
    csv.end_row();
    for (const ImportedSubscription& s : made.subscriptions) {
        const SubscriptionRecord& row = input.subscriptions.rows[s.record];
        csv.cell(made.customers[s.customer].id).cell(row.id).cell(made.offers[s.offer].id);
        csv.cell(std::to_string(row.seats)).cell(to_short_text(row.term));
        csv.cell(to_short_text(*billing_period(row.billing))).cell(to_text(s.term_start));
        csv.cell(to_decimal_text(s.unit_price, made.minor_digits)).cell(s.auto_renew ? "true" : "false");
        csv.cell(s.parent).cell(s.demand > 0 ? fmt::format("{}={}", today, s.demand) : "");
        csv.cell(s.must_move ? "" : "false").cell(ways[s.offer] > 1 ? s.target : "");
        csv.cell(s.asked ? fmt::format("{}/{}", to_short_text(s.asked->term), to_short_text(s.asked->billing))
                         : "");
        // Never empty for what the tool would not migrate: its reasons stay visible.
        const std::string_view reasons =
            row.reasons.empty() ? "no reason given" : std::string_view(row.reasons);
        csv.cell(row.name).cell(row.is_eligible ? "" : reasons);
        csv.cell(std::to_string(row.line)).end_row();
    }
    csv.finish();
}

void write_left_out(const ImportNotes& notes, const TextSink& sink) {
    CsvWriter csv(sink);
    for (const std::string_view name :
         {"file", "line", "subscription", "customer", "product", "seats", "end", "reason"})
        csv.cell(name);
    csv.end_row();
    for (const LeftOutRow& row : notes.left_out())
        csv.cell(row.file)
            .cell(std::to_string(row.line))
            .cell(row.subscription)
            .cell(row.customer)
            .cell(row.product)
            .cell(row.seats)
            .cell(row.end)
            .cell(row.reason)
            .end_row();
    csv.finish();
}

void write_price_catalogue(const PriceList& prices, const std::string& programme, const TextSink& sink) {
    JsonWriter json(Layout::indented, sink);
    json.begin_object();
    json.field("x-note",
               std::string_view(fmt::format("Made by `termwise import prices` from {}, a price per billing "
                                            "period. The programme {} is not in here.",
                                            fmt::join(prices.files, ", "), programme)));
    json.field("perspective", word(kPerspectiveNames, prices.perspective));
    json.field("currency", std::string_view(prices.currency));
    write_offers(json, make_catalogue(prices, programme), prices.minor_digits);
    json.end_object();
    json.finish();
}

void write_import(const std::string& folder, const ImportInput& input, const ImportedScenario& made,
                  const ImportNotes& notes, const std::optional<BindingFile>& binding) {
    make_folder(folder);
    OutputFiles files;
    const auto add = [&](std::string_view name, auto write) {
        OutputFile& file = files.add(path_in(folder, name));
        write([&](std::string_view text) { file.write(text); });
    };
    add(kImportFiles[0], [&](const TextSink& sink) { write_import_rules(made, sink); });
    add(kImportFiles[1], [&](const TextSink& sink) { write_import_catalogue(made, sink); });
    add(kImportFiles[2], [&](const TextSink& sink) { write_import_customers(input, made, sink); });
    add(kImportFiles[3], [&](const TextSink& sink) { write_import_subscriptions(input, made, sink); });
    add(kImportFiles[4], [&](const TextSink& sink) { write_left_out(notes, sink); });
    add(kImportFiles[5], [&](const TextSink& sink) { write_import_report(input, made, notes, sink); });
    if (binding) {
        OutputFile& file = files.add(binding->path);
        write_binding(binding->binding, [&](std::string_view text) { file.write(text); });
    }
    add(kImportFiles[6], [&](const TextSink& sink) { write_import_scenario(input.settings, made, sink); });
    files.commit();
}

}  // namespace termwise
