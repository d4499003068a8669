// The rows of price lists as they stand, and which of several rows holds on a day; for price_list.cc and
// old_prices.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/interval.h"
#include "calendar/day.h"
#include "import/locale.h"
#include "import/notes.h"
#include "model/scenario.h"

namespace termwise {

/// A row of a price.
struct PriceRow {
    Interval<Day> days;
    ExactAmount amount;
    std::uint32_t file = 0;
    std::size_t line = 0;
};

/// The days from the start to the end of a row: it holds on a day if it holds at that day's end. `end` may be
/// nothing: open. Sets `is_date_alone` if the end has no time, so that including its day was a guess. Nothing
/// if one of the two is no day.
[[nodiscard]] std::optional<Interval<Day>> days_of_row(const std::optional<WrittenDate>& start,
                                                       DayOrder start_order,
                                                       const std::optional<WrittenDate>& end,
                                                       DayOrder end_order, bool& is_date_alone);

/// What was found when rows of one price were put side by side.
struct Resolution {
    std::vector<PriceRow> rows;  ///< by days, no two of them overlap; neighbours differ in amount
    bool had_overlap = false;
    std::size_t repeated = 0;                               ///< rows that say what another one says
    std::optional<std::pair<PriceRow, PriceRow>> conflict;  ///< two amounts for the same days
};

/// Rows of one price: where they overlap, the one that ends first holds until it ends, and of two that end
/// together the one that begins later.
[[nodiscard]] Resolution resolve(std::vector<PriceRow> rows);

/// Whether two amounts are the same number: 57.6 and 57.60.
[[nodiscard]] bool is_same_amount(ExactAmount a, ExactAmount b);

}  // namespace termwise
