// Reads tables: RFC 4180 with libcsv. Cells are separated by commas, in tables of others also by what else
// they use; rows end with LF or CRLF, quoted cells may hold both; blanks around a cell that is not quoted do
// not count, blank lines neither.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/source.h"

struct csv_parser;

namespace termwise {

/// A row may not be longer: a missing quotation mark must not make a cell of the rest of the file.
inline constexpr std::size_t kMostRowBytes = std::size_t{4} << 20U;

/// Who wrote a table.
enum class TableOrigin : std::uint8_t {
    ours,     ///< cells are separated by commas
    foreign,  ///< by commas, semicolons or tabs: by what a line `sep=;` before the header names, as
              ///< spreadsheets write it, else by what the header has most of
};

/// What the first line that is not blank, without its end, says of a foreign table's separator.
struct SeparatorLine {
    char separator = ',';
    bool is_row = true;  ///< a header; else a line `sep=;`
};
[[nodiscard]] SeparatorLine separator_of(std::string_view line);

/// `cell` without the blanks around it: spaces and tabs, in tables of others also no-break spaces.
[[nodiscard]] std::string_view trimmed_cell(std::string_view cell, TableOrigin origin);

/// A row, valid while it is being handed over.
struct CsvRow {
    std::size_t line = 0;  ///< in which it starts
    std::span<const std::string_view> cells;
};

/// Reads one table, once. A syntax error ends the reading; it is reported with line and column (M0.5).
///
/// Runtime: linear. Rows without quotation marks, which is nearly all of them, are split here, several times
/// as fast as libcsv does it; `Splitting` lets a test see that it comes to the same. Memory: a block of the
/// file and its longest row.
class CsvReader {
  public:
    using TakeRow = std::function<void(const CsvRow&)>;
    enum class Splitting : std::uint8_t { fast, libcsv_alone };

    CsvReader(Source& source, Diagnostics& diagnostics, TableOrigin origin = TableOrigin::ours,
              Splitting splitting = Splitting::fast);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    /// Hands over every row, the header as well. Whether the table was read to its end.
    [[nodiscard]] bool read(const TakeRow& take_row);

    /// Known from the first row on; of a foreign table 0 before.
    [[nodiscard]] char separator() const { return separator_; }

  private:
    [[nodiscard]] bool take_line(std::string_view line);
    [[nodiscard]] bool begin(std::string_view line);
    [[nodiscard]] bool split(std::string_view line);
    [[nodiscard]] bool parse(std::string_view line, std::string_view end);
    [[nodiscard]] bool feed(std::string_view bytes);
    void hand_over();
    bool fail(std::string message, TextPosition at);
    static void on_cell(void* bytes, std::size_t size, void* reader);
    static void on_row(int end, void* reader);

    Source& source_;
    Diagnostics& diagnostics_;
    Splitting splitting_;
    char separator_;
    const TakeRow* take_row_ = nullptr;
    std::size_t line_ = 0;      // the one being read
    std::size_t row_line_ = 0;  // in which the row started
    std::string carried_;       // the start of a line that goes on in the next block
    std::vector<std::string_view> cells_;

    // For libcsv: cells come one by one, and are gone with the next.
    std::unique_ptr<csv_parser> parser_;
    std::string text_;
    std::vector<std::size_t> ends_;  // of the cells in text_
    std::size_t row_bytes_ = 0;
    bool is_in_row_ = false;
    bool has_row_ended_ = false;
};

}  // namespace termwise
