// Who is billed what (M2 on whole days in UTC). Every amount goes into the ledger on its day.
#pragma once

#include "emulator/world.h"

namespace termwise::emulator {

/// The running billing period.
[[nodiscard]] Interval<Day> running_period(const Sub& sub);
/// The running term.
[[nodiscard]] Interval<Day> running_term(const Sub& sub);

/// Charges `seats` seats from `today` to the end of the running period.
void bill_seats(World& world, Sub& sub, std::int32_t seats, Day today);
/// Charges the whole running period, at its beginning.
void bill_period(World& world, Sub& sub);
/// Gives back what was paid for `seats` seats from `today` on.
void refund_seats(World& world, Sub& sub, std::int32_t seats, Day today);

/// Charges what a contract that ended still owes: the billing dates of its term after today's period.
void bill_rest_of_term(World& world, Sub& sub);
void bill_fee(World& world, Sub& sub, Money fee, Day today);

/// What a term that starts on `day` costs; null if it is not sold or not renewed any more.
[[nodiscard]] const Price* price_of_term(const World& world, OfferIndex offer, TermBilling sold_as, Day day,
                                         bool renewal);

}  // namespace termwise::emulator
