// Subscriptions (partner-center reference 3.9 to 3.11): reading them, and changing them by sending the whole
// resource back. What is left out of a change is switched off or deleted, as the documents warn.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "emulator/api.h"
#include "emulator/api_changes.h"
#include "emulator/billing.h"
#include "emulator/checks.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

bool is_nce(const Sub& sub) { return sub.channel == Channel::nce; }

std::string etag_of(const Sub& sub) { return fmt::format("c3ViLXY{}", sub.version); }

Json refundable_json(const World& world, const Sub& sub) {
    Json details = Json::array();
    for (const Refundable& part : sub.refundable)
        if (part.quantity > 0 && world.now < part.until)
            details.push_back({{"quantity", part.quantity}, {"allowedUntilDateTime", to_text(part.until)}});
    return {{"totalQuantity", refundable_now(world, sub)}, {"details", details}};
}

Json subscription_json(const World& world, const Sub& sub) {
    const Interval<Day> term = running_term(sub);
    const Offer& offer = world.scenario->at(sub.offer);
    const std::string name = offer.name.empty() ? offer.id : offer.name;
    Json body{
        {"id", sub.id}, {"offerId", sub.item}, {"offerName", name}, {"friendlyName", sub.friendly_name}};
    if (is_nce(sub))
        body["productType"] = {{"id", "OnlineServicesNCE"}, {"displayName", "OnlineServicesNCE"}};
    body["quantity"] = sub.quantity;
    body["unitType"] = "Licenses";
    if (!sub.parent.empty()) body["parentSubscriptionId"] = sub.parent;
    body["hasPurchasableAddons"] = false;
    body["creationDate"] = to_text(sub.bought);
    body["effectiveStartDate"] = day_text(sub.is_new ? day_of(sub.bought) : term.from);
    body["commitmentEndDate"] = day_text(term.to - 1);
    if (is_nce(sub)) {
        body["commitmentEndDateTime"] = to_text(start_of(term.to) - 1);
        body["cancellationAllowedUntilDate"] = to_text(sub.window_from + world.options.cancel_window);
        body["billingCycleEndDate"] = day_text(running_period(sub).to - 1);
    }
    body["status"] = status_word(sub.status);
    body["autoRenewEnabled"] = sub.auto_renew;
    body["isTrial"] = false;
    body["billingType"] = "license";
    body["billingCycle"] = billing_word(sub.sold_as.billing);
    body["actions"] = sub.status == Status::active ? Json::array({"edit", "cancel"}) : Json::array({"edit"});
    body["termDuration"] = term_word(sub.sold_as.term);
    if (is_nce(sub)) {
        body["renewalTermDuration"] = "";
        if (in_window(world, sub) && sub.status == Status::active)
            body["refundOptions"] = Json::array(
                {{{"type", "Full"}, {"expiresAt", to_text(sub.window_from + world.options.cancel_window)}}});
        body["refundableQuantity"] = refundable_json(world, sub);
    }
    body["isMicrosoftProduct"] = true;
    body["partnerId"] = "";
    if (!sub.suspended_for.empty()) body["suspensionReasons"] = Json::array({sub.suspended_for});
    body["attentionNeeded"] = false;
    body["actionTaken"] = false;
    body["contractType"] = "subscription";
    body["publisherName"] = "Microsoft Corporation";
    if (!sub.migrated_from.empty()) body["migratedFromSubscriptionId"] = sub.migrated_from;
    if (sub.next_term_change.is_object()) body["scheduledNextTermInstructions"] = sub.next_term_change;
    body["orderId"] = sub.order;
    if (!sub.parent.empty())
        body["links"]["parentSubscription"] = {
            {"uri", fmt::format("/customers/{}/subscriptions/{}", sub.customer, sub.parent)},
            {"method", "GET"},
            {"headers", Json::array()}};
    body["attributes"] = is_nce(sub) ? attributes("Subscription")
                                     : Json{{"etag", etag_of(sub)}, {"objectType", "Subscription"}};
    return body;
}

/// A change as it is meant, and why it cannot be.
struct Wanted {
    std::int32_t quantity = 0;
    Status status = Status::active;
    bool auto_renew = false;
    std::string friendly_name;
    Json next_term;
    std::optional<HttpResponse> refused;
};

