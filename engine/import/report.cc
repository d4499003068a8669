#include "import/report.h"

#include <fmt/format.h>

#include <string_view>

#include "formats/json_writer.h"
#include "formats/names.h"

namespace termwise {
namespace {

constexpr std::size_t kMostShown = 500;

std::string counted(std::size_t number, std::string_view one) {
    return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
}

/// As a cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

void write_assumptions(JsonWriter& json, const ImportNotes& notes) {
    json.key("assumptions").begin_list();
    for (const Assumption& a : notes.assumptions()) {
        json.begin_object();
        json.field("text", std::string_view(a.text)).field("rows", a.count);
        json.field("first", std::string_view(a.first)).field("setting", std::string_view(a.setting));
        json.end_object();
    }
    json.end_list();
}

void write_reasons(JsonWriter& json, std::string_view name, const std::vector<LeftOutPrices>& reasons) {
    json.key(name).begin_list();
    for (const LeftOutPrices& reason : reasons) {
        json.begin_object();
        json.field("reason", std::string_view(reason.reason)).field("rows", reason.count);
        json.field("first", std::string_view(reason.first));
        json.end_object();
    }
    json.end_list();
}

}  // namespace

ImportCounts count_import(const ImportInput& input, const ImportedScenario& made, const ImportNotes& notes) {
    ImportCounts counts;
    counts.rows = input.subscriptions.rows.size();
    counts.subscriptions = made.subscriptions.size();
    counts.customers = made.customers.size();
    counts.left_out = notes.left_out().size();
    for (const ImportedSubscription& s : made.subscriptions) {
        counts.seats += input.subscriptions.rows[s.record].seats;
        counts.add_ons += s.parent.empty() ? 0 : 1;
    }
    return counts;
}

std::string behind_text(const Assumption& assumption) {
    std::string text;
    if (assumption.count > 0) text = counted(assumption.count, "row");
    if (!assumption.first.empty() && assumption.count == 1)
        text += fmt::format(", {}", assumption.first);
    else if (!assumption.first.empty())
        text += fmt::format("{}the first {}", text.empty() ? "" : ", ", assumption.first);
    if (!assumption.setting.empty())
        text += fmt::format("{}settings: {}", text.empty() ? "" : "; ", assumption.setting);
    return text;
}

void write_import_report(const ImportInput& input, const ImportedScenario& made, const ImportNotes& notes,
                         const TextSink& sink) {
    const ImportCounts counts = count_import(input, made, notes);
    sink(fmt::format(
        "# {}\n\nMade by `termwise import bam`; checked by `termwise validate scenario.json`.\n\n",
        made.name));
    sink(fmt::format("- subscriptions: {} ({})\n", input.subscriptions.file, input.subscriptions.what));
    if (input.customers != nullptr) sink(fmt::format("- customers: {}\n", input.customers->file));
    sink(fmt::format("- prices: {} ({}, {}, market {})\n", fmt::join(input.prices.files, ", "), made.currency,
                     word(kPerspectiveNames, made.perspective), input.prices.market));
    if (input.old_prices != nullptr) sink(fmt::format("- old prices: {}\n", input.old_prices->file));
    sink(fmt::format("- settings: {}\n", input.settings.path.empty() ? "none" : input.settings.path));
    sink(fmt::format("\n{} of {}: {} with {} ({}), {}. Left out: {}.\n", counts.subscriptions,
                     counted(counts.rows, "row"), counted(counts.customers, "customer"),
                     counted(counts.subscriptions, "subscription"), counted(counts.add_ons, "add-on"),
                     counted(static_cast<std::size_t>(counts.seats), "seat"), counts.left_out));

    sink("\n## Assumptions\n\n| what is assumed | rows | first | settings |\n|---|---|---|---|\n");
    for (const Assumption& a : notes.assumptions())
        sink(fmt::format("| {} | {} | {} | {} |\n", cell(a.text), a.count == 0 ? "" : std::to_string(a.count),
                         a.first, a.setting));

    sink("\n## Left out\n\n");
    if (notes.left_out().empty()) sink("No subscription.\n");
    if (!notes.left_out().empty())
        sink(
            "| line | subscription | customer | product | seats | end | reason "
            "|\n|---|---|---|---|---|---|---|\n");
    for (std::size_t i = 0; i < notes.left_out().size() && i < kMostShown; ++i) {
        const LeftOutRow& row = notes.left_out()[i];
        sink(fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", row.line, cell(row.subscription),
                         cell(row.customer), cell(row.product), row.seats, cell(row.end), cell(row.reason)));
    }
    if (notes.left_out().size() > kMostShown)
        sink(fmt::format("\n... and {} more: left-out.csv has all.\n", notes.left_out().size() - kMostShown));

    if (notes.left_out_prices().empty()) return;
    sink("\nRows of price lists:\n\n| reason | rows | first |\n|---|---|---|\n");
    for (const LeftOutPrices& reason : notes.left_out_prices())
        sink(fmt::format("| {} | {} | {} |\n", cell(reason.reason), reason.count, reason.first));
}

void write_import_json(const ImportInput& input, const ImportedScenario& made, const ImportNotes& notes,
                       const ImportedBinding* binding, const TextSink& sink) {
    const ImportCounts counts = count_import(input, made, notes);
    JsonWriter json(JsonWriter::Layout::indented, sink);
    json.begin_object();
    json.field("format", "termwise-import/1");
    json.field("currency", std::string_view(made.currency));
    json.field("perspective", word(kPerspectiveNames, made.perspective));
    json.field("rows", counts.rows).field("subscriptions", counts.subscriptions);
    json.field("customers", counts.customers).field("add_ons", counts.add_ons).field("seats", counts.seats);
    write_assumptions(json, notes);
    write_reasons(json, "left_out", notes.left_out_by_reason());
    write_reasons(json, "left_out_prices", notes.left_out_prices());
    if (binding != nullptr) {
        json.key("binding_open").begin_list();
        for (const std::string& what : binding->open) json.value(std::string_view(what));
        json.end_list();
    }
    json.end_object();
    json.finish();
}

std::size_t price_count(const PriceList& prices) {
    std::size_t count = 0;
    for (const ListedOffer& offer : prices.offers) count += offer.prices.size();
    return count;
}

void write_prices_json(const PriceList& prices, std::string_view programme, const ImportNotes& notes,
                       const TextSink& sink) {
    JsonWriter json(JsonWriter::Layout::indented, sink);
    json.begin_object();
    json.field("format", "termwise-import-prices/1");
    json.field("currency", std::string_view(prices.currency));
    json.field("perspective", word(kPerspectiveNames, prices.perspective));
    json.field("programme", programme);
    json.field("offers", prices.offers.size()).field("prices", price_count(prices));
    write_assumptions(json, notes);
    write_reasons(json, "left_out_prices", notes.left_out_prices());
    json.end_object();
    json.finish();
}

}  // namespace termwise
