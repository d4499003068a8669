// termwise plan SCENARIO -o PLAN: the cheapest safe schedule, and how far from the cheapest it can be (M6).
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "cli/conflict_text.h"
#include "cli/cost_table.h"
#include "cli/search_options.h"
#include "cli/verb.h"
#include "formats/canonical.h"
#include "formats/output.h"
#include "formats/planning_writer.h"
#include "formats/result_writer.h"
#include "planning/optimal.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    std::string plan;
    SearchOptions search;
};

constexpr std::size_t kMostConflicts = 10;

void print_answer(const Scenario& scenario, const OptimalPlan& answer) {
    const Style style = Style::of_terminal();
    std::string text = style.strong(scenario.name.empty() ? "Scenario without a name" : scenario.name) +
                       "\n" + frame_text(scenario) + "\n\n";
    if (answer.has_plan()) {
        const CheckResult judgement = check(scenario, answer.plan);
        const Score scored = score(scenario, answer.plan, Detail::totals);
        const CostColumn column{"", &scored, &judgement};
        TextTable table;
        table.row({"total", total_text(scenario, column)});
        table.row({"proven bound", grouped(answer.bound, scenario.minor_digits)});
        table.row({"of it can be avoided", grouped(answer.total - answer.floor, scenario.minor_digits)});
        table.blank();
        add_cost_rows(table, scenario, {column});
        add_team_rows(table, scenario, {column});
        text += table.text(style.width) + "\n";
    }
    text += reasons_text(scenario, answer.reasons) + search_text(scenario, answer, style) + "\n";
    text += conflicts_text(scenario, answer.conflicts, kMostConflicts);
    write_standard_output(text);
}

int run(const Options& options) {
    std::optional<Input> input = read_input(options.scenario, {}, options.common.quiet);
    if (!input) return kWrongInput;
    const Scenario& scenario = input->scenario;
    std::optional<OutputFile> file;
    file.emplace(options.plan);  // a folder that cannot be written to is said before the work, not after it

    Progress progress(options.common.quiet);
    progress.step("listing what can be decided");
    const StopRequest stop;
    OptimalPlan answer = plan_optimally(scenario, planning_options(options.search, scenario, progress, stop));
    progress.done();
    if (answer.has_plan()) {
        answer.plan.scenario_digest = digest_of(scenario);
        write_plan(
            scenario, answer.plan, [&](std::string_view piece) { file->write(piece); }, answer.reasons);
        file->commit();
        warn_of_tenant_limits(scenario, answer.plan, options.common.quiet);
    }
    if (options.common.json)
        write_planning(scenario, answer, write_standard_output);
    else
        print_answer(scenario, answer);
    flush_standard_output();
    return answer.has_plan() ? kDone : kInfeasible;
}

}  // namespace

void add_plan(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "plan", "The cheapest schedule that keeps every rule, and its proof",
                 "termwise plan scenarios/quickstart/scenario.json -o plan.json", options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("-o,--output", options->plan, "file for the plan")->required()->type_name("PLAN");
    add_search(*verb, options->search);
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
