// Buying: the catalogue item, the cart, the checkout, and waiting until what was bought can be used.
#include <algorithm>

#include "execution/step_runner.h"
#include "plan/days.h"

namespace termwise::executing {
namespace {

/// A new order may be missing from lists for a quarter of an hour (reference 3.8); half of that again for
/// clocks.
constexpr std::int64_t kListLag_s = 1'350;
constexpr std::int64_t kLongestProvisioning_s = 3 * kSecondsPerDay;
constexpr int kMostCarts = 3;

[[nodiscard]] bool is_gone(const LiveSubscription& s) {
    return s.status == "deleted" || s.status == "expired" || s.status == "disabled";
}

}  // namespace

/// Marks a purchase as ours: the name under which the subscription is listed ends with it. So it is found
/// again although neither order nor subscription id was ever heard of.
std::string StepRunner::tag() const {
    const std::string key =
        fmt::format("{}/{}", step_kind_name(StepKind::provision), step_.key.substr(step_.key.find('/') + 1));
    return fmt::format("[tw-{}]", digest_(key).substr(0, 12));
}

std::optional<Fields> StepRunner::find_bought() {
    const std::vector<LiveSubscription> all =
        must("list of subscriptions",
             ask("list of subscriptions", [&] { return remote_.list_subscriptions(tenant_); }));
    const auto found = std::ranges::find_if(
        all, [&](const LiveSubscription& s) { return s.friendly_name.ends_with(tag()) && !is_gone(s); });
    if (found != all.end()) {
        // What it is, whatever plan it was bought under.
        const std::string& offer = found->offer_id;
        return bought_fields(found->order_id, found->id, offer.substr(0, offer.rfind(':')),
                             std::to_string(found->quantity));
    }
    // An order has a subscription only when it is provisioned, and that may take days (reference 3.8).
    const std::vector<LiveOrder> orders =
        must("list of orders", ask("list of orders", [&] { return remote_.list_orders(tenant_); }));
    const auto order = std::ranges::find_if(orders, [&](const LiveOrder& o) {
        return o.friendly_name.ends_with(tag()) && o.status != "cancelled";
    });
    if (order == orders.end()) return std::nullopt;
    return bought_fields(order->id, order->subscription_id);
}

/// `item` and `seats` as they are known; else what the cart was for, which may be an earlier plan's.
Fields StepRunner::bought_fields(const std::string& order_id, const std::string& subscription_id,
                                 std::string item, std::string seats) const {
    const Purchase planned = wanted();
    const auto of_cart = [&](std::string_view name, const std::string& otherwise) {
        const std::string_view known = field(record().learnt, name);
        return known.empty() ? otherwise : std::string(known);
    };
    if (item.empty()) item = of_cart("cart_item", planned.item);
    if (seats.empty()) seats = of_cart("cart_seats", planned.seats);
    return {{"order_id", order_id},
            {"subscription_id", subscription_id},
            {"bought", std::move(item)},
            {"sold_as", of_cart("cart_sold_as", planned.sold_as)},
            {"seats", std::move(seats)}};
}

bool StepRunner::cart_is_of_this_plan() const {
    const auto of_cart = [&](std::string_view name) { return std::string(field(record().learnt, name)); };
    return Purchase{of_cart("cart_item"), of_cart("cart_sold_as"), of_cart("cart_seats")} == wanted();
}

void StepRunner::forget_cart() { note(EntryKind::learnt, {{"cart_id", ""}}); }

std::string StepRunner::make_cart() {
    const Offer& target = work_.scenario.at(move().target);
    const OfferBinding& offer = work_.binding.offers.at(target.id);
    const Reply<CatalogueItem> item =
        ask("catalogue item", [&] { return remote_.resolve_item(tenant_, offer, move().sold_as); });
    if (!item.ok())
        throw Stop{fmt::format("{} ({}:{}, {}, {}/{}) cannot be bought now: {}", target.id, offer.product,
                               offer.sku, offer.segment, to_short_text(move().sold_as.term),
                               to_short_text(move().sold_as.billing), told(item)),
                   "mend the binding and approve again, or plan another target or term"};
    CartLine line;
    line.item = item.value.id;
    line.quantity = days_of(work_.scenario, subscription(), move()).seats;
    line.sold_as = move().sold_as;
    line.friendly_name = fmt::format("{} {}", target.name.empty() ? target.id : target.name, tag());
    const Purchase planned = wanted();
    const Fields about{{"item", line.item}, {"seats", planned.seats}, {"sold_as", planned.sold_as}};
    // A cart of which no answer came is left to expire: it buys nothing.
    Reply<LiveCart> cart = change(
        "create-cart", about, [&](const CallId& id) { return remote_.create_cart(tenant_, line, id); },
        [&](const LiveCart& made) {
            return Fields{{"cart_id", made.line_error.empty() ? made.id : ""},
                          {"cart_item", planned.item},
                          {"cart_sold_as", planned.sold_as},
                          {"cart_seats", planned.seats},
                          {"line_error", made.line_error}};
        },
        [] { return std::nullopt; });
    if (cart.reply_class == ReplyClass::re_resolve || (cart.ok() && cart.value.line_is_stale)) return {};
    const LiveCart made = must("cart", std::move(cart));
    if (!made.line_error.empty())
        throw Stop{
            fmt::format("the cart refuses {} seats of {}: {}", line.quantity, target.id, made.line_error),
            "clear the reason in Partner Center and confirm this step to try again, or plan again"};
    return made.id;
}

/// Returns false if the cart is of no use any more and another one is needed.
bool StepRunner::check_out(const std::string& cart) {
    bool cart_is_gone = false;
    const auto read_back = [&]() -> std::optional<Fields> {
        if (std::optional<Fields> bought = find_bought()) return bought;
        const Doubt doubt = record().doubts.at("checkout");
        const bool is_another = field(doubt.fields, "cart_id") != cart;
        // A cart that is still there answers a repeated checkout with the first one's result (reference 3.7).
        if (!is_another) {
            const Reply<LiveCart> seen = ask("cart", [&] { return remote_.read_cart(tenant_, cart); });
            if (seen.ok()) return std::nullopt;
            const bool is_gone_for_good =
                seen.reply_class == ReplyClass::absent || seen.reply_class == ReplyClass::re_resolve;
            if (!is_gone_for_good) refuse("cart", seen);
        }
        if (clock_.now() - doubt.at < kListLag_s)
            throw Wait{kListLag_s - (clock_.now() - doubt.at),
                       "a checkout was not answered: its order may not be listed yet"};
        if (is_another) return std::nullopt;  // the earlier cart bought nothing, and this one is good
        cart_is_gone = true;
        return Fields{{"cart_id", ""}};
    };
    Reply<LiveOrder> reply = change(
        "checkout", {{"cart_id", cart}},
        [&](const CallId& id) { return remote_.checkout(tenant_, cart, id); },
        [&](const LiveOrder& order) {
            return order.error.empty() ? bought_fields(order.id, order.subscription_id)
                                       : Fields{{"cart_id", ""}, {"error", order.error}};
        },
        read_back);
    if (cart_is_gone) return false;
    if (reply.reply_class == ReplyClass::re_resolve || reply.reply_class == ReplyClass::absent) return false;
    if (!reply.ok()) {
        // "Already submitted" comes where "here is the first result" was promised (reference 3.7): look for
        // it.
        if (std::optional<Fields> bought = find_bought()) {
            note(EntryKind::learnt, std::move(*bought));
            return true;
        }
        if (reply.code == "800065")
            throw Wait{kListLag_s, "the cart was checked out before: its order is not listed yet"};
        refuse("checkout", reply);
    }
    if (!reply.value.error.empty())
        throw Stop{fmt::format("the checkout bought nothing: {}", reply.value.error),
                   "clear the reason in Partner Center and confirm this step to try again, or plan again"};
    return true;
}

/// A cart, and perhaps a purchase, of a plan that was superseded.
void StepRunner::leave_other_cart() {
    if (field(record().learnt, "cart_id").empty() || cart_is_of_this_plan()) return;
    if (const auto doubt = record().doubts.find("checkout"); doubt != record().doubts.end()) {
        if (std::optional<Fields> bought = find_bought()) {
            note(EntryKind::learnt, std::move(*bought));
            return;
        }
        const std::int64_t waited = clock_.now() - doubt->second.at;
        if (waited < kListLag_s)
            throw Wait{kListLag_s - waited,
                       "a checkout of the plan before was not answered: its order may not be listed yet"};
        note(EntryKind::answer, {{"operation", "checkout"}, {"class", "found"}, {"cart_id", ""}});
        return;
    }
    forget_cart();
}

/// What was bought, perhaps under another plan, is what this one wants.
void StepRunner::check_bought() {
    const auto known = [&](std::string_view name) { return std::string(field(record().learnt, name)); };
    const Purchase bought{known("bought"), known("sold_as"), known("seats")};
    if (bought == wanted()) return;
    const std::string drift = fmt::format("bought: {}; planned: {}", to_text(bought), to_text(wanted()));
    if (progress_.is_accepted(tenant_, drift)) return;
    throw Stop{fmt::format("something else was bought than this plan wants. {}", drift),
               "plan again with what was bought, or accept the difference (confirm --accept)", drift};
}

void StepRunner::run_provision() {
    const auto is_bought = [&] { return !field(record().learnt, "order_id").empty(); };
    if (is_bought()) return check_bought();
    leave_other_cart();
    if (is_bought()) return check_bought();
    if (!record().doubts.contains("checkout")) {
        // Once it was to have ended there is nothing to compare.
        if (today() < move().exit_on &&
            channel_of(work_.scenario, work_.binding, subscription().offer) != Channel::person)
            check_drift(read_old());
        // Bought under a journal that is lost, or by this one before it was told: never twice.
        if (std::optional<Fields> bought = find_bought()) {
            note(EntryKind::learnt, std::move(*bought));
            return check_bought();
        }
        check_not_too_late();
    }
    for (int carts = 0; carts < kMostCarts; ++carts) {
        std::string cart(field(record().learnt, "cart_id"));
        if (cart.empty()) cart = make_cart();
        const bool done = !cart.empty() && check_out(cart);
        if (done || is_bought()) return check_bought();
        if (!field(record().learnt, "cart_id").empty()) forget_cart();
    }
    throw Wait{900, "the catalogue changes faster than carts can be made"};
}

void StepRunner::run_await_active() {
    const StepRecord& bought = record_of(StepKind::provision);
    const std::string order_id(field(bought.learnt, "order_id"));
    std::string id(field(record().learnt, "subscription_id"));
    if (id.empty()) id = field(bought.learnt, "subscription_id");
    const auto wait = [&](std::int64_t seconds, std::string why) {
        const Instant since = record().first_tried == Instant{} ? clock_.now() : record().first_tried;
        if (clock_.now() - since > kLongestProvisioning_s)
            throw Stop{fmt::format("{} for more than three days", why),
                       "ask the service's support, then confirm this step to look again"};
        throw Wait{seconds, std::move(why)};
    };
    if (id.empty() && by_service()) {
        const std::optional<std::string> found = find_migrated();
        if (!found) wait(900, fmt::format("what {} became is not listed yet", bound().live_id));
        id = *found;
    }
    if (id.empty()) {
        const LiveOrder order =
            must("order", ask("order", [&] { return remote_.read_order(tenant_, order_id); }));
        for (const std::string_view bad : {"pendingreview", "pendingpoupload", "poreviewrejected", "error",
                                           "cancelled", "partialsuccess", "suspended"})
            if (order.status == bad)
                throw Stop{fmt::format("the order {} is \"{}\"", order_id, order.status),
                           "settle it in Partner Center, then confirm this step to look again"};
        if (order.subscription_id.empty())
            wait(120, fmt::format("the order {} has no subscription yet", order_id));
        id = order.subscription_id;
    }
    if (id != field(record().learnt, "subscription_id")) note(EntryKind::learnt, {{"subscription_id", id}});

    const Reply<LiveSubscription> reply =
        ask("new subscription", [&] { return remote_.read_subscription(tenant_, id); });
    if (reply.reply_class == ReplyClass::absent)
        wait(300, fmt::format("the new subscription {} is not there yet", id));
    const LiveSubscription live = must("new subscription", reply);
    if (is_gone(live) || live.status == "suspended")
        throw Stop{fmt::format("the new subscription {} is {}", id, live.status),
                   "find out who ended it; then plan again, or confirm this step to look again"};
    if (live.status != "active") wait(300, fmt::format("the new subscription {} is {}", id, live.status));

    // Only with delegated rights can one ask whether it was provisioned; without them active is all there is
    // to know.
    const Reply<Provisioning> state =
        ask("provisioning status", [&] { return remote_.read_provisioning(tenant_, id); });
    if (state.ok() && state.value == Provisioning::pending)
        wait(900, fmt::format("the new subscription {} is being provisioned", id));
    if (state.ok() && state.value == Provisioning::failed)
        throw Stop{fmt::format("provisioning of the new subscription {} failed", id),
                   "ask the service's support, then confirm this step to look again"};
    const MoveDays days = days_of(work_.scenario, subscription(), move());
    if (live.quantity < days.seats)
        note(EntryKind::warned, {{"why", fmt::format("the new subscription {} has {} seats, the plan {}", id,
                                                     live.quantity, days.seats)}});
}

}  // namespace termwise::executing
