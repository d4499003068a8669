#include "import/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "formats/csv_reader.h"

namespace termwise {
namespace {

constexpr std::string_view kNoBreakSpace = "\xc2\xa0";
constexpr std::size_t kStopped = static_cast<std::size_t>(-1);

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The most frequent of the separators in a header, outside quotation marks; a comma if there is none.
char separator_of(std::string_view header) {
    constexpr std::array<char, 3> kSeparators{',', ';', '\t'};
    std::array<std::size_t, 3> counts{};
    bool is_quoted = false;
    for (const char c : header) {
        if (c == '"') is_quoted = !is_quoted;
        for (std::size_t i = 0; i < kSeparators.size() && !is_quoted; ++i) counts[i] += c == kSeparators[i];
    }
    const auto most = std::ranges::max_element(counts);
    return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace

std::string_view trimmed_cell(std::string_view cell) {
    for (;;) {
        if (!cell.empty() && is_blank(cell.front()))
            cell.remove_prefix(1);
        else if (cell.starts_with(kNoBreakSpace))
            cell.remove_prefix(kNoBreakSpace.size());
        else if (!cell.empty() && is_blank(cell.back()))
            cell.remove_suffix(1);
        else if (cell.ends_with(kNoBreakSpace))
            cell.remove_suffix(kNoBreakSpace.size());
        else
            return cell;
    }
}

bool CellReader::read(const TakeRow& take_row) {
    take_row_ = &take_row;
    while (source_.next_block()) {
        std::string_view rest = source_.block();
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            if (end == std::string_view::npos) {
                carried_ += rest;
                if (carried_.size() > kMostRowBytes)
                    return fail("a row of more than 4 MiB; does the file end its lines with LF or CRLF?",
                                {line_ + 1, 1});
                break;
            }
            std::string_view line = rest.substr(0, end);
            rest.remove_prefix(end + 1);
            if (!carried_.empty()) line = carried_ += line;
            if (!take_line(line)) return false;
            carried_.clear();
        }
    }
    if (source_.problem()) return fail(source_.problem()->message, source_.problem()->at);
    if (!carried_.empty() && !take_line(carried_)) return false;
    if (!is_in_quotes_) return true;
    return fail("a quotation mark opens a cell of this row, and none closes it", {row_line_, 1});
}

bool CellReader::take_line(std::string_view line) {
    ++line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (const std::size_t at = line.find('\r'); at != std::string_view::npos && !is_in_quotes_)
        return fail("a carriage return alone does not end a row; save the table with LF or CRLF",
                    {line_, at + 1});
    if (is_in_quotes_) {
        text_ += '\n';
        return parse(line);
    }
    if (trimmed_cell(line).empty()) return true;
    if (separator_ == 0 && !begin(line)) return true;
    row_line_ = line_;
    if (line.find('"') != std::string_view::npos) return parse(line);
    split(line);
    return true;
}

/// Whether the first line that is not blank is a row already.
bool CellReader::begin(std::string_view line) {
    constexpr std::string_view kDeclaration = "sep=";
    if (line.size() == kDeclaration.size() + 1 && line.starts_with(kDeclaration)) {
        separator_ = line.back();
        return false;
    }
    separator_ = separator_of(line);
    return true;
}

/// A line without quotation marks.
void CellReader::split(std::string_view line) {
    cells_.clear();
    for (std::size_t from = 0;;) {
        const std::size_t end = std::min(line.find(separator_, from), line.size());
        const std::string_view text = trimmed_cell(line.substr(from, end - from));
        const std::size_t column = text.empty() ? from : static_cast<std::size_t>(text.data() - line.data());
        cells_.push_back({text, {line_, column + 1}});
        if (end == line.size()) break;
        from = end + 1;
    }
    (*take_row_)({row_line_, cells_});
}

bool CellReader::parse(std::string_view line) {
    if (text_.size() + line.size() > kMostRowBytes)
        return fail("a row of more than 4 MiB; is a quotation mark missing in it?", {row_line_, 1});
    std::size_t at = 0;
    for (;;) {
        if (!is_in_quotes_) {
            std::size_t start = at;
            while (start < line.size() && is_blank(line[start]) && line[start] != separator_) ++start;
            is_in_quotes_ = start < line.size() && line[start] == '"';
            pieces_.push_back({text_.size(), 0, {line_, start + 1}});
            at = is_in_quotes_ ? start + 1 : at;
        }
        if (is_in_quotes_) {
            at = parse_quoted(line, at);
            if (at == kStopped) return false;
            if (is_in_quotes_) return true;  // the row goes on in the next line
        } else {
            const std::size_t end = std::min(line.find(separator_, at), line.size());
            const std::string_view text = line.substr(at, end - at);
            if (const std::size_t mark = text.find('"'); mark != std::string_view::npos)
                return fail(
                    "a quotation mark stands inside a cell; quote the whole cell and double the marks in it",
                    {line_, at + mark + 1});
            text_ += text;
            at = end;
        }
        end_piece();
        if (at == line.size()) break;
        ++at;
    }
    hand_over_pieces();
    return true;
}

/// Takes the inside of a quoted cell from `at` on. Where the cell ends: at a separator or at the end of the
/// line.
std::size_t CellReader::parse_quoted(std::string_view line, std::size_t at) {
    for (;;) {
        const std::size_t mark = std::min(line.find('"', at), line.size());
        text_ += line.substr(at, mark - at);
        if (mark == line.size()) return mark;
        at = mark + 1;
        if (at == line.size() || line[at] != '"') break;
        text_ += '"';
        ++at;
    }
    is_in_quotes_ = false;
    while (at < line.size() && is_blank(line[at]) && line[at] != separator_) ++at;
    if (at == line.size() || line[at] == separator_) return at;
    static_cast<void>(
        fail("something stands behind the quotation mark that ends the cell; double the marks in it",
             {line_, at + 1}));
    return kStopped;
}

void CellReader::end_piece() { pieces_.back().size = text_.size() - pieces_.back().from; }

void CellReader::hand_over_pieces() {
    cells_.clear();
    for (const Piece& piece : pieces_)
        cells_.push_back({trimmed_cell(std::string_view(text_).substr(piece.from, piece.size)), piece.at});
    (*take_row_)({row_line_, cells_});
    text_.clear();
    pieces_.clear();
}

bool CellReader::fail(std::string message, TextPosition at) {
    Place place{source_.name(), {}, {}, at.line, at.column};
    diagnostics_.error("M0.5", std::move(place), std::move(message) + "; what follows was not read");
    return false;
}

}  // namespace termwise
