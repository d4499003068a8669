// termwise plan SCENARIO -o PLAN: the cheapest safe schedule, and how far from the cheapest it can be (M6);
// with --fix while another plan is being carried out.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "cli/conflict_text.h"
#include "cli/cost_table.h"
#include "cli/expected_answer.h"
#include "cli/expected_text.h"
#include "cli/replanning.h"
#include "cli/report_output.h"
#include "cli/search_options.h"
#include "cli/verb.h"
#include "formats/canonical.h"
#include "formats/output.h"
#include "formats/planning_writer.h"
#include "formats/result_writer.h"
#include "plan/check.h"
#include "planning/optimal.h"
#include "scoring/score.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    ReplanningOptions replanning;
    std::string plan;
    SearchOptions search;
    ExpectedOptionsGiven objective;
    ReportOptions report;
};

constexpr std::size_t kMostConflicts = 10;

/// The sums that the proof is about. With a price on changes it is not about the total alone.
void add_proof_rows(TextTable& table, const Scenario& scenario, const OptimalPlan& answer,
                    const std::optional<Fixed>& fixed) {
    const auto money = [&](Money amount) { return grouped(amount, scenario.minor_digits); };
    const bool weighted = fixed && fixed->asked.stability.minor > 0;
    if (weighted) {
        table.row(
            {"changed moves, at " + money(fixed->asked.stability), money(answer.objective - answer.total)});
        table.row({"total with changes", money(answer.objective)});
    }
    table.row({weighted ? "proven bound with changes" : "proven bound", money(answer.bound)});
    table.row({"of it can be avoided", money(answer.objective - answer.floor)});
}

void print_answer(const Scenario& scenario, const OptimalPlan& answer, const std::optional<Fixed>& fixed,
                  const std::optional<ExpectedReport>& expected) {
    const Style style = Style::of_terminal();
    std::string text = style.strong(scenario.name.empty() ? "Scenario without a name" : scenario.name) +
                       "\n" + frame_text(scenario) + "\n\n";
    if (expected) {
        write_standard_output(text + expected_text(scenario, *expected, style));
        return;
    }
    if (answer.has_plan()) {
        const CheckResult judgement = check(scenario, answer.plan);
        const Score scored = score(scenario, answer.plan, Detail::totals);
        const CostColumn column{"", &scored, &judgement};
        TextTable table;
        table.row({"total", total_text(scenario, column)});
        add_proof_rows(table, scenario, answer, fixed);
        table.blank();
        add_cost_rows(table, scenario, {column});
        add_team_rows(table, scenario, {column});
        text += table.text(style) + "\n" + reasons_text(scenario, answer.reasons);
        if (fixed) text += changes_text(scenario, *fixed, answer);
    }
    text +=
        search_text(scenario, answer, style, fixed.has_value(), fixed && fixed->asked.stability.minor > 0) +
        "\n";
    text += conflicts_text(scenario, answer.conflicts, kMostConflicts);
    write_standard_output(text);
}

/// The strategies, and beside them what was found.
Report report_of_answer(const Scenario& scenario, OptimalPlan&& answer,
                        std::optional<ExpectedReport>&& expected) {
    Report report = report_of_strategies(scenario);
    const auto text = [](const std::function<void(JsonWriter&)>& write) {
        std::string written;
        JsonWriter out(JsonWriter::Layout::compact, [&](std::string_view piece) { written += piece; });
        write(out);
        out.finish();
        return written;
    };
    report.results.search = text([&](JsonWriter& out) {
        out.begin_object();
        write_search(scenario, answer, out);
        out.end_object();
    });
    const auto add = [&](ReportedKind kind, const char* name, Plan plan) {
        std::string digest = digest_of(scenario, plan);
        report.plans.push_back(reported_plan(scenario, kind, name, std::move(plan)));
        report.plans.back().digest = std::move(digest);
    };
    if (answer.has_plan()) add(ReportedKind::optimal, "optimal", std::move(answer.plan));
    if (expected) {
        report.results.expected = text([&](JsonWriter& out) { write_expected(scenario, *expected, out); });
        add_simulation(report, expected->evaluation);
        add(ReportedKind::expected, "expected", std::move(expected->answer.plan));
    }
    return report;
}

int run(const Options& options, const Program& program) {
    std::optional<Input> input = read_input(options.scenario, {}, options.common.quiet);
    if (!input) return kWrongInput;
    const Scenario& scenario = input->scenario;
    std::optional<Fixed> fixed;
    if (!options.replanning.plan.empty()) {
        fixed = read_fixed(scenario, options.replanning, options.common.quiet);
        if (!fixed) return kWrongInput;
    }
    if (options.objective.expected() && !can_be_expected(scenario, options.scenario.path)) return kWrongInput;
    std::optional<OutputFile> file;
    file.emplace(options.plan);  // a folder that cannot be written to is said before the work, not after it

    std::optional<ReportFile> report;
    if (options.report.is_asked()) report.emplace(options.report);

    Progress progress(options.common.quiet);
    progress.step("listing what can be decided");
    const StopRequest stop;
    PlanningOptions asked = planning_options(options.search, scenario, progress, stop);
    asked.commitments = fixed ? &fixed->commitments : nullptr;
    OptimalPlan answer = plan_optimally(scenario, asked);
    std::optional<ExpectedReport> expected;
    if (options.objective.expected() && answer.has_plan())
        expected = expected_answer(scenario, answer.plan, options.objective,
                                   static_cast<unsigned>(options.search.threads), progress, stop);
    progress.done();
    if (answer.has_plan()) {
        // Reasons are those of the cheapest plan.
        Plan& plan = expected ? expected->answer.plan : answer.plan;
        plan.scenario_digest = digest_of(scenario);
        write_plan(
            scenario, plan, [&](std::string_view piece) { file->write(piece); },
            expected ? std::span<const Reason>() : std::span<const Reason>(answer.reasons));
        file->commit();
        warn_of_tenant_limits(scenario, plan, options.common.quiet);
    }
    if (options.common.json)
        write_planning(scenario, answer, fixed ? &fixed->asked : nullptr, expected ? &*expected : nullptr,
                       write_standard_output);
    else
        print_answer(scenario, answer, fixed, expected);
    flush_standard_output();
    const int status = answer.has_plan() ? kDone : kInfeasible;
    if (report) {
        Report written = report_of_answer(scenario, std::move(answer), std::move(expected));
        complete(written, program, options.scenario, input->diagnostics,
                 static_cast<unsigned>(options.search.threads), progress);
        report->write(written);
        progress.done();
    }
    return status;
}

}  // namespace

void add_plan(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "plan", "The cheapest schedule that keeps every rule, and its proof",
                 "termwise plan scenarios/quickstart/scenario.json -o plan.json", options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("-o,--output", options->plan, "file for the plan")->required()->type_name("PLAN");
    add_replanning(*verb, options->replanning);
    add_search(*verb, options->search);
    add_objective(*verb, options->objective);
    add_report_options(*verb, options->report);
    verb->get_option("--objective")->excludes("--fix");  // what is done cannot be tried in other worlds yet
    verb->callback([options, program] {
        check_objective(options->objective);
        program.status = run(*options, program);
    });
}

}  // namespace termwise::cli
