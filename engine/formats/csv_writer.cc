#include "formats/csv_writer.h"

#include <csv.h>

#include <algorithm>

namespace termwise {
namespace {

constexpr std::size_t kPieceBytes = 1 << 16;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Without quotation marks a reader would take another cell for it: blanks around one are no part of it.
bool wants_quotes(std::string_view text, char separator) {
    if (text.empty()) return false;
    return text.find_first_of("\"\r\n") != std::string_view::npos ||
           text.find(separator) != std::string_view::npos || is_blank(text.front()) || is_blank(text.back());
}

/// What spreadsheets read as a formula, wherever it came from.
bool looks_like_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

}  // namespace

CsvWriter::CsvWriter(Flush flush, CsvDialect dialect) : flush_(std::move(flush)), dialect_(dialect) {
    if (dialect != CsvDialect::plain) text_ += "\xEF\xBB\xBF";
}

CsvWriter& CsvWriter::cell(std::string_view text) {
    if (dialect_ == CsvDialect::plain || !looks_like_formula(text)) {
        put(text);
    } else {
        put("'" + std::string(text));
    }
    return *this;
}

CsvWriter& CsvWriter::number(std::string_view decimal) {
    std::string text(decimal);
    if (dialect_ == CsvDialect::spreadsheet_de) std::ranges::replace(text, '.', ',');
    put(text);
    return *this;
}

void CsvWriter::put(std::string_view text) {
    const char separator = dialect_ == CsvDialect::spreadsheet_de ? ';' : ',';
    if (row_begun_) text_ += separator;
    row_begun_ = true;
    if (!wants_quotes(text, separator)) {
        text_ += text;
        return;
    }
    const std::size_t before = text_.size();
    text_.resize(before + 2 * text.size() + 2);
    const std::size_t written =
        csv_write(text_.data() + before, text_.size() - before, text.data(), text.size());
    text_.resize(before + written);
}

void CsvWriter::end_row() {
    text_ += '\n';
    row_begun_ = false;
    if (text_.size() < kPieceBytes) return;
    flush_(text_);
    text_.clear();
}

void CsvWriter::finish() {
    flush_(text_);
    text_.clear();
}

}  // namespace termwise
