#include "emulator/migrations.h"

#include <algorithm>
#include <limits>

#include "emulator/api_changes.h"
#include "emulator/billing.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

/// The new commerce offer that a legacy one becomes: of the same licence if there is one.
OfferIndex equivalent_of(const World& world, OfferIndex offer) {
    OfferIndex best;
    for (const Transition& transition : world.scenario->transitions_from(offer)) {
        if (world.at(transition.to).channel != Channel::nce) continue;
        if (best.none()) best = transition.to;
        if (world.at(transition.to).licence_sku == world.at(offer).licence_sku) return transition.to;
    }
    return best;
}

/// The part of the body that speaks of an add-on; null if none does.
const Json* part_for(const Json& body, const std::string& id) {
    for (const std::string_view name : {"addOnMigrations", "addOnMigrationSchedules"})
        if (const Json* list = member(body, name); list != nullptr && list->is_array())
            for (const Json& part : *list)
                if (same_text(text_of(part, "currentSubscriptionId"), id)) return &part;
    return nullptr;
}

/// Fills what a subscription becomes; false if it has no equivalent, or not for these terms.
bool fill_terms(const World& world, const Sub& sub, const Json& body, MovedSub& moved) {
    moved.subscription = sub.id;
    moved.offer = equivalent_of(world, sub.offer);
    moved.sold_as = sub.sold_as;
    moved.quantity = static_cast<std::int32_t>(std::clamp<std::int64_t>(
        number_of(body, "quantity").value_or(sub.quantity), 1, std::numeric_limits<std::int32_t>::max()));
    if (const auto term = parse_period(text_of(body, "termDuration"))) moved.sold_as.term = *term;
    if (const auto billing = billing_period(text_of(body, "billingCycle"), moved.sold_as.term))
        moved.sold_as.billing = *billing;
    moved.full_term = flag_of(body, "purchaseFullTerm").value_or(false) || moved.sold_as != sub.sold_as;
    if (moved.offer.none()) return false;
    moved.item = world.at(moved.offer).product + ":" + world.at(moved.offer).sku + ":" +
                 availability_of(world, moved.offer, "commercial");
    return price_of_term(world, moved.offer, moved.sold_as, day_of(world.now), false) != nullptr;
}

void move_licences(World& world, Tenant& tenant, const std::string& from, const std::string& to,
                   std::int32_t seats) {
    if (from == to) return;
    for (User& user : tenant.users) {
        const auto held = user.licences.find(from);
        if (held == user.licences.end() || seats-- <= 0) continue;
        user.licences[to] = held->second;
        user.licences.erase(from);
    }
    review_access(world, tenant);
}

}  // namespace

Sub* migration_source(World& world, const ApiCall& call) {
    Sub* const sub = world.sub(lower(text_of(call.body, "currentSubscriptionId")));
    const bool good =
        sub != nullptr && sub->customer == call.tenant->id && sub->channel == Channel::legacy_csp;
    return good ? sub : nullptr;
}

MigrationPlan plan_migration(World& world, Tenant& tenant, const Sub& sub, const Json& body) {
    MigrationPlan plan;
    const auto wrong = [&](int code, int status, int answer, std::string_view says) {
        plan.errors.push_back({code, status, answer, says});
    };
    MovedSub base;
    const bool sold = fill_terms(world, sub, body, base);
    plan.moved.push_back(base);
    for (const auto& [id, other] : tenant.migrations)
        if (other.moved.front().subscription == sub.id && text_of(other.shown, "status") != "Completed")
            if (sub.status != Status::active) wrong(1, 400, 900216, "The subscription is being processed.");
    if (plan.errors.empty() && sub.status != Status::active)
        wrong(0, 400, 900215, "The subscription is not active.");
    if (base.offer.none())
        wrong(5, 400, 900220, "There is no new commerce product for it.");
    else if (!sold)
        wrong(6, 400, 900222, "The term and the billing cycle are not sold.");
    if (world.now < sub.bought + world.options.migration_least_age_days * kSecondsPerDay)
        wrong(7, 403, 900226, "The subscription is too young.");
    if (start_of(running_term(sub).to) - world.now < kSecondsPerDay && !base.full_term)
        wrong(10, 400, 900217, "The subscription is too close to its end.");
    for (const std::string& id : tenant.subs) {
        const Sub& add_on = world.subs.at(id);
        if (add_on.parent != sub.id || add_on.status != Status::active) continue;
        const Json* const part = part_for(body, id);
        MovedSub moved;
        if (part == nullptr)
            wrong(4, 400, 900219, "There are add-ons that the request does not name.");
        else if (!fill_terms(world, add_on, *part, moved))
            wrong(5, 400, 900220, "There is no new commerce product for an add-on.");
        else
            plan.moved.push_back(moved);
    }
    return plan;
}

