// What a report takes over from results of other kinds.
#include <charconv>
#include <nlohmann/json.hpp>

#include "formats/json_copy.h"
#include "formats/report_columns.h"
#include "money/decimal.h"

namespace termwise {
namespace {

using nlohmann::ordered_json;

/// An amount as results have it, with all of its decimals, in minor units.
std::int64_t minor_units(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c != '.') digits += c;
    std::int64_t minor = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), minor);
    return minor;
}

class ResultsWriter {
  public:
    ResultsWriter(const Report& report, JsonWriter& out)
        : results_(report.results), out_(out), columns_(out) {}

    void write() {
        search();
        expected();
        longer_horizon();
        out_.key("results").begin_object().key("simulation");
        document(results_.simulation);
        list("tornados", results_.tornados);
        list("thresholds", results_.thresholds);
        list("sweeps", results_.sweeps);
        out_.end_object();
    }

  private:
    void document(const std::string& text) {
        text.empty() ? void(out_.null()) : copy_json(ordered_json::parse(text), out_);
    }
    void list(std::string_view name, const std::vector<std::string>& documents) {
        columns_.column(name, documents.size(), [&](std::size_t i) { document(documents[i]); });
    }
    void amount(const ordered_json& from, const char* name) {
        const ordered_json& value = from.at(name);
        out_.key(name);
        value.is_null() ? out_.null() : out_.value(minor_units(value.get_ref<const std::string&>()));
    }
    void as_it_is(const ordered_json& from, const char* name) {
        out_.key(name);
        copy_json(from.at(name), out_);
    }
    void day(const ordered_json& from, const char* name) {
        columns_.day(name, parse_day(from.at(name).get_ref<const std::string&>()).value_or(Day{}));
    }

    void search() {
        out_.key("search");
        if (results_.search.empty()) {
            out_.null();
            return;
        }
        const ordered_json from = ordered_json::parse(results_.search);
        out_.begin_object();
        for (const char* name : {"status", "stopped_by"}) as_it_is(from, name);
        for (const char* name : {"total", "bound", "floor"}) amount(from, name);
        for (const char* name : {"gap", "avoidable_gap", "asked_gap", "steps", "conflicts"})
            as_it_is(from, name);
        out_.end_object();
    }

    void expected() {
        out_.key("expected");
        if (results_.expected.empty()) {
            out_.null();
            return;
        }
        const ordered_json from = ordered_json::parse(results_.expected);
        out_.begin_object();
        for (const char* name : {"cvar_weight", "worlds", "began_with"}) as_it_is(from, name);
        for (const char* name : {"planned", "price_of_safety", "mean", "cvar95"}) amount(from, name);
        out_.end_object();
    }

    void longer_horizon() {
        out_.key("longer_horizon");
        if (results_.longer_horizon.empty()) {
            out_.null();
            return;
        }
        const ordered_json from = ordered_json::parse(results_.longer_horizon);
        out_.begin_object();
        day(from, "end");
        if (from.contains("strategies")) {
            as_it_is(from, "ranking");
            as_it_is(from, "ranking_changes");
            out_.key("strategies").begin_list();
            for (const ordered_json& strategy : from.at("strategies")) {
                out_.begin_object();
                as_it_is(strategy, "name");
                as_it_is(strategy, "feasible");
                amount(strategy, "total");
                out_.end_object();
            }
            out_.end_list();
        }
        out_.end_object();
    }

    const ReportResults& results_;
    JsonWriter& out_;
    ReportColumns columns_;
};

}  // namespace

std::vector<std::optional<std::size_t>> simulated_plans(const Report& report) {
    const ordered_json simulation = ordered_json::parse(report.results.simulation);
    std::vector<std::optional<std::size_t>> positions;
    for (const ordered_json& plan : simulation.at("plans")) {
        const auto& digest = plan.at("digest").get_ref<const std::string&>();
        const auto& name = plan.at("name").get_ref<const std::string&>();
        const std::int64_t planned =
            minor_units(plan.at("total").at("planned").get_ref<const std::string&>());
        std::optional<std::size_t>& position = positions.emplace_back();
        for (std::size_t p = 0; p < report.plans.size() && !position; ++p)
            if (report.plans[p].digest == digest) position = p;
        // A comparison does not say the digests of its plans.
        for (std::size_t p = 0; p < report.plans.size() && !position; ++p)
            if (report.plans[p].name == name && report.plans[p].total().minor == planned) position = p;
    }
    return positions;
}

void write_report_results(const Report& report, JsonWriter& out) { ResultsWriter(report, out).write(); }

}  // namespace termwise
