// A sweep as a whole: the points of a design are made into scenarios, checked, run, and become rows of a
// table.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/results_file.h"
#include "formats/scenario_reader.h"
#include "sweep/contest.h"
#include "sweep/table.h"

namespace termwise {

/// What stands at each axis in `scenario`, see value_at(). Nothing, and why in `diagnostics`, if one leads
/// nowhere.
[[nodiscard]] std::optional<std::vector<std::string>> base_values(const Scenario& scenario,
                                                                  const std::vector<Axis>& axes,
                                                                  Diagnostics& diagnostics);

/// How work is done; no result depends on it.
struct Working {
    unsigned threads = 1;
    const std::atomic<bool>* stop = nullptr;
    std::function<void(std::uint64_t done)> progress;  ///< told by the calling thread; may be empty
};

/// Whether each of `count` points makes a scenario that is right; what is wrong is added to `diagnostics`
/// with the values that make it so as its file ("--vary /provision_days=-1"), each message once, and after
/// ten points no more is looked for. Runtime: building the scenarios.
[[nodiscard]] bool check_points(const ScenarioVariants& variants, const std::vector<Axis>& axes,
                                std::uint32_t count, const std::function<Point(std::uint32_t)>& point,
                                const Working& working, Diagnostics& diagnostics);

/// Holds contests of two strategies, the first two of `asked`, at points that were checked. Once
/// `working.stop` is true they are of no use.
[[nodiscard]] std::vector<Contest> hold_contests(const ScenarioVariants& variants,
                                                 const std::vector<Axis>& axes, const Questions& asked,
                                                 const std::vector<Point>& points, const Working& working);

/// Rows of the table, in order.
struct SweepRows {
    std::string text;         ///< whole lines
    std::uint64_t count = 0;  ///< of rows
    std::uint64_t feasible = 0;
};

/// Runs of a table whose points were checked.
class SweepRunner {
  public:
    /// Refers to both; they have to outlive it. Runs those of `shard`, or all.
    SweepRunner(const ScenarioVariants& variants, const SweepTable& table, std::optional<Shard> shard = {});

    [[nodiscard]] Interval<std::uint64_t> runs() const { return runs_; }
    /// What the file begins with: the header, in a part after the line that says which.
    [[nodiscard]] std::string head() const;

    /// The table's file with the rows that it has, see ResultsFile::open(); adds how many of them are
    /// feasible to `feasible`.
    [[nodiscard]] std::optional<ResultsFile> open(const std::string& path, std::uint64_t& feasible,
                                                  Diagnostics& diagnostics) const;

    /// Does the runs from `skip` on (counted from the first of runs()), and hands over their rows in order, a
    /// point at a time. Returns how many rows were handed over; fewer than there are if it was stopped. The
    /// bytes do not depend on threads.
    std::uint64_t run(std::uint64_t skip, const Working& working,
                      const std::function<void(const SweepRows&)>& take) const;

  private:
    const ScenarioVariants& variants_;
    const SweepTable& table_;
    std::optional<Shard> shard_;
    Interval<std::uint64_t> runs_;
};

}  // namespace termwise
