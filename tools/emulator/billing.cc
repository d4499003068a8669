#include "emulator/billing.h"

#include <algorithm>

#include "contract/contract.h"
#include "money/share.h"

namespace termwise::emulator {
namespace {

void write(World& world, Sub& sub, Day dated, Interval<Day> covers, std::int32_t seats, Money amount) {
    world.ledgers.billed.push_back({dated, covers, seats, amount, sub.id, sub.is_new});
    const std::int64_t seat_days = std::int64_t{seats} * (covers.to - covers.from);
    world.ledgers.lives[sub.life].seat_days += amount < Money() ? -seat_days : seat_days;
}

}  // namespace

Interval<Day> running_period(const Sub& sub) {
    const Boundaries billing(sub.anchor, sub.sold_as.billing);
    return {billing.at(sub.period), billing.at(sub.period + 1)};
}

Interval<Day> running_term(const Sub& sub) {
    const Boundaries billing(sub.anchor, sub.sold_as.billing);
    return {billing.at(sub.next_term - sub.sold_as.term.months / sub.sold_as.billing.months),
            billing.at(sub.next_term)};
}

void bill_seats(World& world, Sub& sub, std::int32_t seats, Day today) {
    const Interval<Day> period = running_period(sub);
    const Money amount = share(seats * sub.unit_price, period.to - today, period.to - period.from);
    sub.paid.push_back({{today, period.to}, seats, amount});
    write(world, sub, today, {today, period.to}, seats, amount);
}

void bill_period(World& world, Sub& sub) {
    sub.paid.clear();
    bill_seats(world, sub, sub.quantity, running_period(sub).from);
}

void refund_seats(World& world, Sub& sub, std::int32_t seats, Day today) {
    // The seats that came last go first.
    for (auto paid = sub.paid.rbegin(); paid != sub.paid.rend() && seats > 0; ++paid) {
        if (paid->seats == 0 || paid->covers.to <= today) continue;
        const std::int32_t given_back = std::min(seats, paid->seats);
        const Day from = std::max(today, paid->covers.from);
        const Money part = share(paid->amount, given_back, paid->seats);
        const Money amount = share(part, paid->covers.to - from, paid->covers.to - paid->covers.from);
        write(world, sub, today, {from, paid->covers.to}, given_back, -amount);
        paid->amount -= part;
        paid->seats -= given_back;
        seats -= given_back;
    }
}

void bill_rest_of_term(World& world, Sub& sub) {
    while (++sub.period < sub.next_term) bill_period(world, sub);
}

void bill_fee(World& world, Sub& sub, Money fee, Day today) {
    if (fee != Money()) write(world, sub, today, {today, today}, 0, fee);
}

const Price* price_of_term(const World& world, OfferIndex offer, TermBilling sold_as, Day day, bool renewal) {
    if (renewal && day > world.scenario->programme_of(offer).renewals_until) return nullptr;
    return price_on(world.scenario->at(offer).prices_for(sold_as), day);
}

}  // namespace termwise::emulator
