// termwise explain SCENARIO PLAN [SUBSCRIPTION]: why a plan does what it does, what else there was, and when
// the answer would be another one.
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "cli/explanation_text.h"
#include "cli/verb.h"
#include "formats/explanation_writer.h"
#include "formats/output.h"
#include "formats/suggestions.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    std::string plan;
    std::string subscription;
    std::optional<Against> against;
    int steps = 200;
    int threads = 1;
    bool csv = false;
    CsvDialect dialect = CsvDialect::plain;
    bool all = false;
};

/// "stay", "wait", "cancel-now", "next-best" or a day.
std::optional<Against> parse_against(const std::string& text) {
    for (const AlternativeKind kind : {AlternativeKind::stay, AlternativeKind::wait,
                                       AlternativeKind::cancel_now, AlternativeKind::next_best})
        if (text == alternative_name(kind)) return Against{kind, {}};
    if (const std::optional<Day> day = parse_day(text)) return Against{AlternativeKind::day, *day};
    return std::nullopt;
}

void say_unknown(const Scenario& scenario, const std::string& id) {
    Suggestions suggestions;
    const std::string nearest = suggestions.nearest(id, scenario.subscriptions.size(), [&](std::size_t i) {
        return scenario.id(scenario.subscriptions_by_id[i]);
    });
    fmt::print(stderr, "termwise: the scenario has no subscription \"{}\"{}\n", id,
               nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest));
}

int explain_one(const Options& options, const Input& input, const ExplainOptions& asked, Progress& progress) {
    const Scenario& scenario = input.scenario;
    const SubscriptionIndex subscription = scenario.find_subscription(options.subscription);
    if (subscription.none()) {
        progress.done();
        say_unknown(scenario, options.subscription);
        return kWrongInput;
    }
    const std::optional<Explanation> found = explain(scenario, *input.plan, subscription, asked);
    progress.done();
    if (!found) {
        fmt::print(stderr,
                   "termwise: the plan has not exactly one move for \"{}\": there is no decision to explain "
                   "[M3.1]\n",
                   options.subscription);
        return kWrongInput;
    }
    if (options.common.json)
        write_explanation(scenario, *found, write_standard_output);
    else if (options.csv)
        write_cost_by_day_csv(scenario, *found, options.dialect, write_standard_output);
    else
        write_standard_output(explanation_text(scenario, *found, Style::of_terminal(), options.all));
    return found->plan.violations.empty() ? kDone : kInfeasible;
}

int explain_all(const Options& options, const Input& input, const ExplainOptions& asked, Progress& progress) {
    const PortfolioExplanation found = explain(input.scenario, *input.plan, asked);
    progress.done();
    if (options.common.json)
        write_explanation(input.scenario, found, write_standard_output);
    else if (options.csv)
        write_decisions_csv(input.scenario, found, options.dialect, write_standard_output);
    else
        write_standard_output(explanation_text(input.scenario, found, Style::of_terminal(), options.all));
    return found.plan.violations.empty() ? kDone : kInfeasible;
}

int run(const Options& options) {
    const std::optional<Input> input = read_input(options.scenario, options.plan, options.common.quiet);
    if (!input) return kWrongInput;
    Progress progress(options.common.quiet);
    ExplainOptions asked;
    asked.against = options.against;
    asked.steps = options.steps;
    asked.threads = options.threads;
    asked.stop = [&](int steps) {
        progress.step(fmt::format("pricing what is shared, step {} of {}", steps, options.steps));
        return false;
    };
    const int status = options.subscription.empty() ? explain_all(options, *input, asked, progress)
                                                    : explain_one(options, *input, asked, progress);
    flush_standard_output();
    return status;
}

}  // namespace

void add_explain(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = add_verb(
        program.app, "explain", "Why a plan does what it does, and when the answer would be another one",
        "termwise explain scenarios/quickstart/scenario.json plan.json contoso-e3 --against wait\n  "
        "termwise explain scenarios/quickstart/scenario.json plan.json",
        options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("plan", options->plan, "plan file")->required()->type_name("PLAN");
    verb->add_option("subscription", options->subscription,
                     "whose move to explain; without it, the decisions of the portfolio worth most")
        ->type_name("SUBSCRIPTION");
    verb->add_option_function<std::string>(
            "--against",
            [options](const std::string& text) {
                options->against = parse_against(text);
                if (!options->against)
                    throw CLI::ValidationError(
                        "--against",
                        fmt::format(
                            "expected stay, wait, cancel-now, next-best or a day YYYY-MM-DD, not \"{}\"",
                            text));
                if (options->subscription.empty())
                    throw CLI::ValidationError("--against", "is about one move: name a SUBSCRIPTION");
            },
            "break-evens against this; by default the cheapest of stay, wait and cancel-now, else the next "
            "best")
        ->type_name("WHAT:{stay,wait,cancel-now,next-best,DAY}")
        ->trigger_on_parse(false);
    verb->add_flag("--csv", options->csv, "print the costs by day, or the decisions, as CSV and nothing else")
        ->excludes("--json");
    add_spreadsheet(*verb, options->dialect, "--csv");
    verb->add_flag("--all", options->all, "every day, or every decision and limit, not a selection");
    verb->add_option("--effort", options->steps,
                     "stop looking for the prices of limits after so many steps; 200")
        ->type_name("STEPS")
        ->check(CLI::Range(1, 1'000'000));
    verb->add_option("--threads", options->threads, "the answer does not depend on it")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
