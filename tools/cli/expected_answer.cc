#include "cli/expected_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <limits>

#include "money/decimal.h"
#include "plan/check.h"
#include "simulation/chances.h"

namespace termwise::cli {
namespace {

constexpr std::uint32_t kLeastOtherWorlds = 1000;  // as many as simulate tries
constexpr std::int64_t kMostWeight = 1000;

/// In thousandths; nothing if it is no number from 0 to 1000 with at most three decimals.
std::optional<std::int64_t> parse_weight(const std::string& text) {
    const std::optional<Decimal> decimal = parse_decimal(text);
    const std::optional<Money> weight = decimal ? to_money(*decimal, 3) : std::nullopt;
    if (!weight || weight->minor < 0 || weight->minor > kMostWeight * 1000) return std::nullopt;
    return weight->minor;
}

}  // namespace

void add_objective(CLI::App& verb, ExpectedOptionsGiven& given) {
    verb.add_option("--objective", given.objective,
                    "planned: the cheapest if all goes as planned; expected: on average, in the scenario's "
                    "uncertain world (planned)")
        ->type_name("WHAT")
        ->check(CLI::IsMember({"planned", "expected"}));
    verb.add_option("--cvar-weight", given.cvar_weight,
                    "expected: so many times the mean of the worst twentieth of worlds counts as well (0)")
        ->type_name("W")
        ->check(understood("a weight from 0 to 1000, with at most three decimals",
                           [](const std::string& text) { return parse_weight(text).has_value(); }));
    verb.add_option(
            "--replications", given.replications,
            "expected: worlds to plan with (1000 up to 100 customers, else 200); the plan is tried in "
            "as many others, in 1000 at least")
        ->type_name("N")
        ->check(CLI::Range(std::uint32_t{2}, std::uint32_t{100'000}));
    verb.add_option("--seed", given.seed, "expected: which worlds; the same seed gives the same plan (1)")
        ->type_name("S")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
}

void check_objective(const ExpectedOptionsGiven& given) {
    if (given.expected()) return;
    const auto refuse = [](const char* option) {
        throw CLI::ValidationError(option, "belongs to --objective expected");
    };
    if (!given.cvar_weight.empty()) refuse("--cvar-weight");
    if (given.replications) refuse("--replications");
    if (given.seed) refuse("--seed");
}

bool can_be_expected(const Scenario& scenario, const std::string& path) {
    if (ChanceTables(scenario).any()) return true;
    std::cerr << "termwise: " << path
              << ": --objective expected has nothing to expect: the scenario has no `uncertainty`, so every "
                 "world is the planned one [M7]\n"
                 "termwise: add what may go otherwise than planned, for example\n"
                 "  \"uncertainty\": {\"acceptance\": {\"lognormal\": {\"median\": 7, \"p90\": 21}}, "
                 "\"decline\": 0.02}\n"
                 "or plan without --objective expected\n";
    return false;
}

ExpectedReport expected_answer(const Scenario& scenario, const Plan& cheapest,
                               const ExpectedOptionsGiven& given, unsigned threads, Progress& progress,
                               const StopRequest& stop) {
    ExpectedOptions asked;
    if (!given.cvar_weight.empty()) asked.cvar_weight_thousandths = *parse_weight(given.cvar_weight);
    asked.seed = static_cast<std::uint64_t>(given.seed.value_or(1));
    asked.worlds = given.replications.value_or(default_worlds(scenario));
    asked.threads = threads;
    asked.progress = [&progress](const std::string& what) { progress.step(what); };
    asked.stop = &stop.asked();
    ExpectedReport report;
    report.cvar_weight_thousandths = asked.cvar_weight_thousandths;
    report.answer = plan_for_expectation(scenario, cheapest, asked);

    progress.step("trying the plan in other worlds");
    const std::array plans{report.answer.plan, cheapest, plan_by(scenario, Strategy::wait).plan};
    const std::array<std::string, plans.size()> names{"expected", std::string(approach_name(kOptimal)),
                                                      std::string(strategy_name(Strategy::wait))};
    std::vector<PlanLabel> labels;
    for (std::size_t p = 0; p < plans.size(); ++p)
        labels.push_back({names[p], digest_of(scenario, plans[p]),
                          static_cast<std::int64_t>(check(scenario, plans[p]).violations.size())});
    const Experiment experiment(scenario, plans);
    report.evaluation.frame = frame_of(scenario, digest_of(scenario), experiment, labels, asked.seed);
    report.evaluation.worlds =
        experiment.run(asked.seed, {0, std::max(asked.worlds, kLeastOtherWorlds)}, threads, {});
    return report;
}

}  // namespace termwise::cli
