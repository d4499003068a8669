// Dates and amounts as tools and spreadsheets write them. 03/04/2024 is a day in March or in April, 1.036 is
// a thousand or one: only the other cells of the column can tell. So each cell is read to what it says by
// itself, a column gathers what that proves, and settle() decides once for the whole column.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "calendar/day.h"
#include "import/notes.h"
#include "money/money.h"

namespace termwise {

// Dates

enum class DayOrder : std::uint8_t { month_first, day_first };
inline constexpr std::array<std::string_view, 2> kDayOrderNames{"month-first", "day-first"};

/// How a date is written: 2024-03-01 (2024/03/01), 03/01/2024, 01.03.2024, 01-03-2024, 20240301.
enum class DateShape : std::uint8_t { year_first, slashes, dots, dashes, compact };
inline constexpr std::size_t kDateShapes = 5;

struct WrittenDate {
    DateShape shape = DateShape::year_first;
    std::int16_t year = 0;
    std::uint8_t first = 0, second = 0;  ///< as they stand; of year_first and compact month and day
    std::int32_t second_of_day = -1;     ///< -1: no time was written

    friend bool operator==(const WrittenDate&, const WrittenDate&) = default;
};

/// Reads a date in one of the shapes, with or without a time of day (24 hours, or AM and PM; in UTC). Years 1
/// to 9999; nothing if it is no date in either order.
[[nodiscard]] std::optional<WrittenDate> parse_written_date(std::string_view text);

/// The day of a date in a column of this order: kAfterAllDays from the year 2999 on, which stands for
/// "never"; kBeforeAllDays before 1900, which stands for "ever since" (price lists write 1753); nothing if
/// there is no such day.
[[nodiscard]] std::optional<Day> day_of(const WrittenDate& date, DayOrder order);

/// Whether the time is the last minute of the day, so that the end it names includes the day.
[[nodiscard]] constexpr bool is_end_of_day(const WrittenDate& date) {
    return date.second_of_day >= 24 * 3600 - 60;
}

/// What the dates of one column prove.
class DateColumn {
  public:
    explicit DateColumn(std::string name) : name_(std::move(name)) {}

    void see(const WrittenDate& date, std::string_view text, std::size_t line);
    [[nodiscard]] DayOrder order() const { return order_; }

  private:
    friend bool settle_dates(std::span<DateColumn> columns, std::optional<DayOrder> asked,
                             const std::string& file, ImportNotes& notes, Diagnostics& diagnostics);
    struct Seen {
        std::string text;
        std::size_t line = 0;
        [[nodiscard]] bool none() const { return line == 0; }
    };

    [[nodiscard]] bool has_order() const;
    [[nodiscard]] std::optional<DayOrder> proven() const;
    [[nodiscard]] bool is_mixed(const std::string& file, Diagnostics& diagnostics) const;
    void report(const Seen& seen, std::string message, const std::string& file,
                Diagnostics& diagnostics) const;

    std::string name_;                     // as the file's header writes it
    std::array<Seen, kDateShapes> first_;  // of each shape
    std::array<Seen, 2> proof_;            // of each order
    std::size_t count_ = 0;                // dates that were seen
    DayOrder order_ = DayOrder::month_first;
};

/// Decides the order of each column of a file: what its own cells prove; else what another column of the file
/// in the same shape proves; else what was asked for; else day first for dots and month first for the others,
/// as the tools write them, which is noted as an assumption. False, and reported with its place, where a
/// column mixes shapes or orders: a spreadsheet converts only the dates it understands.
[[nodiscard]] bool settle_dates(std::span<DateColumn> columns, std::optional<DayOrder> asked,
                                const std::string& file, ImportNotes& notes, Diagnostics& diagnostics);

// Amounts

/// A decimal number, exact: 57.6 is 576 with 1 decimal.
struct ExactAmount {
    std::int64_t digits = 0;
    std::int8_t decimals = 0;

    friend bool operator==(const ExactAmount&, const ExactAmount&) = default;
};
inline constexpr int kMostAmountDecimals = 8;
inline constexpr int kMostAmountDigits = 9;  ///< before the decimal mark

[[nodiscard]] bool is_more(ExactAmount amount, ExactAmount than);

enum class DecimalMark : std::uint8_t { point, comma };

/// Reads digits with the decimal mark given; the other one, a blank or an apostrophe may stand between groups
/// of three digits. No sign, no currency; not more digits than the limits above.
[[nodiscard]] std::optional<ExactAmount> parse_amount(std::string_view text, DecimalMark mark);

/// What the amounts of one column prove, and the same rules as for dates.
class AmountColumn {
  public:
    explicit AmountColumn(std::string name) : name_(std::move(name)) {}

    void see(std::string_view text, std::size_t line);
    /// `separator` is what separates the file's cells: where that is a semicolon, the comma is usually the
    /// decimal mark.
    [[nodiscard]] bool settle(char separator, const std::string& file, ImportNotes& notes,
                              Diagnostics& diagnostics);
    [[nodiscard]] DecimalMark mark() const { return mark_; }

  private:
    std::string name_;
    std::array<std::size_t, 2> proof_{};  // of each mark the first line that proves it
    std::array<std::string, 2> proof_text_;
    std::size_t unclear_ = 0;  // the first line that proves nothing
    std::size_t unclear_count_ = 0;
    DecimalMark mark_ = DecimalMark::point;
};

/// `amount` times numerator / denominator in minor units, rounded half away from zero (M0.4).
/// Wants 0 <= numerator <= 10^9, 0 < denominator <= 10^9 and a quotient of at most 1,000, which keeps it
/// inside 64 bits.
[[nodiscard]] Money to_minor(ExactAmount amount, std::int64_t numerator, std::int64_t denominator,
                             int minor_digits);

/// How far `parts` times `rounded` is from `whole`, at kMostAmountDecimals decimals, never negative.
[[nodiscard]] std::int64_t rounding_difference(ExactAmount whole, Money rounded, std::int64_t parts,
                                               int minor_digits);

/// "0.04" of a number at kMostAmountDecimals decimals, no more decimals than it needs.
[[nodiscard]] std::string difference_text(std::int64_t difference);

}  // namespace termwise
