#include "sweep/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "formats/source.h"
#include "sweep/table.h"

namespace termwise {
namespace {

/// A part as its first two lines tell of it.
struct Part {
    std::string file;
    PartLine line;
    std::string header;
};

/// What lies behind the two lines that say what the file is.
std::string_view rows_in(std::string_view text) {
    for (int line = 0; line < 2; ++line) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return text;
}

std::optional<Part> read_head(const std::string& file, Diagnostics& diagnostics) {
    const std::optional<std::string> text = read_whole_text(file, diagnostics);
    if (!text) return std::nullopt;
    const std::size_t first = text->find('\n');
    const std::size_t second = first == std::string::npos ? first : text->find('\n', first + 1);
    const std::optional<PartLine> line = second == std::string::npos
                                             ? std::nullopt
                                             : parse_part_line(std::string_view(*text).substr(0, first));
    if (line) return Part{file, *line, text->substr(first + 1, second - first - 1)};
    diagnostics.error("M7.4", {file, {}, {}, 0, 0}, "this is no part of a sweep, as sweep --shard writes it");
    return std::nullopt;
}

/// In what two parts differ, the first thing; empty if they belong together.
std::string difference_between(const Part& a, const Part& b) {
    if (a.line.shard.of != b.line.shard.of)
        return fmt::format("one of {} shards, not of {}", b.line.shard.of, a.line.shard.of);
    if (a.header != b.header) return "with other columns";
    if (a.line.sweep_id != b.line.sweep_id) return other_sweep(b.line.sweep_id, a.line.sweep_id);
    return a.line.of == b.line.of ? "" : "with another number of runs";
}

/// Whether the rows are those that the part should have.
bool check_rows(const Part& part, bool& any_feasible, Diagnostics& diagnostics) {
    const std::optional<std::string> text = read_whole_text(part.file, diagnostics);
    if (!text) return false;
    const std::string_view rows = rows_in(*text);
    std::uint64_t count = 0;
    const auto error = [&](std::size_t line, std::string message) {
        diagnostics.error("M7.4", {part.file, {}, {}, line, line > 0 ? std::size_t{1} : 0},
                          std::move(message));
        return false;
    };
    for (std::size_t at = 0; at < rows.size();) {
        const std::size_t end = rows.find('\n', at);
        if (end == std::string::npos) break;  // broken off
        const std::string_view row = rows.substr(at, end - at);
        const std::string number = std::to_string(part.line.first + count + 1) + ",";
        if (!row.starts_with(number) || count == part.line.count)
            return error(count + 3, "this is not the row that belongs here");
        if (const std::string why = other_sweep(row, part.line.sweep_id); !why.empty())
            return error(count + 3, why);
        any_feasible = any_feasible || says_feasible(part.header, row);
        ++count;
        at = end + 1;
    }
    if (count == part.line.count && (rows.empty() || rows.back() == '\n')) return true;
    return error(0,
                 fmt::format("shard {} is not finished, it has {} of its {} runs: sweep again with the same "
                             "options, it goes on from there",
                             to_text(part.line.shard), count, part.line.count));
}

}  // namespace

bool is_sweep_part(const std::string& path) {
    Diagnostics ignored;
    std::optional<Source> source = Source::open(path, {}, ignored);
    return source && source->next_block() && source->block().starts_with(kPartMark);
}

std::optional<SweepParts> SweepParts::read(const std::vector<std::string>& files, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    std::vector<Part> parts;
    for (const std::string& file : files)
        if (std::optional<Part> part = read_head(file, diagnostics)) parts.push_back(std::move(*part));
    if (diagnostics.error_count() > errors_before || parts.empty()) return std::nullopt;
    for (const Part& part : parts)
        if (const std::string difference = difference_between(parts[0], part); !difference.empty())
            diagnostics.error("M7.4", {part.file, {}, {}, 0, 0},
                              fmt::format("belongs to another sweep than {}: {}", parts[0].file, difference));
    if (diagnostics.error_count() > errors_before) return std::nullopt;
    std::ranges::stable_sort(parts, {}, [](const Part& part) { return part.line.shard.number; });
    std::vector<ShardFile> shards;
    for (const Part& part : parts) shards.push_back({part.file, part.line.shard});
    if (!are_complete(shards, diagnostics)) return std::nullopt;
    SweepParts joined;
    std::uint64_t next = 0;
    for (const Part& part : parts) {
        if (part.line.first != next)
            diagnostics.error("M7.4", {part.file, {}, {}, 1, 1},
                              "its runs do not follow those of the shard before it");
        next = part.line.first + part.line.count;
        static_cast<void>(check_rows(part, joined.any_feasible_, diagnostics));
        joined.files_.push_back(part.file);
    }
    if (next != parts.back().line.of)
        diagnostics.error("M7.4", {parts.back().file, {}, {}, 1, 1},
                          "its runs do not end where those of the sweep do");
    if (diagnostics.error_count() > errors_before) return std::nullopt;
    return joined;
}

void SweepParts::write(const TextSink& sink) const {
    bool with_header = true;
    for (const std::string& file : files_) {
        Diagnostics diagnostics;
        const std::optional<std::string> text = read_whole_text(file, diagnostics);
        if (!text) throw std::runtime_error("cannot read " + file + " any more");
        sink(with_header ? std::string_view(*text).substr(text->find('\n') + 1) : rows_in(*text));
        with_header = false;
    }
}

}  // namespace termwise
