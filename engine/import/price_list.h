// The new-commerce price list of Partner Center: what every product costs a seat, by term and billing plan,
// from day to day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/interval.h"
#include "calendar/day.h"
#include "formats/source.h"
#include "import/locale.h"
#include "import/notes.h"
#include "model/kinds.h"
#include "model/scenario.h"
#include "money/money.h"

namespace termwise {

/// What holds for terms that start in `days`.
struct ListedPrice {
    TermBilling sold_as;
    Interval<Day> days;      ///< open ends are kBeforeAllDays, kAfterAllDays
    ExactAmount term_price;  ///< of a seat for the whole term, as the list has it
    Money unit_price;        ///< of a seat and billing period, rounded
    std::uint32_t file = 0;  ///< in PriceList::files
    std::size_t line = 0;
};

struct ListedOffer {
    std::string id;  ///< "CFQ7TTC0LH18:0001"
    std::string title;
    std::vector<ListedPrice> prices;  ///< by term, billing, days; no two of them overlap

    [[nodiscard]] bool sells(TermBilling sold_as) const;
    /// The price that holds on a day; if none does, the first one after it; null if there is none either.
    [[nodiscard]] const ListedPrice* price_on(TermBilling sold_as, Day day) const;
};

struct PriceList {
    std::vector<std::string> files;
    std::string currency, market;
    int minor_digits = 2;
    Perspective perspective = Perspective::partner;
    std::vector<ListedOffer> offers;  ///< by id
    Day newest_start;  ///< the last day on which a price begins; none if all begin before all days

    [[nodiscard]] const ListedOffer* find(std::string_view id) const;
};

/// Which rows to take. An empty currency or market is the only one that the files have.
struct PriceChoice {
    std::string currency, market;
    std::string segment = "Commercial";
    Perspective perspective =
        Perspective::partner;  ///< UnitPrice for the partner's, ERP Price for the customer's
    std::optional<DayOrder> dates;
};

/// Reads price lists, a current one and perhaps a preview, together. Nothing if anything is wrong, which is
/// reported with line, column and the column's name.
///
/// - The list prices a seat for the whole term, whatever the billing plan: a price row of ours is
///   that divided by the term's billing periods, rounded half away from zero; the largest
///   difference over a term is noted.
/// - A row holds on a day if it holds at the day's end: one that ends at 06:57 does not, one that
///   ends at 23:59 does, one that begins at noon does. An end without a time includes its day, as
///   ends in new commerce do. Years from 2999 on are an open end, years before 1900 an open start;
///   EndofSaleDate ends a row as well.
/// - Where rows of one price overlap, the one that ends first holds until it ends; of two that end
///   together the one that begins later. Two prices for the same days are a mistake that names both
///   rows.
/// - Trials, one-time purchases, other currencies, markets and segments, and tiers for larger
///   quantities are left out and counted in `notes`.
///
/// Runtime: n log n in the rows; memory: the rows.
[[nodiscard]] std::optional<PriceList> read_price_lists(std::span<Source> sources, const PriceChoice& choice,
                                                        ImportNotes& notes, Diagnostics& diagnostics);

}  // namespace termwise
