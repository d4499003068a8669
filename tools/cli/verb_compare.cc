// termwise compare SCENARIO: the named strategies and the cheapest plan side by side (M5, M6). The first
// thing a planner looks at.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/changes_text.h"
#include "cli/compare_tables.h"
#include "cli/conflict_text.h"
#include "cli/cost_table.h"
#include "cli/explanation_words.h"
#include "cli/report_output.h"
#include "cli/search_options.h"
#include "cli/verb.h"
#include "formats/canonical.h"
#include "formats/output.h"
#include "formats/result_writer.h"
#include "model/build.h"
#include "planning/comparison.h"
#include "scoring/score.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostOfAKind = 5, kMostChanges = 10;
constexpr int kLongerMonths = 12;

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    std::optional<std::string> plans;
    std::string by;
    bool csv = false;
    CsvDialect dialect = CsvDialect::plain;
    bool all = false;
    bool optimal = false, no_optimal = false;  // neither: by size
    SearchOptions search;
    ReportOptions report;
};

/// Beyond so many subscriptions the cheapest plan is looked for only if that is asked for: it takes a while.
constexpr std::size_t kMostToPlanUnasked = 300;

bool is_planned(const Scenario& scenario, const Options& options) {
    if (options.no_optimal) return false;
    if (options.optimal || options.search.is_asked()) return true;
    return scenario.subscriptions.size() <= kMostToPlanUnasked;
}

/// How much each strategy costs more than the best; nothing is stated about one that does not work.
std::string difference_text(const Scenario& scenario, const Comparison& comparison, std::size_t i) {
    if (!comparison.best || !comparison.results[i].feasible()) return "-";
    if (i == *comparison.best) return "best";
    return signed_amount(
        scenario, comparison.results[i].score.total() - comparison.results[*comparison.best].score.total());
}

/// The components in which two scores differ most, largest first: "new charges +190,000.00, labour -120.00".
std::string reasons(const Scenario& scenario, const Components& other, const Components& best) {
    struct Part {
        std::string_view name;
        Money difference;
    };
    std::vector<Part> parts;
    for (std::size_t c = 0; c < kComponentCount; ++c) {
        const bool lowers = c == static_cast<std::size_t>(Component::refunds) ||
                            c == static_cast<std::size_t>(Component::terminal_credit);
        const Money difference = other.amounts[c] - best.amounts[c];
        if (difference != Money{}) parts.push_back({kComponentNames[c], lowers ? -difference : difference});
    }
    const auto size = [](const Part& part) {
        return part.difference.minor < 0 ? -part.difference.minor : part.difference.minor;
    };
    std::ranges::stable_sort(parts, std::ranges::greater{}, size);
    std::string text;
    for (std::size_t i = 0; i < parts.size() && i < 3; ++i) {
        std::string name(parts[i].name);
        std::ranges::replace(name, '_', ' ');
        text +=
            fmt::format("{}{} {}", i == 0 ? "" : ", ", name, signed_amount(scenario, parts[i].difference));
    }
    return text;
}

std::string verdict(const Scenario& scenario, const Comparison& comparison, const Style& style) {
    if (!comparison.best) return style.bad("No strategy is feasible; the violations say why.") + "\n";
    const StrategyResult& best = comparison.results[*comparison.best];
    std::string text =
        style.strong(fmt::format("Best: {}, {} {}.", approach_name(best.approach),
                                 grouped(best.score.total(), scenario.minor_digits), scenario.currency)) +
        "\n";
    for (const StrategyResult& result : comparison.results) {
        if (!result.feasible() || result.approach == best.approach) continue;
        const Money more = result.score.total() - best.score.total();
        if (more == Money{}) {
            text += fmt::format("{} costs the same.\n", approach_name(result.approach));
            continue;
        }
        text += fmt::format("{} costs {} more: {}.\n", approach_name(result.approach),
                            grouped(more, scenario.minor_digits),
                            reasons(scenario, result.score.components, best.score.components));
    }
    return text;
}

std::string names(const std::vector<Strategy>& strategies) {
    std::string text;
    for (const Strategy strategy : strategies)
        text += (text.empty() ? "" : ", then ") + std::string(strategy_name(strategy));
    return text.empty() ? "no strategy is feasible" : text;
}

