// The price list of the old CSP programme, one currency saved as a table: what an old offer costs a seat and
// month.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/source.h"
#include "import/notes.h"
#include "import/price_rows.h"
#include "model/kinds.h"

namespace termwise {

struct OldPriceList {
    std::string file;
    /// Prices a month by the offer's GUID in upper case, and by its name in lower case: exports of the
    /// migration tool have names alone. Rows by days, none of which overlap.
    std::map<std::string, std::vector<PriceRow>, std::less<>> of_offer;

    /// The price that holds on a day; before the first row the first, after the last the last. Null if the
    /// offer is not listed.
    [[nodiscard]] const PriceRow* price_on(std::string_view offer, Day day) const;
};

/// Reads a list: ids in upper or lower case, days as yyyymmdd, prices per month, the partner's as List Price
/// and the customer's as ERP Price. An offer that is deleted (DEL) keeps its price for who has it. Nothing if
/// anything is wrong, which is reported with line, column and the column's name.
[[nodiscard]] std::optional<OldPriceList> read_old_prices(Source& source, Perspective perspective,
                                                          ImportNotes& notes, Diagnostics& diagnostics);

}  // namespace termwise
