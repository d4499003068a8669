// One subscription of each kind that a profile draws: whether a portfolio of them would be right is asked
// once, before a million are drawn.
#pragma once

#include "base/diagnostic.h"
#include "generation/profile.h"

namespace termwise {

/// Builds the profile's scenario with such a sample and reports what is wrong with it, in the profile's own
/// places: the scenario's under "/scenario", those of what is held under "/offers" and "/add_ons".
void check_sample(const Profile& profile, Diagnostics& diagnostics);

/// The rows of `offer` for a term, monthly if asked for and sold, else billed as rarely as it is sold; by
/// day. Empty if it is not sold for that term.
[[nodiscard]] std::vector<PriceDraft> price_rows(const OfferDraft& offer, Period term, bool monthly);

/// The price on a day, or the first one there is.
[[nodiscard]] Decimal price_on(const std::vector<PriceDraft>& rows, Day day);

/// The day on which a term starts that ends on `end` or, where that day's month is too short, as soon before.
[[nodiscard]] Day term_start_before(Day end, Period term);

}  // namespace termwise
