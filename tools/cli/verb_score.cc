// termwise score SCENARIO PLAN: what a plan costs, and whether it is feasible (M3, M4, M8).
#include <fmt/format.h>

#include <memory>

#include "cli/cost_table.h"
#include "cli/verb.h"
#include "formats/output.h"
#include "formats/result_writer.h"
#include "plan/check.h"
#include "scoring/score.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostViolationsOfARule = 10;

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    std::string plan;
    bool all = false;
};

void print_score(const Scenario& scenario, const CheckResult& judgement, const Score& scored, bool all) {
    const Style style = Style::of_terminal();
    const CostColumn column{"", &scored, &judgement};
    TextTable table;
    table.row({"total", total_text(scenario, column)});
    add_cost_rows(table, scenario, {column});
    add_team_rows(table, scenario, {column});
    std::string text = style.strong(scenario.name.empty() ? "Scenario without a name" : scenario.name) +
                       "\n" + frame_text(scenario) + "\n\n" + table.text(style) + "\n";
    if (judgement.feasible())
        text += style.good("feasible") + "\n";
    else
        text += style.bad(fmt::format(
                    "not feasible, {}",
                    counted(static_cast<std::int64_t>(judgement.violations.size()), "violation"))) +
                "\n" + violations_text(scenario, judgement.violations, all ? 0 : kMostViolationsOfARule);
    write_standard_output(text);
}

int run(const Options& options) {
    const std::optional<Input> input = read_input(options.scenario, options.plan, options.common.quiet);
    if (!input) return kWrongInput;
    warn_of_tenant_limits(input->scenario, *input->plan, options.common.quiet);
    const CheckResult judgement = check(input->scenario, *input->plan);
    const Score scored = score(input->scenario, *input->plan, Detail::everything);
    if (options.common.json)
        write_score(input->scenario, judgement, scored, write_standard_output);
    else
        print_score(input->scenario, judgement, scored, options.all);
    flush_standard_output();
    return judgement.feasible() ? kDone : kInfeasible;
}

}  // namespace

void add_score(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "score", "What a plan costs, and every rule that it breaks",
                 "termwise score scenarios/quickstart/scenario.json plan.json --json", options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("plan", options->plan, "plan file")->required()->type_name("PLAN");
    verb->add_flag("--all", options->all, "list every violation, not the first ten of a rule");
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
