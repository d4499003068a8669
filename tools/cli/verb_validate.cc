// termwise validate SCENARIO [PLAN]: every mistake with its place, and what was understood.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "cli/cost_table.h"
#include "cli/verb.h"
#include "formats/canonical.h"
#include "formats/names.h"
#include "formats/output.h"
#include "formats/plan_reader.h"
#include "formats/result_writer.h"
#include "formats/scenario_reader.h"
#include "money/decimal.h"
#include "plan/check.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostViolationsOfARule = 10;
constexpr std::size_t kMostLines = 12;

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    std::optional<std::string> plan, canonical;
    bool all = false;
};

std::string programme_text(const Scenario& scenario, const Programme& programme) {
    const Cancellation& c = programme.cancellation;
    std::string text = c.allowed == CancellationAllowed::never ? "no cancellation" : "";
    if (text.empty()) {
        text = c.refund == Refund::none ? "no refund" : "refund by the day";
        if (c.refund_window_days)
            text += fmt::format("{} day {}",
                                c.allowed == CancellationAllowed::window ? ", cancelled up to" : " up to",
                                *c.refund_window_days);
        text += c.remaining == Remaining::due ? ", later charges due" : ", later charges waived";
        if (c.fee != Money{}) text += fmt::format(", fee {}", to_decimal_text(c.fee, scenario.minor_digits));
    }
    text += fmt::format("; {} of grace", counted(programme.grace_days, "day"));
    if (programme.renewal_notice_days > 0)
        text += fmt::format("; {} of notice", counted(programme.renewal_notice_days, "day"));
    text += programme.renewals_until == kAfterAllDays ? "; renews"
                                                      : "; renews until " + to_text(programme.renewals_until);
    return text;
}

/// What was understood, assumptions included.
std::string summary(const Scenario& scenario, const Style& style) {
    std::int64_t seats = 0, pending = 0, add_ons = 0;
    std::map<std::int32_t, std::int64_t> days_to_accept;
    std::vector<std::int64_t> of_programme(scenario.programmes.size(), 0);
    for (const Subscription& s : scenario.subscriptions) {
        seats += s.seats;
        add_ons += s.parent.none() ? 0 : 1;
        ++of_programme[scenario.at(s.offer).programme.at()];
    }
    for (const Customer& customer : scenario.customers)
        if (customer.relationship == Relationship::pending) {
            ++pending;
            ++days_to_accept[customer.plan_days];
        }
    std::string text = style.strong(scenario.name.empty() ? "Scenario without a name" : scenario.name) +
                       "\n" + frame_text(scenario) + "\n";
    text += fmt::format("{}, {} ({}), {}\n",
                        counted(static_cast<std::int64_t>(scenario.customers.size()), "customer"),
                        counted(static_cast<std::int64_t>(scenario.subscriptions.size()), "subscription"),
                        counted(add_ons, "add-on"), counted(seats, "seat"));
    if (pending > 0)
        text += fmt::format(
            "{} still to accept the relationship; {} allowed for that\n", counted(pending, "customer"),
            days_to_accept.size() == 1 ? counted(days_to_accept.begin()->first, "day")
                                       : fmt::format("{} to {} days", days_to_accept.begin()->first,
                                                     days_to_accept.rbegin()->first));
    text += fmt::format("continuity {}, {} from order to use, {} of overlap wanted by `wait`\n",
                        word(kContinuityNames, scenario.continuity), counted(scenario.provision_days, "day"),
                        counted(scenario.overlap_days, "day"));
    if (scenario.teams.empty()) text += "no teams: work costs nothing and has no limit\n";
    for (const Team& team : scenario.teams)
        text += fmt::format("team {}: {} an hour, {}\n", team.id,
                            to_decimal_text(team.labour_rate, scenario.minor_digits),
                            team.capacity ? fmt::format("{} a {}", counted(team.capacity->minutes, "minute"),
                                                        word(kCapacityPerNames, team.capacity->per))
                                          : "no limit on its time");
    std::size_t shown = 0;
    for (std::size_t p = 0; p < scenario.programmes.size(); ++p) {
        if (of_programme[p] == 0) continue;
        if (++shown > kMostLines) continue;
        text += fmt::format("programme {} ({}): {}\n", scenario.programmes[p].id,
                            counted(of_programme[p], "subscription"),
                            programme_text(scenario, scenario.programmes[p]));
    }
    if (shown > kMostLines) text += fmt::format("... and {} more programmes\n", shown - kMostLines);
    return text;
}

/// The canonical form, for diffs and digests.
void write_canonical_file(const Scenario& scenario, const std::string& path) {
    OutputFile file(path);
    write_canonical(scenario, [&](std::string_view piece) { file.write(piece); });
    file.commit();
}

int run(const Options& options) {
    Diagnostics diagnostics;
    const std::optional<Scenario> scenario =
        read_scenario(options.scenario.path, options.scenario.overrides, diagnostics);
    std::optional<CheckResult> judgement;
    std::optional<Plan> plan;
    if (scenario && options.plan) {
        plan = read_plan_for(*scenario, *options.plan, diagnostics);
        if (plan) judgement = check(*scenario, *plan);
    }
    const bool wrong = diagnostics.has_errors() || !scenario;
    if (options.common.json) {
        write_validation(diagnostics, wrong ? nullptr : &*scenario, judgement ? &*judgement : nullptr,
                         write_standard_output);
        flush_standard_output();
    } else {
        print_diagnostics(diagnostics, options.common.quiet);
    }
    if (wrong) return kWrongInput;
    if (options.canonical) write_canonical_file(*scenario, *options.canonical);
    if (plan) warn_of_tenant_limits(*scenario, *plan, options.common.quiet);
    const bool feasible = !judgement || judgement->feasible();
    if (!options.common.json) {
        const Style style = Style::of_terminal();
        std::string text = summary(*scenario, style) + "\n";
        if (feasible)
            text += style.good(judgement ? "valid, and the plan is feasible" : "valid") + "\n";
        else
            text +=
                style.bad(fmt::format(
                    "valid, but the plan is not feasible, {}",
                    counted(static_cast<std::int64_t>(judgement->violations.size()), "violation"))) +
                "\n" +
                violations_text(*scenario, judgement->violations, options.all ? 0 : kMostViolationsOfARule);
        write_standard_output(text);
        flush_standard_output();
    }
    return feasible ? kDone : kInfeasible;
}

}  // namespace

void add_validate(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = add_verb(program.app, "validate",
                              "Every mistake of a scenario (and a plan) with its place; what was understood",
                              "termwise validate scenarios/quickstart/scenario.json", options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("plan", options->plan, "plan file")->type_name("PLAN");
    verb->add_option("--canonical", options->canonical,
                     "also write the canonical form of the scenario to FILE")
        ->type_name("FILE");
    verb->add_flag("--all", options->all, "list every violation, not the first ten of a rule");
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
