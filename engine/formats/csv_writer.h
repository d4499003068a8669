// Tables out: RFC 4180, quoted where needed (libcsv), LF line ends; or as spreadsheets of a locale want them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace termwise {

/// How a table is written.
enum class CsvDialect : std::uint8_t {
    plain,           ///< for programs: comma, decimal point, no mark
    spreadsheet_en,  ///< the same for people who open it in a spreadsheet: begins with a UTF-8 mark, and text
                     ///< that a spreadsheet would take for a formula is kept from being one by an apostrophe
    spreadsheet_de   ///< and with semicolon and decimal comma
};

class CsvWriter {
  public:
    using Flush = std::function<void(std::string_view)>;
    explicit CsvWriter(Flush flush, CsvDialect dialect = CsvDialect::plain);

    CsvWriter& cell(std::string_view text);
    /// A number as programs write it, "-1234.50"; empty: none.
    CsvWriter& number(std::string_view decimal);
    void end_row();
    /// Hands over what is left.
    void finish();

  private:
    void put(std::string_view text);

    Flush flush_;
    CsvDialect dialect_;
    std::string text_;
    bool row_begun_ = false;
};

}  // namespace termwise
