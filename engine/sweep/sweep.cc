#include "sweep/sweep.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "sweep/in_order.h"

namespace termwise {
namespace {

constexpr std::size_t kMostWrongPoints = 10;

std::string file_of(const std::vector<Override>& overrides) {
    std::string name = "--vary";
    for (const Override& override : overrides) name += " " + override.pointer + "=" + override.value;
    return name;
}

/// What is wrong with a point, the warnings left out.
std::vector<Diagnostic> errors_at(const ScenarioVariants& variants, const std::vector<Override>& overrides) {
    Diagnostics found;
    std::vector<Diagnostic> errors;
    if (variants.with(overrides, found)) return errors;
    for (Diagnostic& d : found.all())
        if (d.severity == Severity::error) errors.push_back(std::move(d));
    for (Diagnostic& d : errors)
        if (d.place.file == kOverridesName) d.place.file = file_of(overrides);
    return errors;
}

Scenario scenario_at(const ScenarioVariants& variants, const std::vector<Axis>& axes, const Point& point) {
    Diagnostics ignored;
    std::optional<Scenario> scenario = variants.with(overrides_of(axes, point), ignored);
    if (!scenario) throw std::logic_error("a point of a sweep was not checked");
    return std::move(*scenario);
}

/// Threads for one point, where there are fewer points than threads.
unsigned threads_within(const Working& working, std::uint64_t points) {
    return static_cast<unsigned>(
        std::max<std::uint64_t>(1, working.threads / std::max<std::uint64_t>(1, points)));
}

}  // namespace

std::optional<std::vector<std::string>> base_values(const Scenario& scenario, const std::vector<Axis>& axes,
                                                    Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    std::vector<std::string> values;
    for (const Axis& axis : axes) {
        Diagnostics found;
        values.push_back(value_at(scenario, axis.pointer, found).value_or(""));
        for (Diagnostic& d : found.all()) {
            d.place.file = "--vary";
            diagnostics.add(std::move(d));
        }
    }
    if (diagnostics.error_count() > errors_before) return std::nullopt;
    return values;
}

bool check_points(const ScenarioVariants& variants, const std::vector<Axis>& axes, std::uint32_t count,
                  const std::function<Point(std::uint32_t)>& point, const Working& working,
                  Diagnostics& diagnostics) {
    std::set<std::string> said;
    std::size_t wrong = 0;
    std::atomic<bool> enough{false};
    const auto look = [&](std::uint64_t i) {
        if (working.stop != nullptr && working.stop->load(std::memory_order_relaxed)) enough = true;
        return errors_at(variants, overrides_of(axes, point(static_cast<std::uint32_t>(i))));
    };
    const auto take = [&](std::uint64_t i, const std::vector<Diagnostic>& errors) {
        if (working.progress) working.progress(i + 1);
        bool tells = false;
        for (const Diagnostic& d : errors) {
            if (!said.insert(d.place.pointer + " " + d.message).second) continue;
            diagnostics.add(d);
            tells = true;
        }
        wrong += tells ? 1 : 0;
        if (wrong == kMostWrongPoints) enough = true;
    };
    const std::uint64_t checked = in_order({0, count}, working.threads, &enough, look, take);
    return said.empty() && checked == count;
}

std::vector<Contest> hold_contests(const ScenarioVariants& variants, const std::vector<Axis>& axes,
                                   const Questions& asked, const std::vector<Point>& points,
                                   const Working& working) {
    std::vector<Contest> contests(points.size());
    const unsigned within = threads_within(working, points.size());
    const auto hold = [&](std::uint64_t i) {
        return run_strategies(scenario_at(variants, axes, points[i]), asked, within, working.stop);
    };
    const auto take = [&](std::uint64_t i, const std::vector<RunResult>& results) {
        contests[i] = {results[0], results[1]};
        if (working.progress) working.progress(i + 1);
    };
    in_order({0, points.size()}, working.threads, working.stop, hold, take);
    return contests;
}

SweepRunner::SweepRunner(const ScenarioVariants& variants, const SweepTable& table,
                         std::optional<Shard> shard)
    : variants_(variants), table_(table), shard_(shard), runs_(table.runs_of(shard.value_or(Shard{}))) {}

std::string SweepRunner::head() const {
    return (shard_ ? table_.part_line(*shard_) : std::string()) + table_.header();
}

std::optional<ResultsFile> SweepRunner::open(const std::string& path, std::uint64_t& feasible,
                                             Diagnostics& diagnostics) const {
    const std::string header = table_.header();
    const auto judge = [&](std::uint64_t row, std::string_view line) -> std::string {
        if (table_.is_row(runs_.from + row, line)) {
            feasible += says_feasible(header, line) ? 1 : 0;
            return {};
        }
        std::string why = other_sweep(line, table_.sweep_id());
        return why.empty() ? "this is not the row that belongs here" : why;
    };
    return ResultsFile::open(path, head(), runs_.to - runs_.from, judge, diagnostics);
}

std::uint64_t SweepRunner::run(std::uint64_t skip, const Working& working,
                               const std::function<void(const SweepRows&)>& take) const {
    const Interval<std::uint64_t> left{runs_.from + skip, runs_.to};
    if (left.empty()) return 0;
    const std::uint64_t strategies = table_.asked().strategies.size();
    const Interval<std::uint64_t> points{left.from / strategies, left.to / strategies};
    const unsigned within = threads_within(working, points.to - points.from);
    std::uint64_t done = 0;
    const auto run_point = [&](std::uint64_t number) {
        const Point point = table_.design().point(static_cast<std::uint32_t>(number));
        const std::uint64_t first = std::max(number * strategies, left.from);
        Questions asked = table_.asked();
        asked.strategies.erase(asked.strategies.begin(),
                               asked.strategies.begin() + static_cast<std::ptrdiff_t>(first % strategies));
        const std::vector<RunResult> results = run_strategies(
            scenario_at(variants_, table_.design().axes(), point), asked, within, working.stop);
        SweepRows rows;
        for (const RunResult& result : results) {
            rows.text += table_.row(first + rows.count++, point, result);
            rows.feasible += result.feasible ? 1 : 0;
        }
        return rows;
    };
    in_order(points, working.threads, working.stop, run_point, [&](std::uint64_t, const SweepRows& rows) {
        take(rows);
        done += rows.count;
        if (working.progress) working.progress(done);
    });
    return done;
}

}  // namespace termwise