/// How near to the cheapest the cheapest plan is, and what it does that the best strategy does not.
std::string optimal_text(const Scenario& scenario, const Comparison& comparison, const Options& options,
                         const Style& style) {
    if (!comparison.search)
        return options.no_optimal ? ""
                                  : fmt::format(
                                        "Beyond {} subscriptions the cheapest plan is looked for only "
                                        "with --optimal.\n",
                                        grouped(std::int64_t{kMostToPlanUnasked}));
    std::string text = search_text(scenario, *comparison.search, style) + "\n";
    const auto optimal = comparison.optimal(), strategy = comparison.best_strategy();
    if (!optimal)
        return text + conflicts_text(scenario, comparison.search->conflicts,
                                     options.all ? comparison.search->conflicts.size() : kMostOfAKind);
    if (strategy)
        text += changes_text(scenario, comparison.results[*strategy], comparison.results[*optimal],
                             options.all ? 0 : kMostChanges);
    return text;
}

std::string longer_text(const Scenario& scenario, const Comparison& comparison, const LongerView& longer) {
    if (!longer.comparison) return "";
    std::string text =
        fmt::format("With a horizon twelve months longer, to {}, ", to_text(longer.horizon_end));
    const std::vector<Strategy> now = comparison.ranking_of_strategies();
    const std::vector<Strategy> then = longer.comparison->ranking_of_strategies();
    if (then.empty())
        text += "no strategy is feasible";
    else if (now == then)
        text += fmt::format("the ranking of the strategies stays the same: {}", names(then));
    else
        text += fmt::format("the ranking of the strategies changes to: {}", names(then));
    for (std::size_t i = 0; i < longer.comparison->results.size(); ++i) {
        const StrategyResult& result = longer.comparison->results[i];
        if (result.feasible())
            text += fmt::format("; {} {}", approach_name(result.approach),
                                grouped(result.score.total(), scenario.minor_digits));
        else if (comparison.results[i].feasible())
            text += fmt::format("; {} is not feasible then", approach_name(result.approach));
    }
    return text + ".\n";
}

std::string not_placed_text(const Scenario& scenario, const Comparison& comparison, std::size_t most) {
    std::string text;
    for (const StrategyResult& result : comparison.results) {
        if (result.not_placed.empty()) continue;
        text += fmt::format("\n{} could not move {}:\n", approach_name(result.approach),
                            counted(static_cast<std::int64_t>(result.not_placed.size()), "subscription"));
        const std::size_t shown =
            most == 0 ? result.not_placed.size() : std::min(most, result.not_placed.size());
        for (std::size_t i = 0; i < shown; ++i)
            text += fmt::format("  {}: {}\n", scenario.id(result.not_placed[i].subscription),
                                obstacle_text(scenario, result.not_placed[i]));
        if (shown < result.not_placed.size())
            text += fmt::format("  ... and {} more\n", result.not_placed.size() - shown);
    }
    for (const StrategyResult& result : comparison.results)
        if (!result.feasible())
            text += fmt::format(
                "\n{} is not feasible, {}:\n{}", approach_name(result.approach),
                counted(static_cast<std::int64_t>(result.judgement.violations.size()), "violation"),
                violations_text(scenario, result.judgement.violations, most));
    return text;
}

void print_comparison(const Scenario& scenario, const Comparison& comparison, const LongerView& longer,
                      const Options& options) {
    const Style style = Style::of_terminal();
    std::vector<CostColumn> columns;
    for (const StrategyResult& result : comparison.results)
        columns.push_back({std::string(approach_name(result.approach)), &result.score, &result.judgement});
    std::string text =
        style.strong(scenario.name.empty() ? "Scenario without a name" : scenario.name) + "\n" +
        fmt::format("{}; {}, {}\n\n", frame_text(scenario),
                    counted(static_cast<std::int64_t>(scenario.customers.size()), "customer"),
                    counted(static_cast<std::int64_t>(scenario.subscriptions.size()), "subscription"));
    TextTable table;
    std::vector<std::string> heads{""}, totals{"total"}, differences{"difference to the best"},
        counts{"violations"};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool best = comparison.best && *comparison.best == i;
        heads.push_back(best ? style.good(columns[i].name) : columns[i].name);
        const std::string total = total_text(scenario, columns[i]);
        totals.push_back(best                               ? style.good(total)
                         : columns[i].judgement->feasible() ? total
                                                            : style.bad(total));
        differences.push_back(difference_text(scenario, comparison, i));
        counts.push_back(grouped(static_cast<std::int64_t>(columns[i].judgement->violations.size())));
    }
    table.row(heads);
    table.row(totals);
    table.row(differences);
    table.blank();
    add_cost_rows(table, scenario, columns);
    add_team_rows(table, scenario, columns);
    table.row(counts);
    text += table.text(style);
    if (std::ranges::any_of(comparison.results, [](const auto& result) { return !result.feasible(); }))
        text += "A total in brackets belongs to a plan that breaks rules: it is no offer.\n";
    text += "\n" + verdict(scenario, comparison, style) + longer_text(scenario, comparison, longer);
    const std::string of_optimal = optimal_text(scenario, comparison, options, style);
    if (!of_optimal.empty()) text += "\n" + of_optimal;
    text += not_placed_text(scenario, comparison, options.all ? 0 : kMostOfAKind);
    write_standard_output(text);
    if (!options.by.empty()) {
        write_standard_output("\n");
        print_breakdown(scenario, comparison, breakdown_of(options.by), style);
    }
}

