// termwise sweep SCENARIO --vary POINTER=VALUES: one question asked with many values; as a table, as a
// tornado, or for the value at which the better strategy changes.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <thread>

#include "cli/pace.h"
#include "cli/report_output.h"
#include "cli/search_options.h"
#include "cli/stop.h"
#include "cli/sweep_text.h"
#include "cli/verb.h"
#include "experiment/replications.h"
#include "formats/output.h"
#include "formats/report_reader.h"
#include "formats/spreadsheet_copy.h"
#include "sweep/sweep.h"

namespace termwise::cli {
namespace {

constexpr unsigned kMostThreads = 256;

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    std::vector<Axis> axes;
    std::vector<Approach> strategies;  // empty: not given
    std::string design = "grid";
    std::optional<std::uint32_t> samples;
    std::uint32_t replications = 0;
    std::int64_t seed = 1;
    SearchDepth search;
    unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::optional<std::string> output;
    CsvDialect dialect = CsvDialect::plain;
    std::string shard;
    std::vector<Approach> tornado, threshold;  // two or none
    ReportOptions report;

    [[nodiscard]] bool is_contest() const { return !tornado.empty() || !threshold.empty(); }
    [[nodiscard]] Questions questions() const {
        Questions asked{strategies, replications, static_cast<std::uint64_t>(seed), search.gap(),
                        search.effort};
        if (is_contest()) asked.strategies = tornado.empty() ? threshold : tornado;
        if (asked.strategies.empty())
            for (const Strategy strategy : kStrategies) asked.strategies.push_back({strategy});
        return asked;
    }
};

[[noreturn]] void wrong_usage(const std::string& option, const std::string& message) {
    throw CLI::ValidationError(option, message);
}

/// A step of long work with its pace, on a terminal.
class PacedProgress {
  public:
    explicit PacedProgress(Progress& progress) : progress_(progress), started_(Clock::now()) {}
    void step(std::uint64_t done, std::uint64_t of) {
        const Clock::time_point now = Clock::now();
        if (now - shown_ < std::chrono::milliseconds(100))
            return;  // a terminal need not see every one of them
        shown_ = now;
        progress_.step(pace_text("run", done, of, std::chrono::duration<double>(now - started_).count()));
    }

