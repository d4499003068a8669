// termwise approve SCENARIO PLAN: a person takes responsibility for a schedule, after seeing what it does.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/approved.h"
#include "execution/instructions.h"
#include "execution/route.h"
#include "formats/approval_file.h"
#include "formats/binding_file.h"
#include "formats/json_writer.h"
#include "formats/output.h"
#include "formats/signature.h"
#include "formats/source.h"
#include "plan/check.h"
#include "scoring/score.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    std::string scenario, plan, binding, by, why, key, output, supersedes;
    std::int32_t valid_days = 30;
    std::string at;
    bool yes = false;
    bool all = false;
};

constexpr std::size_t kMostListed = 20;

/// The path of `file` as whoever stands in the folder of `from` names it.
[[nodiscard]] std::string seen_from(const std::string& from, const std::string& file) {
    // As the file system resolves them: ".." after a link leads elsewhere than the text says.
    const std::filesystem::path folder =
        std::filesystem::weakly_canonical(std::filesystem::absolute(from)).parent_path();
    return std::filesystem::weakly_canonical(std::filesystem::absolute(file))
        .lexically_relative(folder)
        .string();
}

std::string summary_text(const Assignment& work, const ApprovalSummary& summary, bool all) {
    std::string text = fmt::format("{} to {}\n", to_text(summary.first_day), to_text(summary.last_day));
    const auto line = [&](std::int64_t count, std::string_view what) {
        if (count > 0) text += fmt::format("  {:>6}  {}\n", count, what);
    };
    line(summary.customers, "customers");
    line(summary.invitations, "customers are invited to the reseller relationship");
    const std::string charged =
        fmt::format("charged {} {} until the horizon's end", summary.new_charges, summary.currency);
    if (summary.migrations == 0) {
        line(summary.purchases,
             fmt::format("subscriptions are bought, {} seats, {}", summary.seats_bought, charged));
    } else {
        line(summary.purchases, fmt::format("subscriptions are bought, {} seats", summary.seats_bought));
        line(summary.migrations,
             fmt::format("subscriptions are migrated by the service, {} seats; that ends the old ones",
                         summary.seats_migrated));
        line(summary.purchases + summary.migrations, fmt::format("new subscriptions in all, {}", charged));
    }
    line(summary.users_reassigned, "users change their licence");
    line(summary.lapses, "old subscriptions lapse");
    line(summary.fallback_suspensions,
         "of them are suspended on the last workday before, should switching auto-renew off do nothing");
    line(summary.cancellations, "old subscriptions are cancelled");
    line(summary.steps_by_people, "steps are done and confirmed by people");

    text += "\nWhat cannot be undone\n";
    std::vector<const Step*> irreversible;
    for (const Step& step : work.graph.steps())
        if (step.kind == StepKind::provision || step.kind == StepKind::migrate ||
            step.kind == StepKind::cancel)
            irreversible.push_back(&step);
    std::ranges::stable_sort(irreversible, {}, &Step::due);
    for (std::size_t i = 0; i < irreversible.size(); ++i) {
        if (!all && i == kMostListed) {
            text += fmt::format("  ... and {} more; --all lists them\n", irreversible.size() - i);
            break;
        }
        text += fmt::format("  {}  {}\n", to_text(irreversible[i]->due),
                            instruction_text(work, *irreversible[i]));
    }
    return text;
}

