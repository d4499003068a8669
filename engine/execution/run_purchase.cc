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

std::optional<LiveSubscription> StepRunner::find_bought() {
    Reply<std::vector<LiveSubscription>> reply =
        ask("list of subscriptions", [&] { return remote_.list_subscriptions(tenant_); });
    const std::vector<LiveSubscription> all = must("list of subscriptions", std::move(reply));
    const auto found = std::ranges::find_if(
        all, [&](const LiveSubscription& s) { return s.friendly_name.ends_with(tag()) && !is_gone(s); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

Fields StepRunner::bought_fields(const std::string& order_id, const std::string& subscription_id) const {
    const OfferBinding& offer = work_.binding.offers.at(work_.scenario.at(move().target).id);
    return {{"order_id", order_id},
            {"subscription_id", subscription_id},
            {"bought", fmt::format("{}:{}", offer.product, offer.sku)},
            {"sold_as",
             fmt::format("{}/{}", to_short_text(move().sold_as.term), to_short_text(move().sold_as.billing))},
            {"seats", std::to_string(days_of(work_.scenario, subscription(), move()).seats)}};
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
    const Fields about{{"item", line.item},
                       {"seats", std::to_string(line.quantity)},
                       {"sold_as", fmt::format("{}/{}", to_short_text(line.sold_as.term),
                                               to_short_text(line.sold_as.billing))}};
    // A cart of which no answer came is left to expire: it buys nothing.
    Reply<LiveCart> cart = change(
        "create-cart", about, [&](const CallId& id) { return remote_.create_cart(tenant_, line, id); },
        [](const LiveCart& made) {
            return Fields{{"cart_id", made.line_error.empty() ? made.id : ""},
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
        if (const std::optional<LiveSubscription> bought = find_bought())
            return bought_fields(bought->order_id, bought->id);
        const Doubt doubt = record().doubts.at("checkout");
        const bool is_another = field(doubt.fields, "cart_id") != cart;
        // A cart that is still there answers a repeated checkout with the first one's result (reference 3.7).
        if (!is_another && ask("cart", [&] { return remote_.read_cart(tenant_, cart); }).ok())
            return std::nullopt;
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
        if (const std::optional<LiveSubscription> bought = find_bought()) {
            note(EntryKind::learnt, bought_fields(bought->order_id, bought->id));
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

void StepRunner::run_provision() {
    const auto is_bought = [&] { return !field(record().learnt, "order_id").empty(); };
    if (is_bought()) return;
    if (!record().doubts.contains("checkout")) {
        // Once it was to have ended there is nothing to compare.
        if (today() < move().exit_on &&
            channel_of(work_.scenario, work_.binding, subscription().offer) != Channel::person)
            check_drift(read_old());
        // Bought under a journal that is lost, or by this one before it was told: never twice.
        if (const std::optional<LiveSubscription> bought = find_bought()) {
            note(EntryKind::learnt, bought_fields(bought->order_id, bought->id));
            return;
        }
        check_not_too_late();
    }
    for (int carts = 0; carts < kMostCarts; ++carts) {
        std::string cart(field(record().learnt, "cart_id"));
        if (cart.empty()) cart = make_cart();
        if (!cart.empty() && check_out(cart)) return;
        if (is_bought()) return;
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
        if (clock_.now() - bought.first_tried > kLongestProvisioning_s)
            throw Stop{fmt::format("{} for more than three days", why),
                       "ask the service's support, then confirm this step to look again"};
        throw Wait{seconds, std::move(why)};
    };
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