bool is_reduction_refused(const World& world, const Sub& sub, std::int32_t quantity) {
    return is_nce(sub) && sub.quantity - quantity > refundable_now(world, sub);
}

std::optional<HttpResponse> wrong_next_term(const World& world, const Sub& sub, const Wanted& wanted) {
    if (!wanted.next_term.is_object() || wanted.next_term == sub.next_term_change) return std::nullopt;
    if (!is_nce(sub)) return error(world, 400, 2006, "This offer takes no planned changes.");
    if (!wanted.auto_renew) return error(world, 400, 800093, "A planned change needs auto-renew.");
    const PlannedChange change = planned_change(world, sub, wanted.next_term);
    if (change.offer.none()) return error(world, 400, 800002, "The planned product is not valid.");
    if (change.quantity < 1 || change.quantity > world.scenario->at(change.offer).max_seats)
        return error(world, 400, 900275, "The planned quantity is outside of what is sold.");
    return std::nullopt;
}

std::optional<HttpResponse> wrong_status(const World& world, const Sub& sub, const Wanted& wanted) {
    if (wanted.status == sub.status) return std::nullopt;
    const bool stops = wanted.status == Status::suspended && sub.status == Status::active;
    const bool goes_on = wanted.status == Status::active && sub.status == Status::suspended;
    const bool ends = wanted.status == Status::deleted && is_nce(sub);
    if (!stops && !goes_on && !ends)
        return error(world, 400, 800040, "The status cannot be changed like this.");
    if (goes_on && !sub.parent.empty() && world.subs.at(sub.parent).status != Status::active)
        return error(world, 409, 27009, "The parent is not active.");
    if (ends && !in_window(world, sub))
        return error(world, 400, 900117, "The time in which it can be cancelled is over.");
    if (stops && wanted.quantity != sub.quantity)
        return error(world, 400, 2001, "The quantity cannot be changed while suspending.");
    return std::nullopt;
}

Wanted wanted_of(const World& world, const Sub& sub, const Json& body) {
    Wanted wanted;
    const auto refuse = [&](int status, int code, std::string_view why) {
        wanted.refused = error(world, status, code, why);
        return wanted;
    };
    const std::int64_t quantity = number_of(body, "quantity").value_or(sub.quantity);
    if (quantity < 1 || quantity > world.scenario->at(sub.offer).max_seats)
        return is_nce(sub) ? refuse(400, 900275, "The quantity is outside of what is sold.")
                           : refuse(400, 2002, "The quantity is outside of what is sold.");
    wanted.quantity = static_cast<std::int32_t>(quantity);
    wanted.status = sub.status;
    if (const std::string text = text_of(body, "status"); !text.empty()) {
        bool known = false;
        for (const Status status : {Status::pending, Status::active, Status::suspended, Status::expired,
                                    Status::disabled, Status::deleted})
            if (same_word(text, status_word(status))) {
                wanted.status = status;
                known = true;
            }
        if (!known) return refuse(400, 900126, "There is no such status.");
    }
    // What is not sent is off, or gone.
    wanted.auto_renew = flag_of(body, "autoRenewEnabled").value_or(false);
    wanted.friendly_name = text_of(body, "friendlyName");
    if (wanted.friendly_name.empty()) wanted.friendly_name = sub.friendly_name;
    if (const Json* next = member(body, "scheduledNextTermInstructions")) wanted.next_term = *next;
    const std::string cycle = text_of(body, "billingCycle");
    if (!cycle.empty() && !same_word(cycle, billing_word(sub.sold_as.billing)))
        return refuse(400, 2054, "The billing cycle is not changed here.");
    const std::string item = text_of(body, "offerId");
    if (!item.empty() && !same_text(item, sub.item))
        return refuse(400, 3000, "The offer is not changed here.");

    if (sub.status == Status::deleted) return refuse(400, 2011, "The subscription is deleted.");
    if (sub.status == Status::expired || sub.status == Status::disabled)
        return refuse(400, 900279, "The subscription takes no changes any more.");
    if (sub.status == Status::pending) return refuse(400, 800081, "The subscription is not ready yet.");
    const bool locked_change = wanted.auto_renew != sub.auto_renew || wanted.status != sub.status ||
                               wanted.next_term != sub.next_term_change;
    if (world.now < sub.locked_until && locked_change)
        return refuse(409, 900278, "Another operation is still running.");
    if ((wanted.refused = wrong_status(world, sub, wanted))) return wanted;
    if (wanted.quantity != sub.quantity) {
        if (sub.status == Status::suspended) return refuse(400, 800091, "The subscription is suspended.");
        if (is_reduction_refused(world, sub, wanted.quantity))
            return refuse(400, 800090, "The quantity cannot be decreased any more.");
    }
    wanted.refused = wrong_next_term(world, sub, wanted);
    return wanted;
}

