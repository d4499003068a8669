#include "import/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "formats/json_reader.h"
#include "formats/locate.h"
#include "formats/names.h"
#include "formats/scenario_sink.h"
#include "formats/source.h"
#include "import/rules.h"
#include "model/build.h"

namespace termwise {
namespace {

using enum Presence;

/// What a settings file is read into: its part of a scenario as scenarios are read.
struct SettingsSink : ScenarioSink {
    SettingsSink(ImportSettings& target, Reporter& to)
        : ScenarioSink(target.scenario, to), settings(target) {}

    ImportSettings& settings;
};

SettingsSink& sink_of(void* sink) { return static_cast<SettingsSink&>(in(sink)); }
ImportSettings& settings(void* sink) { return sink_of(sink).settings; }

template <class Enum, Enum ImportSettings::*Member>
void take_word(void* sink, const Value& value) {
    settings(sink).*Member = static_cast<Enum>(value.word);
}
template <std::string ImportSettings::*Member>
void take_text(void* sink, const Value& value) {
    settings(sink).*Member = value.text;
}

constexpr std::array<std::string_view, 1> kFormats{"termwise-import-settings/1"};
constexpr std::array<std::string_view, 3> kEnds{"by-offer", "exclusive", "inclusive"};
constexpr std::array<std::string_view, 3> kIneligible{"leave-out", "stay", "move"};
constexpr std::array<std::string_view, 2> kSeatWords{"asked", "held"};
constexpr std::array<std::string_view, 2> kTermWords{"asked", "sold"};
constexpr std::array<std::string_view, 2> kIdWords{"domain", "tenant"};

constexpr Scalar kFormat = scalars::one_of(kFormats, "\"termwise-import-settings/1\"");
constexpr Scalar kPerspective = scalars::one_of(kPerspectiveNames, "\"customer\" or \"partner\"");
constexpr Scalar kRelationship = scalars::one_of(kRelationshipNames, "\"pending\" or \"active\"");
constexpr Scalar kDates = scalars::one_of(kDayOrderNames, "\"month-first\" or \"day-first\"");
constexpr Scalar kEnd = scalars::one_of(kEnds, "\"by-offer\", \"exclusive\" or \"inclusive\"");
constexpr Scalar kPolicy = scalars::one_of(kIneligible, "\"leave-out\", \"stay\" or \"move\"");
constexpr Scalar kSeats = scalars::one_of(kSeatWords, "\"asked\" or \"held\"");
constexpr Scalar kTerms = scalars::one_of(kTermWords, "\"asked\" or \"sold\"");
constexpr Scalar kIds = scalars::one_of(kIdWords, "\"domain\" or \"tenant\"");
constexpr Scalar kMonths{Kind::integer, "M1.1", "whole months, 1 to 600", 1, 600};

/// 1,000 percent and amounts of nine digits keep every price inside 64 bits (locale.h).
constexpr std::int64_t kMostPercent = 1'000;

bool exceeds(Decimal number, std::int64_t most) {
    std::int64_t scale = 1;
    for (int i = 0; i < number.decimals; ++i) scale *= 10;
    return number.digits / scale > most || (number.digits / scale == most && number.digits % scale != 0);
}

void take_percent(void* sink, const Value& value) {
    settings(sink).percent_of_new = value.amount;
    if (exceeds(value.amount, kMostPercent))
        in(sink).reporter.mistake("", fmt::format("expected a percentage, 0 to {}", kMostPercent));
}

constexpr std::array kOldPriceFields{
    Field{"offer",
          required,
          {scalars::kId, [](void* s, const Value& v) { settings(s).old_prices.back().offer = v.text; }}},
    Field{"per_month", required, {scalars::kAmount, [](void* s, const Value& v) {
                                      settings(s).old_prices.back().per_month = v.amount;
                                      if (exceeds(v.amount, 999'999'999))
                                          in(s).reporter.mistake("",
                                                                 "expected an amount below 1,000,000,000");
                                  }}}};
constexpr ObjectShape kOldPrice("", kOldPriceFields, [](void* s) {
    settings(s).old_prices.emplace_back().position = in(s).reporter.position();
});
constexpr ListShape kOldPrices{"", kOldPrice};

constexpr std::array kOldFields{
    Field{"programme", optional, {scalars::kId, take_text<&ImportSettings::old_programme>}},
    Field{"percent_of_new", optional, {scalars::kAmount, take_percent}},
    Field{"prices", optional, kOldPrices}};
constexpr ObjectShape kOld("", kOldFields);

constexpr std::array kNewFields{
    Field{"programme", optional, {scalars::kId, take_text<&ImportSettings::new_programme>}},
    Field{"hold_before", optional, {scalars::kBoolean, [](void* s, const Value& v) {
                                        settings(s).hold_before = v.boolean;
                                    }}}};
constexpr ObjectShape kNew("", kNewFields);

constexpr std::array kTargetFields{
    Field{"from",
          required,
          {scalars::kId, [](void* s, const Value& v) { settings(s).targets.back().from = v.text; }}},
    Field{"to", required, {scalars::kId, [](void* s, const Value& v) {
                               settings(s).targets.back().to = v.text;
                           }}}};
constexpr ObjectShape kTarget("", kTargetFields, [](void* s) {
    settings(s).targets.emplace_back().position = in(s).reporter.position();
});
constexpr ListShape kTargets{"", kTarget};

/// What an import makes itself is no field of the part that it takes over.
const ObjectShape& scenario_part() {
    static constexpr std::array<std::string_view, 10> kMade{"format",    "name",     "include", "perspective",
                                                            "currency",  "horizon",  "offers",  "transitions",
                                                            "customers", "portfolio"};
    static const std::vector<Field> kFields = scenario_fields_without(kMade);
    static const ObjectShape kPart("M1", kFields);
    return kPart;
}

const ObjectShape& settings_shape() {
    static const std::vector<Field> kFields{
        {"format", required, {kFormat, [](void*, const Value&) {}}},
        {"name", optional, {scalars::kName, take_text<&ImportSettings::name>}},
        {"today", optional, {scalars::kDay, [](void* s, const Value& v) { settings(s).today = v.day; }}},
        {"horizon_months",
         optional,
         {kMonths, [](void* s, const Value& v) { settings(s).horizon_months = v.integer; }}},
        {"currency", optional, {scalars::kCurrency, take_text<&ImportSettings::currency>}},
        {"market", optional, {scalars::kId, take_text<&ImportSettings::market>}},
        {"segment", optional, {scalars::kId, take_text<&ImportSettings::segment>}},
        {"perspective", optional, {kPerspective, take_word<Perspective, &ImportSettings::perspective>}},
        {"customer_ids", optional, {kIds, take_word<CustomerIds, &ImportSettings::customer_ids>}},
        {"relationship", optional, {kRelationship, take_word<Relationship, &ImportSettings::relationship>}},
        {"dates",
         optional,
         {kDates, [](void* s, const Value& v) { settings(s).dates = static_cast<DayOrder>(v.word); }}},
        {"ends", optional, {kEnd, take_word<EndConvention, &ImportSettings::ends>}},
        {"ineligible", optional, {kPolicy, take_word<IneligiblePolicy, &ImportSettings::ineligible>}},
        {"seats", optional, {kSeats, take_word<AskedPolicy, &ImportSettings::seats>}},
        {"terms", optional, {kTerms, take_word<AskedPolicy, &ImportSettings::terms>}},
        {"old", optional, kOld},
        {"new", optional, kNew},
        {"targets", optional, kTargets},
        {"scenario", optional, scenario_part()}};
    static const ObjectShape kSettings("", kFields);
    return kSettings;
}

/// The programmes that are named are known.
void check_programmes(const ImportSettings& settings, Diagnostics& diagnostics) {
    const auto check = [&](const std::string& id, std::string_view pointer) {
        if (id.empty() || settings.has_programme(id)) return;
        std::vector<std::string_view> known;
        for (const ProgrammeRules& rules : programme_rules()) known.push_back(rules.id);
        diagnostics.error(
            "", {settings.path, std::string(pointer), {}, 0, 0},
            fmt::format("there are no rules for a programme {}; known are {}; others can be given in "
                        "`scenario.programmes`",
                        quoted(std::string_view(id)), fmt::join(known, ", ")));
    };
    check(settings.old_programme, "/old/programme");
    check(settings.new_programme, "/new/programme");
}

}  // namespace

bool ImportSettings::has_programme(std::string_view id) const {
    return find_rules(id) != nullptr ||
           std::ranges::find(scenario.programmes, id, &ProgrammeDraft::id) != scenario.programmes.end();
}

std::optional<ImportSettings> read_import_settings_text(std::string_view json, const std::string& name,
                                                        Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    ImportSettings settings;
    settings.path = name;
    settings.scenario.files.push_back({name});
    Source source = Source::of_text(json, name);
    JsonReader reader(source, diagnostics);
    SettingsSink sink(settings, reader);
    const ReadOutcome outcome = reader.read(settings_shape(), static_cast<ScenarioSink*>(&sink));
    if (outcome == ReadOutcome::good) check_programmes(settings, diagnostics);
    locate_in(json, name, diagnostics);
    if (outcome != ReadOutcome::good || diagnostics.error_count() != errors_before) return std::nullopt;
    const auto document = nlohmann::ordered_json::parse(json);
    if (const auto part = document.find("scenario"); part != document.end() && part->is_object())
        settings.scenario_json = part->dump();
    return settings;
}

std::optional<ImportSettings> read_import_settings(const std::string& path, Diagnostics& diagnostics) {
    const std::optional<std::string> text = read_whole_text(path, diagnostics);
    if (!text) return std::nullopt;
    return read_import_settings_text(*text, path, diagnostics);
}

bool check_scenario_part(const ImportSettings& settings, const std::string& currency, Day start, Day end,
                         Diagnostics& diagnostics) {
    if (settings.scenario_json.empty()) return true;
    ScenarioDraft draft = settings.scenario;
    draft.currency = currency;
    draft.horizon = HorizonDraft{start, end, {0}};
    draft.programmes_given = draft.offers_given = draft.portfolio.given = true;
    // A gap price is put in where there is none, so that `soft` has one (M1.7).
    if (!draft.disruption) draft.disruption.emplace();
    if (!draft.disruption->gap_per_seat_day) draft.disruption->gap_per_seat_day = Decimal{1, 0};
    Diagnostics found;
    static_cast<void>(build(std::move(draft), found));
    Diagnostics errors;
    for (const Diagnostic& d : found.all()) {
        if (d.severity != Severity::error) continue;
        errors.add(d);
        errors.all().back().place.pointer = "/scenario" + d.place.pointer;
    }
    locate(errors);
    for (Diagnostic& d : errors.all()) diagnostics.add(std::move(d));
    return !errors.has_errors();
}

std::string_view import_settings_template() {
    return R"({
  "format": "termwise-import-settings/1",
  "x-note": "Every field may be left out; these are the defaults. Fields that begin with x- are notes. scenarios/README.md explains them.",
  "name": null,
  "x-today": "today: the first day of the horizon, YYYY-MM-DD; or --today on the command line",
  "today": null,
  "horizon_months": 18,
  "x-currency": "currency, market: null is the only one in the price list",
  "currency": null,
  "market": null,
  "segment": "Commercial",
  "x-perspective": "perspective: partner takes UnitPrice, customer takes ERP Price",
  "perspective": "partner",
  "x-customer_ids": "customer_ids: domain, if the customers' file gives each customer one, or tenant",
  "customer_ids": "domain",
  "relationship": "active",
  "x-dates": "dates: month-first or day-first where 03/04/2024 may be either; null: as the column shows",
  "dates": null,
  "x-ends": "ends: by-offer is exclusive for old offers and inclusive for new commerce",
  "ends": "by-offer",
  "x-ineligible": "ineligible: leave-out, stay or move",
  "ineligible": "leave-out",
  "x-seats": "seats, terms: as asked for in the file; or the seats held now, any term that is sold",
  "seats": "asked",
  "terms": "asked",
  "x-old": "old: programme null is old-csp, old-csp-36m or old-csp-72m-a1 by term; prices: [{\"offer\": GUID or product name or ProductId:SkuId, \"per_month\": \"10.00\"}]; others cost percent_of_new of the new product's annual price",
  "old": {"programme": null, "percent_of_new": "100", "prices": []},
  "x-new": "new: programme null is the era of today; hold_before: a product's first price holds before its start, too",
  "new": {"programme": null, "hold_before": true},
  "x-targets": "targets: [{\"from\": as offer above, \"to\": \"CFQ7TTC0LH18:0001\"}]",
  "targets": [],
  "x-scenario": "scenario: fields of a scenario that go into the result as they are: calendar, teams, effort, disruption, continuity, provision_days, acceptance, programmes, target_terms, budgets, strategy, uncertainty",
  "scenario": {}
}
)";
}

}  // namespace termwise