Migration& start_migration(World& world, Tenant& tenant, Sub& sub, const Json& body,
                           const MigrationPlan& plan) {
    const MovedSub& base = plan.moved.front();
    const std::string id = next_guid(world, tenant, "migration");
    Migration& migration = tenant.migrations[id];
    migration.moved = plan.moved;
    migration.shown = {
        {"id", id},
        {"startedTime", to_text(world.now)},
        {"currentSubscriptionId", sub.id},
        {"status", "Processing"},
        {"customerTenantId", tenant.id},
        {"catalogItemId", base.item},
        {"subscriptionEndDate", day_text(running_term(sub).to - 1)},
        {"quantity", base.quantity},
        {"termDuration", term_word(base.sold_as.term)},
        {"billingCycle", same_word(billing_word(base.sold_as.billing), "annual") ? "Annual" : "Monthly"},
        {"purchaseFullTerm", base.full_term}};
    if (const std::string reference = text_of(body, "externalReferenceId"); !reference.empty())
        migration.shown["externalReferenceId"] = reference;
    Json add_ons = Json::array();
    for (std::size_t i = 1; i < plan.moved.size(); ++i)
        add_ons.push_back({{"currentSubscriptionId", plan.moved[i].subscription},
                           {"catalogItemId", plan.moved[i].item},
                           {"quantity", plan.moved[i].quantity}});
    migration.shown["addOnMigrations"] = add_ons;
    suspend(world, sub, kSuspendedForMigration);
    note_migration_event(world, tenant, migration, "MigrationStarted");
    world.schedule(world.now + world.options.migration_duration,
                   {EventKind::migration_step, tenant.id, id, 0, 0});
    return migration;
}

void complete_migration(World& world, Tenant& tenant, Migration& migration) {
    const std::string order_id = next_guid(world, tenant, "order").substr(24);
    Order& order = tenant.orders[order_id];
    tenant.order_ids.push_back(order_id);
    order.id = order_id;
    order.created = order.listed_from = world.now;
    order.status = "completed";
    for (std::size_t i = 0; i < migration.moved.size(); ++i) {
        const MovedSub& moved = migration.moved[i];
        Sub& old = *world.sub(moved.subscription);
        Sub sub;
        sub.id = next_guid(world, tenant, "subscription");
        sub.customer = tenant.id;
        sub.offer = moved.offer;
        sub.item = moved.item;
        sub.order = order_id;
        sub.order_line = static_cast<std::int32_t>(i);
        sub.friendly_name = old.friendly_name;
        sub.quantity = sub.units = moved.quantity;
        sub.sold_as = moved.sold_as;
        if (!moved.full_term) sub.anchor = old.anchor;
        sub.migrated_from = old.id;
        Sub& made = begin_subscription(world, std::move(sub));
        made.provisioned_at = world.now;
        order.lines.push_back({made.item, made.id, {}, made.friendly_name, made.quantity, made.sold_as});
        move_licences(world, tenant, licence_sku(world, old), licence_sku(world, made), made.quantity);
        old.suspended_for = "Migrated";
        if (i == 0) {
            migration.shown["newCommerceSubscriptionId"] = made.id;
        } else {
            migration.shown["addOnMigrations"][i - 1]["newCommerceSubscriptionId"] = made.id;
        }
    }
    migration.shown["newCommerceOrderId"] = order_id;
    migration.shown["status"] = "Completed";
    migration.shown["completedTime"] = to_text(world.now);
    for (const std::string_view name :
         {"NewCommerceSubscriptionCreated", "NewCommerceSubscriptionProvisioned", "MigrationCompleted"})
        note_migration_event(world, tenant, migration, name);
}

void note_migration_event(World& world, Tenant& tenant, Migration& migration, std::string_view name) {
    migration.events.push_back({{"id", next_guid(world, tenant, "migration event")},
                                {"newCommerceMigrationId", text_of(migration.shown, "id")},
                                {"currentSubscriptionId", text_of(migration.shown, "currentSubscriptionId")},
                                {"customerTenantId", tenant.id},
                                {"createdTime", to_text(world.now)},
                                {"eventName", name}});
}

}  // namespace termwise::emulator
