// Licences and service: units of a tenant, who holds which, who goes without.
#include <algorithm>
#include <set>

#include "emulator/billing.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

/// Turns of those whose licence of `sku` is covered by units: who came first has one.
std::set<std::int64_t> covered_turns(const World& world, const Tenant& tenant, const std::string& sku) {
    std::vector<std::int64_t> turns;
    for (const User& user : tenant.users) {
        const auto held = user.licences.find(sku);
        if (held != user.licences.end() && !user.deleted) turns.push_back(held->second.turn);
    }
    std::ranges::sort(turns);
    const auto usable = static_cast<std::size_t>(std::max(0, units_of(world, tenant, sku).usable()));
    if (turns.size() > usable) turns.resize(usable);
    return {turns.begin(), turns.end()};
}

using Covered = std::map<std::string, std::set<std::int64_t>>;

Covered covered_of(const World& world, const Tenant& tenant) {
    Covered covered;
    for (const Line& line : tenant.lines)
        for (const std::string& sku : line.skus)
            if (!covered.contains(sku)) covered[sku] = covered_turns(world, tenant, sku);
    return covered;
}

bool is_served(const Covered& covered, const Line& line, const User& user) {
    return std::ranges::any_of(line.skus, [&](const std::string& sku) {
        const auto held = user.licences.find(sku);
        return held != user.licences.end() && covered.at(sku).contains(held->second.turn);
    });
}

/// Those who came later, or are not needed any more, are looked after by the customer's own people. Whether
/// anything changed.
bool look_after(World& world, Tenant& tenant) {
    bool changed = false;
    Covered covered = covered_of(world, tenant);
    for (Line& line : tenant.lines) {
        for (std::size_t i = 0; i < line.users.size(); ++i) {
            User& user = tenant.users[line.users[i]];
            const bool needed = static_cast<std::int32_t>(i) < line.needed;
            if (!needed) {
                for (const std::string& sku : line.skus) changed = user.licences.erase(sku) > 0 || changed;
                continue;
            }
            if (static_cast<std::int32_t>(i) < line.at_first || user.deleted) continue;
            if (is_served(covered, line, user)) continue;
            for (const std::string& sku : line.skus) {
                const Units units = units_of(world, tenant, sku);
                if (units.usable() <= units.consumed) continue;
                for (const std::string& other : line.skus) user.licences.erase(other);
                give_licence(world, user, sku, {});
                changed = true;
                covered = covered_of(world, tenant);
                break;
            }
        }
    }
    return changed;
}

/// A gap that ends in the moment in which it began was none.
void close_gap(World& world, std::int32_t& open) {
    std::vector<AccessGap>& gaps = world.ledgers.gaps;
    const std::int32_t position = open;
    open = -1;
    AccessGap& gap = gaps[static_cast<std::size_t>(position)];
    if (gap.from != world.now) {
        gap.to = world.now;
        return;
    }
    gaps.erase(gaps.begin() + position);
    for (Tenant& tenant : world.tenants)
        for (Line& line : tenant.lines)
            for (std::int32_t& other : line.gap)
                if (other > position) --other;
}

}  // namespace

Units units_of(const World& world, const Tenant& tenant, const std::string& sku) {
    Units units;
    for (const std::string& id : tenant.subs) {
        const Sub& sub = world.subs.at(id);
        if (licence_sku(world, sub) != sku) continue;
        switch (sub.status) {
            case Status::active:
                units.active += sub.units;
                break;
            case Status::expired:
                units.warning += sub.units;
                break;
            case Status::suspended:
                // Service goes on while the platform migrates it.
                (sub.suspended_for == kSuspendedForMigration ? units.active : units.suspended) += sub.units;
                break;
            case Status::disabled:
                units.suspended += sub.units;
                break;
            case Status::pending:
            case Status::deleted:
                break;
        }
    }
    for (const User& user : tenant.users)
        if (!user.deleted && user.licences.contains(sku)) ++units.consumed;
    return units;
}

std::vector<std::string> skus_of(const World& world, const Tenant& tenant) {
    std::set<std::string> skus;
    for (const std::string& id : tenant.subs) {
        const Sub& sub = world.subs.at(id);
        if (sub.status != Status::pending && sub.status != Status::deleted && sub.units > 0)
            skus.insert(licence_sku(world, sub));
    }
    for (const User& user : tenant.users)
        if (!user.deleted)
            for (const auto& [sku, licence] : user.licences) skus.insert(sku);
    return {skus.begin(), skus.end()};
}

void review_access(World& world, Tenant& tenant) {
    if (world.options.people_grow) {
        while (look_after(world, tenant)) {
        }
    }
    const Covered covered = covered_of(world, tenant);
    for (Line& line : tenant.lines) {
        for (std::size_t i = 0; i < line.users.size(); ++i) {
            const User& user = tenant.users[line.users[i]];
            const bool needed = static_cast<std::int32_t>(i) < line.needed && !user.deleted;
            const bool without = needed && !is_served(covered, line, user);
            std::int32_t& open = line.gap[i];
            if (without && open < 0) {
                open = static_cast<std::int32_t>(world.ledgers.gaps.size());
                world.ledgers.gaps.push_back({tenant.id, user.id,
                                              std::string(world.scenario->id(line.subscription)), world.now,
                                              std::nullopt});
            } else if (!without && open >= 0) {
                close_gap(world, open);
            }
        }
    }
}

void give_licence(World& world, User& user, const std::string& sku, std::vector<std::string> excluded) {
    Licence& licence = user.licences[sku];
    if (licence.turn == 0) licence.turn = ++world.turn;
    licence.excluded = std::move(excluded);
}

void follow_demand(World& world, Tenant& tenant, Line& line) {
    const Subscription& before = world.scenario->at(line.subscription);
    const Day today = day_of(world.now);
    line.needed = world.scenario->demand(before).at(today);
    if (!world.options.people_grow) return;
    // More seats than there are: bought in the old programme, if that is still what serves the line.
    std::int32_t needed = 0;
    for (const Line& other : tenant.lines)
        if (std::ranges::any_of(other.skus, [&](const std::string& sku) {
                return std::ranges::find(line.skus, sku) != line.skus.end();
            }))
            needed += other.needed;
    std::int32_t have = 0;
    Sub* old = nullptr;
    for (const std::string& id : tenant.subs) {
        Sub& sub = *world.sub(id);
        if (sub.of == line.subscription && !sub.is_new) old = &sub;
        if ((sub.status == Status::active || sub.status == Status::pending) &&
            std::ranges::find(line.skus, licence_sku(world, sub)) != line.skus.end())
            have += sub.quantity;
    }
    if (old == nullptr || old->channel == Channel::nce || old->status != Status::active) return;
    if (have >= needed || old->quantity >= line.needed) return;
    const std::int32_t more = line.needed - old->quantity;
    bill_seats(world, *old, more, today);
    old->quantity += more;
    old->units += more;  // people see to it at once
    world.ledgers.lives[old->life].seats = old->quantity;
    ++old->version;
}

}  // namespace termwise::emulator
