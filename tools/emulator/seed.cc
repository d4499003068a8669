// The world that a scenario describes, on the first day of its horizon.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "emulator/billing.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

/// Offers that any subscription may move to.
std::vector<bool> target_offers(const Scenario& scenario) {
    std::vector<bool> is_target(scenario.offers.size(), false);
    for (const Transition& transition : scenario.transitions) is_target[transition.to.at()] = true;
    for (const OfferIndex target : scenario.targets) is_target[target.at()] = true;
    return is_target;
}

std::vector<Channel> channels_of(const Scenario& scenario, const Options& options) {
    const std::vector<bool> is_target = target_offers(scenario);
    std::vector<Channel> channels(scenario.programmes.size(), Channel::person);
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const std::string id = lower(scenario.programmes[i].id);
        if (id.starts_with("nce"))
            channels[i] = Channel::nce;
        else if (id.find("csp") != std::string::npos)
            channels[i] = Channel::legacy_csp;
    }
    for (std::size_t i = 0; i < is_target.size(); ++i)
        if (is_target[i]) channels[scenario.offers[i].programme.at()] = Channel::nce;
    for (const auto& [id, channel] : options.channels) {
        const auto found = std::ranges::find(scenario.programmes, id, &Programme::id);
        if (found == scenario.programmes.end())
            throw std::invalid_argument(fmt::format("the scenario has no programme \"{}\"", id));
        channels[static_cast<std::size_t>(found - scenario.programmes.begin())] = channel;
    }
    for (std::size_t i = 0; i < is_target.size(); ++i) {
        const Offer& offer = scenario.offers[i];
        if (is_target[i] && channels[offer.programme.at()] != Channel::nce)
            throw std::invalid_argument(fmt::format(
                "offer \"{}\" of programme \"{}\" is moved to, but its channel is not nce: new subscriptions "
                "are bought in new commerce only",
                offer.id, scenario.at(offer.programme).id));
    }
    return channels;
}

