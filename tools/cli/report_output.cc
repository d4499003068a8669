#include "cli/report_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "cli/report_template.h"
#include "formats/planning_writer.h"
#include "formats/report_page.h"
#include "formats/simulation_writer.h"

namespace termwise::cli {
namespace {

bool is_data_alone(const std::string& path) { return path.ends_with(".json"); }

std::string text_of(const std::function<void(JsonWriter&)>& write) {
    std::string text;
    JsonWriter out(JsonWriter::Layout::compact, [&](std::string_view piece) { text += piece; });
    write(out);
    out.finish();
    return text;
}

std::string longer_text(const Scenario& scenario, const Comparison& comparison, const LongerView& longer) {
    return text_of([&](JsonWriter& out) { write_longer_view(scenario, comparison, longer, out); });
}

/// What falls due by the plan in the first weeks.
void add_agenda_of(const Plan& plan, Report& report, unsigned threads, Progress& progress) {
    const Scenario& scenario = *report.scenario;
    AgendaOptions asked;
    asked.days = agenda_days(scenario, actions_of(scenario, plan));
    if (asked.days.to <= asked.days.from) return;
    progress.step("reckoning what being late costs");
    asked.progress = [&](std::size_t done, std::size_t of) { progress.count("customer", done, of); };
    asked.threads = threads;
    report.agenda = agenda(scenario, &plan, asked);
}

}  // namespace

void add_report_language(CLI::App& verb, ReportOptions& options) {
    verb.add_option("--lang", options.language, "language of the report's page: de or en (en)")
        ->type_name("LANG")
        ->check(CLI::IsMember({"de", "en"}));
}

void add_report_options(CLI::App& verb, ReportOptions& options) {
    CLI::Option* report = verb.add_option("--report", options.file,
                                          "also write a page with charts to FILE, which needs nothing else; "
                                          "a FILE that ends in .json gets its data alone")
                              ->type_name("FILE");
    add_report_language(verb, options);
    verb.get_option("--lang")->needs(report);
}

ReportFile::ReportFile(const ReportOptions& options) : options_(options), file_(*options.file) {
    if (!is_data_alone(*options_.file) && report_template().empty())
        throw OutputError(
            fmt::format("cannot write {}: this termwise was built without the report's page "
                        "(TERMWISE_REPORT=OFF, or no npm); the data alone goes to a FILE that "
                        "ends in .json",
                        *options_.file));
}

void ReportFile::write(const Report& report) {
    const TextSink sink = [&](std::string_view piece) { file_.write(piece); };
    const auto data = [&](const TextSink& to) { write_report(report, to); };
    if (is_data_alone(*options_.file)) {
        data(sink);
        sink("\n");
    } else {
        const std::optional<ReportPage> page = ReportPage::of(report_template());
        if (!page) throw std::logic_error("the report's page has no place for its data");
        page->write(options_.language, data, sink);
    }
    file_.commit();
}

Report report_of(const Scenario& scenario, Comparison&& comparison, const LongerView& longer) {
    Report report;
    report.frame = report_frame_of(scenario, digest_of(scenario));
    report.scenario = &scenario;
    if (!longer.horizon_end.none()) report.results.longer_horizon = longer_text(scenario, comparison, longer);
    if (comparison.search)
        report.results.search = text_of([&](JsonWriter& out) {
            out.begin_object();
            write_search(scenario, *comparison.search, out);
            out.end_object();
        });
    for (StrategyResult& result : comparison.results) {
        result.plan.scenario_digest = report.frame.digest;  // as in the files that are written of them
        std::string digest = digest_of(scenario, result.plan);
        report.plans.push_back(reported_plan(
            scenario, result.approach.is_optimal() ? ReportedKind::optimal : ReportedKind::strategy,
            std::string(approach_name(result.approach)), std::move(result.plan), result.judgement,
            std::move(result.score), result.not_placed));
        report.plans.back().digest = std::move(digest);
    }
    return report;
}

Report report_of_strategies(const Scenario& scenario) {
    return report_of(scenario, compare_strategies(scenario, Detail::everything), {});
}

void add_plan_file(const Scenario& scenario, Report& report, const std::string& name, Plan plan) {
    std::string digest = digest_of(scenario, plan);
    for (ReportedPlan& other : report.plans)
        if (other.plan && other.plan->moves == plan.moves && other.plan->invitations == plan.invitations) {
            other.digest = std::move(digest);
            return;
        }
    report.plans.push_back(reported_plan(scenario, ReportedKind::file, name, std::move(plan)));
    report.plans.back().digest = std::move(digest);
}

void add_simulation(Report& report, const ExperimentResult& result) {
    report.results.simulation = text_of([&](JsonWriter& out) { write_simulation(result, out); });
}

void complete(Report& report, const Program& program, const ScenarioOptions& scenario,
              const Diagnostics& warnings, unsigned threads, Progress& progress) {
    report.made_by = {TERMWISE_VERSION, program.command.size() > 1 ? program.command[1] : "",
                      program.command};
    report.overrides = scenario.overrides;
    report.warnings = warnings;
    report.notes = notes_of_scenario(scenario.path, scenario.overrides);
    const ReportedAnswer answer = answer_of(report.plans);
    if (!answer.plan || !report.plans[*answer.plan].plan) return;
    add_agenda_of(*report.plans[*answer.plan].plan, report, threads, progress);
    progress.step("looking closely at the decisions with most at stake");
    const ReportedPlan* against = answer.against ? &report.plans[*answer.against] : nullptr;
    report.details = details_of(*report.scenario, report.plans[*answer.plan], against, threads);
}

}  // namespace termwise::cli