void write_plans(const Scenario& scenario, Comparison& comparison, const std::string& folder) {
    make_folder(folder);
    const std::string digest = digest_of(scenario);
    OutputFiles files;
    for (StrategyResult& result : comparison.results) {
        result.plan.scenario_digest = digest;
        OutputFile& file = files.add(path_in(folder, std::string(approach_name(result.approach)) + ".json"));
        const bool has_reasons = result.approach.is_optimal() && comparison.search;
        write_plan(
            scenario, result.plan, [&](std::string_view piece) { file.write(piece); },
            has_reasons ? std::span<const Reason>(comparison.search->reasons) : std::span<const Reason>());
    }
    files.commit();
}

int run(const Options& options, const Program& program) {
    std::optional<Input> input = read_input(options.scenario, {}, options.common.quiet);
    if (!input) return kWrongInput;
    const Scenario& scenario = input->scenario;
    std::optional<ReportFile> report;
    if (options.report.is_asked()) report.emplace(options.report);
    const bool everything = options.common.json || report || is_planned(scenario, options) ||
                            (!options.by.empty() && options.by != "component" && options.by != "month");
    Progress progress(options.common.quiet);
    progress.step("planning and scoring the strategies");
    const StopRequest stop;
    const PlanningOptions asked = planning_options(options.search, scenario, progress, stop);
    Comparison comparison = compare_strategies(scenario, everything ? Detail::everything : Detail::totals,
                                               is_planned(scenario, options) ? &asked : nullptr);
    LongerView longer{later_horizon_end(scenario, kLongerMonths), {}};
    if (!options.csv || report) {
        progress.step("looking twelve months further");
        longer.comparison =
            compare_strategies(with_horizon_end(scenario, longer.horizon_end), Detail::totals);
    }
    if (options.plans) write_plans(scenario, comparison, *options.plans);
    progress.done();
    if (options.common.json)
        write_comparison(scenario, comparison, longer, write_standard_output);
    else if (options.csv)
        write_breakdown_csv(scenario, comparison, breakdown_of(options.by), options.dialect,
                            write_standard_output);
    else
        print_comparison(scenario, comparison, longer, options);
    flush_standard_output();
    const int status = comparison.any_feasible() ? kDone : kInfeasible;
    if (report) {
        Report written = report_of(scenario, std::move(comparison), longer);
        complete(written, program, options.scenario, input->diagnostics,
                 static_cast<unsigned>(options.search.threads), progress);
        report->write(written);
        progress.done();
    }
    return status;
}

}  // namespace

void add_compare(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "compare",
                 "What staying, waiting, cancelling now and the cheapest plan would cost, side by side",
                 "termwise compare scenarios/quickstart/scenario.json --by customer\n  "
                 "termwise compare scenarios/quickstart/scenario.json --report report.html --lang de\n  "
                 "termwise compare scenarios/quickstart/scenario.json --set /teams/desk/capacity/minutes=600",
                 options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("--by", options->by, "also break totals down")
        ->type_name("KIND")
        ->check(CLI::IsMember({"customer", "subscription", "month", "component"}));
    verb->add_flag("--csv", options->csv,
                   "print a table as CSV and nothing else: a row a strategy, or by --by")
        ->excludes("--json");
    add_spreadsheet(*verb, options->dialect, "--csv");
    verb->add_option("--plans", options->plans, "write each strategy's plan to a file in FOLDER")
        ->type_name("FOLDER");
    CLI::Option* with = verb->add_flag(
        "--optimal", options->optimal,
        fmt::format(
            "with the cheapest plan beside the strategies; not asked for, it is there up to {} subscriptions",
            grouped(std::int64_t{kMostToPlanUnasked})));
    CLI::Option* without =
        verb->add_flag("--no-optimal", options->no_optimal, "without it, which is quicker");
    without->excludes(with);
    add_search(*verb, options->search);
    add_report_options(*verb, options->report);
    for (const char* how : {"--gap", "--effort", "--time-limit", "--threads"}) without->excludes(how);
    verb->add_flag("--all", options->all,
                   "list everything that was not placed, every violation and every change");
    verb->callback([options, program] { program.status = run(*options, program); });
}

}  // namespace termwise::cli