/// Offers between which licences stay with their users count as one licence sku.
std::vector<std::size_t> licence_classes(const Scenario& scenario) {
    std::vector<std::size_t> parent(scenario.offers.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    const auto join = [&](OfferIndex a, OfferIndex b) {
        if (scenario.reassigns(a, b)) return;
        const std::size_t x = root(a.at()), y = root(b.at());
        parent[std::max(x, y)] = std::min(x, y);
    };
    for (const Transition& transition : scenario.transitions) join(transition.from, transition.to);
    for (const Subscription& s : scenario.subscriptions)
        for (const OfferIndex target : scenario.allowed_targets(s)) join(s.offer, target);
    for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = root(i);
    return parent;
}

void make_catalogue(World& world) {
    const Scenario& scenario = *world.scenario;
    const std::vector<Channel> channels = channels_of(scenario, world.options);
    const std::vector<std::size_t> classes = licence_classes(scenario);
    const std::uint64_t seed = world.options.seed;
    for (std::size_t i = 0; i < scenario.programmes.size(); ++i)
        world.binding.programmes[scenario.programmes[i].id] = channels[i];
    for (std::size_t i = 0; i < scenario.offers.size(); ++i) {
        const Offer& offer = scenario.offers[i];
        CatalogueOffer entry;
        entry.channel = channels[offer.programme.at()];
        entry.licence_sku = guid_of(seed, "licence", scenario.offers[classes[i]].id);
        OfferBinding bound;
        if (entry.channel == Channel::nce) {
            for (int attempt = 0; entry.product.empty() || world.by_product.contains(entry.product);
                 ++attempt)
                entry.product =
                    "CFQ7TTC0" + code_of(seed, "product", fmt::format("{}/{}", offer.id, attempt), 4);
            entry.sku = "0001";
            world.by_product[entry.product] = OfferIndex(i);
            bound.product = entry.product;
            bound.sku = entry.sku;
            bound.segment = "commercial";
        } else if (entry.channel == Channel::legacy_csp) {
            entry.legacy_id = guid_of(seed, "offer", offer.id);
            world.by_legacy_id[entry.legacy_id] = OfferIndex(i);
            bound.offer_id = entry.legacy_id;
        }
        bound.licence_sku = entry.licence_sku;
        world.binding.offers[offer.id] = bound;
        world.catalogue.push_back(std::move(entry));
    }
}

std::string domain_of(std::string_view id) {
    std::string name;
    for (const char c : lower(id))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name += c;
    return (name.empty() ? "customer" : name) + ".onmicrosoft.example";
}

/// The users of a line: those of its base, and more if it needs more.
void make_users(World& world, Tenant& tenant, Line& line, const std::vector<std::uint32_t>& of_base,
                std::int32_t most) {
    line.users = of_base;
    while (static_cast<std::int32_t>(line.users.size()) < most) {
        const std::string name = fmt::format("u{}", tenant.users.size() + 1);
        line.users.push_back(static_cast<std::uint32_t>(tenant.users.size()));
        tenant.users.push_back(
            {guid_of(world.options.seed, "user", tenant.id + "/" + name), name, false, {}});
    }
    line.users.resize(static_cast<std::size_t>(most));
    line.gap.assign(line.users.size(), -1);
}

void make_line(World& world, Tenant& tenant, SubscriptionIndex index) {
    const Scenario& scenario = *world.scenario;
    const Subscription& s = scenario.at(index);
    Line line;
    line.subscription = index;
    line.skus.push_back(world.at(s.offer).licence_sku);
    for (const OfferIndex target : scenario.allowed_targets(s)) {
        const std::string& sku = world.at(target).licence_sku;
        if (std::ranges::find(line.skus, sku) == line.skus.end()) line.skus.push_back(sku);
    }
    std::int32_t most = s.seats;
    for (const DemandStep& step : scenario.demand(s).steps()) most = std::max(most, step.seats);
    std::vector<std::uint32_t> of_base;
    for (const Line& other : tenant.lines)
        if (other.subscription == s.parent) of_base = other.users;
    make_users(world, tenant, line, of_base, most);
    line.at_first = s.seats;
    line.needed = s.seats;
    SubscriptionBinding& bound = world.binding.subscriptions[std::string(scenario.id(index))];
    for (std::int32_t i = 0; i < s.seats; ++i) {
        User& user = tenant.users[line.users[static_cast<std::size_t>(i)]];
        give_licence(world, user, line.skus.front(), {});
        bound.users.push_back(user.id);
    }
    for (const DemandStep& step : scenario.demand(s).steps())
        if (step.from > scenario.h0())
            world.schedule(start_of(step.from), {EventKind::demand_changes,
                                                 tenant.id,
                                                 {},
                                                 static_cast<std::int64_t>(tenant.lines.size()),
                                                 0});
    tenant.lines.push_back(std::move(line));
}

void make_old_subscription(World& world, Tenant& tenant, SubscriptionIndex index) {
    const Scenario& scenario = *world.scenario;
    const Subscription& s = scenario.at(index);
    const std::string id_text(scenario.id(index));
    Sub sub;
    sub.id = guid_of(world.options.seed, "subscription", id_text);
    sub.customer = tenant.id;
    sub.offer = s.offer;
    sub.channel = world.at(s.offer).channel;
    sub.of = index;
    if (sub.channel == Channel::nce)
        sub.item = world.at(s.offer).product + ":" + world.at(s.offer).sku + ":" +
                   availability_of(world, s.offer, "commercial");
    if (sub.channel == Channel::legacy_csp) sub.item = world.at(s.offer).legacy_id;
    const std::string& offer_name = scenario.at(s.offer).name;
    sub.friendly_name = offer_name.empty() ? scenario.at(s.offer).id : offer_name;
    sub.quantity = sub.units = s.seats;
    sub.sold_as = s.sold_as;
    sub.anchor = s.term_start;
    const Boundaries billing(sub.anchor, s.sold_as.billing);
    sub.period = billing.last_at_or_before(scenario.h0());
    sub.next_term = s.sold_as.term.months / s.sold_as.billing.months;
    sub.unit_price = s.unit_price;
    sub.bought = start_of(s.term_start);
    sub.window_from = sub.bought;
    sub.auto_renew = s.auto_renew;
    sub.provisioned_at = sub.bought;
    if (!s.parent.none() && sub.channel == Channel::legacy_csp)
        sub.parent = guid_of(world.options.seed, "subscription", scenario.id(s.parent));
    if (sub.channel == Channel::nce)
        sub.refundable = {{sub.quantity, sub.bought + world.options.cancel_window}};
    sub.life = world.ledgers.lives.size();
    world.ledgers.lives.push_back({.subscription = sub.id,
                                   .customer = tenant.id,
                                   .offer = scenario.at(s.offer).id,
                                   .from_before = id_text,
                                   .migrated_from = {},
                                   .is_new = false,
                                   .seats = sub.quantity,
                                   .since = sub.bought,
                                   .until = {},
                                   .status = {}});
    world.binding.subscriptions[id_text].live_id = sub.id;
    if (world.options.migrated.contains(id_text))
        world.binding.subscriptions[id_text].route = MoveRoute::migration;
    bill_period(world, sub);
    world.schedule(start_of(running_period(sub).to), {EventKind::period_end, sub.id, {}, 0, 0});
    tenant.subs.push_back(sub.id);
    world.subs.emplace(sub.id, std::move(sub));
}

/// The orders by which the partner's own old subscriptions were bought: add-ons stand in their base's.
void make_old_orders(World& world, Tenant& tenant) {
    for (const bool add_ons : {false, true})
        for (const std::string& id : tenant.subs) {
            Sub& sub = *world.sub(id);
            if (sub.channel == Channel::person || sub.parent.empty() == add_ons) continue;
            Order* order = nullptr;
            if (add_ons) {
                sub.order = world.sub(sub.parent)->order;
                order = &tenant.orders.at(sub.order);
            } else {
                sub.order = sub.channel == Channel::legacy_csp
                                ? guid_of(world.options.seed, "old order", sub.id)
                                : guid_of(world.options.seed, "old order", sub.id).substr(24);
                order = &tenant.orders[sub.order];
                tenant.order_ids.push_back(sub.order);
                order->id = sub.order;
                order->created = order->listed_from = sub.bought;
                order->status = "completed";
                order->legacy = sub.channel == Channel::legacy_csp;
            }
            sub.order_line = static_cast<std::int32_t>(order->lines.size());
            order->lines.push_back(
                {sub.item, sub.id, sub.parent, sub.friendly_name, sub.quantity, sub.sold_as});
        }
}

/// Parents come before their add-ons.
std::vector<SubscriptionIndex> parents_first(const Scenario& scenario, CustomerIndex customer) {
    std::vector<SubscriptionIndex> list;
    const ListRange range = scenario.at(customer).subscriptions;
    std::vector<bool> done(range.size, false);
    while (list.size() < range.size)
        for (std::uint32_t i = 0; i < range.size; ++i) {
            const Subscription& s = scenario.subscriptions[range.begin + i];
            if (done[i] || (!s.parent.none() && !done[s.parent.at() - range.begin])) continue;
            done[i] = true;
            list.emplace_back(std::size_t{range.begin} + i);
        }
    return list;
}

}  // namespace

