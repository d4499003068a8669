// Moves to another offer inside one commerce system (partner-center reference 3.12, 3.13): legacy upgrades
// and trial conversions, of which the scenario's catalogue has none to offer, and new commerce transitions.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/api_changes.h"
#include "emulator/billing.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

bool has_add_ons(const World& world, const Tenant& tenant, const Sub& sub) {
    return std::ranges::any_of(tenant.subs, [&](const std::string& id) {
        const Sub& other = world.subs.at(id);
        return other.parent == sub.id && other.status == Status::active;
    });
}

/// Offers of new commerce that the scenario lets this one move to.
std::vector<OfferIndex> targets_of(const World& world, const Sub& sub) {
    std::vector<OfferIndex> targets;
    for (const Transition& transition : world.scenario->transitions_from(sub.offer))
        if (world.at(transition.to).channel == Channel::nce) targets.push_back(transition.to);
    return targets;
}

std::string item_of(const World& world, OfferIndex offer) {
    return fmt::format("{}:{}:{}", world.at(offer).product, world.at(offer).sku,
                       availability_of(world, offer, "commercial"));
}

HttpResponse legacy_id(const World& world) {
    return error(world, 403, 900263, "This is done with new commerce subscriptions only.");
}

}  // namespace

HttpResponse list_upgrades(World&, ApiCall&) { return ok(collection(Json::array())); }

HttpResponse post_upgrade(World& world, ApiCall& call) {
    const Sub& sub = *call.sub;
    if (sub.channel == Channel::nce) return error(world, 400, 2006, "The offer cannot be upgraded.");
    int code = has_add_ons(world, *call.tenant, sub) ? 6 : 7;
    std::string_view why = code == 6 ? "There are add-ons." : "There is no path to this offer.";
    if (sub.status != Status::active) {
        code = 2;
        why = "The subscription is not active.";
    }
    return ok(
        {{"sourceSubscriptionId", sub.id},
         {"upgradeType", "none"},
         {"upgradeErrors",
          Json::array({{{"code", code}, {"description", why}, {"attributes", attributes("UpgradeError")}}})},
         {"licenseErrors", Json::array()},
         {"attributes", attributes("UpgradeResult")}});
}

HttpResponse list_conversions(World&, ApiCall&) { return ok(collection(Json::array())); }

HttpResponse post_conversion(World& world, ApiCall&) {
    return error(world, 400, 2006, "The subscription is no trial.");
}

HttpResponse list_transition_eligibilities(World& world, ApiCall& call) {
    const Sub& sub = *call.sub;
    if (sub.channel != Channel::nce) return legacy_id(world);
    Json rows = Json::array();
    for (const OfferIndex target : targets_of(world, sub)) {
        const bool eligible = sub.status == Status::active;
        const Json errors =
            eligible ? Json::array() : Json::array({{{"code", 2}, {"description", "Not active."}}});
        Json kinds = Json::array();
        for (const std::string_view type : {"transition_only", "transition_with_license_transfer"})
            kinds.push_back({{"isEligible", eligible}, {"transitionType", type}, {"errors", errors}});
        const Offer& offer = world.scenario->at(target);
        rows.push_back({{"operationId", guid_of(world.options.seed, "eligibility", sub.id + offer.id)},
                        {"catalogItemId", item_of(world, target)},
                        {"title", offer.name.empty() ? offer.id : offer.name},
                        {"quantity", sub.quantity},
                        {"eligibilities", kinds},
                        {"subscriptionEligibilities", Json::array()},
                        {"attributes", attributes("TransitionEligibility")}});
    }
    return ok(collection(rows));
}

HttpResponse list_transitions(World& world, ApiCall& call) {
    if (call.sub->channel != Channel::nce) return legacy_id(world);
    const auto known = call.tenant->transitions.find(call.sub->id);
    const auto operation =
        call.parameter("operationId") ? call.parameter("operationId") : call.parameter("operation-id");
    Json rows = Json::array();
    if (known != call.tenant->transitions.end())
        for (const Json& row : known->second)
            if (!operation || same_text(*operation, text_of(row, "operationId"))) rows.push_back(row);
    return ok(collection(rows));
}

