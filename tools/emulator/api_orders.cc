// Orders (partner-center reference 3.8): pending at first, late in lists, and the add-on that is bought by
// changing the order of its base.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "emulator/api_changes.h"
#include "emulator/billing.h"
#include "emulator/lifecycle.h"
#include "emulator/orders.h"

namespace termwise::emulator {
namespace {

OfferIndex offer_of_line(const World& world, const OrderLine& line) {
    const auto legacy = world.by_legacy_id.find(lower(line.item));
    return legacy != world.by_legacy_id.end() ? legacy->second : offer_of_item(world, line.item);
}

/// A subscription for a line of an order.
Sub& buy_line(World& world, Tenant& tenant, OrderLine& line, const Order& order, std::int32_t number) {
    Sub sub;
    sub.id = next_guid(world, tenant, "subscription");
    sub.customer = tenant.id;
    sub.offer = offer_of_line(world, line);
    sub.channel = world.at(sub.offer).channel;
    sub.item = line.item;
    sub.parent = line.parent;
    sub.order = order.id;
    sub.order_line = number;
    const Offer& offer = world.scenario->at(sub.offer);
    sub.friendly_name = !line.friendly_name.empty() ? line.friendly_name
                        : offer.name.empty()        ? offer.id
                                                    : offer.name;
    sub.quantity = line.quantity;
    sub.sold_as = line.sold_as;
    sub.status = Status::pending;
    sub.listed = false;
    line.subscription = sub.id;
    return begin_subscription(world, std::move(sub));
}

/// Ids of orders are kept as they were sent: their case counts.
Order* order_of(ApiCall& call) {
    const auto found = call.tenant->orders.find(call.parts["o"]);
    return found == call.tenant->orders.end() ? nullptr : &found->second;
}

HttpResponse no_order(const World& world) { return error(world, 404, 20000, "There is no such order."); }

/// Legacy add-ons that a body asks for on an order of their base.
std::optional<HttpResponse> add_on_lines(World& world, ApiCall& call, const Order& order,
                                         std::vector<OrderLine>& lines) {
    const Json* const sent = member(call.body, "lineItems");
    if (sent == nullptr || !sent->is_array()) return error(world, 400, 800002, "There are no line items.");
    for (const Json& item : *sent) {
        const std::string parent = lower(text_of(item, "parentSubscriptionId"));
        if (!text_of(item, "subscriptionId").empty() || parent.empty()) continue;  // a line that there is
        const auto offer = world.by_legacy_id.find(lower(text_of(item, "offerId")));
        if (offer == world.by_legacy_id.end()) return error(world, 400, 2100, "The offer id is not valid.");
        const Sub* const base = world.sub(parent);
        if (base == nullptr || base->order != order.id)
            return error(world, 404, 20003, "There is no such subscription.");
        const std::vector<OfferIndex>& bases = world.scenario->at(offer->second).requires_any;
        if (base->status != Status::active || std::ranges::find(bases, base->offer) == bases.end())
            return error(world, 400, 800029, "The add-on does not fit its parent.");
        const std::int64_t quantity = number_of(item, "quantity").value_or(0);
        if (quantity < 1 || quantity > world.scenario->at(offer->second).max_seats)
            return error(world, 400, 2002, "The quantity is outside of what is sold.");
        if (price_of_term(world, offer->second, base->sold_as, day_of(world.now), false) == nullptr)
            return error(world, 403, 2091, "The offer is not sold any more.");
        lines.push_back({offer->first,
                         {},
                         parent,
                         text_of(item, "friendlyName"),
                         static_cast<std::int32_t>(quantity),
                         base->sold_as});
    }
    return std::nullopt;
}

}  // namespace

std::optional<HttpResponse> buying_blocked(const World& world, const Tenant& tenant) {
    if (!tenant.agreement && !tenant.direct_signed)
        return error(world, 403, 13605, "The customer has not accepted the agreement.");
    const std::string& status = tenant.validation;
    if (status == "UnderReview" || status == "NotAllowed" || status == "Unknown")
        return error(world, 403, 800074, "The customer is under review.");
    return std::nullopt;
}

const Order& place_order(World& world, ApiCall& call, const std::vector<OrderLine>& lines) {
    Tenant& tenant = *call.tenant;
    const std::string id = next_guid(world, tenant, "order").substr(24);
    tenant.order_ids.push_back(id);
    Order& order = tenant.orders[id];
    order.id = id;
    order.created = world.now;
    order.listed_from = world.now + world.options.order_list_lag;
    order.status = "pending";
    order.lines = lines;
    call.audit_type = "order/create_order";
    call.audit_data.push_back({{"key", "OrderId"}, {"value", id}});
    if (const Fault* fault = call.fault(FaultKind::order_status)) {
        // Somebody has to look at it, or buy it again: nothing comes of it here.
        order.status = fault->text.empty() ? "pending review" : fault->text;
        call.effect += (call.effect.empty() ? "" : "; ") + fmt::format("order {} {}", id, order.status);
        return order;
    }
    std::int32_t number = 0;
    for (OrderLine& line : order.lines) {
        Sub& sub = buy_line(world, tenant, line, order, number);
        call.effect +=
            (call.effect.empty() ? "" : "; ") +
            fmt::format("bought {} of {} as {}", line.quantity, world.scenario->at(sub.offer).id, sub.id);
        call.audit_data.push_back({{"key", fmt::format("SubscriptionId-{}", number)}, {"value", sub.id}});
        ++number;
        if (call.fault(FaultKind::provisioning_failed) != nullptr) sub.provisioning_failed = true;
        if (const Fault* fault = call.fault(FaultKind::late_units)) {
            const std::int64_t late = fault->argument < 0 ? kSecondsPerDay : fault->argument;
            for (auto& [at, event] : world.events)
                if (event.kind == EventKind::units_arrive && event.key == sub.id) {
                    Event later = event;
                    event.number = 0;
                    world.schedule(Instant{at.first} + late, std::move(later));
                    break;
                }
        }
    }
    std::int64_t done = world.options.order_delay;
    if (const Fault* fault = call.fault(FaultKind::no_subscription_id)) {
        if (fault->argument <= 0) return order;  // for ever
        done += fault->argument;
    }
    world.schedule(world.now + done, {EventKind::order_done, tenant.id, id, 0, 0});
    return order;
}

Json order_json(const World& world, const Tenant& tenant, const Order& order) {
    Json lines = Json::array();
    std::int64_t number = 0;
    for (const OrderLine& line : order.lines) {
        Json shown{{"lineItemNumber", number++}, {"offerId", line.item}};
        const auto sub = world.subs.find(line.subscription);
        if (sub != world.subs.end() && sub->second.listed) shown["subscriptionId"] = line.subscription;
        if (!line.parent.empty()) shown["parentSubscriptionId"] = line.parent;
        if (!order.legacy) shown["termDuration"] = term_word(line.sold_as.term);
        shown["transactionType"] = "New";
        if (!line.friendly_name.empty()) shown["friendlyName"] = line.friendly_name;
        shown["quantity"] = line.quantity;
        lines.push_back(std::move(shown));
    }
    const Period billing = order.lines.empty() ? Period{1} : order.lines.front().sold_as.billing;
    Json shown{{"id", order.id},
               {"alternateId", order.id},
               {"referenceCustomerId", tenant.id},
               {"billingCycle", billing_word(billing)},
               {"currencyCode", world.scenario->currency},
               {"lineItems", lines},
               {"creationDate", to_text(order.created)},
               {"status", order.status},
               {"transactionType", "UserPurchase"},
               {"links",
                {{"self",
                  {{"uri", fmt::format("/customers/{}/orders/{}", tenant.id, order.id)},
                   {"method", "GET"},
                   {"headers", Json::array()}}}}}};
    shown["attributes"] = {{"etag", fmt::format("b3JkZXIt{}", order.version)}, {"objectType", "Order"}};
    if (!order.legacy) shown["attributes"] = attributes("Order");
    return shown;
}

HttpResponse post_order(World& world, ApiCall& call) {
    if (auto blocked = buying_blocked(world, *call.tenant)) return *blocked;
    const Json* const sent = member(call.body, "lineItems");
    if (sent == nullptr || !sent->is_array() || sent->empty())
        return error(world, 400, 800002, "There are no line items.");
    const std::string cycle = text_of(call.body, "billingCycle");
    std::vector<OrderLine> lines;
    for (const Json& item : *sent) {
        OrderLine line;
        line.item = text_of(item, "offerId");
        if (world.by_legacy_id.contains(lower(line.item)))
            return error(world, 403, 2091, "The offer is not sold any more.");
        const OfferIndex offer = offer_of_item(world, line.item);
        if (offer.none() || !is_current_item(world, line.item))
            return error(world, 404, 400019, "There is no such availability.");
        const std::optional<Period> term = parse_period(text_of(item, "termDuration"));
        const std::optional<Period> billing = term ? billing_period(cycle, *term) : std::nullopt;
        const std::int64_t quantity = number_of(item, "quantity").value_or(0);
        if (quantity < 1 || quantity > world.scenario->at(offer).max_seats)
            return error(world, 400, 900275, "The quantity is outside of what is sold.");
        line.quantity = static_cast<std::int32_t>(quantity);
        if (!billing) return error(world, 400, 800002, "The term or the billing cycle is not valid.");
        line.sold_as = {*term, *billing};
        if (price_of_term(world, offer, line.sold_as, day_of(world.now), false) == nullptr)
            return error(world, 403, 800028, "The term is not sold.");
        line.friendly_name = text_of(item, "friendlyName");
        lines.push_back(std::move(line));
    }
    return ok(order_json(world, *call.tenant, place_order(world, call, lines)), 201);
}

HttpResponse list_orders(World& world, ApiCall& call) {
    Json rows = Json::array();
    for (const std::string& id : call.tenant->order_ids) {
        const Order& order = call.tenant->orders.at(id);
        if (world.now >= order.listed_from) rows.push_back(order_json(world, *call.tenant, order));
    }
    return ok(collection(rows));
}

HttpResponse get_order(World& world, ApiCall& call) {
    const Order* const order = order_of(call);
    return order == nullptr ? no_order(world) : ok(order_json(world, *call.tenant, *order));
}

HttpResponse patch_order(World& world, ApiCall& call) {
    Order* const order = order_of(call);
    if (order == nullptr) return no_order(world);
    if (same_word(text_of(call.body, "status"), "cancelled"))
        return error(world, 403, 800019, "Orders are cancelled in a sandbox only.");
    if (!order->legacy) return error(world, 403, 800077, "Change the subscription instead.");
    if (auto blocked = buying_blocked(world, *call.tenant)) return *blocked;
    std::vector<OrderLine> lines;
    if (auto wrong = add_on_lines(world, call, *order, lines)) return *wrong;
    for (OrderLine& line : lines) {
        Sub& sub =
            buy_line(world, *call.tenant, line, *order, static_cast<std::int32_t>(order->lines.size()));
        sub.status = Status::active;
        sub.listed = true;
        call.effect +=
            (call.effect.empty() ? "" : "; ") +
            fmt::format("bought {} of {} as {}", line.quantity, world.scenario->at(sub.offer).id, sub.id);
        order->lines.push_back(line);
    }
    ++order->version;
    call.audit_type = "order/update_order";
    return ok(order_json(world, *call.tenant, *order));
}

HttpResponse get_order_provisioning(World& world, ApiCall& call) {
    const Order* const order = order_of(call);
    if (order == nullptr) return no_order(world);
    Json rows = Json::array();
    std::int64_t number = 0;
    for (const OrderLine& line : order->lines) {
        const auto sub = world.subs.find(line.subscription);
        const bool done = sub != world.subs.end() && !sub->second.provisioning_failed &&
                          world.now >= sub->second.provisioned_at;
        const char* const status = done ? "fulfilled" : "Unfulfilled";
        rows.push_back({{"lineItemNumber", number++},
                        {"status", status},
                        {"quantityProvisioningInformation",
                         Json::array({{{"quantity", line.quantity}, {"status", status}}})}});
    }
    return ok({{"totalCount", rows.size()}, {"items", rows}});
}

}  // namespace termwise::emulator
