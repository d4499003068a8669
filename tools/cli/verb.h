// What the verbs share: reading input and saying what is wrong with it, writing output, showing progress.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "cli/exit_status.h"
#include "cli/text_table.h"
#include "formats/canonical.h"
#include "formats/csv_writer.h"
#include "formats/overrides.h"
#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise::cli {

/// A verb adds its subcommand; the subcommand's callback leaves the exit status in `status`.
struct Program {
    CLI::App& app;
    int& status;
    const std::vector<std::string>& command;  ///< arguments as given, the program's name first
};

void add_validate(Program program);
void add_score(Program program);
void add_compare(Program program);
void add_plan(Program program);
void add_agenda(Program program);
void add_explain(Program program);
void add_simulate(Program program);
void add_sweep(Program program);
void add_merge(Program program);
void add_report(Program program);
void add_import(Program program);
void add_generate(Program program);
void add_keys(Program program);
void add_approve(Program program);
void add_emulator(Program program);
void add_bind(Program program);
void add_execute(Program program);
void add_exports(Program program);
void add_status(Program program);

/// Sets up `--help` with an example, and the options every verb has.
struct CommonOptions {
    bool json = false;
    bool quiet = false;
};
CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& does,
                   const std::string& example, CommonOptions& common);

/// The scenario that a verb is about, with `--set`: read it by read_scenario(path, overrides, ...).
struct ScenarioOptions {
    std::string path;
    std::vector<Override> overrides;
};
void add_scenario(CLI::App& verb, ScenarioOptions& scenario);
/// `--set` alone, for verbs whose scenario is named otherwise.
void add_overrides(CLI::App& verb, ScenarioOptions& scenario);

/// `--spreadsheet LOCALE`: how tables are written; goes with `needs` ("--csv"), if that is not empty.
void add_spreadsheet(CLI::App& verb, CsvDialect& dialect, const std::string& needs);

/// A text that has to be understood: if it is not, that is wrong usage, "... is not WHAT".
[[nodiscard]] CLI::Validator understood(const std::string& what,
                                        std::function<bool(const std::string&)> good);

/// Writes to a file that is there whole or not at all, or without one to standard output.
void write_to(const std::optional<std::string>& path, const std::function<void(const TextSink&)>& write);

/// Prints errors and, unless `quiet`, warnings to standard error.
void print_diagnostics(const Diagnostics& diagnostics, bool quiet);

/// Reads a plan; warns if it was made for another scenario (M0.6).
[[nodiscard]] std::optional<Plan> read_plan_for(const Scenario& scenario, const std::string& path,
                                                Diagnostics& diagnostics);
/// The same of a plan's bytes, which were read from `path`.
[[nodiscard]] std::optional<Plan> read_plan_bytes_for(const Scenario& scenario, const std::string& path,
                                                      std::string_view bytes, Diagnostics& diagnostics);

/// Reads a scenario, and a plan for it if there is a `plan_path`; prints what is wrong. Nothing if
/// something is.
struct Input {
    Scenario scenario;
    std::optional<Plan> plan;
    Diagnostics diagnostics;  ///< warnings
};
[[nodiscard]] std::optional<Input> read_input(const ScenarioOptions& options,
                                              const std::optional<std::string>& plan_path, bool quiet);

/// Warns on standard error where a plan breaks a limit of the tenant (not part of the model yet).
void warn_of_tenant_limits(const Scenario& scenario, const Plan& plan, bool quiet);

/// A step of long work, told on standard error if that is a terminal; wiped when the next one starts or the
/// object goes.
class Progress {
  public:
    explicit Progress(bool quiet);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    void step(std::string_view doing);
    /// `done` of `of` such things: once that takes longer than a second, with rate and time left.
    void count(std::string_view what, std::uint64_t done, std::uint64_t of);
    /// Wipes the line: results follow.
    void done();

  private:
    bool shown_;
    std::chrono::steady_clock::time_point began_, told_;
};

}  // namespace termwise::cli