int run(const Options& options) {
    Diagnostics diagnostics;
    ScenarioOptions scenario_options;
    scenario_options.path = options.scenario;
    const std::optional<Input> input = read_input(scenario_options, std::nullopt, options.common.quiet);
    if (!input) return kWrongInput;
    const Scenario& scenario = input->scenario;
    // What is shown is what is signed: each file is read once.
    const std::optional<std::string> plan_bytes = Source::bytes_of(options.plan, diagnostics);
    const std::optional<std::string> binding_bytes = Source::bytes_of(options.binding, diagnostics);
    std::optional<Plan> read_plan;
    if (plan_bytes) read_plan = read_plan_bytes_for(scenario, options.plan, *plan_bytes, diagnostics);
    if (!read_plan || !binding_bytes) {
        print_diagnostics(diagnostics, options.common.quiet);
        return kWrongInput;
    }
    const Plan& plan = *read_plan;
    const auto refused = [&](const std::string& why) {
        fmt::print(stderr, "not approved: {}\n", why);
        return kWrongInput;
    };
    const std::string digest = digest_of(scenario);
    if (plan.scenario_digest != digest)
        return refused(fmt::format("{} was made for another scenario than {}; plan again (M0.6)",
                                   options.plan, options.scenario));
    const std::optional<Binding> binding =
        read_binding_text(*binding_bytes, options.binding, scenario, diagnostics);
    print_diagnostics(diagnostics, options.common.quiet);
    if (!binding) return kWrongInput;
    if (const std::vector<std::string> missing = missing_bindings(scenario, plan, *binding);
        !missing.empty()) {
        for (const std::string& what : missing) fmt::print(stderr, "{}: {}\n", options.binding, what);
        return refused("what is not bound cannot be executed");
    }
    if (const std::vector<std::string> conflicts = route_conflicts(scenario, plan, *binding);
        !conflicts.empty()) {
        for (const std::string& what : conflicts) fmt::print(stderr, "{}: {}\n", options.binding, what);
        return refused(
            "what the service cannot migrate as planned has to be bought anew, or planned otherwise");
    }
    warn_of_tenant_limits(scenario, plan, options.common.quiet);
    const CheckResult judgement = check(scenario, plan);
    if (!judgement.feasible()) {
        fmt::print(stderr, "not approved: the plan breaks {} rule{}; see termwise score {} {}\n",
                   judgement.violations.size(), judgement.violations.size() == 1 ? "" : "s", options.scenario,
                   options.plan);
        return kInfeasible;
    }

    const StepGraph graph = build_steps(scenario, plan, *binding);
    const Assignment work{scenario, plan, *binding, graph};
    Approval approval;
    approval.scenario = {seen_from(options.output, options.scenario), digest};
    approval.plan = {seen_from(options.output, options.plan), sha256_of(*plan_bytes)};
    approval.binding = {seen_from(options.output, options.binding), sha256_of(*binding_bytes)};
    approval.partner_tenant = binding->partner_tenant;
    approval.approved_by = options.by;
    approval.why = options.why;
    approval.approved_at = options.at.empty() ? machine_time() : *parse_instant(options.at);
    approval.valid_until = approval.approved_at + std::int64_t{options.valid_days} * kSecondsPerDay;
    if (!options.supersedes.empty()) {
        const std::optional<Approval> old = read_approval(options.supersedes, diagnostics);
        print_diagnostics(diagnostics, options.common.quiet);
        if (!old) return kWrongInput;
        if (old->partner_tenant != approval.partner_tenant)
            return refused(fmt::format("{} is for another partner's tenant", options.supersedes));
        approval.supersedes = digest_of(*old);
    }
    approval.summary = summarise(scenario, plan, *binding, graph,
                                 score(scenario, plan, Detail::totals).components[Component::new_charges]);

    const Instant last = start_of(approval.summary.last_day + 1);
    if (!approval.summary.last_day.none() && approval.valid_until < last)
        return refused(fmt::format("it would run out on {}, and its last step is due on {}: --valid-days {}",
                                   to_text(day_of(approval.valid_until)), to_text(approval.summary.last_day),
                                   (last - approval.approved_at) / kSecondsPerDay + 1));

    if (!options.common.json) {
        const Style style = Style::of_terminal();
        write_standard_output(
            style.strong(scenario.name.empty() ? "Scenario without a name" : scenario.name) + "\n" +
            summary_text(work, approval.summary, options.all));
    }
    if (!options.yes) {
        flush_standard_output();
        fmt::print(stderr, "Nothing is signed yet: with --yes it is, by {} with the key {}.\n", options.by,
                   options.key);
        return kDone;
    }
    try {
        const SigningKey key = SigningKey::read(options.key);
        approval.key_id = key.id();
        approval.signature = key.sign(signed_text(approval));
    } catch (const KeyError& error) {
        return refused(error.what());
    }
    write_to(options.output, [&](const TextSink& sink) { write_approval(approval, sink); });
    if (options.common.json)
        write_approval(approval, write_standard_output);
    else
        write_standard_output(fmt::format("\nApproved by {} until {}: {}\n", approval.approved_by,
                                          to_text(approval.valid_until), options.output));
    flush_standard_output();
    return kDone;
}

}  // namespace

void add_approve(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = add_verb(program.app, "approve", "Shows what a plan would do in the world, and signs it",
                              "termwise approve scenario.json plan.json --binding binding.json --by \"A. "
                              "Approver\" --why \"board of 12 May\" \\\n"
                              "      --key approver.key -o approved.json --yes",
                              options->common);
    verb->add_option("scenario", options->scenario, "scenario file")->required()->type_name("SCENARIO");
    verb->add_option("plan", options->plan, "plan file, made for this scenario")
        ->required()
        ->type_name("PLAN");
    verb->add_option("--binding", options->binding, "what ties the scenario to the partner's tenant")
        ->required()
        ->type_name("FILE");
    verb->add_option("--by", options->by, "who approves")->required();
    verb->add_option("--why", options->why, "on what grounds")->required();
    verb->add_option("--key", options->key, "signing key, see `termwise keys new`")
        ->required()
        ->type_name("FILE");
    verb->add_option("-o,--output", options->output, "approved schedule to write")
        ->required()
        ->type_name("FILE");
    verb->add_option("--valid-days", options->valid_days, "how long it may be executed")
        ->check(CLI::Range(1, 3660))
        ->capture_default_str();
    verb->add_option("--supersedes", options->supersedes, "the approval whose place this one takes")
        ->type_name("APPROVED");
    verb->add_option("--at", options->at, "moment of the approval; by default now")
        ->type_name("INSTANT")
        ->check(understood("a moment such as 2026-03-01T09:30:00Z",
                           [](const std::string& text) { return parse_instant(text).has_value(); }));
    verb->add_flag("--all", options->all, "list everything that cannot be undone");
    verb->add_flag("--yes", options->yes, "sign it; without, it is only shown");
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
