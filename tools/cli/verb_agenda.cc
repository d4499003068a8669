// termwise agenda SCENARIO [PLAN]: what falls due in the next days, until when it can wait, and what being
// late by it costs.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>

#include "agenda/agenda.h"
#include "cli/agenda_text.h"
#include "cli/verb.h"
#include "formats/agenda_writer.h"

namespace termwise::cli {
namespace {

constexpr std::int32_t kUsualDays = 7;

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    std::optional<std::string> plan;
    std::optional<Day> from, to;
    std::optional<std::string> output;
    CsvDialect dialect = CsvDialect::plain;
    bool csv = false;
    bool ics = false;
    bool all = false;
    unsigned threads = std::max(1U, std::thread::hardware_concurrency());
};

/// The days that are asked for, cut to the horizon; none, and what is wrong on standard error, if there are
/// none.
std::optional<Interval<Day>> days_of(const Scenario& scenario, const Options& options) {
    const Day from = options.from.value_or(scenario.h0());
    if (!scenario.horizon.contains(from)) {
        fmt::print(stderr, "--from: error: {} lies outside the horizon, {} to {} [M1]\n", to_text(from),
                   to_text(scenario.h0()), to_text(scenario.h1()));
        return std::nullopt;
    }
    const Day to = options.to.value_or(from + kUsualDays);
    if (to <= from) {
        fmt::print(stderr,
                   "--to: error: {} is not after {}, the first day; it is the first day after them [M0.1]\n",
                   to_text(to), to_text(from));
        return std::nullopt;
    }
    return Interval<Day>{from, std::min(to, scenario.h1())};
}

int run(const Options& options) {
    const std::optional<Input> input = read_input(options.scenario, options.plan, options.common.quiet);
    if (!input) return kWrongInput;
    const Scenario& scenario = input->scenario;
    AgendaOptions asked;
    const std::optional<Interval<Day>> days = days_of(scenario, options);
    if (!days) return kWrongInput;
    asked.days = *days;
    asked.threads = options.threads;
    Progress progress(options.common.quiet);
    asked.progress = [&](std::size_t done, std::size_t of) { progress.count("customer", done, of); };
    const Agenda found = agenda(scenario, input->plan ? &*input->plan : nullptr, asked);
    progress.done();
    write_to(options.output, [&](const TextSink& sink) {
        if (options.common.json)
            write_agenda(scenario, found, sink);
        else if (options.csv)
            write_agenda_csv(scenario, found, options.all, options.dialect, sink);
        else if (options.ics)
            write_agenda_ics(scenario, found, options.all, sink);
        else
            sink(agenda_text(scenario, found, Style::of_terminal(), options.all));
    });
    return found.feasible() ? kDone : kInfeasible;
}

void add_day(CLI::App& verb, const std::string& name, std::optional<Day>& day, const std::string& what) {
    verb.add_option_function<std::string>(
            name, [&day](const std::string& text) { day = parse_day(text); }, what)
        ->type_name("DAY")
        ->check(understood("a day YYYY-MM-DD",
                           [](const std::string& text) { return parse_day(text).has_value(); }));
}

}  // namespace

void add_agenda(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "agenda",
                 "What falls due in the next days, until when it can wait, and what being late costs",
                 "termwise agenda scenarios/quickstart/scenario.json\n  "
                 "termwise agenda scenarios/quickstart/scenario.json plan.json --from 2022-03-07 --ics",
                 options->common);
    add_scenario(*verb, options->scenario);
    verb->add_option("plan", options->plan,
                     "plan that is being carried out; without one, what each customer has to decide")
        ->type_name("PLAN");
    add_day(*verb, "--from", options->from, "the first day; by default the first of the horizon");
    add_day(*verb, "--to", options->to, "the first day after them; by default a week later");
    CLI::Option* csv = verb->add_flag("--csv", options->csv, "print a table as CSV and nothing else");
    verb->add_flag("--ics", options->ics, "print a calendar (RFC 5545) and nothing else")
        ->excludes(csv)
        ->excludes("--json");
    csv->excludes("--json");
    add_spreadsheet(*verb, options->dialect, "--csv");
    verb->add_option("-o,--output", options->output, "a file to write to instead of standard output")
        ->type_name("FILE");
    verb->add_flag("--all", options->all, "everything, and the routine one by one");
    verb->add_option("--threads", options->threads,
                     "threads; the agenda does not depend on it (all processors)")
        ->type_name("T")
        ->check(CLI::Range(1U, 256U));
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
