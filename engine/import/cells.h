// Splits tables that others write: cells separated by commas, semicolons or tabs, whichever the file uses,
// each with its place. Our own tables are read by csv_reader.h: those are always separated by commas, and a
// place is looked up only where something is wrong. Of foreign ones the separator depends on who saved them
// last, and rows are judged long after they were read.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/source.h"

namespace termwise {

struct ForeignCell {
    std::string_view text;  ///< without the blanks around it, no-break spaces included
    TextPosition at;        ///< of its first byte, or of its quotation mark
};

/// A row, valid while it is being handed over.
struct ForeignRow {
    std::size_t line = 0;  ///< in which it starts
    std::span<const ForeignCell> cells;
};

/// Reads one table, once: RFC 4180 but for the separator, which the first row decides (or a line `sep=;`
/// before it, as spreadsheets write). Rows end with LF or CRLF; blank lines do not count. A syntax error ends
/// the reading and is reported with line and column.
///
/// Runtime: linear. Memory: a block of the file and its longest row.
class CellReader {
  public:
    using TakeRow = std::function<void(const ForeignRow&)>;

    CellReader(Source& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

    /// Hands over every row, the header as well. Whether the table was read to its end.
    [[nodiscard]] bool read(const TakeRow& take_row);

    /// Known from the first row on; 0 before.
    [[nodiscard]] char separator() const { return separator_; }

  private:
    struct Piece {
        std::size_t from = 0, size = 0;  // in text_
        TextPosition at;
    };

    [[nodiscard]] bool take_line(std::string_view line);
    [[nodiscard]] bool begin(std::string_view line);
    void split(std::string_view line);
    [[nodiscard]] bool parse(std::string_view line);
    [[nodiscard]] std::size_t parse_quoted(std::string_view line, std::size_t at);
    void end_piece();
    void hand_over_pieces();
    bool fail(std::string message, TextPosition at);

    Source& source_;
    Diagnostics& diagnostics_;
    const TakeRow* take_row_ = nullptr;
    char separator_ = 0;
    std::size_t line_ = 0;      // the one being read
    std::size_t row_line_ = 0;  // in which the row started
    std::string carried_;       // the start of a line that goes on in the next block
    std::vector<ForeignCell> cells_;

    // For rows with quotation marks, which may go on over several lines.
    bool is_in_quotes_ = false;
    std::string text_;
    std::vector<Piece> pieces_;
};

/// `cell` without the blanks around it: spaces, tabs, no-break spaces.
[[nodiscard]] std::string_view trimmed_cell(std::string_view cell);

}  // namespace termwise
