// termwise plan SCENARIO -o PLAN: the cheapest safe schedule, and how far from the cheapest it can be (M6).
#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <optional>

#include "cli/conflict_text.h"
#include "cli/cost_table.h"
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
    std::optional<double> gap_percent;
    std::optional<std::int64_t> effort;
    std::optional<double> time_limit_seconds;
    int threads = 1;
};

constexpr std::size_t kMostConflicts = 10;

std::atomic<bool> stop_asked{false};

/// The first Ctrl-C asks for the best plan so far, the second one ends the program.
void ask_to_stop(int) {
    stop_asked.store(true, std::memory_order_relaxed);
    std::signal(SIGINT, SIG_DFL);
}

std::string percent(double share) { return fmt::format("{:.3f}%", 100 * share); }

std::string verdict(const Scenario& scenario, const OptimalPlan& answer, const Style& style) {
    const auto money = [&](Money amount) { return grouped(amount, scenario.minor_digits); };
    const std::string rest = answer.has_plan()
                                 ? fmt::format("no plan costs less than {}; {} of what can be avoided at all",
                                               money(answer.bound), percent(answer.avoidable_gap()))
                                 : "";
    switch (answer.status) {
        case PlanStatus::optimal:
            return style.good("Optimal: no plan costs less.") + "\n";
        case PlanStatus::within_gap:
            return style.good("Within the gap asked for:") + " " + rest + ".\n";
        case PlanStatus::stopped:
            return style.strong(fmt::format("Stopped by {}:", stopped_by_name(answer.stopped_by))) + " " +
                   rest + ".\n";
        case PlanStatus::infeasible:
            return style.bad("Infeasible: proven, no plan keeps every rule.") + "\n";
        case PlanStatus::stopped_without_plan:
            break;
    }
    return style.bad(fmt::format("Stopped by {} without a plan; nor is it proven that there is none.",
                                 stopped_by_name(answer.stopped_by))) +
           "\n";
}

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
    text += verdict(scenario, answer, style);
    text += conflicts_text(scenario, answer.conflicts, kMostConflicts);
    write_standard_output(text);
}

int run(const Options& options) {
    std::optional<Input> input = read_input(options.scenario, {}, options.common.quiet);
    if (!input) return kWrongInput;
    const Scenario& scenario = input->scenario;
    std::optional<OutputFile> file;
    file.emplace(options.plan);  // a folder that cannot be written to is said before the work, not after it

    PlanningOptions asked;
    if (options.gap_percent) asked.gap = *options.gap_percent / 100;
    asked.effort = options.effort;
    asked.time_limit_seconds = options.time_limit_seconds;
    asked.threads = options.threads;
    asked.stop = &stop_asked;
    Progress progress(options.common.quiet);
    asked.progress = [&](const PlanningProgress& p) {
        progress.step(fmt::format("planning: best {}, bound {}, gap {}",
                                  p.best ? grouped(*p.best, scenario.minor_digits) : "none yet",
                                  grouped(p.bound, scenario.minor_digits),
                                  p.best ? percent(p.avoidable_gap) : "open"));
    };
    progress.step("listing what can be decided");
    std::signal(SIGINT, ask_to_stop);
    OptimalPlan answer = plan_optimally(scenario, asked);
    std::signal(SIGINT, SIG_DFL);
    progress.done();
    if (answer.has_plan()) {
        answer.plan.scenario_digest = digest_of(scenario);
        write_plan(scenario, answer.plan, [&](std::string_view piece) { file->write(piece); });
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
    verb->add_option(
            "--gap", options->gap_percent,
            "stop within so many percent of what can be avoided; by default 0 up to 100 subscriptions, "
            "0.5 up to 3,000 customers, else 0.1")
        ->type_name("PERCENT")
        ->check(CLI::Range(0.0, 100.0));
    verb->add_option("--effort", options->effort, "stop after so many steps of search; by default by size")
        ->type_name("STEPS")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}));
    verb->add_option("--time-limit", options->time_limit_seconds,
                     "stop after so many seconds; the plan then depends on the machine")
        ->type_name("SECONDS")
        ->check(CLI::PositiveNumber);
    verb->add_option("--threads", options->threads, "the plan does not depend on it")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
