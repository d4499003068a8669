// Text for people: tables that line up, numbers that can be read, colour only where it means something.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "money/money.h"

namespace termwise::cli {

/// How text is shown; found out once from the terminal and the environment.
struct Style {
    bool colour = false;  ///< standard output is a terminal and NO_COLOR is not set
    bool unicode = true;  ///< signs beyond ASCII can be shown: no locale is set, or one of UTF-8
    int width = 100;      ///< columns: of the terminal, else COLUMNS, else 100
    bool folds = false;   ///< standard output is a terminal: what is wider than it is folded

    [[nodiscard]] static Style of_terminal();
    [[nodiscard]] std::string good(std::string_view text) const { return painted("32", text); }
    [[nodiscard]] std::string bad(std::string_view text) const { return painted("31", text); }
    [[nodiscard]] std::string strong(std::string_view text) const { return painted("1", text); }
    [[nodiscard]] std::string_view plus_minus() const { return unicode ? "±" : "+-"; }
    [[nodiscard]] std::string_view ellipsis() const { return unicode ? "…" : "..."; }

  private:
    [[nodiscard]] std::string painted(std::string_view code, std::string_view text) const;
};

/// "317,805.17".
[[nodiscard]] std::string grouped(Money amount, int minor_digits);
[[nodiscard]] std::string grouped(std::int64_t number);

/// "1 customer", "3 customers"; `many` only where an s is not enough.
[[nodiscard]] std::string counted(std::int64_t number, std::string_view one, std::string_view many = {});

/// Columns that `text` takes on a terminal: code points, escape sequences left out.
[[nodiscard]] std::size_t shown_width(std::string_view text);

/// `text` cut to `width` columns, ending in an ellipsis if cut.
[[nodiscard]] std::string cut(std::string_view text, std::size_t width, const Style& style);

/// The first column to the left, the others to the right unless asked otherwise.
class TextTable {
  public:
    /// Columns of text, from 0.
    void align_left(std::vector<std::size_t> columns) { left_ = std::move(columns); }
    /// The first column is never cut.
    void keep_names() { keeps_names_ = true; }
    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    void blank() { rows_.emplace_back(); }
    /// The first column is cut, if it may be, so that the table fits the style's width. Where that is not
    /// enough and the style folds, the columns that do not fit stand below the others, the first one before
    /// them again.
    [[nodiscard]] std::string text(const Style& style) const;
    /// Whether text() has a line for each row.
    [[nodiscard]] bool has_line_a_row(const Style& style) const;

  private:
    struct Layout {
        std::vector<std::size_t> widths;  // by column
        std::vector<std::size_t> ends;    // of the columns of each block, one after the other
    };
    [[nodiscard]] Layout layout(const Style& style) const;
    [[nodiscard]] std::string line(const std::vector<std::string>& row, std::size_t from, std::size_t to,
                                   const Layout& layout, const Style& style) const;

    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> left_;
    bool keeps_names_ = false;
};

}  // namespace termwise::cli
