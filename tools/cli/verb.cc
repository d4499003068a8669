#include "cli/verb.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "cli/pace.h"
#include "formats/output.h"
#include "formats/plan_reader.h"
#include "formats/scenario_reader.h"
#include "plan/tenant_limits.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostTenantWarnings = 10;
constexpr std::chrono::milliseconds kBetweenSteps{100};

}  // namespace

CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& does,
                   const std::string& example, CommonOptions& common) {
    CLI::App* verb = app.add_subcommand(name, does);
    verb->footer("Example:\n  " + example);
    verb->add_flag("--json", common.json, "print the result as JSON and nothing else on standard output");
    verb->add_flag("-q,--quiet", common.quiet, "no warnings and no progress on standard error");
    return verb;
}

void add_scenario(CLI::App& verb, ScenarioOptions& scenario) {
    verb.add_option("scenario", scenario.path, "scenario file")->required()->type_name("SCENARIO");
    add_overrides(verb, scenario);
}

void add_overrides(CLI::App& verb, ScenarioOptions& scenario) {
    const auto take = [&scenario](const std::vector<std::string>& texts) {
        for (const std::string& text : texts) {
            std::optional<Override> override = parse_override(text);
            if (!override)
                throw CLI::ValidationError(
                    "--set", fmt::format("expected POINTER=VALUE with a pointer that begins with \"/\", "
                                         "such as /continuity=grace, not \"{}\"",
                                         text));
            scenario.overrides.push_back(std::move(*override));
        }
    };
    verb.add_option_function<std::vector<std::string>>(
            "--set", take, "ask with another value: /offers/ID/prices/P1Y,P1M/unit_price=40.00; repeatable")
        ->type_name("POINTER=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_spreadsheet(CLI::App& verb, CsvDialect& dialect, const std::string& needs) {
    const auto take = [&dialect](const std::string& locale) {
        dialect = locale == "de" ? CsvDialect::spreadsheet_de : CsvDialect::spreadsheet_en;
    };
    CLI::Option* option =
        verb.add_option_function<std::string>("--spreadsheet", take,
                                              "tables that open in spreadsheets: with a UTF-8 mark, text "
                                              "never a formula; de: with semicolons "
                                              "and decimal commas")
            ->type_name("LOCALE")
            ->check(CLI::IsMember({"en", "de"}));
    if (!needs.empty()) option->needs(needs);
}

CLI::Validator understood(const std::string& what, std::function<bool(const std::string&)> good) {
    return {[what, good = std::move(good)](std::string& text) {
                return good(text) ? std::string() : "\"" + text + "\" is not " + what;
            },
            ""};
}

void write_to(const std::optional<std::string>& path, const std::function<void(const TextSink&)>& write) {
    if (!path) {
        write(write_standard_output);
        flush_standard_output();
        return;
    }
    OutputFile file(*path);
    write([&](std::string_view piece) { file.write(piece); });
    file.commit();
}

void print_diagnostics(const Diagnostics& diagnostics, bool quiet) {
    std::size_t errors = 0, warnings = 0;
    for (const Diagnostic& diagnostic : diagnostics.all()) {
        const bool error = diagnostic.severity == Severity::error;
        ++(error ? errors : warnings);
        if (error || !quiet) fmt::print(stderr, "{}\n", to_text(diagnostic));
    }
    if (errors < diagnostics.error_count())
        fmt::print(stderr, "... and {} more errors\n", diagnostics.error_count() - errors);
    if (!quiet && warnings < diagnostics.warning_count())
        fmt::print(stderr, "... and {} more warnings\n", diagnostics.warning_count() - warnings);
}

namespace {

void warn_of_other_scenario(const Scenario& scenario, const std::string& path,
                            const std::optional<Plan>& plan, Diagnostics& diagnostics) {
    if (plan && !plan->scenario_digest.empty() && plan->scenario_digest != digest_of(scenario))
        diagnostics.warning("M0.6", {path, "/scenario", {}, 0, 0},
                            "the plan was made for another scenario, or for another state of this one");
}

}  // namespace

std::optional<Plan> read_plan_for(const Scenario& scenario, const std::string& path,
                                  Diagnostics& diagnostics) {
    std::optional<Plan> plan = read_plan(path, scenario, diagnostics);
    warn_of_other_scenario(scenario, path, plan, diagnostics);
    return plan;
}

std::optional<Plan> read_plan_bytes_for(const Scenario& scenario, const std::string& path,
                                        std::string_view bytes, Diagnostics& diagnostics) {
    std::optional<Plan> plan = read_plan_text(bytes, path, scenario, diagnostics);
    warn_of_other_scenario(scenario, path, plan, diagnostics);
    return plan;
}

std::optional<Input> read_input(const ScenarioOptions& options, const std::optional<std::string>& plan_path,
                                bool quiet) {
    Diagnostics diagnostics;
    std::optional<Scenario> scenario = read_scenario(options.path, options.overrides, diagnostics);
    std::optional<Plan> plan;
    if (scenario && plan_path) plan = read_plan_for(*scenario, *plan_path, diagnostics);
    print_diagnostics(diagnostics, quiet);
    if (diagnostics.has_errors() || !scenario || (!plan && plan_path)) return std::nullopt;
    return Input{std::move(*scenario), std::move(plan), std::move(diagnostics)};
}

void warn_of_tenant_limits(const Scenario& scenario, const Plan& plan, bool quiet) {
    if (quiet) return;
    const auto breaches = tenant_limit_breaches(scenario, plan);
    for (std::size_t i = 0; i < breaches.size() && i < kMostTenantWarnings; ++i) {
        const TenantLimitBreach& breach = breaches[i];
        const std::string what =
            breach.offer.none()
                ? "subscriptions, a tenant holds at most"
                : fmt::format("seats of {}, which a tenant may have up to", scenario.at(breach.offer).id);
        fmt::print(stderr, "warning: on {} customer {} has {} {} {}\n", to_text(breach.day),
                   scenario.id(breach.customer), grouped(breach.most), what, grouped(breach.limit));
    }
    if (breaches.size() > kMostTenantWarnings)
        fmt::print(stderr, "warning: ... and {} more limits of tenants\n",
                   breaches.size() - kMostTenantWarnings);
}

Progress::Progress(bool quiet)
    : shown_(!quiet && ::isatty(STDERR_FILENO) == 1),
      began_(std::chrono::steady_clock::now()),
      told_(began_) {}

Progress::~Progress() { done(); }

void Progress::done() {
    if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::count(std::string_view what, std::uint64_t done, std::uint64_t of) {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> spent = now - began_;
    if (spent.count() < 1 || now - told_ < kBetweenSteps) return;
    told_ = now;
    step(pace_text(what, done, of, spent.count()));
}

void Progress::step(std::string_view doing) {
    if (shown_) fmt::print(stderr, "\r\033[K{} ...", doing);
}

}  // namespace termwise::cli