/// Carries it out; what happened, in words.
std::string carry_out_wanted(World& world, Sub& sub, const Wanted& wanted) {
    std::string effect;
    const auto note = [&](const std::string& what) { effect += (effect.empty() ? "" : "; ") + what; };
    if (wanted.status == Status::deleted && sub.status != Status::deleted) {
        cancel(world, sub, true);
        note("cancelled " + sub.id);
        return effect;
    }
    if (wanted.friendly_name != sub.friendly_name) {
        sub.friendly_name = wanted.friendly_name;
        note("renamed " + sub.id);
    }
    const bool may_switch = is_nce(sub) || world.options.legacy_auto_renew;
    if (wanted.auto_renew != sub.auto_renew && may_switch) {
        sub.auto_renew = wanted.auto_renew;
        if (!sub.auto_renew) sub.next_term_change = nullptr;
        note(fmt::format("auto-renew {} {}", sub.auto_renew ? "on" : "off", sub.id));
    }
    if (is_nce(sub) && sub.auto_renew && wanted.next_term != sub.next_term_change) {
        sub.next_term_change = wanted.next_term;
        note("planned change " + sub.id);
    }
    if (wanted.quantity != sub.quantity) {
        note(fmt::format("seats {} to {} {}", sub.quantity, wanted.quantity, sub.id));
        change_quantity(world, sub, wanted.quantity);
    }
    if (wanted.status != sub.status) {
        if (wanted.status == Status::suspended) {
            suspend(world, sub, "CustomerCancellation");
            note("suspended " + sub.id);
        } else {
            reactivate(world, sub);
            note("reactivated " + sub.id);
        }
    }
    if (!effect.empty()) ++sub.version;
    review_access(world, *world.tenant(sub.customer));
    return effect;
}

std::optional<HttpResponse> wrong_etag(const World& world, const ApiCall& call, const Sub& sub) {
    std::string_view sent = header_value(call.request->headers, "If-Match");
    if (sent.size() >= 2 && sent.front() == '"') sent = sent.substr(1, sent.size() - 2);
    if (is_nce(sub)) return std::nullopt;
    const bool shown = !same_word(text_of(call.body, "status"), status_word(sub.status)) ||
                       flag_of(call.body, "autoRenewEnabled").value_or(false) != sub.auto_renew;
    if (sent.empty() && (world.options.if_match == IfMatch::always ||
                         (world.options.if_match == IfMatch::documented && shown)))
        return error(world, 400, 2055, "The etag is missing.");
    if (!sent.empty() && sent != etag_of(sub)) return stale(world);
    const Json* const attributes_sent = member(call.body, "attributes");
    const std::string in_body =
        attributes_sent == nullptr ? std::string() : text_of(*attributes_sent, "etag");
    if (!in_body.empty() && in_body != etag_of(sub)) return stale(world);
    return std::nullopt;
}

Json read(World& world, Sub& sub) {
    Json body = subscription_json(world, sub);
    sub.last_read = body;
    return body;
}

}  // namespace

HttpResponse list_subscriptions(World& world, ApiCall& call) {
    const auto order = call.parameter("order_id");
    const auto reseller = call.parameter("mpn_id");
    Json rows = Json::array();
    for (const std::string& id : call.tenant->subs) {
        Sub& sub = *world.sub(id);
        if (sub.channel == Channel::person || !sub.listed) continue;
        if (order && *order != sub.order) continue;
        if (reseller && !reseller->empty()) continue;  // none has a reseller on record
        rows.push_back(read(world, sub));
    }
    return ok(collection(rows));
}

