// termwise report RESULT... -o FILE: results of earlier runs, joined into one page.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <thread>

#include "cli/report_output.h"
#include "formats/report_reader.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ReportOptions report;
    std::vector<std::string> results;
    ScenarioOptions scenario;
    std::vector<std::string> plans;
    unsigned threads = std::max(1U, std::thread::hardware_concurrency());
};

/// Whether the cheapest plan of the results is this one: the same total, and it keeps the rules.
ReportedPlan* cheapest_in(std::vector<ReportedPlan>& plans, const ReportedPlan& plan) {
    const auto found = std::ranges::find_if(plans, [&](const ReportedPlan& other) {
        return other.kind == ReportedKind::optimal && plan.feasible && other.total() == plan.total();
    });
    return found == plans.end() ? nullptr : &*found;
}

/// Adds what only results know to a report of the scenario's strategies and plans.
void add_results(const Scenario& scenario, JoinedResults&& joined, Report& report) {
    order_by(scenario, joined);
    for (ReportedPlan& plan : report.plans)
        if (ReportedPlan* cheapest =
                plan.kind == ReportedKind::file ? cheapest_in(joined.plans, plan) : nullptr) {
            plan.kind = ReportedKind::optimal;
            plan.name = cheapest->name;
        }
    for (ReportedPlan& plan : joined.plans) {
        const bool known = std::ranges::any_of(report.plans, [&](const ReportedPlan& other) {
            if (!plan.digest.empty() && !other.digest.empty() && plan.digest == other.digest) return true;
            return other.name == plan.name && other.total() == plan.total();
        });
        if (!known) report.plans.push_back(std::move(plan));
    }
    report.results = std::move(joined.results);
}

/// A report of results alone.
Report report_of_results(JoinedResults&& joined, const Program& program) {
    Report report;
    report.made_by = {TERMWISE_VERSION, "report", program.command};
    report.frame = *joined.frame;
    report.plans = std::move(joined.plans);
    report.customers = std::move(joined.customers);
    report.subscriptions = std::move(joined.subscriptions);
    report.results = std::move(joined.results);
    return report;
}

int write(const Options& options, const Report& report, ReportFile* file) {
    if (options.common.json) {
        write_report(report, write_standard_output);
        write_standard_output("\n");
    }
    if (file != nullptr) file->write(report);
    flush_standard_output();
    return answer_of(report.plans).plan ? kDone : kInfeasible;
}

int run(const Options& options, const Program& program) {
    if (options.results.empty() && options.scenario.path.empty())
        throw CLI::ValidationError("report", "name RESULT files, or a --scenario");
    if (!options.report.file && !options.common.json)
        throw CLI::ValidationError("-o", "a FILE for the page is needed, or --json");
    const auto is_set = [&](bool given, const char* option) {
        if (given && options.scenario.path.empty())
            throw CLI::ValidationError(option, "belongs to a --scenario");
    };
    is_set(!options.plans.empty(), "--plan");
    is_set(!options.scenario.overrides.empty(), "--set");

    Diagnostics diagnostics;
    std::optional<Input> input;
    if (!options.scenario.path.empty()) {
        input = read_input(options.scenario, {}, options.common.quiet);
        if (!input) return kWrongInput;
    }
    std::optional<JoinedResults> joined =
        read_results(options.results, input ? digest_of(input->scenario) : std::string(), diagnostics);
    std::vector<Plan> plans;
    for (const std::string& file : options.plans)
        if (std::optional<Plan> plan = read_plan_for(input->scenario, file, diagnostics))
            plans.push_back(std::move(*plan));
    if (joined && !input && joined->plans.empty())
        diagnostics.error("M8", {options.results.front(), {}, {}, 0, 0},
                          "a report is about plans: add a comparison or a simulation, or --scenario FILE");
    print_diagnostics(diagnostics, options.common.quiet);
    if (diagnostics.has_errors() || !joined) return kWrongInput;

    std::optional<ReportFile> file;
    if (options.report.file) file.emplace(options.report);
    ReportFile* const written = file ? &*file : nullptr;
    if (!input) return write(options, report_of_results(std::move(*joined), program), written);

    Progress progress(options.common.quiet);
    progress.step("planning and scoring the strategies");
    Report report = report_of_strategies(input->scenario);
    for (std::size_t p = 0; p < plans.size(); ++p)
        add_plan_file(input->scenario, report, std::filesystem::path(options.plans[p]).stem().string(),
                      std::move(plans[p]));
    add_results(input->scenario, std::move(*joined), report);
    complete(report, program, options.scenario, input->diagnostics, options.threads, progress);
    progress.done();
    return write(options, report, written);
}

}  // namespace

void add_report(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = add_verb(
        program.app, "report", "Results of earlier runs, joined into one page with charts",
        "termwise compare scenarios/quickstart/scenario.json --json > comparison.json\n  "
        "termwise report comparison.json -o report.html\n  "
        "termwise report comparison.json --scenario scenarios/quickstart/scenario.json -o report.html",
        options->common);
    verb->add_option("results", options->results,
                     "what compare, plan, simulate and sweep printed with --json, and tables of sweeps; all "
                     "about one scenario")
        ->type_name("RESULT");
    verb->add_option("-o,--output", options->report.file,
                     "file for the page; one that ends in .json gets its data alone")
        ->type_name("FILE");
    verb->add_option("--scenario", options->scenario.path,
                     "the scenario: adds the schedule, every subscription and what was assumed")
        ->type_name("FILE");
    add_overrides(*verb, options->scenario);
    verb->add_option("--plan", options->plans,
                     "a plan for the scenario, to be shown beside the strategies; repeatable")
        ->type_name("FILE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    verb->add_option("--threads", options->threads,
                     "threads; the report does not depend on it (all processors)")
        ->type_name("T")
        ->check(CLI::Range(1U, 256U));
    add_report_language(*verb, options->report);
    verb->callback([options, program] { program.status = run(*options, program); });
}

}  // namespace termwise::cli
