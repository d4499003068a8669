// --report FILE and --lang: the report that goes with an answer, and what all verbs that write one share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/verb.h"
#include "experiment/result.h"
#include "formats/output.h"
#include "formats/report_writer.h"
#include "formats/result_writer.h"
#include "planning/comparison.h"

namespace termwise::cli {

struct ReportOptions {
    std::optional<std::string> file;
    std::string language = "en";

    [[nodiscard]] bool is_asked() const { return file.has_value(); }
};

/// Adds --report and --lang.
void add_report_options(CLI::App& verb, ReportOptions& options);
/// Adds --lang; for the verb whose output the report is.
void add_report_language(CLI::App& verb, ReportOptions& options);

/// A report under construction: the file is opened before the work, so that a folder that cannot be written
/// to is said then. A FILE that ends in .json gets the data alone, any other the page.
class ReportFile {
  public:
    /// Throws OutputError, also if the program was built without the page.
    explicit ReportFile(const ReportOptions& options);

    /// Writes the report; there is a file afterwards, or none.
    void write(const Report& report);

  private:
    ReportOptions options_;
    OutputFile file_;
};

/// Of a comparison: its plans, how the search ended, the longer view. Moves what it can out of it. Here and
/// below `scenario` has to outlive the report.
[[nodiscard]] Report report_of(const Scenario& scenario, Comparison&& comparison, const LongerView& longer);
/// The same of the named strategies, planned for the report. Runtime: compare_strategies().
[[nodiscard]] Report report_of_strategies(const Scenario& scenario);

/// Adds a plan from a file, unless one that is there already does the same: then that one is called the same.
void add_plan_file(const Scenario& scenario, Report& report, const std::string& name, Plan plan);

void add_simulation(Report& report, const ExperimentResult& result);

/// Adds what only the scenario tells: what falls due by the recommended plan, a closer look at the decisions
/// with most at stake, the notes of its files, and `warnings` of reading it.
void complete(Report& report, const Program& program, const ScenarioOptions& scenario,
              const Diagnostics& warnings, unsigned threads, Progress& progress);

}  // namespace termwise::cli
