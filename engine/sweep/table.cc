#include "sweep/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "formats/csv_writer.h"
#include "formats/sha256.h"
#include "money/decimal.h"

namespace termwise {
namespace {

constexpr std::size_t kHalfId = 12;  // digits

constexpr std::array<std::string_view, 9> kEstimateColumns{"mean",
                                                           "half_width",
                                                           "p5",
                                                           "p50",
                                                           "p95",
                                                           "cvar95",
                                                           "gap_probability",
                                                           "missed_deadline_probability",
                                                           "unwanted_renewal_probability"};

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    CsvWriter csv([&](std::string_view piece) { line += piece; });
    for (const std::string& cell : cells) csv.cell(cell);
    csv.end_row();
    csv.finish();
    return line;
}

/// All that decides what the runs are, apart from the scenario.
std::string asked_text(const Design& design, const Questions& asked) {
    std::string text = fmt::format("termwise-sweep/1\n{}\n", design_name(design.kind()));
    for (const Axis& axis : design.axes()) text += axis.pointer + "=" + axis.values.text() + "\n";
    if (design.kind() == DesignKind::random) text += fmt::format("{} points\n", design.points());
    for (const Approach strategy : asked.strategies) text += fmt::format("{}\n", approach_name(strategy));
    if (asked.gap) text += fmt::format("gap {}\n", *asked.gap);
    if (asked.effort) text += fmt::format("effort {}\n", *asked.effort);
    text += fmt::format("{} replications\n", asked.replications);
    if (design.kind() == DesignKind::random || asked.replications > 0)
        text += fmt::format("seeds {} and {}\n", design.seed(), asked.seed);
    return text;
}

std::vector<std::string> result_columns(const Questions& asked) {
    std::vector<std::string> columns{"feasible", "total"};
    for (const std::string_view name : kComponentNames) columns.emplace_back(name);
    columns.insert(columns.end(), {"gap_days", "finished_on"});
    if (asked.replications > 0)
        columns.insert(columns.end(), kEstimateColumns.begin(), kEstimateColumns.end());
    columns.emplace_back("sweep");
    return columns;
}

std::string probability_text(const Probability& probability) {
    return fmt::format("{:.4f}", probability.value);
}

void add_estimates(std::vector<std::string>& cells, const RunResult& run) {
    if (!run.estimates) {
        cells.resize(cells.size() + kEstimateColumns.size());
        return;
    }
    const auto money = [&](std::int64_t minor) {
        cells.push_back(to_decimal_text(Money(minor), run.minor_digits));
    };
    const Summary& total = run.estimates->total;
    money(total.mean);
    if (total.half_width)
        money(*total.half_width);
    else
        cells.emplace_back();  // one world has no interval
    for (const std::int64_t minor : {total.p5, total.p50, total.p95, total.cvar95}) money(minor);
    for (const Probability& p :
         {run.estimates->gap, run.estimates->missed_deadline, run.estimates->unwanted_renewal})
        cells.push_back(probability_text(p));
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_id(std::string_view text) {
    if (text.size() != 2 * kHalfId + 1 || text[kHalfId] != '-') return false;
    return std::ranges::count_if(
               text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }) == 2 * kHalfId;
}

}  // namespace

SweepTable::SweepTable(Design design, Questions asked, std::vector<std::string> base,
                       const std::string& scenario_digest)
    : design_(std::move(design)), asked_(std::move(asked)), base_(std::move(base)) {
    Sha256 digest;
    digest.add(asked_text(design_, asked_));
    id_ = scenario_digest.substr(0, kHalfId) + "-" + digest.hex().substr(0, kHalfId);
    columns_ = result_columns(asked_).size();
}

std::string SweepTable::header() const {
    std::vector<std::string> names{"run"};
    for (const Axis& axis : design_.axes()) names.push_back(axis.pointer);
    names.emplace_back("strategy");
    const std::vector<std::string> more = result_columns(asked_);
    names.insert(names.end(), more.begin(), more.end());
    return csv_line(names);
}

std::string SweepTable::row_start(std::uint64_t number, const Point& point) const {
    std::vector<std::string> cells{std::to_string(number + 1)};
    for (std::size_t a = 0; a < point.size(); ++a) cells.push_back(point[a].value_or(base_[a]));
    cells.emplace_back(approach_name(asked_.strategies[number % asked_.strategies.size()]));
    std::string line = csv_line(cells);
    line.back() = ',';
    return line;
}

