#include "import/terms.h"

namespace termwise {

PlacedTerm place_term(Day end, Period term, Day today, bool renews, Day renewals_until) {
    PlacedTerm placed;
    const auto refuse = [&](std::string_view reason) {
        placed.reason = reason;
        return placed;
    };
    if (end == kAfterAllDays) return refuse("has no end: it does not renew");
    if (end == kBeforeAllDays) return refuse("ended long ago");
    const Day start = Boundaries(end, term).at(-1);
    const Boundaries terms(start, term);
    placed.days_early = end - terms.at(1);
    if (start > today) return refuse("ends more than one term from the first day on");
    placed.start = start;
    if (today < terms.at(1)) return placed;
    placed.start = Day{};
    if (!renews) return refuse("ended before the first day");
    placed.renewals = terms.last_at_or_before(today);
    if (!renewals_until.none() && terms.at(placed.renewals) > renewals_until)
        return refuse("ended before the first day, when its programme renewed no more");
    placed.start = terms.at(placed.renewals);
    return placed;
}

}  // namespace termwise