  private:
    using Clock = std::chrono::steady_clock;
    Progress& progress_;
    Clock::time_point started_, shown_;
};

/// What both ways of sweeping begin with.
struct Asked {
    ScenarioVariants variants;
    std::vector<std::string> base;  // by axis
    std::string digest;
    Diagnostics warnings;
};

std::optional<Asked> read_asked(const Options& options) {
    Diagnostics diagnostics;
    std::optional<ScenarioVariants> variants =
        ScenarioVariants::read(options.scenario.path, options.scenario.overrides, diagnostics);
    std::optional<std::vector<std::string>> base;
    if (variants) base = base_values(variants->base(), options.axes, diagnostics);
    print_diagnostics(diagnostics, options.common.quiet);
    if (!base) return std::nullopt;
    std::string digest = digest_of(variants->base());
    return Asked{std::move(*variants), std::move(*base), std::move(digest), std::move(diagnostics)};
}

/// Whether all points are right; says what is wrong with those that are not.
bool all_right(const Options& options, const Asked& asked, std::uint32_t count,
               const std::function<Point(std::uint32_t)>& point, Progress& shown, const StopRequest& stop) {
    Diagnostics diagnostics;
    const auto progress = [&](std::uint64_t done) {
        if (done % 64 == 0)
            shown.step(fmt::format("checking {} of {}", grouped(static_cast<std::int64_t>(done)),
                                   grouped(std::int64_t{count})));
    };
    const bool right = check_points(asked.variants, options.axes, count, point,
                                    {options.threads, &stop.asked(), progress}, diagnostics);
    if (!right) shown.done();
    print_diagnostics(diagnostics, options.common.quiet);
    return right;
}

int stopped_status(const std::string& what) {
    fmt::print(stderr, "termwise: stopped; {}\n", what);
    return kFailed;
}

Design design_of(const Options& options) {
    const DesignKind kind = options.design == design_name(DesignKind::grid)     ? DesignKind::grid
                            : options.design == design_name(DesignKind::random) ? DesignKind::random
                                                                                : DesignKind::one_at_a_time;
    std::optional<Design> design = Design::make(kind, options.axes, options.samples.value_or(0),
                                                static_cast<std::uint64_t>(options.seed));
    if (!design)
        wrong_usage("--vary",
                    fmt::format("there would be more than {} points; give ranges larger steps, or draw "
                                "some with --design random --samples N",
                                grouped(std::int64_t{kMostPoints})));
    return std::move(*design);
}

/// The scenario as it is, planned by the strategies, beside what the sweep found.
void write_report_of(const Options& options, const Asked& asked, ReportResults results,
                     const Program& program, Progress& shown, ReportFile& file) {
    shown.step("planning and scoring the strategies");
    Report report = report_of_strategies(asked.variants.base());
    report.results = std::move(results);
    complete(report, program, options.scenario, asked.warnings, options.threads, shown);
    file.write(report);
    shown.done();
}

int run_table(const Options& options, const Program& program) {
    Design design = design_of(options);
    const std::optional<Asked> asked = read_asked(options);
    if (!asked) return kWrongInput;
    std::optional<ReportFile> report;
    if (options.report.is_asked()) report.emplace(options.report);
    const SweepTable table(std::move(design), options.questions(), asked->base, asked->digest);
    const SweepRunner runner(asked->variants, table, parse_shard(options.shard));
    const std::uint64_t runs = runner.runs().to - runner.runs().from;

    Diagnostics diagnostics;
    std::uint64_t feasible = 0, kept = 0;
    std::optional<ResultsFile> file;
    if (options.output) {
        std::optional<ResultsFile> opened = runner.open(*options.output, feasible, diagnostics);
        print_diagnostics(diagnostics, options.common.quiet);
        if (!opened) return kWrongInput;
        kept = opened->kept();
        file.emplace(std::move(*opened));
    }
    const StopRequest stop;
    Progress shown(options.common.quiet);
    const std::uint64_t strategies = table.asked().strategies.size();
    const std::uint64_t first = (runner.runs().from + kept) / strategies, end = runner.runs().to / strategies;
    if (!all_right(
            options, *asked, static_cast<std::uint32_t>(end - first),
            [&](std::uint32_t i) { return table.design().point(static_cast<std::uint32_t>(first) + i); },
            shown, stop))
        return stop.asked() ? stopped_status("nothing was run yet") : kWrongInput;

    PacedProgress pace(shown);
    const Working working{options.threads, &stop.asked(),
                          [&](std::uint64_t done) { pace.step(done, runs - kept); }};
    SpreadsheetCopy copy(write_standard_output, options.dialect);
    const auto print = [&](std::string_view rows) {
        options.dialect == CsvDialect::plain ? write_standard_output(rows) : copy.add(rows);
    };
    if (!file) print(runner.head());
    const std::uint64_t done = runner.run(kept, working, [&](const SweepRows& rows) {
        feasible += rows.feasible;
        file ? file->append(rows.text) : print(rows.text);
    });
    if (file) {
        file->finish();
    } else {
        if (options.dialect != CsvDialect::plain) copy.finish();
        flush_standard_output();
    }
    shown.done();
    const auto number = [](std::uint64_t count) { return grouped(static_cast<std::int64_t>(count)); };
    if (kept + done < runs)
        return stopped_status(
            file ? fmt::format("{} of {} runs are in {}; the same command goes on from there",
                               number(kept + done), number(runs), *options.output)
                 : fmt::format("after {} of {} runs", number(done), number(runs)));
    if (file && !options.common.quiet)
        write_standard_output(fmt::format(
            "{}, {} of them feasible{}; written to {}\n", counted(static_cast<std::int64_t>(runs), "run"),
            number(feasible), kept > 0 ? fmt::format("; {} were there already", number(kept)) : "",
            *options.output));
    flush_standard_output();
    if (report) {
        std::optional<JoinedResults> rows = read_results({*options.output}, asked->digest, diagnostics);
        print_diagnostics(diagnostics, options.common.quiet);
        if (!rows) return kFailed;
        write_report_of(options, *asked, std::move(rows->results), program, shown, *report);
    }
    return feasible > 0 || runs == 0 ? kDone : kInfeasible;
}

/// Tornado or threshold: two strategies, at points that it asks for.
class ContestVerb {
  public:
    ContestVerb(const Options& options, const Asked& asked, const Program& program)
        : options_(options),
          asked_(asked),
          program_(program),
          questions_(options.questions()),
          shown_(options.common.quiet) {
        if (options.report.is_asked()) report_.emplace(options.report);
    }

