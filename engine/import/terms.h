// Where the current term of a subscription lies. Exports name its end and its length, not its start;
// the model wants the start, and counts every boundary from it (M0.2, M1.3).
#pragma once

#include <cstdint>
#include <string_view>

#include "calendar/day.h"
#include "calendar/period.h"

namespace termwise {

struct PlacedTerm {
    Day start;                ///< none: it cannot be placed
    std::string_view reason;  ///< why not
    /// No day has an end on that day one term later (29 February, or 31 March by months): the term ends days
    /// earlier than the file says, which is the side on which nobody is left without service.
    std::int32_t days_early = 0;
    std::int32_t renewals = 0;  ///< it has renewed so often since the export
};

/// Places the term that holds `today`: `end` is the first day without the subscription as written,
/// kAfterAllDays if there is none. One that ended already has renewed if it `renews` and no renewal starts
/// after `renewals_until` (none: open).
[[nodiscard]] PlacedTerm place_term(Day end, Period term, Day today, bool renews, Day renewals_until);

}  // namespace termwise
