// Carts and their checkout (partner-center reference 3.7): line errors inside a 201, order groups, expiry,
// and a repeat that buys nothing twice.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "emulator/api.h"
#include "emulator/api_changes.h"
#include "emulator/billing.h"
#include "emulator/lifecycle.h"
#include "emulator/orders.h"

namespace termwise::emulator {
namespace {

Json line_error(int code, std::string_view description) {
    return {{"errorCode", code}, {"errorDescription", description}};
}

/// Whether the tenant holds, or the cart brings, one of the offers that this one needs.
bool has_base(const World& world, const Tenant& tenant, const Cart& cart, OfferIndex offer) {
    const std::vector<OfferIndex>& bases = world.scenario->at(offer).requires_any;
    if (bases.empty()) return true;
    for (const std::string& id : tenant.subs) {
        const Sub& sub = world.subs.at(id);
        if ((sub.status == Status::active || sub.status == Status::pending) &&
            sub.channel != Channel::person && std::ranges::find(bases, sub.offer) != bases.end())
            return true;
    }
    return world.options.addon_with_base && std::ranges::any_of(cart.lines, [&](const CartLine& line) {
               return !line.failed && std::ranges::find(bases, line.offer) != bases.end();
           });
}

/// Fills what is sold; what is wrong with the line, or null.
Json understand_line(const World& world, Tenant& tenant, const Cart& cart, const Json& sent, CartLine& line) {
    const std::optional<std::int64_t> quantity = number_of(sent, "quantity");
    if (!quantity || *quantity < 1 || *quantity > std::numeric_limits<std::int32_t>::max())
        return line_error(10010, "The quantity is not valid.");
    line.quantity = static_cast<std::int32_t>(*quantity);
    const auto legacy = world.by_legacy_id.find(lower(line.item));
    const bool is_legacy = legacy != world.by_legacy_id.end();
    line.offer = is_legacy ? legacy->second : offer_of_item(world, line.item);
    if (line.offer.none() || (!is_legacy && !is_current_item(world, line.item)))
        return line_error(10001, "The catalogue item id is not valid.");
    const std::optional<Period> term = parse_period(text_of(sent, "termDuration"));
    const Json* const context = member(sent, "provisioningContext");
    line.parent = context == nullptr ? std::string() : lower(text_of(*context, "ParentSubscriptionId"));
    if (is_legacy) {
        const Sub* const base = world.subs.contains(line.parent) ? &world.subs.at(line.parent) : nullptr;
        if (base == nullptr || base->customer != tenant.id || base->status != Status::active)
            return line_error(500600, "This offer is not sold any more.");
        line.sold_as = base->sold_as;
    } else {
        if (!term) return line_error(10013, "The term is missing or not sold.");
        const std::optional<Period> billing = billing_period(text_of(sent, "billingCycle"), *term);
        if (!billing) return line_error(10013, "The billing cycle is missing or not sold.");
        line.sold_as = {*term, *billing};
        if (!has_base(world, tenant, cart, line.offer))
            return line_error(400041, "The customer owns none of the prerequisites.");
    }
    if (price_of_term(world, line.offer, line.sold_as, day_of(world.now), false) == nullptr)
        return line_error(10013, "The term and the billing cycle are not sold.");
    if (line.quantity > world.scenario->at(line.offer).max_seats)
        return line_error(10015, "More seats than a subscription may have.");
    return nullptr;
}

/// What is wrong with the body, if anything; fills the cart's lines.
std::optional<HttpResponse> fill_cart(World& world, ApiCall& call, Cart& cart) {
    const std::optional<bool> attested = flag_of(call.body, "PartnerOnRecordAttestationAccepted");
    if (!attested || !*attested)
        return error(world, 400, 900206, "The attestation of the partner on record is missing.");
    const Json* const lines = member(call.body, "lineItems");
    if (lines == nullptr || !lines->is_array() || lines->empty())
        return error(world, 400, 800002, "There are no line items.");
    cart.attested = true;
    cart.lines.clear();
    std::map<std::string, std::int32_t> groups;
    // Bases of the same cart count for add-ons wherever they stand: those without a need come first.
    std::vector<std::pair<CartLine, Json>> made;
    for (const Json& sent : *lines) {
        CartLine line;
        line.shown = sent;
        line.item = text_of(sent, "catalogItemId");
        if (line.item.empty()) return error(world, 400, 900142, "A catalogue item id is missing.");
        made.emplace_back(std::move(line), sent);
    }
    cart.lines.resize(made.size());
    for (const bool add_ons : {false, true})
        for (std::size_t i = 0; i < made.size(); ++i) {
            auto& [line, sent] = made[i];
            const OfferIndex offer = offer_of_item(world, line.item);
            const bool is_add_on = !offer.none() && !world.scenario->at(offer).requires_any.empty();
            if (is_add_on != add_ons) continue;
            Json wrong = understand_line(world, *call.tenant, cart, sent, line);
            if (i == 0)
                if (const Fault* fault = call.fault(FaultKind::cart_line))
                    wrong = line_error(fault->argument < 0 ? 10001 : static_cast<int>(fault->argument),
                                       "The line cannot be processed.");
            line.failed = !wrong.is_null();
            Json shown{{"id", number_of(sent, "id").value_or(static_cast<std::int64_t>(i))},
                       {"catalogItemId", line.item}};
            const std::string name = text_of(sent, "friendlyName");
            if (!name.empty()) shown["friendlyName"] = name;
            shown["quantity"] = line.quantity;
            shown["currencyCode"] = world.scenario->currency;
            shown["billingCycle"] = text_of(sent, "billingCycle");
            if (!text_of(sent, "termDuration").empty()) shown["termDuration"] = text_of(sent, "termDuration");
            if (const Json* context = member(sent, "provisioningContext"))
                shown["provisioningContext"] = *context;
            if (line.failed) {
                shown["error"] = std::move(wrong);
            } else {
                const auto [group, is_first] = groups.emplace(
                    billing_word(line.sold_as.billing) + (line.parent.empty() ? "" : line.parent),
                    static_cast<std::int32_t>(groups.size()));
                line.group = group->second;
                shown["orderGroup"] = std::to_string(line.group);
            }
            line.shown = std::move(shown);
            cart.lines[i] = line;
        }
    cart.changed = world.now;
    return std::nullopt;
}

Json cart_json(const Cart& cart) {
    Json lines = Json::array();
    for (const CartLine& line : cart.lines) lines.push_back(line.shown);
    return {{"id", cart.id},
            {"creationTimestamp", to_text(cart.created)},
            {"lastModifiedTimestamp", to_text(cart.changed)},
            {"expirationTimestamp", to_text(cart.expires)},
            {"lastModifiedUser", "emulator"},
            {"lineItems", lines},
            {"status", cart.ordered ? "Ordered" : "Active"},
            {"partnerOnRecordAttestationAccepted", cart.attested},
            {"attributes", attributes("Cart")}};
}

/// The cart of the path, as long as it lives.
Cart* cart_of(World& world, ApiCall& call) {
    const auto found = call.tenant->carts.find(lower(call.parts["cart"]));
    if (found == call.tenant->carts.end()) return nullptr;
    if (!found->second.ordered && world.now >= found->second.expires) return nullptr;
    return &found->second;
}

HttpResponse no_cart(const World& world) {
    return error(world, 404, 800008, "The cart cannot be retrieved.");
}

/// What stands in the way of any order of this customer.
std::optional<HttpResponse> rejected_line(World& world, const Cart& cart) {
    for (const CartLine& line : cart.lines) {
        if (line.failed) return error(world, 400, 800009, "The cart has lines with errors.");
        if (line.parent.empty() && !is_current_item(world, line.item))
            return error(world, 404, 400019, "There is no such availability.");
        if (price_of_term(world, line.offer, line.sold_as, day_of(world.now), false) == nullptr)
            return error(world, 403, 800028, "The first term is not sold any more.");
    }
    return std::nullopt;
}

}  // namespace

HttpResponse post_cart(World& world, ApiCall& call) {
    Cart cart;
    cart.id = next_guid(world, *call.tenant, "cart");
    cart.created = world.now;
    cart.expires = world.now + world.options.cart_lifetime;
    if (auto wrong = fill_cart(world, call, cart)) return *wrong;
    call.effect = "made cart " + cart.id;
    const Json shown = cart_json(cart);
    call.tenant->carts[cart.id] = std::move(cart);
    return ok(shown, 201);
}

HttpResponse get_cart(World& world, ApiCall& call) {
    const Cart* const cart = cart_of(world, call);
    return cart == nullptr ? no_cart(world) : ok(cart_json(*cart));
}

HttpResponse put_cart(World& world, ApiCall& call) {
    Cart* const cart = cart_of(world, call);
    if (cart == nullptr) return no_cart(world);
    if (cart->ordered) return error(world, 400, 800065, "The cart has been submitted already.");
    Cart changed = *cart;
    if (auto wrong = fill_cart(world, call, changed)) return *wrong;
    *cart = std::move(changed);
    call.effect = "changed cart " + cart->id;
    return ok(cart_json(*cart), 201);
}

HttpResponse checkout_cart(World& world, ApiCall& call) {
    Cart* const cart = cart_of(world, call);
    if (cart == nullptr) return no_cart(world);
    if (cart->ordered) {
        if (world.options.checkout_repeat == CheckoutRepeat::code_800065)
            return error(world, 400, 800065, "The cart has been submitted already.");
        return ok(cart->answer, 201);
    }
    if (auto blocked = buying_blocked(world, *call.tenant)) return *blocked;
    if (auto rejected = rejected_line(world, *cart)) return *rejected;

    std::map<std::int32_t, std::vector<OrderLine>> groups;
    Json errors = Json::array();
    const bool partial = call.fault(FaultKind::partial_checkout) != nullptr;
    for (std::size_t i = 0; i < cart->lines.size(); ++i) {
        const CartLine& line = cart->lines[i];
        if (partial && i + 1 == cart->lines.size()) {
            errors.push_back({{"orderGroupId", std::to_string(line.group)},
                              {"code", 800010},
                              {"description", "The order of this group could not be made."}});
            continue;
        }
        groups[line.group].push_back(
            {line.item, {}, line.parent, text_of(line.shown, "friendlyName"), line.quantity, line.sold_as});
    }
    Json orders = Json::array();
    for (const auto& [group, lines] : groups) {
        const Order& order = place_order(world, call, lines);
        orders.push_back(order_json(world, *call.tenant, order));
    }
    Json answer = {{"orders", orders}, {"orderErrors", errors}};
    if (errors.empty() && orders.size() == 1 && world.options.checkout_single_order) answer = orders[0];
    cart->ordered = true;
    cart->changed = world.now;
    cart->answer = answer;
    return ok(answer, 201);
}

}  // namespace termwise::emulator