    int tornado() {
        const std::vector<Point> ends = tornado_points(options_.axes);
        if (!all_right(
                options_, asked_, static_cast<std::uint32_t>(ends.size()),
                [&](std::uint32_t i) { return ends[i]; }, shown_, stop_))
            return stop_.asked() ? stopped_status("nothing was run yet") : kWrongInput;
        const Tornado found =
            termwise::tornado(options_.axes, [&](const auto& points) { return hold(points); });
        if (stop_.asked()) return stopped_status("nothing was written");
        bool any = is_anyone_feasible(found.base);
        for (const TornadoBar& bar : found.bars)
            any = any || is_anyone_feasible(bar.low) || is_anyone_feasible(bar.high);
        shown_.done();
        write_to(options_.output, [&](const TextSink& sink) {
            if (options_.common.json)
                write_tornado(frame(), options_.axes, asked_.base, found, sink);
            else
                sink(tornado_text(frame(), options_.axes, asked_.base, found, style()));
        });
        report(&ReportResults::tornados, [&](const TextSink& sink) {
            write_tornado(frame(), options_.axes, asked_.base, found, sink);
        });
        return any ? kDone : kInfeasible;
    }

    int threshold() {
        const ValueRange& range = *options_.axes[0].values.only_range();
        const auto point = [&](std::uint64_t at) { return Point{range.at(at)}; };
        bool right = true;
        const auto referee = [&](const std::vector<std::uint64_t>& positions) {
            std::vector<Point> points;
            for (const std::uint64_t at : positions) points.push_back(point(at));
            right = right && all_right(
                                 options_, asked_, static_cast<std::uint32_t>(points.size()),
                                 [&](std::uint32_t i) { return points[i]; }, shown_, stop_);
            return right ? hold(points) : std::vector<Contest>(points.size());
        };
        const Threshold found = find_threshold(range.size(), referee);
        if (stop_.asked()) return stopped_status("nothing was written");
        if (!right) return kWrongInput;
        const bool any =
            std::ranges::any_of(found.seen, [](const auto& at) { return is_anyone_feasible(at.second); });
        shown_.done();
        write_to(options_.output, [&](const TextSink& sink) {
            if (options_.common.json)
                write_threshold(frame(), options_.axes[0], asked_.base[0], found, sink);
            else
                sink(threshold_text(frame(), options_.axes[0], asked_.base[0], found, style()));
        });
        report(&ReportResults::thresholds, [&](const TextSink& sink) {
            write_threshold(frame(), options_.axes[0], asked_.base[0], found, sink);
        });
        return any ? kDone : kInfeasible;
    }

  private:
    static bool is_anyone_feasible(const Contest& contest) {
        return contest.first.feasible || contest.second.feasible;
    }
    void report(std::vector<std::string> ReportResults::*kind,
                const std::function<void(const TextSink&)>& write) {
        if (!report_) return;
        ReportResults results;
        std::string& text = (results.*kind).emplace_back();
        write([&](std::string_view piece) { text += piece; });
        write_report_of(options_, asked_, std::move(results), program_, shown_, *report_);
    }
    [[nodiscard]] std::vector<Contest> hold(const std::vector<Point>& points) {
        const std::uint64_t before = held_;
        held_ += points.size();
        const Working working{options_.threads, &stop_.asked(), [&, before](std::uint64_t done) {
                                  shown_.step(fmt::format("asking with value {}", before + done));
                              }};
        return hold_contests(asked_.variants, options_.axes, questions_, points, working);
    }
    [[nodiscard]] ContestFrame frame() const {
        const Scenario& scenario = asked_.variants.base();
        return {scenario.name,
                asked_.digest,
                scenario.currency,
                scenario.minor_digits,
                questions_.strategies[0],
                questions_.strategies[1],
                questions_.replications,
                questions_.seed,
                questions_.gap,
                questions_.effort};
    }
    [[nodiscard]] Style style() const { return options_.output ? Style{} : Style::of_terminal(); }

