#include "formats/csv_reader.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace termwise {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view cell) {
    while (!cell.empty() && is_blank(cell.front())) cell.remove_prefix(1);
    while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
    return cell;
}

}  // namespace

SeparatorLine separator_of(std::string_view line) {
    constexpr std::string_view kDeclaration = "sep=";
    if (line.size() == kDeclaration.size() + 1 && line.starts_with(kDeclaration)) return {line.back(), false};
    constexpr std::array<char, 3> kSeparators{',', ';', '\t'};
    std::array<std::size_t, 3> counts{};
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '"') is_quoted = !is_quoted;
        for (std::size_t i = 0; i < kSeparators.size() && !is_quoted; ++i) counts[i] += c == kSeparators[i];
    }
    const auto most = std::ranges::max_element(counts);
    return {kSeparators[static_cast<std::size_t>(most - counts.begin())], true};
}

std::string_view trimmed_cell(std::string_view cell, TableOrigin origin) {
    constexpr std::string_view kNoBreakSpace = "\xc2\xa0";
    for (;;) {
        cell = trimmed(cell);
        if (origin == TableOrigin::ours) return cell;
        if (cell.starts_with(kNoBreakSpace))
            cell.remove_prefix(kNoBreakSpace.size());
        else if (cell.ends_with(kNoBreakSpace))
            cell.remove_suffix(kNoBreakSpace.size());
        else
            return cell;
    }
}

CsvReader::CsvReader(Source& source, Diagnostics& diagnostics, TableOrigin origin, Splitting splitting)
    : source_(source),
      diagnostics_(diagnostics),
      splitting_(splitting),
      separator_(origin == TableOrigin::ours ? ',' : '\0'),
      parser_(std::make_unique<csv_parser>()) {
    if (csv_init(parser_.get(), CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
}

CsvReader::~CsvReader() { csv_free(parser_.get()); }

bool CsvReader::read(const TakeRow& take_row) {
    take_row_ = &take_row;
    while (source_.next_block()) {
        std::string_view rest = source_.block();
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            if (end == std::string_view::npos) {
                carried_ += rest;
                if (carried_.size() > kMostRowBytes)
                    return fail("a row of more than 4 MiB; is a quotation mark missing before?",
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
    if (csv_fini(parser_.get(), on_cell, on_row, this) == 0) return true;
    return fail("a quotation mark opens a cell of this row, and none closes it", {row_line_, 1});
}

bool CsvReader::take_line(std::string_view line) {
    ++line_;
    const std::string_view end = line.ends_with('\r') ? "\r\n" : "\n";
    line.remove_suffix(end.size() - 1);
    if (separator_ == '\0' && !begin(line)) return true;
    if (!is_in_row_) row_line_ = line_;
    const bool is_split = !is_in_row_ && splitting_ == Splitting::fast && split(line);
    if (!is_split) return parse(line, end);
    if (cells_.size() > 1 || !cells_.front().empty()) (*take_row_)({row_line_, cells_});
    return true;
}

/// Whether a line decides the separator and is a row itself.
bool CsvReader::begin(std::string_view line) {
    if (trimmed(line).empty()) return false;
    const SeparatorLine first = separator_of(line);
    separator_ = first.separator;
    csv_set_delim(parser_.get(), static_cast<unsigned char>(separator_));
    return first.is_row;
}

/// Splits a line at its separators; false if it holds what takes a parser.
bool CsvReader::split(std::string_view line) {
    cells_.clear();
    const char separator = separator_;
    const char* cell = line.data();
    const char* const end = cell + line.size();
    for (const char* at = cell;; ++at) {
        if (at == end || *at == separator) {
            cells_.push_back(trimmed({cell, static_cast<std::size_t>(at - cell)}));
            if (at == end) return true;
            cell = at + 1;
        } else if (*at == '"' || *at == '\r') {
            return false;
        }
    }
}

bool CsvReader::parse(std::string_view line, std::string_view end) {
    is_in_row_ = is_in_row_ || !trimmed(line).empty();
    row_bytes_ += line.size() + 1;
    if (row_bytes_ > kMostRowBytes)
        return fail("a row of more than 4 MiB; is a quotation mark missing in it?", {row_line_, 1});
    if (!feed(line)) return false;
    if (has_row_ended_) {
        const std::size_t at = line.find('\r');
        return fail("a carriage return alone does not end a row; save the table with LF or CRLF",
                    {line_, at + 1});
    }
    if (!feed(end)) return false;
    if (has_row_ended_) hand_over();
    return true;
}

bool CsvReader::feed(std::string_view bytes) {
    const std::size_t taken = csv_parse(parser_.get(), bytes.data(), bytes.size(), on_cell, on_row, this);
    if (taken == bytes.size()) return true;
    if (csv_error(parser_.get()) != CSV_EPARSE) throw std::bad_alloc();
    return fail("a quotation mark stands inside a cell; quote the whole cell and double the marks in it",
                {line_, taken + 1});
}

void CsvReader::hand_over() {
    cells_.clear();
    std::size_t from = 0;
    for (const std::size_t end : ends_) {
        cells_.push_back(std::string_view(text_).substr(from, end - from));
        from = end;
    }
    (*take_row_)({row_line_, cells_});
    text_.clear();
    ends_.clear();
    row_bytes_ = 0;
    is_in_row_ = false;
    has_row_ended_ = false;
}

void CsvReader::on_cell(void* bytes, std::size_t size, void* reader) {
    auto& r = *static_cast<CsvReader*>(reader);
    if (size > 0) r.text_.append(static_cast<const char*>(bytes), size);
    r.ends_.push_back(r.text_.size());
}

void CsvReader::on_row(int, void* reader) { static_cast<CsvReader*>(reader)->has_row_ended_ = true; }

bool CsvReader::fail(std::string message, TextPosition at) {
    Place place{source_.name(), {}, {}, at.line, at.column};
    diagnostics_.error("M0.5", std::move(place), std::move(message) + "; what follows was not read");
    return false;
}

}  // namespace termwise
