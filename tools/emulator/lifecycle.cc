#include "emulator/lifecycle.h"

#include <algorithm>

#include "emulator/api_changes.h"
#include "emulator/billing.h"

namespace termwise::emulator {
namespace {

bool is_nce(const Sub& sub) { return sub.channel == Channel::nce; }

void schedule_period_end(World& world, const Sub& sub) {
    world.schedule(start_of(running_period(sub).to), {EventKind::period_end, sub.id, {}, 0, sub.generation});
}

/// The life goes on in a state in which nobody works with it, or is over.
void end_life(World& world, const Sub& sub) {
    LifeLine& life = world.ledgers.lives[sub.life];
    if (!life.until) life.until = world.now;
}

/// A planned change of product, term or quantity comes true at a renewal.
void apply_planned_change(World& world, Sub& sub, Day today) {
    if (!sub.next_term_change.is_object()) return;
    const PlannedChange change = planned_change(world, sub, sub.next_term_change);
    sub.next_term_change = nullptr;
    if (price_of_term(world, change.offer, change.sold_as, today, true) == nullptr) return;
    sub.offer = change.offer;
    sub.item = change.item;
    if (change.sold_as != sub.sold_as) {
        sub.sold_as = change.sold_as;
        sub.anchor = today;
        sub.period = sub.next_term = 0;
    }
    sub.quantity = change.quantity;
    sub.units = change.quantity;
}

void renew_term(World& world, Sub& sub, Day today) {
    apply_planned_change(world, sub, today);
    const Price* price = price_of_term(world, sub.offer, sub.sold_as, today, true);
    sub.unit_price = price->unit_price;
    // People buy for an old term what is needed then; new commerce keeps its seats.
    if (!sub.of.none() && !is_nce(sub) && world.options.people_grow) {
        const std::int32_t needed = world.scenario->demand(world.scenario->at(sub.of)).at(today);
        sub.quantity = sub.units = needed;
    }
    sub.renews_by_hand = false;
    sub.next_term += sub.sold_as.term.months / sub.sold_as.billing.months;
    sub.refundable.clear();
    bill_period(world, sub);
    ++sub.version;
    LifeLine& life = world.ledgers.lives[sub.life];
    life.seats = sub.quantity;
    life.offer = world.scenario->at(sub.offer).id;
    if (is_nce(sub)) {
        const Instant done = world.now + world.options.renewal_duration;
        sub.window_from = done;
        sub.locked_until = done;
        world.schedule(done, {EventKind::renewal_done, sub.id, {}, 0, sub.generation});
    }
    schedule_period_end(world, sub);
}

void end_term(World& world, Sub& sub, Day today) {
    // What is being migrated at its term's end waits for that: completed it is over, taken back it renews.
    if (sub.status == Status::suspended && sub.suspended_for == kSuspendedForMigration) return;
    if (sub.status == Status::suspended) {
        if (is_nce(sub))
            enter(world, sub, Status::disabled,
                  world.options.suspended_end_days + world.options.disabled_days);
        else
            enter(world, sub, Status::deleted, 0);
        return;
    }
    const bool renews = (sub.auto_renew || sub.renews_by_hand) && !sub.ends_by_hand;
    if (renews && price_of_term(world, sub.offer, sub.sold_as, today, true) != nullptr) {
        renew_term(world, sub, today);
        return;
    }
    const std::int64_t days =
        is_nce(sub) ? world.options.expired_days : world.scenario->programme_of(sub.offer).grace_days;
    enter(world, sub, Status::expired, days);
}

void end_period(World& world, Sub& sub) {
    const Day today = day_of(world.now);
    ++sub.period;
    if (sub.period == sub.next_term) {
        end_term(world, sub, today);
    } else {
        // New commerce is billed while it is suspended, legacy is not.
        if (sub.status == Status::active || is_nce(sub))
            bill_period(world, sub);
        else
            sub.paid.clear();
        schedule_period_end(world, sub);
    }
}

void list_customer(World& world, Tenant& tenant) {
    tenant.related = true;
    if (world.options.acceptance_signs) tenant.direct_signed = true;
}

}  // namespace

void carry_out(World& world, const Event& event) {
    Sub* const sub = world.sub(event.key);
    Tenant* const tenant = world.tenant(sub != nullptr ? sub->customer : event.key);
    if (tenant == nullptr) return;
    switch (event.kind) {
        case EventKind::customer_listed:
            list_customer(world, *tenant);
            break;
        case EventKind::order_done: {
            Order& order = tenant->orders.at(event.more);
            order.status = "completed";
            for (const OrderLine& line : order.lines) {
                Sub& bought = *world.sub(line.subscription);
                bought.listed = true;
                if (bought.status == Status::pending) bought.status = Status::active;
            }
            break;
        }
        case EventKind::units_arrive:
            if (sub->provisioning_failed) break;
            sub->units =
                static_cast<std::int32_t>(std::min<std::int64_t>(sub->units + event.number, sub->quantity));
            break;
        case EventKind::period_end:
            if (event.generation == sub->generation) end_period(world, *sub);
            break;
        case EventKind::state_end:
            if (event.generation != sub->generation) break;
            if (sub->status == Status::expired)
                enter(world, *sub, Status::disabled, world.options.disabled_days);
            else if (sub->status == Status::disabled || sub->status == Status::suspended)
                enter(world, *sub, Status::deleted, 0);
            break;
        case EventKind::renewal_done:
            if (is_nce(*sub) && sub->status == Status::active)
                sub->refundable = {{sub->quantity, world.now + world.options.cancel_window}};
            break;
        case EventKind::person_ends:
            if (sub->status != Status::active && sub->status != Status::suspended) break;
            if (event.number == kLapses)
                sub->ends_by_hand = true;
            else
                cancel_by_terms(world, *sub);
            break;
        case EventKind::change_later:
            carry_out_change(world, *sub, event.more);
            break;
        case EventKind::transition_done:
            finish_transition(world, *tenant, *sub, event.more);
            break;
        case EventKind::migration_step:
            step_migration(world, *tenant, event.more);
            break;
        case EventKind::schedule_due:
            run_schedule(world, *tenant, event.more);
            break;
        case EventKind::demand_changes:
            follow_demand(world, *tenant, tenant->lines[static_cast<std::size_t>(event.number)]);
            break;
    }
    review_access(world, *tenant);
}

Sub& begin_subscription(World& world, Sub made) {
    const Day today = day_of(world.now);
    Tenant& tenant = *world.tenant(made.customer);
    const std::string id = made.id;
    tenant.subs.push_back(id);
    Sub& sub = world.subs[id] = std::move(made);
    sub.is_new = true;
    sub.bought = world.now;
    sub.window_from = world.now;
    if (sub.anchor.none()) sub.anchor = today;
    const Boundaries billing(sub.anchor, sub.sold_as.billing);
    const std::int32_t in_term = sub.sold_as.term.months / sub.sold_as.billing.months;
    sub.period = billing.last_at_or_before(today);
    sub.next_term = (sub.period / in_term + 1) * in_term;
    sub.unit_price = price_of_term(world, sub.offer, sub.sold_as, today, false)->unit_price;
    if (is_nce(sub)) sub.refundable = {{sub.quantity, world.now + world.options.cancel_window}};
    sub.provisioned_at = world.now + world.options.provisioning_delay;
    sub.life = world.ledgers.lives.size();
    world.ledgers.lives.push_back({.subscription = id,
                                   .customer = tenant.id,
                                   .offer = world.scenario->at(sub.offer).id,
                                   .from_before = {},
                                   .migrated_from = sub.migrated_from,
                                   .is_new = true,
                                   .seats = sub.quantity,
                                   .since = world.now,
                                   .until = {},
                                   .status = {}});
    bill_seats(world, sub, sub.quantity, today);
    schedule_period_end(world, sub);
    world.schedule(world.now + world.options.unit_delay, {EventKind::units_arrive, id, {}, sub.quantity, 0});
    return sub;
}

void change_quantity(World& world, Sub& sub, std::int32_t quantity) {
    const Day today = day_of(world.now);
    const std::int32_t more = quantity - sub.quantity;
    if (more == 0) return;
    sub.quantity = quantity;
    world.ledgers.lives[sub.life].seats = quantity;
    if (more > 0) {
        bill_seats(world, sub, more, today);
        sub.provisioned_at = world.now + world.options.provisioning_delay;
        if (is_nce(sub)) sub.refundable.push_back({more, world.now + world.options.cancel_window});
        world.schedule(world.now + world.options.unit_delay, {EventKind::units_arrive, sub.id, {}, more, 0});
    } else {
        std::int32_t left = -more;
        if (is_nce(sub)) {
            refund_seats(world, sub, left, today);
            for (auto part = sub.refundable.rbegin(); part != sub.refundable.rend() && left > 0; ++part) {
                const std::int32_t taken = std::min(left, part->quantity);
                part->quantity -= taken;
                left -= taken;
            }
        }
        sub.units = std::min(sub.units, quantity);
    }
    ++sub.version;
    sub.next_term_change = nullptr;
}

void suspend(World& world, Sub& sub, std::string_view reason) {
    sub.status = Status::suspended;
    sub.suspended_for = reason;
    ++sub.version;
    ++sub.generation;
    if (is_nce(sub)) {
        sub.auto_renew = false;
        sub.next_term_change = nullptr;
    } else {
        end_life(world, sub);
        world.schedule(world.now + world.options.suspended_days * kSecondsPerDay,
                       {EventKind::state_end, sub.id, {}, 0, sub.generation});
        for (const std::string& id : world.tenant(sub.customer)->subs) {
            Sub& child = *world.sub(id);
            if (child.parent == sub.id && child.status == Status::active) suspend(world, child, reason);
        }
    }
    schedule_period_end(world, sub);
    review_access(world, *world.tenant(sub.customer));
}

void reactivate(World& world, Sub& sub) {
    const Day today = day_of(world.now);
    sub.status = Status::active;
    sub.suspended_for.clear();
    ++sub.version;
    ++sub.generation;
    world.ledgers.lives[sub.life].until.reset();
    // Its term ended while it was being migrated.
    if (!is_nce(sub) && sub.period == sub.next_term) return end_term(world, sub, today);
    if (!is_nce(sub) && sub.paid.empty()) bill_seats(world, sub, sub.quantity, today);
    schedule_period_end(world, sub);
    review_access(world, *world.tenant(sub.customer));
}

void cancel(World& world, Sub& sub, bool refunded) {
    if (refunded) refund_seats(world, sub, sub.quantity, day_of(world.now));
    enter(world, sub, Status::deleted, 0);
}

void cancel_by_terms(World& world, Sub& sub) {
    const Day today = day_of(world.now);
    const Cancellation& terms = world.scenario->programme_of(sub.offer).cancellation;
    const Interval<Day> term = running_term(sub);
    bill_fee(world, sub, terms.fee, today);
    if (terms.refund == Refund::prorated && terms.in_window(term.from, today))
        refund_seats(world, sub, sub.quantity, today);
    else if (terms.remaining == Remaining::due)
        bill_rest_of_term(world, sub);
    enter(world, sub, Status::deleted, 0);
}

void enter(World& world, Sub& sub, Status status, std::int64_t days) {
    sub.status = status;
    ++sub.generation;
    ++sub.version;
    sub.next_term_change = nullptr;
    if (status == Status::disabled || status == Status::deleted) end_life(world, sub);
    if (status == Status::expired && days == 0) {
        enter(world, sub, Status::disabled, world.options.disabled_days);
        return;
    }
    if (status != Status::deleted)
        world.schedule(world.now + days * kSecondsPerDay,
                       {EventKind::state_end, sub.id, {}, 0, sub.generation});
    review_access(world, *world.tenant(sub.customer));
}

bool in_window(const World& world, const Sub& sub) {
    return world.now < sub.window_from + world.options.cancel_window;
}

std::int32_t refundable_now(const World& world, const Sub& sub) {
    std::int32_t sum = 0;
    for (const Refundable& part : sub.refundable)
        if (world.now < part.until) sum += part.quantity;
    return sum;
}

const std::string& licence_sku(const World& world, const Sub& sub) { return world.at(sub.offer).licence_sku; }

}  // namespace termwise::emulator
