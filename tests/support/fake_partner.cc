#include "support/fake_partner.h"

#include <algorithm>

namespace termwise::test {

LiveSubscription* FakePartner::find(const std::string& tenant, const std::string& id) {
    for (LiveSubscription& s : subscriptions[tenant])
        if (s.id == id) return &s;
    return nullptr;
}

std::vector<LiveSubscription> FakePartner::bought(const std::string& tenant) {
    std::vector<LiveSubscription> found;
    for (const LiveSubscription& s : subscriptions[tenant])
        if (s.id.starts_with("new-")) found.push_back(s);
    return found;
}

std::vector<FakePartner::Call> FakePartner::calls_of(const std::string& name) const {
    std::vector<Call> found;
    std::ranges::copy_if(calls, std::back_inserter(found), [&](const Call& c) { return c.name == name; });
    return found;
}

bool FakePartner::changes_something(const std::string& name) {
    return name == "create_cart" || name == "checkout" || name == "change_subscription" ||
           name == "update_licences" || name == "start_migration" || name == "schedule_migration";
}

Reply<std::string> FakePartner::invitation_link() {
    return answer<std::string>({"invitation_link", {}, {}, {}, {}},
                               [] { return good<std::string>("https://example.invalid/accept"); });
}

Reply<LiveCustomer> FakePartner::read_customer(const std::string& tenant) {
    return answer<LiveCustomer>({"read_customer", tenant, {}, {}, {}}, [&] {
        const auto found = customers.find(tenant);
        if (found == customers.end()) return failed<LiveCustomer>(ReplyClass::human, 403, "20002");
        return good(found->second);
    });
}

Reply<bool> FakePartner::has_agreement(const std::string& tenant) {
    return answer<bool>({"has_agreement", tenant, {}, {}, {}}, [&] { return good(agreed.contains(tenant)); });
}

Reply<std::vector<LiveSubscription>> FakePartner::list_subscriptions(const std::string& tenant) {
    return answer<std::vector<LiveSubscription>>({"list_subscriptions", tenant, {}, {}, {}}, [&] {
        std::vector<LiveSubscription> all;
        for (const LiveSubscription& s : subscriptions[tenant])
            if (!s.id.starts_with("new-") || clock_.now() >= listed_from_[s.id]) all.push_back(s);
        return good(all);
    });
}

Reply<LiveSubscription> FakePartner::read_subscription(const std::string& tenant, const std::string& id) {
    return answer<LiveSubscription>({"read_subscription", tenant, id, {}, {}}, [&] {
        const LiveSubscription* found = find(tenant, id);
        return found == nullptr ? failed<LiveSubscription>(ReplyClass::absent, 404, "20003") : good(*found);
    });
}

Reply<CatalogueItem> FakePartner::resolve_item(const std::string& tenant, const OfferBinding& offer,
                                               TermBilling) {
    return answer<CatalogueItem>({"resolve_item", tenant, offer.product, {}, {}}, [&] {
        return good(CatalogueItem{offer.product + ":" + offer.sku + ":AVAIL", offer.product});
    });
}

Reply<LiveCart> FakePartner::read_cart(const std::string& tenant, const std::string& cart) {
    return answer<LiveCart>({"read_cart", tenant, cart, {}, {}}, [&] {
        const auto found = carts.find(cart);
        if (found == carts.end()) return failed<LiveCart>(ReplyClass::re_resolve, 404, "800008");
        return good(LiveCart{cart, {}, false});
    });
}

Reply<LiveOrder> FakePartner::read_order(const std::string& tenant, const std::string& order) {
    return answer<LiveOrder>({"read_order", tenant, order, {}, {}}, [&] {
        const auto found = orders.find(order);
        if (found == orders.end()) return failed<LiveOrder>(ReplyClass::absent, 404, "20000");
        return good(LiveOrder{order, found->second, order_status, {}, {}});
    });
}

Reply<std::vector<LiveOrder>> FakePartner::list_orders(const std::string& tenant) {
    return answer<std::vector<LiveOrder>>({"list_orders", tenant, {}, {}, {}},
                                          [&] { return good(std::vector<LiveOrder>{}); });
}

Reply<Provisioning> FakePartner::read_provisioning(const std::string& tenant, const std::string& id) {
    return answer<Provisioning>({"read_provisioning", tenant, id, {}, {}},
                                [&] { return good(provisioning); });
}

Reply<std::vector<std::string>> FakePartner::list_users(const std::string& tenant) {
    return answer<std::vector<std::string>>({"list_users", tenant, {}, {}, {}}, [&] {
        std::vector<std::string> all;
        for (const auto& [id, licences] : users) all.push_back(id);
        return good(all);
    });
}

Reply<LiveUser> FakePartner::read_user(const std::string& tenant, const std::string& user) {
    return answer<LiveUser>({"read_user", tenant, user, {}, {}}, [&] {
        const auto found = users.find(user);
        if (found == users.end()) return failed<LiveUser>(ReplyClass::absent, 404, "60002");
        LiveUser held;
        for (const std::string& sku : found->second) {
            LiveLicence licence{sku, {}};
            for (const std::string& plan : services[sku]) {
                const bool off = switched_off[user].contains(sku + "/" + plan);
                licence.plans.push_back({plan, "NAME_" + plan,
                                         unclear_services.contains(user) ? LivePlan::State::unclear
                                         : off                           ? LivePlan::State::off
                                                                         : LivePlan::State::on});
            }
            held.licences.push_back(std::move(licence));
        }
        return good(held);
    });
}

Reply<std::vector<LiveStock>> FakePartner::list_stock(const std::string& tenant) {
    return answer<std::vector<LiveStock>>({"list_stock", tenant, {}, {}, {}}, [&] {
        std::vector<LiveStock> rows;
        for (const auto& [sku, plans] : services) {
            LiveStock row{{sku, {}}, 0};
            for (const std::string& plan : plans) row.licence.plans.push_back({plan, "NAME_" + plan});
            for (const auto& [id, licences] : users) row.consumed += licences.contains(sku) ? 1 : 0;
            rows.push_back(std::move(row));
        }
        return good(rows);
    });
}

Reply<LiveCart> FakePartner::create_cart(const std::string& tenant, const CartLine& line, const CallId& id) {
    return answer<LiveCart>({"create_cart", tenant, line.item, id.request_id, {}}, [&] {
        const std::string cart = "cart-" + std::to_string(++carts_made_);
        carts[cart].line = line;
        return good(LiveCart{cart, line_error, false});
    });
}

Reply<LiveOrder> FakePartner::checkout(const std::string& tenant, const std::string& cart, const CallId& id) {
    return answer<LiveOrder>({"checkout", tenant, cart, id.request_id, {}}, [&] {
        const auto found = carts.find(cart);
        if (found == carts.end()) return failed<LiveOrder>(ReplyClass::re_resolve, 404, "800008");
        if (!checkout_error.empty()) return good(LiveOrder{{}, {}, {}, {}, checkout_error});
        Cart& bought = found->second;
        if (bought.order.empty()) {
            const std::string number = std::to_string(++purchases_);
            bought.order = "order-" + number;
            bought.subscription = "new-" + number;
            orders[bought.order] = bought.subscription;
            LiveSubscription s;
            s.id = bought.subscription;
            s.offer_id = bought.line.item;
            s.friendly_name = bought.line.friendly_name;
            s.status = new_status;
            s.order_id = bought.order;
            s.quantity = bought.line.quantity;
            s.auto_renew = true;
            subscriptions[tenant].push_back(s);
            listed_from_[s.id] = clock_.now() + list_lag_s;
        }
        return good(LiveOrder{
            bought.order, order_knows_subscription ? bought.subscription : "", order_status, {}, {}});
    });
}

Reply<bool> FakePartner::change_subscription(const std::string& tenant, const LiveSubscription& as_read,
                                             SubscriptionChange change, const CallId& id) {
    const std::string subject = as_read.id + " " + std::string(change_name(change));
    return answer<bool>({"change_subscription", tenant, subject, id.request_id, {}}, [&] {
        LiveSubscription* s = find(tenant, as_read.id);
        if (s == nullptr) return failed<bool>(ReplyClass::absent, 404, "20003");
        if (change == SubscriptionChange::auto_renew_off && !ignores_auto_renew) s->auto_renew = false;
        if (change == SubscriptionChange::suspend) s->status = "suspended";
        if (change == SubscriptionChange::cancel) s->status = "deleted";
        return good(true);
    });
}

Reply<std::string> FakePartner::update_licences(const std::string& tenant, const std::string& user,
                                                const LicenceChange& change, const CallId& id) {
    return answer<std::string>({"update_licences", tenant, user, id.request_id, {}}, [&] {
        if (free_licences == 0) return failed<std::string>(ReplyClass::not_ready, 400, "60012");
        if (licence_warnings.contains(user)) return good(licence_warnings[user]);
        --free_licences;
        users[user].insert(change.assign);
        for (const std::string& plan : change.plans_off)
            if (!forgets_services.contains(user)) switched_off[user].insert(change.assign + "/" + plan);
        if (!half_done.contains(user)) users[user].erase(change.remove);
        return good(std::string());
    });
}

Reply<MigrationEligibility> FakePartner::check_migration(const std::string& tenant,
                                                         const MigrationRequest& request) {
    return answer<MigrationEligibility>({"check_migration", tenant, request.base.subscription, {}, {}}, [&] {
        MigrationEligibility found;
        found.reasons = ineligible;
        if (find(tenant, request.base.subscription)->status != "active")
            found.reasons.push_back({request.base.subscription, "0", "not active"});
        found.is_eligible = found.reasons.empty();
        found.items.push_back({request.base.subscription, item_of_migration()});
        for (const MigrationPart& part : request.add_ons)
            found.items.push_back({part.subscription, item_of_migration()});
        return good(found);
    });
}

Reply<std::vector<LiveMigration>> FakePartner::list_migrations(const std::string& tenant,
                                                               const std::string& id) {
    return answer<std::vector<LiveMigration>>({"list_migrations", tenant, id, {}, {}}, [&] {
        go_on(tenant);
        std::vector<LiveMigration> found;
        for (const LiveMigration& m : migrations)
            if (m.subscription == id) found.push_back(m);
        return good(found);
    });
}

Reply<LiveMigration> FakePartner::read_migration(const std::string& tenant, const std::string& id) {
    return answer<LiveMigration>({"read_migration", tenant, id, {}, {}}, [&] {
        go_on(tenant);
        const auto found = std::ranges::find(migrations, id, &LiveMigration::id);
        return found == migrations.end() ? failed<LiveMigration>(ReplyClass::absent, 400, "900224")
                                         : good(*found);
    });
}

Reply<std::vector<LiveSchedule>> FakePartner::list_schedules(const std::string& tenant,
                                                             const std::string& id) {
    return answer<std::vector<LiveSchedule>>({"list_schedules", tenant, id, {}, {}}, [&] {
        go_on(tenant);
        std::vector<LiveSchedule> found;
        for (const LiveSchedule& s : schedules)
            if (s.subscription == id) found.push_back(s);
        return good(found);
    });
}

Reply<LiveSchedule> FakePartner::read_schedule(const std::string& tenant, const std::string& id) {
    return answer<LiveSchedule>({"read_schedule", tenant, id, {}, {}}, [&] {
        go_on(tenant);
        const auto found = std::ranges::find(schedules, id, &LiveSchedule::id);
        return found == schedules.end() ? failed<LiveSchedule>(ReplyClass::absent, 400, "900224")
                                        : good(*found);
    });
}

Reply<LiveMigration> FakePartner::start_migration(const std::string& tenant, const MigrationRequest& request,
                                                  const CallId& id) {
    return answer<LiveMigration>(
        {"start_migration", tenant, request.base.subscription, id.request_id, {}}, [&] {
            go_on(tenant);
            migration_requests.push_back(request);
            if (!ineligible.empty())
                return failed<LiveMigration>(ReplyClass::permanent, 400, ineligible.front().code);
            if (find(tenant, request.base.subscription)->status != "active")
                return failed<LiveMigration>(ReplyClass::permanent, 400, "900216");
            return good(begin(tenant, request, clock_.now()));
        });
}

Reply<LiveSchedule> FakePartner::schedule_migration(const std::string& tenant,
                                                    const MigrationRequest& request,
                                                    std::optional<Instant> target, const CallId& id) {
    return answer<LiveSchedule>(
        {"schedule_migration", tenant, request.base.subscription, id.request_id, {}}, [&] {
            go_on(tenant);
            migration_requests.push_back(request);
            if (!ineligible.empty())
                return failed<LiveSchedule>(ReplyClass::permanent, 400, ineligible.front().code);
            for (const LiveSchedule& other : schedules)
                if (other.subscription == request.base.subscription && other.status == "created")
                    return failed<LiveSchedule>(ReplyClass::permanent, 409, "900216");
            LiveSchedule s;
            s.id = "schedule-" + std::to_string(schedules.size() + 1);
            s.subscription = request.base.subscription;
            s.status = "created";
            s.reference = request.reference;
            s.item = item_of_migration();
            s.quantity = request.base.quantity;
            s.term = request.base.sold_as.term;
            s.billing = request.base.sold_as.billing;
            s.target = target;
            schedules.push_back(s);
            scheduled_[s.id] = request;
            return good(s);
        });
}

void FakePartner::go_on(const std::string& tenant) {
    for (LiveSchedule& s : schedules) {
        const LiveSubscription* old = find(tenant, s.subscription);
        const Instant begins = s.target ? *s.target : start_of(old->term_end) - 1;
        if (s.status != "created" || clock_.now() < begins) continue;
        s.status = "done";
        s.migration_id = begin(tenant, scheduled_[s.id], begins).id;
    }
    for (LiveMigration& m : migrations) {
        if (m.status != "processing" || clock_.now() - *m.started < 3'600) continue;
        const MigrationRequest& request = begun_[m.id];
        m.status = migration_outcome == "completed" ? "completed" : "failed";
        if (migration_outcome == "completed") complete(tenant, request);
        if (migration_outcome == "reverted")
            for (const std::string& id : ids_of(request)) find(tenant, id)->status = "active";
    }
}

void FakePartner::recover(const std::string& tenant) {
    migrations.back().status = "completed";
    complete(tenant, begun_[migrations.back().id]);
}

std::string FakePartner::item_of_migration() const {
    return becomes.empty() ? "CFQ0TEST:0001:AVAIL" : becomes;
}

std::vector<std::string> FakePartner::ids_of(const MigrationRequest& request) {
    std::vector<std::string> ids{request.base.subscription};
    for (const MigrationPart& part : request.add_ons) ids.push_back(part.subscription);
    return ids;
}

LiveMigration FakePartner::begin(const std::string& tenant, const MigrationRequest& request, Instant now) {
    LiveMigration m;
    m.id = "migration-" + std::to_string(migrations.size() + 1);
    m.subscription = request.base.subscription;
    m.status = "processing";
    m.reference = request.reference;
    m.item = item_of_migration();
    m.quantity = request.base.quantity;
    m.term = request.base.sold_as.term;
    m.billing = request.base.sold_as.billing;
    m.started = now;
    for (const std::string& id : ids_of(request)) find(tenant, id)->status = "suspended";
    begun_[m.id] = request;
    migrations.push_back(m);
    return m;
}

void FakePartner::complete(const std::string& tenant, const MigrationRequest& request) {
    std::vector<MigrationPart> parts{request.base};
    parts.insert(parts.end(), request.add_ons.begin(), request.add_ons.end());
    for (const MigrationPart& part : parts) {
        LiveSubscription s;
        s.id = "new-" + std::to_string(++purchases_);
        s.offer_id = item_of_migration();
        s.status = new_status;
        s.quantity = part.quantity;
        s.term = part.sold_as.term;
        s.billing = part.sold_as.billing;
        s.auto_renew = true;
        s.migrated_from = part.subscription;
        subscriptions[tenant].push_back(s);
    }
}

}  // namespace termwise::test