World make_world(const Scenario& scenario, Options options) {
    World world;
    world.scenario = &scenario;
    world.options = std::move(options);
    world.now = start_of(scenario.h0());
    world.binding.partner_tenant = guid_of(world.options.seed, "partner", "");
    world.binding.country = world.options.country;
    make_catalogue(world);
    world.tenants.resize(scenario.customers.size());
    for (std::size_t i = 0; i < scenario.customers.size(); ++i) {
        const CustomerIndex index(i);
        Tenant& tenant = world.tenants[i];
        const std::string id(scenario.id(index));
        const std::string_view name = scenario.texts.view(scenario.at(index).name);
        tenant.id = guid_of(world.options.seed, "tenant", id);
        tenant.index = index;
        tenant.name = name.empty() ? id : std::string(name);
        tenant.domain = domain_of(id);
        tenant.related = tenant.accepted = tenant.delegated = tenant.direct_signed =
            scenario.at(index).relationship == Relationship::active;
        world.tenant_by_id[tenant.id] = i;
        world.binding.customers[id] = tenant.id;
        for (const SubscriptionIndex s : parents_first(scenario, index)) {
            make_old_subscription(world, tenant, s);
            make_line(world, tenant, s);
        }
        make_old_orders(world, tenant);
        for (Line& line : tenant.lines) follow_demand(world, tenant, line);
        review_access(world, tenant);
    }
    world.refresh_tokens[guid_of(world.options.seed, "refresh token", "0")] = true;
    return world;
}

}  // namespace termwise::emulator