HttpResponse get_subscription(World& world, ApiCall& call) { return ok(read(world, *call.sub)); }

HttpResponse list_addons(World& world, ApiCall& call) {
    Json rows = Json::array();
    for (const std::string& id : call.tenant->subs) {
        Sub& sub = *world.sub(id);
        if (sub.parent == call.sub->id && sub.listed) rows.push_back(read(world, sub));
    }
    return ok({{"totalCount", rows.size()}, {"items", rows}});
}

HttpResponse patch_subscription(World& world, ApiCall& call) {
    Sub& sub = *call.sub;
    if (!call.body.is_object()) return error(world, 400, 800002, "The body is missing.");
    check_patch(world, call, sub);
    if (auto wrong = wrong_etag(world, call, sub)) return *wrong;
    const Wanted wanted = wanted_of(world, sub, call.body);
    if (wanted.refused) return *wanted.refused;
    call.audit_type = "subscription/update_subscription";
    call.audit_data.push_back({{"key", "SubscriptionId"}, {"value", sub.id}});
    const Fault* const later = call.fault(FaultKind::patch_202);
    if (later == nullptr && world.options.patch_answer == PatchAnswer::done_200) {
        call.effect = carry_out_wanted(world, sub, wanted);
        return ok(subscription_json(world, sub));
    }
    if (later == nullptr || later->argument != 1) {
        call.effect = "accepted a change of " + sub.id;
        sub.locked_until = std::max(sub.locked_until, world.now + world.options.patch_delay);
        world.schedule(world.now + world.options.patch_delay,
                       {EventKind::change_later, sub.id, call.body.dump(), 0, 0});
    }
    HttpResponse response = ok(subscription_json(world, sub), 202);
    if (world.options.patch_answer != PatchAnswer::later_202_with_body) response.body.clear();
    response.headers.push_back(
        {"Location", fmt::format("/customers/{}/subscriptions/{}", sub.customer, sub.id)});
    return response;
}

void carry_out_change(World& world, Sub& sub, const std::string& body) {
    sub.locked_until = std::min(sub.locked_until, world.now);
    const Wanted wanted = wanted_of(world, sub, Json::parse(body));
    if (!wanted.refused) carry_out_wanted(world, sub, wanted);
}

PlannedChange planned_change(const World& world, const Sub& sub, const Json& instructions) {
    PlannedChange change{sub.offer, sub.item, sub.sold_as, sub.quantity};
    if (const Json* product = member(instructions, "product")) {
        const std::string id = text_of(*product, "productId");
        if (!id.empty()) {
            change.item =
                fmt::format("{}:{}:{}", id, text_of(*product, "skuId"), text_of(*product, "availabilityId"));
            change.offer = offer_of_item(world, change.item);
        }
        if (const auto term = parse_period(text_of(*product, "termDuration"))) change.sold_as.term = *term;
        if (const auto billing = billing_period(text_of(*product, "billingCycle"), change.sold_as.term))
            change.sold_as.billing = *billing;
    }
    const std::int64_t quantity = number_of(instructions, "quantity").value_or(sub.quantity);
    change.quantity = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(quantity, 0, std::numeric_limits<std::int32_t>::max()));
    return change;
}

HttpResponse get_provisioning_status(World& world, ApiCall& call) {
    const Sub& sub = *call.sub;
    // Looked at no more often than the platform does.
    const std::int64_t every = std::max<std::int64_t>(1, world.options.provisioning_refresh);
    const Instant seen{world.now.seconds / every * every};
    const bool done = seen >= sub.provisioned_at;
    return ok({{"skuId", licence_sku(world, sub)},
               {"status", sub.provisioning_failed ? "failed"
                          : done                  ? "success"
                                                  : "pending"},
               {"quantity", sub.quantity},
               {"endDate", day_text(running_term(sub).to - 1)},
               {"attributes", attributes("SubscriptionProvisioningStatus")}});
}

}  // namespace termwise::emulator
