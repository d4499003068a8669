// Reads the rows of a table as objects of a shape (json_shape.h): a column is a field, a cell its value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/csv_reader.h"
#include "formats/json_shape.h"
#include "formats/reporter.h"
#include "formats/source.h"

namespace termwise {

/// Reads one table, once. The first row names the columns, in any order; those that begin with "x-" are
/// ignored. An empty cell is null. Rows all of whose cells are empty, as spreadsheets leave them behind, are
/// passed over.
///
/// Finds every mistake (M0.5) and reports it with the line of the row and the column's name; formats/locate.h
/// finds the cell's line and column.
class TableReader final : public Reporter {
  public:
    TableReader(Source& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

    /// Reads rows of the shape `row`, all of whose fields are scalars: for each row `open`, the fields in the
    /// order of the columns, `close`.
    ReadOutcome read(const ObjectShape& row, void* sink);

    void mistake(std::string_view rule, std::string message, std::string nearest = {}) override;
    void mistake_in(std::string_view field, std::string_view rule, std::string message,
                    std::string nearest = {}) override;
    [[nodiscard]] bool is_spoiled() const override { return is_spoiled_; }
    [[nodiscard]] std::int32_t position() const override { return static_cast<std::int32_t>(line_); }

  private:
    void take_header(const CsvRow& header);
    void add_column(std::string_view name, std::size_t number);
    void take_row(const CsvRow& row);
    void take_cell(const Field& field, std::string_view cell);
    void report(std::string_view rule, std::string_view column, std::string message, std::string nearest,
                Weight weight);

    Source& source_;
    Diagnostics& diagnostics_;
    const ObjectShape* row_ = nullptr;
    void* sink_ = nullptr;
    std::vector<const Field*> columns_;  // of each cell its field; null: ignored
    bool has_header_ = false;
    bool is_unusable_ = false;  // not even the header makes sense
    std::size_t line_ = 0;
    const Field* field_ = nullptr;  // of the cell being read
    bool is_spoiled_ = false;
    Value value_;
    Mistake mistake_;
    ReadOutcome outcome_ = ReadOutcome::good;
};

}  // namespace termwise