std::string SweepTable::row(std::uint64_t number, const Point& point, const RunResult& result) const {
    std::vector<std::string> cells{result.feasible ? "true" : "false"};
    if (result.has_plan) {
        const auto money = [&](Money amount) {
            cells.push_back(to_decimal_text(amount, result.minor_digits));
        };
        money(result.planned.total());
        for (const Money amount : result.planned.amounts) money(amount);
        cells.push_back(std::to_string(result.gap_days));
        cells.push_back(result.finished_on.none() ? std::string() : to_text(result.finished_on));
    } else {
        cells.resize(cells.size() + 1 + kComponentCount + 2);
    }
    if (asked_.replications > 0) add_estimates(cells, result);
    cells.push_back(id_);
    return row_start(number, point) + csv_line(cells);
}

bool SweepTable::is_row(std::uint64_t number, std::string_view line) const {
    if (number >= runs()) return false;
    const Point point = design_.point(static_cast<std::uint32_t>(number / asked_.strategies.size()));
    const std::string start = row_start(number, point);
    if (!line.starts_with(start) || !other_sweep(line, id_).empty()) return false;
    // No cell behind the start is ever quoted.
    const auto commas = static_cast<std::size_t>(std::ranges::count(line.substr(start.size()), ','));
    return commas + 1 == columns_;
}

Interval<std::uint64_t> SweepTable::runs_of(Shard shard) const {
    const Interval<std::uint32_t> points = range_of(shard, design_.points());
    const std::uint64_t strategies = asked_.strategies.size();
    return {points.from * strategies, points.to * strategies};
}

std::string SweepTable::part_line(Shard shard) const {
    const Interval<std::uint64_t> part = runs_of(shard);
    return fmt::format("{}shard={} after={} runs={} of={} sweep={}\n", kPartMark, to_text(shard), part.from,
                       part.to - part.from, runs(), id_);
}

bool says_feasible(std::string_view header, std::string_view row) {
    // From the right: no cell behind the strategy's is ever quoted.
    constexpr std::string_view kColumn = ",feasible,";
    const std::size_t column = header.rfind(kColumn);
    if (column == std::string_view::npos) return false;
    auto behind = std::ranges::count(header.substr(column + kColumn.size()), ',') + 1;
    for (std::size_t at = row.size(); at-- > 0;)
        if (row[at] == ',' && behind-- == 0) return row.substr(at + 1).starts_with("true,");
    return false;
}

std::string other_sweep(std::string_view line, std::string_view id) {
    const std::string_view found = line.substr(line.rfind(',') + 1);  // all of it without a comma
    if (found == id) return {};
    if (!is_id(found)) return "it does not end with the name of a sweep";
    if (found.substr(0, kHalfId) != id.substr(0, kHalfId))
        return "it belongs to a sweep of another scenario, or of another state of this one";
    return "it belongs to a sweep that was asked otherwise: other values, design, strategies, gap, effort, "
           "replications or seed";
}

std::optional<PartLine> parse_part_line(std::string_view line) {
    if (!line.starts_with(kPartMark)) return std::nullopt;
    line.remove_prefix(kPartMark.size());
    PartLine part;
    const auto field = [&](std::string_view name) -> std::optional<std::string_view> {
        if (!line.starts_with(name)) return std::nullopt;
        const std::string_view value = line.substr(name.size(), line.find(' ') - name.size());
        line.remove_prefix(std::min(line.size(), name.size() + value.size() + 1));
        return value;
    };
    const auto number = [&](std::string_view name, std::uint64_t& into) {
        const auto text = field(name);
        const auto value = text ? number_in(*text) : std::nullopt;
        if (value) into = *value;
        return value.has_value();
    };
    const auto shard_text = field("shard=");
    const auto shard = shard_text ? parse_shard(*shard_text) : std::nullopt;
    if (!shard || !number("after=", part.first) || !number("runs=", part.count) || !number("of=", part.of))
        return std::nullopt;
    const auto id = field("sweep=");
    if (!id || !is_id(*id) || !line.empty()) return std::nullopt;
    part.shard = *shard;
    part.sweep_id = *id;
    return part;
}

}  // namespace termwise
