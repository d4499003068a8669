// A table of ours, written for programs, as spreadsheets of a locale want it.
#pragma once

#include <string_view>

#include "formats/csv_writer.h"

namespace termwise {

/// Cells that are decimal numbers as programs write them ("-1234.50") become numbers of the locale, all
/// others stay text.
class SpreadsheetCopy {
  public:
    SpreadsheetCopy(CsvWriter::Flush flush, CsvDialect dialect) : csv_(std::move(flush), dialect) {}

    /// Whole rows with their ends. Throws std::logic_error if they are no table: they are ours.
    void add(std::string_view rows);
    /// Hands over what is left.
    void finish() { csv_.finish(); }

  private:
    CsvWriter csv_;
};

}  // namespace termwise
