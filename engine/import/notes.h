// What an import decided because its files do not say, and what it left out: every decision counted, with its
// first place and the setting that changes it. Printed and written with every import, because a comparison is
// worth what its assumptions are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace termwise {

/// A row of a file; line 0: the file as a whole, no file: none of them.
struct Where {
    std::string_view file;
    std::size_t line = 0;
};

/// "prices.csv:12".
[[nodiscard]] std::string to_text(Where where);

struct Assumption {
    std::string text;
    std::string setting;    ///< the field of the settings that changes it; empty: none does
    std::size_t count = 0;  ///< rows that it was made for; 0: for the whole
    std::string first;      ///< the first of them, "prices.csv:12"; empty: none
};

/// A subscription that is not in the scenario.
struct LeftOutRow {
    std::string file;
    std::size_t line = 0;
    std::string subscription, customer, product;
    std::string seats, end;  ///< as far as they could be told
    std::string reason;
};

/// Rows of a price list that were not taken, by reason.
struct LeftOutPrices {
    std::string reason;
    std::size_t count = 0;
    std::string first;
};

class ImportNotes {
  public:
    /// Notes an assumption for so many rows, the first of them at `where`. Assumptions of one text are one.
    void assume(std::string_view text, std::string_view setting, Where where, std::size_t rows = 1);
    /// Notes an assumption for the whole.
    void assume(std::string_view text, std::string_view setting);

    void leave_out(LeftOutRow row) { left_out_.push_back(std::move(row)); }
    void leave_out_price(std::string_view reason, Where where);

    [[nodiscard]] const std::vector<Assumption>& assumptions() const { return assumptions_; }
    /// By file, line.
    [[nodiscard]] const std::vector<LeftOutRow>& left_out() const { return left_out_; }
    [[nodiscard]] const std::vector<LeftOutPrices>& left_out_prices() const { return left_out_prices_; }

    /// How many rows were left out for each reason, most frequent first; the place of the first.
    [[nodiscard]] std::vector<LeftOutPrices> left_out_by_reason() const;

    /// When all is noted: puts assumptions for the whole before those for rows, and what was left out in the
    /// order of the files.
    void sort();

  private:
    std::vector<Assumption> assumptions_;
    std::map<std::string, std::size_t, std::less<>> assumption_of_;
    std::vector<LeftOutRow> left_out_;
    std::vector<LeftOutPrices> left_out_prices_;
};

}  // namespace termwise
