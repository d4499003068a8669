#include "formats/spreadsheet_copy.h"

#include <stdexcept>

#include "formats/csv_reader.h"
#include "money/decimal.h"

namespace termwise {
namespace {

bool is_number(std::string_view cell) {
    return parse_decimal(cell.substr(cell.starts_with('-') ? 1 : 0)).has_value();
}

}  // namespace

void SpreadsheetCopy::add(std::string_view rows) {
    Diagnostics diagnostics;
    Source source = Source::of_text(rows, "");
    CsvReader reader(source, diagnostics);
    const bool whole = reader.read([&](const CsvRow& row) {
        for (const std::string_view cell : row.cells) is_number(cell) ? csv_.number(cell) : csv_.cell(cell);
        csv_.end_row();
    });
    if (!whole) throw std::logic_error("a table of ours cannot be read");
}

}  // namespace termwise