    const Options& options_;
    const Asked& asked_;
    const Program& program_;
    std::optional<ReportFile> report_;
    Questions questions_;
    Progress shown_;
    StopRequest stop_;
    std::uint64_t held_ = 0;
};

/// What options exclude each other, beyond what the parser can say.
void check_usage(const Options& options) {
    const bool random = options.design == design_name(DesignKind::random);
    if (random && !options.samples) wrong_usage("--design", "random needs --samples N");
    if (!random && options.samples) wrong_usage("--samples", "it is for --design random");
    if (options.common.json && !options.is_contest())
        wrong_usage("--json", "it is for --tornado and --threshold; a sweep is written as a table");
    if (options.report.is_asked() && !options.is_contest() && !options.output)
        wrong_usage("--report", "the table needs a file too: -o FILE");
    if (!options.shard.empty() && !options.output) wrong_usage("--shard", "a part needs a file: -o FILE");
    for (std::size_t a = 0; a < options.axes.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            if (options.axes[a].pointer == options.axes[b].pointer)
                wrong_usage("--vary", fmt::format("{} is varied twice", options.axes[a].pointer));
    for (std::size_t a = 0; a < options.strategies.size(); ++a)
        for (std::size_t b = 0; b < a; ++b)
            if (options.strategies[a] == options.strategies[b])
                wrong_usage("--strategies",
                            fmt::format("{} stands there twice", approach_name(options.strategies[a])));
    const std::vector<Approach> asked = options.questions().strategies;
    if (std::ranges::find(asked, kOptimal) == asked.end()) {
        const std::string why = "it is for the strategy optimal, which is not asked about";
        if (options.search.gap_percent) wrong_usage("--gap", why);
        if (options.search.effort) wrong_usage("--effort", why);
    }
    if (!options.threshold.empty() &&
        (options.axes.size() != 1 || options.axes[0].values.only_range() == nullptr))
        wrong_usage("--threshold",
                    "it needs one --vary with one range, such as --vary /provision_days=0..30");
    if (options.is_contest())
        for (const Axis& axis : options.axes)
            if (axis.pointer == "/currency")
                wrong_usage("--vary", "amounts of two currencies cannot be compared");
}

int run(const Options& options, const Program& program) {
    check_usage(options);
    if (!options.is_contest()) return run_table(options, program);
    const std::optional<Asked> asked = read_asked(options);
    if (!asked) return kWrongInput;
    ContestVerb verb(options, *asked, program);
    return options.tornado.empty() ? verb.threshold() : verb.tornado();
}

/// A list of strategies, split at commas.
std::vector<Approach> parse_strategies(const std::string& option, const std::string& text) {
    std::vector<Approach> strategies;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::optional<Approach> strategy = parse_approach(std::string_view(text).substr(at, end - at));
        if (!strategy)
            wrong_usage(option, fmt::format("\"{}\" is no strategy; there are {}", text.substr(at, end - at),
                                            fmt::join(approach_names(), ", ")));
        strategies.push_back(*strategy);
        at = end + 1;
    }
    return strategies;
}

void add_axes(CLI::App& verb, std::vector<Axis>& axes) {
    const auto take = [&axes](const std::vector<std::string>& texts) {
        for (const std::string& text : texts) {
            std::string problem;
            std::optional<Axis> axis = parse_axis(text, problem);
            if (!axis) wrong_usage("--vary", fmt::format("{} (in \"{}\")", problem, text));
            axes.push_back(std::move(*axis));
        }
    };
    verb.add_option_function<std::vector<std::string>>(
            "--vary", take,
            "an input, named as for --set, and its values: v1,v2,... or ranges such as 20.00..24.00:0.50 and "
            "2026-03-01..2026-06-01:P1M; repeatable")
        ->type_name("POINTER=VALUES")
        ->required()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

CLI::Option* add_pair(CLI::App& verb, const std::string& name, std::vector<Approach>& pair,
                      const std::string& does) {
    return verb
        .add_option_function<std::string>(
            name,
            [&pair, name](const std::string& text) {
                pair = parse_strategies(name, text);
                if (pair.size() != 2 || pair[0] == pair[1])
                    wrong_usage(name, "expected two different strategies, such as wait,cancel-now");
            },
            does)
        ->type_name("A,B:{stay,wait,cancel-now,optimal}");
}

}  // namespace

void add_sweep(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "sweep",
                 "One question asked with many values: a table, what matters most, what turns it",
                 "termwise sweep scenarios/quickstart/scenario.json --vary "
                 "/teams/desk/capacity/minutes=120,180,240 --vary "
                 "/strategy/overlap_days=0..28:7 -o results.csv\n  "
                 "termwise sweep scenarios/quickstart/scenario.json --vary /teams/desk/labour_rate=50..150 "
                 "--threshold "
                 "wait,cancel-now",
                 options->common);
    add_scenario(*verb, options->scenario);
    add_axes(*verb, options->axes);
    CLI::Option* strategies = verb->add_option_function<std::string>(
                                      "--strategies",
                                      [options](const std::string& text) {
                                          options->strategies = parse_strategies("--strategies", text);
                                      },
                                      "of stay, wait, cancel-now and optimal (stay,wait,cancel-now)")
                                  ->type_name("A,B,...:{stay,wait,cancel-now,optimal}");
    CLI::Option* design =
        verb->add_option(
                "--design", options->design,
                "grid: every combination; one-at-a-time: the others as they are; random: drawn (grid)")
            ->type_name("KIND")
            ->check(CLI::IsMember({"grid", "one-at-a-time", "random"}));
    CLI::Option* samples =
        verb->add_option("--samples", options->samples, "points that --design random draws")
            ->type_name("N")
            ->check(CLI::Range(std::uint32_t{1}, kMostPoints));
    verb->add_option("-n,--replications", options->replications,
                     "also try each plan in so many worlds: mean, interval, quantiles, risks")
        ->type_name("N")
        ->check(CLI::Range(std::uint32_t{1}, kMostReplications));
    verb->add_option("--seed", options->seed, "which random points and which worlds (1)")
        ->type_name("S")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
    add_search_depth(*verb, options->search);
    verb->add_option("--threads", options->threads, "threads; no result depends on it (all processors)")
        ->type_name("T")
        ->check(CLI::Range(1U, kMostThreads));
    verb->add_option(
            "-o,--output", options->output,
            "file for the table: rows that are there stay, the rest is run; without it standard output")
        ->type_name("FILE");
    add_spreadsheet(*verb, options->dialect, "");
    CLI::Option* spreadsheet = verb->get_option("--spreadsheet");
    spreadsheet->excludes("--output");  // a file is gone on with, and stays as programs read it
    CLI::Option* shard =
        verb->add_option("--shard", options->shard, "only the K-th of N parts of the points, for merge")
            ->type_name("K/N")
            ->check(understood("a shard such as 3/8",
                               [](const std::string& text) { return parse_shard(text).has_value(); }));
    CLI::Option* tornado = add_pair(*verb, "--tornado", options->tornado,
                                    "instead rank the inputs by what their first and last value do to the "
                                    "difference of two strategies");
    CLI::Option* threshold = add_pair(*verb, "--threshold", options->threshold,
                                      "instead look for the value of one input at which the better of two "
                                      "strategies changes");
    for (CLI::Option* contest : {tornado, threshold})
        for (CLI::Option* of_table : {strategies, design, samples, shard, spreadsheet})
            contest->excludes(of_table);
    tornado->excludes(threshold);
    add_report_options(*verb, options->report);
    shard->excludes("--report");
    verb->callback([options, program] { program.status = run(*options, program); });
}

}  // namespace termwise::cli