HttpResponse post_transition(World& world, ApiCall& call) {
    Sub& sub = *call.sub;
    if (sub.channel != Channel::nce) return legacy_id(world);
    const std::string item = text_of(call.body, "toCatalogItemId");
    const std::string type = text_of(call.body, "transitionType");
    const std::int64_t quantity = number_of(call.body, "quantity").value_or(0);
    if (item.empty() || quantity < 1 || quantity > sub.quantity ||
        (!same_word(type, "transition_only") && !same_word(type, "transition_with_license_transfer")))
        return error(world, 400, 800002, "The item, the quantity or the type is missing or not valid.");
    if (sub.status != Status::active) return error(world, 400, 800040, "The subscription is not active.");
    if (world.now < sub.locked_until) return error(world, 409, 900278, "Another operation is still running.");
    const OfferIndex target = offer_of_item(world, item);
    const std::vector<OfferIndex> targets = targets_of(world, sub);
    if (std::ranges::find(targets, target) == targets.end() || !is_current_item(world, item))
        return error(world, 400, 900236, "There is no path to this item.");
    if (price_of_term(world, target, sub.sold_as, day_of(world.now), false) == nullptr)
        return error(world, 400, 900236, "The item is not sold for this term and billing.");
    const std::string operation = next_guid(world, *call.tenant, "transition");
    const bool fails = call.fault(FaultKind::inner_error) != nullptr;
    Json events = Json::array();
    events.push_back(
        {{"name", "Conversion"},
         {"status", fails ? "Failed" : "Started"},
         {"timestamp", to_text(world.now)},
         {"errors",
          fails ? Json::array({{{"code", 4}, {"description", "Concurrency conflict."}}}) : Json::array()}});
    Json row{{"operationId", operation},
             {"fromCatalogItemId", sub.item},
             {"fromSubscriptionId", sub.id},
             {"toCatalogItemId", item},
             {"quantity", quantity},
             {"transitionType", type},
             {"events", events},
             {"attributes", attributes("Transition")}};
    Json& history = call.tenant->transitions[sub.id];
    if (history.is_null()) history = Json::array();
    history.push_back(row);
    if (!fails) {
        call.effect = fmt::format("transition {} of {} to {}", quantity, sub.id, item);
        sub.locked_until = world.now + world.options.transition_duration;
        world.schedule(sub.locked_until, {EventKind::transition_done, sub.id, operation, 0, 0});
    }
    call.audit_type = "subscription/transition_subscription";
    return ok(row);
}

void finish_transition(World& world, Tenant& tenant, Sub& sub, const std::string& operation) {
    const Day today = day_of(world.now);
    for (Json& row : tenant.transitions[sub.id]) {
        if (text_of(row, "operationId") != operation) continue;
        const std::string item = text_of(row, "toCatalogItemId");
        const OfferIndex target = offer_of_item(world, item);
        const Price* const price = price_of_term(world, target, sub.sold_as, today, false);
        const auto quantity = static_cast<std::int32_t>(number_of(row, "quantity").value_or(0));
        const auto event = [&](std::string_view name, std::string_view status) {
            row["events"].push_back({{"name", name}, {"status", status}, {"timestamp", to_text(world.now)}});
        };
        if (price == nullptr || quantity < 1 || quantity > sub.quantity || sub.status != Status::active) {
            event("Conversion", "Failed");
            return;
        }
        const std::string before = licence_sku(world, sub);
        if (quantity == sub.quantity) {
            // The whole of it keeps its id; from today it is billed as what it is now.
            refund_seats(world, sub, sub.quantity, today);
            sub.offer = target;
            sub.item = item;
            sub.unit_price = price->unit_price;
            sub.next_term_change = nullptr;
            world.ledgers.lives[sub.life].offer = world.scenario->at(target).id;
            bill_seats(world, sub, sub.quantity, today);
            row["toSubscriptionId"] = sub.id;
            if (same_word(text_of(row, "transitionType"), "transition_with_license_transfer"))
                for (User& user : tenant.users)
                    if (const auto held = user.licences.find(before); held != user.licences.end()) {
                        Licence licence = held->second;
                        user.licences.erase(held);
                        user.licences[licence_sku(world, sub)] = std::move(licence);
                    }
        } else {
            refund_seats(world, sub, quantity, today);
            sub.quantity -= quantity;
            sub.units = std::min(sub.units, sub.quantity);
            world.ledgers.lives[sub.life].seats = sub.quantity;
            Sub part;
            part.id = next_guid(world, tenant, "subscription");
            part.customer = tenant.id;
            part.offer = target;
            part.item = item;
            part.order = sub.order;
            part.friendly_name = sub.friendly_name;
            part.quantity = quantity;
            part.sold_as = sub.sold_as;
            part.anchor = sub.anchor;  // the same end
            row["toSubscriptionId"] = part.id;
            begin_subscription(world, std::move(part));
        }
        event("Conversion", "Completed");
        event("LicenseReassignment", "Completed");
        return;
    }
}

}  // namespace termwise::emulator
