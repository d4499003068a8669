// termwise import bam | prices | settings: scenarios and catalogues from files of Partner Center.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/guid.h"
#include "cli/verb.h"
#include "formats/locate.h"
#include "formats/output.h"
#include "import/binding.h"
#include "import/report.h"
#include "import/rules.h"
#include "import/subscriptions.h"
#include "import/writer.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostReasons = 12;

struct Options {
    CommonOptions common;
    std::string subscriptions, customers, old_prices, settings, output;
    std::vector<std::string> prices;
    std::string today, dates;
    std::string binding, partner_tenant;
};

/// The settings file, or none, with what the command line says in its place.
std::optional<ImportSettings> settings_of(const Options& options, Diagnostics& diagnostics) {
    std::optional<ImportSettings> settings = ImportSettings{};
    if (!options.settings.empty()) settings = read_import_settings(options.settings, diagnostics);
    if (!settings) return std::nullopt;
    if (!options.today.empty()) settings->today = *parse_day(options.today);
    if (!options.dates.empty())
        settings->dates = options.dates == kDayOrderNames[0] ? DayOrder::month_first : DayOrder::day_first;
    return settings;
}

PriceChoice choice_of(const ImportSettings& settings) {
    return {settings.currency, settings.market, settings.segment, settings.perspective, settings.dates};
}

/// Opens what can be opened of the price lists, and reads it; nothing if anything is wrong.
std::optional<PriceList> read_prices(const Options& options, const ImportSettings& settings,
                                     ImportNotes& notes, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    std::vector<Source> sources;
    for (const std::string& path : options.prices)
        if (auto source = Source::open(path, {}, diagnostics)) sources.push_back(std::move(*source));
    if (sources.empty()) return std::nullopt;
    std::optional<PriceList> prices = read_price_lists(sources, choice_of(settings), notes, diagnostics);
    if (diagnostics.error_count() != errors_before) return std::nullopt;
    return prices;
}

/// A result that would take the place of what it is made from; empty if there is none.
std::string overwritten_input(const Options& options, const std::vector<std::string>& outputs) {
    std::vector<std::string> inputs = options.prices;
    for (const std::string& input :
         {options.subscriptions, options.customers, options.old_prices, options.settings})
        if (!input.empty()) inputs.push_back(input);
    for (const std::string& output : outputs)
        for (const std::string& input : inputs) {
            std::error_code ignored;
            if (std::filesystem::equivalent(output, input, ignored)) return input;
        }
    return {};
}

/// What an import of subscriptions reads.
struct Read {
    ImportSettings settings;
    SubscriptionRecords subscriptions;
    std::optional<CustomerRecords> customers;
    PriceList prices;
    std::optional<OldPriceList> old_prices;

    [[nodiscard]] ImportInput input() const {
        return {settings, subscriptions, customers ? &*customers : nullptr, prices,
                old_prices ? &*old_prices : nullptr};
    }
};

/// Reads everything, also where something is wrong already: all mistakes in one run.
std::optional<Read> read_all(const Options& options, ImportNotes& notes, Diagnostics& diagnostics) {
    std::optional<ImportSettings> settings = settings_of(options, diagnostics);
    const ImportSettings& chosen = settings ? *settings : ImportSettings{};
    if (settings && chosen.today.none())
        diagnostics.error(
            "M1.1", {chosen.path, {}, {}, 0, 0},
            "the first day of the horizon is not known: give --today YYYY-MM-DD, or `today` in the "
            "settings");
    std::optional<SubscriptionRecords> subscriptions;
    if (auto source = Source::open(options.subscriptions, {}, diagnostics))
        subscriptions = read_subscription_records(*source, chosen.dates, notes, diagnostics);
    std::optional<CustomerRecords> customers;
    if (!options.customers.empty())
        if (auto source = Source::open(options.customers, {}, diagnostics))
            customers = read_customer_records(*source, notes, diagnostics);
    std::optional<PriceList> prices = read_prices(options, chosen, notes, diagnostics);
    std::optional<OldPriceList> old_prices;
    if (!options.old_prices.empty())
        if (auto source = Source::open(options.old_prices, {}, diagnostics))
            old_prices = read_old_prices(*source, chosen.perspective, notes, diagnostics);
    if (diagnostics.has_errors() || !settings || !subscriptions || !prices) return std::nullopt;
    return Read{std::move(*settings), std::move(*subscriptions), std::move(customers), std::move(*prices),
                std::move(old_prices)};
}

