// The table of a sweep: which columns it has, and how a run's row looks. Each row names its run and its
// sweep, so that rows of different sweeps are never taken for each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/shard.h"
#include "sweep/design.h"
#include "sweep/runs.h"

namespace termwise {

class SweepTable {
  public:
    /// `base` is what stands at each axis where a point leaves it (value_at()), `scenario_digest` that of the
    /// base.
    SweepTable(Design design, Questions asked, std::vector<std::string> base,
               const std::string& scenario_digest);

    [[nodiscard]] const Design& design() const { return design_; }
    [[nodiscard]] const Questions& asked() const { return asked_; }

    /// What a sweep is, in 25 characters: 12 hexadecimal digits of the scenario and 12 of all that is asked,
    /// joined by a hyphen.
    [[nodiscard]] const std::string& sweep_id() const { return id_; }
    /// Runs are points times strategies, those of a point one after the other.
    [[nodiscard]] std::uint64_t runs() const {
        return std::uint64_t{design_.points()} * asked_.strategies.size();
    }

    /// The line of column names, with its end.
    [[nodiscard]] std::string header() const;
    /// The line of run `number` (from 0; rows count from 1), with its end.
    [[nodiscard]] std::string row(std::uint64_t number, const Point& point, const RunResult& result) const;

    /// Whether `line`, without its end, is the row of that run; as far as can be told without running it.
    [[nodiscard]] bool is_row(std::uint64_t number, std::string_view line) const;

    /// The first line of a file that holds one shard, with its end, and its runs.
    [[nodiscard]] std::string part_line(Shard shard) const;
    [[nodiscard]] Interval<std::uint64_t> runs_of(Shard shard) const;

  private:
    [[nodiscard]] std::string row_start(std::uint64_t number, const Point& point) const;

    Design design_;
    Questions asked_;
    std::vector<std::string> base_;
    std::string id_;
    std::size_t columns_ = 0;  // after those that say which run it is
};

/// Whether a row of the table with this header says that its run is feasible.
[[nodiscard]] bool says_feasible(std::string_view header, std::string_view row);

/// What makes a line of a table belong to another sweep than `id`; empty if its last cell is `id`.
[[nodiscard]] std::string other_sweep(std::string_view line, std::string_view id);

/// What the first line of a part says.
struct PartLine {
    Shard shard;
    std::uint64_t first = 0;  ///< its first run, from 0
    std::uint64_t count = 0;  ///< of its runs
    std::uint64_t of = 0;     ///< runs of all shards together
    std::string sweep_id;
};
/// Nothing if it is none.
[[nodiscard]] std::optional<PartLine> parse_part_line(std::string_view line);
/// How every part begins.
inline constexpr std::string_view kPartMark = "# termwise-sweep-part/1 ";

}  // namespace termwise
