#include "formats/csv_writer.h"

#include <csv.h>

namespace termwise {
namespace {

constexpr std::size_t kPieceBytes = 1 << 16;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Without quotation marks a reader would take another cell for it: blanks around one are no part of it.
bool wants_quotes(std::string_view text) {
    if (text.empty()) return false;
    return text.find_first_of(",\"\r\n") != std::string_view::npos || is_blank(text.front()) ||
           is_blank(text.back());
}

}  // namespace

CsvWriter& CsvWriter::cell(std::string_view text) {
    if (row_begun_) text_ += ',';
    row_begun_ = true;
    if (!wants_quotes(text)) {
        text_ += text;
        return *this;
    }
    const std::size_t before = text_.size();
    text_.resize(before + 2 * text.size() + 2);
    const std::size_t written =
        csv_write(text_.data() + before, text_.size() - before, text.data(), text.size());
    text_.resize(before + written);
    return *this;
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