/// A line of a list, wrapped at the terminal's width.
std::string item(std::string_view text, int width) {
    const auto most = static_cast<std::size_t>(std::max(width, 40));
    std::string out;
    std::string_view rest = text;
    for (bool is_first = true; is_first || !rest.empty(); is_first = false) {
        const std::string_view indent = is_first ? "  " : "    ";
        std::size_t end = rest.size();
        if (indent.size() + rest.size() > most) {
            end = rest.rfind(' ', most - indent.size());
            if (end == std::string_view::npos || end == 0) end = std::min(rest.find(' '), rest.size());
        }
        out += fmt::format("{}{}\n", indent, rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

std::string reasons_text(const std::vector<LeftOutPrices>& reasons, int width) {
    std::string text;
    for (std::size_t i = 0; i < reasons.size() && i < kMostReasons; ++i)
        text +=
            item(fmt::format("{}: {} ({}{})", grouped(static_cast<std::int64_t>(reasons[i].count)),
                             reasons[i].reason, reasons[i].count > 1 ? "the first " : "", reasons[i].first),
                 width);
    if (reasons.size() > kMostReasons)
        text += fmt::format("  ... and {} more reasons\n", reasons.size() - kMostReasons);
    return text;
}

std::string assumptions_text(const ImportNotes& notes, int width) {
    std::string text;
    for (const Assumption& assumption : notes.assumptions()) {
        const std::string behind = behind_text(assumption);
        text += item(assumption.text + (behind.empty() ? "" : fmt::format(" ({})", behind)), width);
    }
    return text;
}

std::string binding_text(const Options& options, const ImportedBinding& binding, int width) {
    std::string text =
        fmt::format("\nBound in {}: {} and {}\n", options.binding,
                    counted(static_cast<std::int64_t>(binding.binding.customers.size()), "customer"),
                    counted(static_cast<std::int64_t>(binding.binding.subscriptions.size()), "subscription"));
    if (binding.open.empty()) return text;
    text += "Open, and nothing that needs it is executed before it is bound:\n";
    for (const std::string& what : binding.open) text += item(what, width);
    return text;
}

std::string import_text(const Options& options, const ImportInput& input, const ImportedScenario& made,
                        const ImportNotes& notes, const std::optional<ImportedBinding>& binding) {
    const Style style = Style::of_terminal();
    const ImportCounts counts = count_import(input, made, notes);
    std::string text =
        style.strong(fmt::format("{}: {} of {}", made.name,
                                 counted(static_cast<std::int64_t>(counts.subscriptions), "subscription"),
                                 counted(static_cast<std::int64_t>(counts.rows), "row"))) +
        "\n";
    text += fmt::format(
        "{}, {}, {}; {} to {}; {} in {}\n", counted(static_cast<std::int64_t>(counts.customers), "customer"),
        counted(static_cast<std::int64_t>(counts.add_ons), "add-on"), counted(counts.seats, "seat"),
        to_text(made.start), to_text(made.end),
        made.perspective == Perspective::partner ? "the partner's prices" : "the customer's prices",
        made.currency);
    text += "\nAssumed:\n" + assumptions_text(notes, style.width);
    if (!notes.left_out().empty())
        text += "\nLeft out:\n" + reasons_text(notes.left_out_by_reason(), style.width);
    if (!notes.left_out_prices().empty())
        text += "\nRows of the price list left out:\n" + reasons_text(notes.left_out_prices(), style.width);
    if (binding) text += binding_text(options, *binding, style.width);
    const std::string scenario = path_in(options.output, "scenario.json");
    return text + fmt::format(
                      "\nWritten to {}; assumptions.md and left-out.csv there say more.\n"
                      "Next: termwise compare {}\n",
                      options.output, scenario);
}

std::string prices_text(const Options& options, const PriceList& prices, const ImportNotes& notes) {
    const int width = Style::of_terminal().width;
    std::string text =
        fmt::format("{} with {} in {}\n", counted(static_cast<std::int64_t>(prices.offers.size()), "offer"),
                    counted(static_cast<std::int64_t>(price_count(prices)), "price"), prices.currency);
    if (!notes.assumptions().empty()) text += "\nAssumed:\n" + assumptions_text(notes, width);
    if (!notes.left_out_prices().empty())
        text += "\nLeft out:\n" + reasons_text(notes.left_out_prices(), width);
    return text + fmt::format("\nWritten to {}.\n", options.output);
}

int run_bam(const Options& options) {
    Diagnostics diagnostics;
    ImportNotes notes;
    Progress progress(options.common.quiet);
    progress.step("reading");
    const std::optional<Read> read = read_all(options, notes, diagnostics);
    std::optional<ImportedScenario> made;
    std::optional<ImportedBinding> binding;
    if (read) {
        progress.step("making the scenario");
        made = make_scenario(read->input(), notes, diagnostics);
        if (made && !check_scenario_part(read->settings, made->currency, made->start, made->end, diagnostics))
            made.reset();
        if (made && !options.binding.empty()) {
            binding = make_binding(read->input(), *made, options.partner_tenant, diagnostics);
            if (!binding) made.reset();
        }
    }
    progress.done();
    locate(diagnostics, TableOrigin::foreign);
    diagnostics.sort();
    print_diagnostics(diagnostics, options.common.quiet);
    if (!made) {
        if (!notes.left_out().empty())
            fmt::print(stderr, "Left out:\n{}",
                       reasons_text(notes.left_out_by_reason(), Style::of_terminal().width));
        return kWrongInput;
    }
    std::vector<std::string> outputs;
    for (const std::string_view name : kImportFiles) outputs.push_back(path_in(options.output, name));
    if (binding) outputs.push_back(options.binding);
    if (const std::string input = overwritten_input(options, outputs); !input.empty()) {
        fmt::print(stderr, "The result would overwrite {}; give another folder with -o.\n", input);
        return kUsage;
    }
    write_import(options.output, read->input(), *made, notes,
                 binding ? std::optional(BindingFile{options.binding, binding->binding}) : std::nullopt);
    if (options.common.json)
        write_import_json(read->input(), *made, notes, binding ? &*binding : nullptr, write_standard_output);
    else
        write_standard_output(import_text(options, read->input(), *made, notes, binding));
    flush_standard_output();
    return kDone;
}

int run_prices(const Options& options) {
    Diagnostics diagnostics;
    ImportNotes notes;
    const std::optional<ImportSettings> settings = settings_of(options, diagnostics);
    std::optional<PriceList> prices;
    if (settings) prices = read_prices(options, *settings, notes, diagnostics);
    locate(diagnostics, TableOrigin::foreign);
    diagnostics.sort();
    print_diagnostics(diagnostics, options.common.quiet);
    if (!prices) return kWrongInput;
    if (const std::string input = overwritten_input(options, {options.output}); !input.empty()) {
        fmt::print(stderr, "The result would overwrite {}; give another file with -o.\n", input);
        return kUsage;
    }
    std::string programme = settings->new_programme;
    if (programme.empty()) {
        const Day day = settings->today.none() ? prices->newest_start : settings->today;
        programme = new_commerce_rules_on(day).id;
        notes.assume(
            fmt::format("the offers follow the programme {}, in force {}", programme,
                        settings->today.none() ? "when the newest price begins" : "on the first day"),
            "new.programme");
    }
    OutputFile file(options.output);
    write_price_catalogue(*prices, programme, [&](std::string_view text) { file.write(text); });
    file.commit();
    if (options.common.json)
        write_prices_json(*prices, programme, notes, write_standard_output);
    else
        write_standard_output(prices_text(options, *prices, notes));
    flush_standard_output();
    return kDone;
}

int run_settings() {
    write_standard_output(import_settings_template());
    flush_standard_output();
    return kDone;
}

const CLI::Validator& is_day() {
    static const CLI::Validator validator(
        [](std::string& text) {
            return parse_day(text) ? std::string() : fmt::format("\"{}\" is no day YYYY-MM-DD", text);
        },
        "");
    return validator;
}

const CLI::Validator& is_guid_text() {
    static const CLI::Validator validator(
        [](std::string& text) {
            return is_guid(text) ? std::string() : fmt::format("\"{}\" is no GUID", text);
        },
        "");
    return validator;
}

void add_shared_options(CLI::App* verb, Options& options) {
    verb->add_option("--settings", options.settings,
                     "what the files do not say; `termwise import settings` prints one with all defaults")
        ->type_name("FILE");
    verb->add_option("--today", options.today, "first day of the horizon, instead of the settings'")
        ->type_name("DAY")
        ->check(is_day());
    verb->add_option("--dates", options.dates, "how to read 03/04/2024 where nothing in the file tells")
        ->type_name("ORDER")
        ->check(CLI::IsMember({"month-first", "day-first"}));
}

}  // namespace

void add_import(Program program) {
    CLI::App* verb = program.app.add_subcommand(
        "import", "Scenarios and catalogues from exports and price lists of Partner Center");
    verb->require_subcommand(1);
    verb->footer("Example:\n  termwise import bam --help");

    auto bam = std::make_shared<Options>();
    CLI::App* from_tool = add_verb(
        *verb, "bam", "A scenario from the bulk migration tool's export and the new-commerce price list",
        "S=scenarios/bam-import\n  termwise import bam $S/subscriptions.csv $S/customers.csv --prices "
        "$S/prices.csv --settings $S/settings.json -o imported",
        bam->common);
    from_tool->add_option("subscriptions", bam->subscriptions, "the tool's subscriptions.csv")
        ->required()
        ->type_name("SUBSCRIPTIONS");
    from_tool->add_option("customers", bam->customers, "the tool's customers.csv")->type_name("CUSTOMERS");
    from_tool
        ->add_option("--prices", bam->prices, "new-commerce price list; again for the next month's preview")
        ->required()
        ->type_name("FILE")
        ->allow_extra_args(false);
    from_tool->add_option("--old-prices", bam->old_prices, "the old programme's price list, one currency")
        ->type_name("FILE");
    add_shared_options(from_tool, *bam);
    from_tool->add_option("-o,--output", bam->output, "folder for the result")
        ->required()
        ->type_name("FOLDER");
    CLI::Option* binding =
        from_tool
            ->add_option("--binding", bam->binding,
                         "also write what ties the scenario to the tenants that the files name")
            ->type_name("FILE");
    from_tool
        ->add_option("--partner-tenant", bam->partner_tenant,
                     "GUID of the partner whose customers these are, where the file does not say")
        ->type_name("GUID")
        ->check(is_guid_text())
        ->needs(binding);
    from_tool->callback([bam, program] { program.status = run_bam(*bam); });

    auto prices = std::make_shared<Options>();
    CLI::App* from_list =
        add_verb(*verb, "prices", "A catalogue from the new-commerce price list alone",
                 "termwise import prices scenarios/bam-import/prices.csv -o catalogue.json", prices->common);
    from_list->add_option("prices", prices->prices, "new-commerce price lists")
        ->required()
        ->type_name("PRICES");
    add_shared_options(from_list, *prices);
    from_list->add_option("-o,--output", prices->output, "catalogue to write")->required()->type_name("FILE");
    from_list->callback([prices, program] { program.status = run_prices(*prices); });

    CLI::App* settings = verb->add_subcommand("settings", "Prints a settings file with all defaults");
    settings->footer("Example:\n  termwise import settings > settings.json");
    settings->callback([program] { program.status = run_settings(); });
}

}  // namespace termwise::cli
