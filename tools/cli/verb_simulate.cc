// termwise simulate SCENARIO PLAN...: what happens when plans meet the world (M7).
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <memory>
#include <thread>

#include "cli/report_output.h"
#include "cli/show_simulation.h"
#include "cli/verb.h"
#include "experiment/result.h"
#include "formats/canonical.h"
#include "formats/simulation_part.h"
#include "plan/check.h"

namespace termwise::cli {
namespace {

constexpr std::uint32_t kUsualReplications = 1000;
constexpr std::uint32_t kMostForPrecision = 100'000;
constexpr std::uint32_t kPrecisionStep =
    100;  // how often precision is looked at: fixed, so that nothing else decides
constexpr unsigned kMostThreads = 256;

struct Options {
    SimulationShowing showing;
    ScenarioOptions scenario;
    std::vector<std::string> plans;
    std::optional<std::uint32_t> replications;
    std::int64_t seed = 1;
    unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::string precision;
    std::string shard;
    ReportOptions report;
};

/// Names of plans as results call them: the file's without its folder and ending, unless two would be the
/// same.
std::vector<std::string> names_of(const std::vector<std::string>& files) {
    std::vector<std::string> names;
    for (const std::string& file : files) names.push_back(std::filesystem::path(file).stem().string());
    std::vector<std::string> sorted = names;
    std::ranges::sort(sorted);
    return std::ranges::adjacent_find(sorted) == sorted.end() ? names : files;
}

/// "0.5%" or "0.005"; nothing if it is neither, or not above 0.
std::optional<double> parse_precision(std::string text) {
    const bool percent = text.ends_with('%');
    if (percent) text.pop_back();
    double value = 0;
    if (!CLI::detail::lexical_cast(text, value) || !(value > 0) || value > 1000) return std::nullopt;
    return percent ? value / 100 : value;
}

Replications run_until_precise(const Experiment& experiment, const Options& options, std::uint32_t most,
                               ExperimentResult& result, const std::function<void(std::uint32_t)>& progress) {
    Replications worlds;
    for (std::uint32_t done = 0; done < most && !result.precise;) {
        const std::uint32_t next = std::min(most, done + kPrecisionStep);
        worlds.append(experiment.run(static_cast<std::uint64_t>(options.seed), {done, next}, options.threads,
                                     [&](std::uint32_t i) { progress(done + i); }));
        done = next;
        result.precise = precise_enough(worlds, *result.precision);
    }
    return worlds;
}

int run(const Options& options, const Program& program) {
    Diagnostics diagnostics;
    const std::optional<Input> input = read_input(options.scenario, {}, options.showing.common.quiet);
    if (!input) return kWrongInput;
    const Scenario& scenario = input->scenario;
    std::vector<Plan> plans;
    for (const std::string& file : options.plans)
        if (std::optional<Plan> plan = read_plan_for(scenario, file, diagnostics))
            plans.push_back(std::move(*plan));
    print_diagnostics(diagnostics, options.showing.common.quiet);
    if (diagnostics.has_errors() || plans.size() != options.plans.size()) return kWrongInput;

    std::optional<ReportFile> report;
    if (options.report.is_asked()) report.emplace(options.report);
    const std::vector<std::string> names = names_of(options.plans);
    std::vector<PlanLabel> labels;
    for (std::size_t p = 0; p < plans.size(); ++p)
        labels.push_back({names[p], digest_of(scenario, plans[p]),
                          static_cast<std::int64_t>(check(scenario, plans[p]).violations.size())});
    const Experiment experiment(scenario, plans);
    const auto seed = static_cast<std::uint64_t>(options.seed);
    ExperimentResult result;
    result.frame = frame_of(scenario, digest_of(scenario), experiment, labels, seed);
    if (!options.precision.empty()) result.precision = parse_precision(options.precision);
    const std::uint32_t replications =
        options.replications.value_or(result.precision ? kMostForPrecision : kUsualReplications);

    Progress shown(options.showing.common.quiet);
    const auto progress = [&](std::uint32_t done) {
        if (done % 16 != 0) return;
        if (result.precision)
            shown.step(fmt::format("world {} of at most {}", grouped(std::int64_t{done}),
                                   grouped(std::int64_t{replications})));
        else
            shown.count("world", done, replications);
    };
    if (!options.shard.empty()) {
        const Shard shard = *parse_shard(options.shard);
        Replications part = experiment.run(seed, range_of(shard, replications), options.threads, progress);
        shown.done();
        const bool any_feasible = result.frame.any_feasible();
        const SimulationPart written{"", shard, replications, std::move(result.frame), std::move(part)};
        write_to(options.showing.output, [&](const TextSink& sink) { write_simulation_part(written, sink); });
        return any_feasible ? kDone : kInfeasible;
    }
    result.worlds = result.precision ? run_until_precise(experiment, options, replications, result, progress)
                                     : experiment.run(seed, {0, replications}, options.threads, progress);
    shown.done();
    const int status = show(result, options.showing);
    if (report) {
        shown.step("planning and scoring the strategies");
        Report written = report_of_strategies(scenario);
        for (std::size_t p = 0; p < plans.size(); ++p)
            add_plan_file(scenario, written, names[p], std::move(plans[p]));
        add_simulation(written, result);
        complete(written, program, options.scenario, input->diagnostics, options.threads, shown);
        report->write(written);
        shown.done();
    }
    return status;
}

}  // namespace

void add_simulate(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "simulate", "What happens when plans meet an uncertain world",
                 "termwise simulate scenarios/late-answers/scenario.json wait.json cancel-now.json",
                 options->showing.common);
    add_scenario(*verb, options->scenario);
    verb->add_option("plans", options->plans, "plan files, tried in the same worlds")
        ->required()
        ->type_name("PLAN");
    verb->add_option(
            "-n,--replications", options->replications,
            "worlds to try, 1000 if not given; with --until-precision at most so many, 100000 if not given")
        ->type_name("N")
        ->check(CLI::Range(std::uint32_t{1}, kMostReplications));
    verb->add_option("--seed", options->seed, "which worlds; the same seed gives the same ones (1)")
        ->type_name("S")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
    verb->add_option("--threads", options->threads,
                     "threads; the result does not depend on it (all processors)")
        ->type_name("T")
        ->check(CLI::Range(1U, kMostThreads));
    CLI::Option* precision =
        verb->add_option("--until-precision", options->precision,
                         "go on until the interval of every mean total is at most so much of it, as 0.5%")
            ->type_name("P")
            ->check(understood("a precision such as 0.5%",
                               [](const std::string& text) { return parse_precision(text).has_value(); }));
    CLI::Option* csv = add_showing(*verb, options->showing);
    add_report_options(*verb, options->report);
    verb->add_option("--shard", options->shard, "only the K-th of N parts of the replications, for merge")
        ->type_name("K/N")
        ->check(understood("a shard such as 3/8",
                           [](const std::string& text) { return parse_shard(text).has_value(); }))
        ->excludes(precision)
        ->excludes(csv)
        ->excludes("--json")
        ->excludes("--report");
    verb->callback([options, program] { program.status = run(*options, program); });
}

}  // namespace termwise::cli
