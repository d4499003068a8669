#include "import/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/nearest.h"
#include "import/values.h"

namespace termwise {
namespace {

/// Headers that differ by more than this are different names: SubscriptionName is no slip for SubscriptionId.
constexpr std::size_t kMostSlips = 2;
constexpr std::size_t kLettersPerSlip = 4;

std::string_view trimmed(std::string_view cell) { return trimmed_cell(cell, TableOrigin::foreign); }

bool is_empty(std::string_view cell) { return trimmed(cell).empty(); }

bool is_called(const ForeignColumn& column, std::string_view plain_header) {
    if (plain_name(column.name) == plain_header) return true;
    std::string_view rest = column.variants;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        if (plain_name(rest.substr(0, end)) == plain_header) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

bool is_slip(std::string_view a, std::string_view b) {
    const std::size_t most = std::min(kMostSlips, std::min(a.size(), b.size()) / kLettersPerSlip);
    return most > 0 && edit_distance(a, b, most) <= most;
}

/// How many of the required columns a header has.
std::pair<std::size_t, std::size_t> required_of(const ForeignTable& kind,
                                                const std::vector<std::string>& headers) {
    std::size_t found = 0, required = 0;
    for (const ForeignColumn& column : kind.columns) {
        if (!column.is_required) continue;
        ++required;
        found += std::ranges::any_of(headers, [&](const auto& header) { return is_called(column, header); });
    }
    return {found, required};
}

std::vector<std::string> plain_headers(const CsvRow& row) {
    std::vector<std::string> headers;
    for (const std::string_view cell : row.cells) headers.push_back(plain_name(cell));
    return headers;
}

}  // namespace

std::string_view TableRow::operator[](std::size_t column) const {
    const std::size_t cell = reader_.cell_of_[column];
    return cell < row_.cells.size() ? trimmed(row_.cells[cell]) : std::string_view();
}

Where TableRow::where() const { return {reader_.file(), row_.line}; }

void TableRow::mistake(std::size_t column, std::string message, std::string nearest) const {
    reader_.error(row_.line, reader_.names_[column], std::move(message), std::move(nearest));
}

bool TableRow::read(std::size_t column, const Scalar& scalar, Value& value) const {
    Mistake wrong;
    const std::string_view cell = (*this)[column];
    if (cell.empty())
        wrong.message = mismatch(scalar, "an empty cell");
    else if (read_cell(scalar, cell, value, wrong))
        return true;
    mistake(column, std::move(wrong.message), std::move(wrong.nearest));
    return false;
}

bool ForeignTableReader::read(std::span<const ForeignTable> kinds, const TakeRow& take_row) {
    const std::size_t errors_before = diagnostics_.error_count();
    const bool was_read_whole = csv_.read([&](const CsvRow& row) {
        if (std::ranges::all_of(row.cells, is_empty)) return;
        if (!has_header_) return take_header(kinds, row);
        if (!is_usable_) return;
        const auto filled = std::ranges::find_if(row.cells.rbegin(), row.cells.rend(),
                                                 [](auto cell) { return !is_empty(cell); });
        const auto last = static_cast<std::size_t>(row.cells.rend() - filled);
        if (row.cells.size() < width_ || last > width_)
            return error(row.line, {},
                         fmt::format("this row has {} cells, the header {}", row.cells.size(), width_));
        take_row(TableRow(*this, row));
    });
    if (was_read_whole && !has_header_)
        error(1, {}, "the table is empty; its first row has to name the columns");
    return was_read_whole && diagnostics_.error_count() == errors_before;
}

void ForeignTableReader::take_header(std::span<const ForeignTable> kinds, const CsvRow& row) {
    has_header_ = true;
    width_ = row.cells.size();
    while (width_ > 0 && is_empty(row.cells[width_ - 1])) --width_;
    if (!choose_kind(kinds, row)) return;
    const std::size_t errors_before = diagnostics_.error_count();
    bind(kinds[kind_], row);
    report_missing(kinds[kind_], row);
    is_usable_ = diagnostics_.error_count() == errors_before;
}

bool ForeignTableReader::choose_kind(std::span<const ForeignTable> kinds, const CsvRow& row) {
    const std::vector<std::string> headers = plain_headers(row);
    std::size_t most = 0, of = 1;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const auto [found, required] = required_of(kinds[i], headers);
        // The larger share; of equal ones the kind that asks for more, then the first.
        const std::size_t here = found * of, there = most * required;
        if (here < there || (here == there && required <= of && i > 0)) continue;
        most = found;
        of = required;
        kind_ = i;
    }
    const ForeignTable& kind = kinds[kind_];
    if (2 * most >= of && kind.instead.empty()) return true;
    if (most == of) {
        error(row.line, {}, fmt::format("this is {}; {}", kind.what, kind.instead));
        return false;
    }
    std::vector<std::string_view> readable;
    for (const ForeignTable& known : kinds)
        if (known.instead.empty()) readable.push_back(known.what);
    error(row.line, {},
          fmt::format("these columns are not those of {}; does the file begin with its header?",
                      fmt::join(readable, ", nor of ")));
    return false;
}

void ForeignTableReader::bind(const ForeignTable& kind, const CsvRow& row) {
    cell_of_.assign(kind.columns.size(), kNoCell);
    names_.clear();
    for (const ForeignColumn& column : kind.columns) names_.emplace_back(column.name);
    for (std::size_t cell = 0; cell < width_; ++cell) {
        const std::string header = plain_name(trimmed(row.cells[cell]));
        for (std::size_t i = 0; i < kind.columns.size(); ++i) {
            if (!is_called(kind.columns[i], header)) continue;
            if (cell_of_[i] != kNoCell)
                error(row.line, trimmed(row.cells[cell]),
                      fmt::format("the column {} stands here for the second time",
                                  quoted(kind.columns[i].name)));
            cell_of_[i] = cell;
            names_[i] = trimmed(row.cells[cell]);
            break;
        }
    }
}

/// A header that is nearly that of a column which is not there is taken for a slip, also where the column may
/// be missing: what it says would be lost in silence.
void ForeignTableReader::report_missing(const ForeignTable& kind, const CsvRow& row) {
    for (std::size_t i = 0; i < kind.columns.size(); ++i) {
        if (cell_of_[i] != kNoCell) continue;
        const ForeignColumn& column = kind.columns[i];
        const std::string name = plain_name(column.name);
        bool is_reported = false;
        for (std::size_t cell = 0; cell < width_ && !is_reported; ++cell) {
            const std::string header = plain_name(trimmed(row.cells[cell]));
            if (std::ranges::find(cell_of_, cell) != cell_of_.end() || !is_slip(header, name)) continue;
            error(row.line, trimmed(row.cells[cell]),
                  fmt::format("unknown column {}", quoted(trimmed(row.cells[cell]))),
                  std::string(column.name));
            is_reported = true;
        }
        if (!is_reported && column.is_required)
            error(
                row.line, {},
                fmt::format("the column {} is missing; this seems to be {}", quoted(column.name), kind.what));
    }
}

void ForeignTableReader::error(std::size_t line, std::string_view cell, std::string message,
                               std::string nearest) {
    diagnostics_.error(
        "", {source_.name(), {}, std::string(cell), line, cell.empty() ? std::size_t{1} : std::size_t{0}},
        std::move(message), std::move(nearest));
}

}  // namespace termwise
