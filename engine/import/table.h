// Tables that others write, by tables of what their columns are called. Columns may stand in any order, names
// may differ in case, blanks and punctuation, and columns that nobody asked for are passed over: exports
// grow.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/csv_reader.h"
#include "formats/scalar.h"
#include "formats/source.h"
#include "import/notes.h"

namespace termwise {

struct ForeignColumn {
    std::string_view name;  ///< as its writer spells it
    bool is_required = false;
    std::string_view variants = {};  ///< other spellings, separated by '|'
};

/// A kind of file.
struct ForeignTable {
    std::string_view what;     ///< "the bulk migration tool's subscriptions"
    std::string_view instead;  ///< what to do with it, if it is known but not read here; else empty
    std::span<const ForeignColumn> columns;
};

class ForeignTableReader;

/// A row, valid while it is being handed over. Columns are numbers in ForeignTable::columns.
class TableRow {
  public:
    /// Empty if the file has no such column.
    [[nodiscard]] std::string_view operator[](std::size_t column) const;
    [[nodiscard]] std::size_t line() const { return row_.line; }
    [[nodiscard]] Where where() const;

    /// Something is wrong with a cell.
    void mistake(std::size_t column, std::string message, std::string nearest = {}) const;
    /// Reads a cell as the scalars of our own files are read; false, and reported, if it is none.
    [[nodiscard]] bool read(std::size_t column, const Scalar& scalar, Value& value) const;

  private:
    friend class ForeignTableReader;
    TableRow(ForeignTableReader& reader, const CsvRow& row) : reader_(reader), row_(row) {}

    ForeignTableReader& reader_;
    const CsvRow& row_;
};

/// Reads one table, once.
///
/// Of several kinds of file, the one whose required columns the header has decides how the rows are read.
/// Reports with the line of the row and the column's name, of which locate() with TableOrigin::foreign finds
/// the cell (formats/locate.h): a header that is no such file, or one that is meant for
/// something else; a required column that is missing, with the header nearest to it; a column that stands
/// there twice; rows that have more or fewer cells than the header. Rows all of whose cells are empty are
/// passed over.
class ForeignTableReader {
  public:
    using TakeRow = std::function<void(const TableRow&)>;

    ForeignTableReader(Source& source, Diagnostics& diagnostics)
        : source_(source), diagnostics_(diagnostics), csv_(source, diagnostics, TableOrigin::foreign) {}

    /// Whether the table was read to its end and nothing was wrong with it; what take_row reports counts as
    /// wrong.
    [[nodiscard]] bool read(std::span<const ForeignTable> kinds, const TakeRow& take_row);

    /// Whether the header made sense, so that rows were handed over.
    [[nodiscard]] bool is_usable() const { return is_usable_; }
    /// Known from the first row on.
    [[nodiscard]] std::size_t kind() const { return kind_; }
    [[nodiscard]] bool has(std::size_t column) const { return cell_of_[column] != kNoCell; }
    /// The column's name as the file's header writes it; as its writer does, if the file does not have it.
    [[nodiscard]] const std::string& name_of(std::size_t column) const { return names_[column]; }
    [[nodiscard]] const std::string& file() const { return source_.name(); }
    [[nodiscard]] char separator() const { return csv_.separator(); }

  private:
    friend class TableRow;
    static constexpr std::size_t kNoCell = static_cast<std::size_t>(-1);

    void take_header(std::span<const ForeignTable> kinds, const CsvRow& row);
    [[nodiscard]] bool choose_kind(std::span<const ForeignTable> kinds, const CsvRow& row);
    void bind(const ForeignTable& kind, const CsvRow& row);
    void report_missing(const ForeignTable& kind, const CsvRow& row);
    void error(std::size_t line, std::string_view cell, std::string message, std::string nearest = {});

    Source& source_;
    Diagnostics& diagnostics_;
    CsvReader csv_;
    std::size_t kind_ = 0;
    bool has_header_ = false;
    bool is_usable_ = false;
    std::size_t width_ = 0;
    std::vector<std::string> names_;
    std::vector<std::size_t> cell_of_;  // of each column the number of its cell
};

}  // namespace termwise
