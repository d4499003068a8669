// A report as data: termwise-report/1, the one document that the page reads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agenda/agenda.h"
#include "base/diagnostic.h"
#include "formats/canonical.h"
#include "formats/overrides.h"
#include "formats/scenario_notes.h"
#include "report/report.h"

namespace termwise {

/// Who made a report, and how to make it again.
struct ReportMaker {
    std::string version;
    std::string verb;
    std::vector<std::string> command;  ///< arguments as given, the program's name first
};

/// What a report is about, known also where no scenario was read.
struct ReportFrame {
    std::string name, digest, currency;
    Perspective perspective = Perspective::customer;
    int minor_digits = 2;
    Interval<Day> horizon;
};
[[nodiscard]] ReportFrame report_frame_of(const Scenario& scenario, std::string digest);

/// Answers of other kinds that belong to the report, each a JSON document or object of its own published
/// format; empty: there is none. They go into the report as they stand, but for `search`, `expected` and
/// `longer_horizon`, whose amounts become whole numbers like those of the report itself.
struct ReportResults {
    std::string simulation;      ///< termwise-simulation/1
    std::string search;          ///< with the fields of termwise-planning/1 from `status` to `conflicts`
    std::string expected;        ///< `expected` of termwise-planning/1
    std::string longer_horizon;  ///< of termwise-comparison/1
    std::vector<std::string> tornados, thresholds;
    std::vector<std::string> sweeps;  ///< {"file", "columns", "rows", "row_count"}
};

struct Report {
    ReportMaker made_by;
    ReportFrame frame;
    std::vector<ReportedPlan> plans;
    ReportResults results;

    const Scenario* scenario = nullptr;  ///< null: not read; then customers and subscriptions have only ids,
    std::vector<std::string> customers;  ///< these, for which scores of plans have amounts
    std::vector<std::string> subscriptions;

    // Only with a scenario:
    std::optional<Agenda> agenda;  ///< of the recommended plan
    std::vector<ReportedDetail> details;
    std::optional<ScenarioNotes> notes;
    std::vector<Override> overrides;
    Diagnostics warnings;
};

/// Compact. Runtime and memory: linear in subscriptions times plans; nothing but results is held as text.
void write_report(const Report& report, const TextSink& sink);

}  // namespace termwise
