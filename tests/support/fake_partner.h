// A partner's world in memory for tests of execution: customers, subscriptions, carts and licences that
// change as the calls say, and calls that fail as a test wants them to.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "execution/clock.h"
#include "execution/remote.h"
#include "support/literals.h"

namespace termwise::test {

/// Turns as fast as it is waited for.
class PaperClock final : public Clock {
  public:
    explicit PaperClock(Instant start) : now_(start) {}
    [[nodiscard]] Instant now() override { return now_; }
    void wait_until(Instant until) override {
        now_ = std::max(now_, until);
        if (on_wait) on_wait(now_);
    }
    void adopt(Instant server_time) override { adopted.push_back(server_time); }

    std::function<void(Instant)> on_wait;
    std::vector<Instant> adopted;

  private:
    Instant now_;
};

/// How a call fails, and whether it does what it should all the same.
struct Fault {
    ReplyClass reply_class = ReplyClass::no_answer;
    bool happens = false;
    std::string code = {};
    std::optional<std::int64_t> retry_after_s = {};
};

class FakePartner final : public Remote {
  public:
    struct Call {
        std::string name;
        std::string tenant;
        std::string subject;
        std::string request_id;
        Instant at;
    };
    struct Cart {
        CartLine line;
        std::string order;  ///< empty: not checked out
        std::string subscription;
    };

    explicit FakePartner(PaperClock& clock) : clock_(clock) {}

    std::vector<Call> calls;
    std::map<std::string, std::deque<Fault>> faults;  ///< by name of the call; one is used up by each
    std::function<void(const Call&)> before;          ///< told of each call as it arrives

    std::map<std::string, LiveCustomer> customers;
    std::set<std::string> agreed;
    std::map<std::string, std::vector<LiveSubscription>> subscriptions;  ///< by tenant
    std::map<std::string, Cart> carts;
    std::map<std::string, std::string> orders;                  ///< to the subscription of each
    std::map<std::string, std::set<std::string>> users;         ///< licences of each
    std::map<std::string, std::vector<std::string>> services;   ///< of each licence
    std::map<std::string, std::set<std::string>> switched_off;  ///< "licence/service", by user
    std::set<std::string> unclear_services;                     ///< users whose services nobody understands
    std::set<std::string> forgets_services;  ///< users of whom a call switches all services on
    std::set<std::string> half_done;         ///< users of whom a call takes nothing away, without a word
    std::map<std::string, std::string> licence_warnings;  ///< by user
    std::int32_t free_licences = 1'000'000;
    bool ignores_auto_renew = false;
    bool order_knows_subscription = true;
    std::string new_status = "active";
    std::string order_status = "completed";
    std::string checkout_error;
    std::string line_error;
    Provisioning provisioning = Provisioning::success;
    std::int64_t list_lag_s = 0;  ///< how long what was bought is missing from lists
    int requests_each = 1;        ///< of every call: a list has pages
    /// The process ends at the call of that number, from 0: before it is carried out, or after.
    std::optional<std::size_t> crash_before, crash_after;
    struct Crash {};

    [[nodiscard]] LiveSubscription* find(const std::string& tenant, const std::string& id) {
        for (LiveSubscription& s : subscriptions[tenant])
            if (s.id == id) return &s;
        return nullptr;
    }
    /// Every subscription bought, in order.
    [[nodiscard]] std::vector<LiveSubscription> bought(const std::string& tenant) {
        std::vector<LiveSubscription> found;
        for (const LiveSubscription& s : subscriptions[tenant])
            if (s.id.starts_with("new-")) found.push_back(s);
        return found;
    }
    [[nodiscard]] std::vector<Call> calls_of(const std::string& name) const {
        std::vector<Call> found;
        std::ranges::copy_if(calls, std::back_inserter(found), [&](const Call& c) { return c.name == name; });
        return found;
    }
    [[nodiscard]] static bool changes_something(const std::string& name) {
        return name == "create_cart" || name == "checkout" || name == "change_subscription" ||
               name == "update_licences";
    }

    Reply<std::string> invitation_link() override {
        return answer<std::string>({"invitation_link", {}, {}, {}, {}},
                                   [] { return good<std::string>("https://example.invalid/accept"); });
    }
    Reply<LiveCustomer> read_customer(const std::string& tenant) override {
        return answer<LiveCustomer>({"read_customer", tenant, {}, {}, {}}, [&] {
            const auto found = customers.find(tenant);
            if (found == customers.end()) return failed<LiveCustomer>(ReplyClass::human, 403, "20002");
            return good(found->second);
        });
    }
    Reply<bool> has_agreement(const std::string& tenant) override {
        return answer<bool>({"has_agreement", tenant, {}, {}, {}},
                            [&] { return good(agreed.contains(tenant)); });
    }
    Reply<std::vector<LiveSubscription>> list_subscriptions(const std::string& tenant) override {
        return answer<std::vector<LiveSubscription>>({"list_subscriptions", tenant, {}, {}, {}}, [&] {
            std::vector<LiveSubscription> all;
            for (const LiveSubscription& s : subscriptions[tenant])
                if (!s.id.starts_with("new-") || clock_.now() >= listed_from_[s.id]) all.push_back(s);
            return good(all);
        });
    }
    Reply<LiveSubscription> read_subscription(const std::string& tenant, const std::string& id) override {
        return answer<LiveSubscription>({"read_subscription", tenant, id, {}, {}}, [&] {
            const LiveSubscription* found = find(tenant, id);
            return found == nullptr ? failed<LiveSubscription>(ReplyClass::absent, 404, "20003")
                                    : good(*found);
        });
    }
    Reply<CatalogueItem> resolve_item(const std::string& tenant, const OfferBinding& offer,
                                      TermBilling) override {
        return answer<CatalogueItem>({"resolve_item", tenant, offer.product, {}, {}}, [&] {
            return good(CatalogueItem{offer.product + ":" + offer.sku + ":AVAIL", offer.product});
        });
    }
    Reply<LiveCart> read_cart(const std::string& tenant, const std::string& cart) override {
        return answer<LiveCart>({"read_cart", tenant, cart, {}, {}}, [&] {
            const auto found = carts.find(cart);
            if (found == carts.end()) return failed<LiveCart>(ReplyClass::re_resolve, 404, "800008");
            return good(LiveCart{cart, {}, false});
        });
    }
    Reply<LiveOrder> read_order(const std::string& tenant, const std::string& order) override {
        return answer<LiveOrder>({"read_order", tenant, order, {}, {}}, [&] {
            const auto found = orders.find(order);
            if (found == orders.end()) return failed<LiveOrder>(ReplyClass::absent, 404, "20000");
            return good(LiveOrder{order, found->second, order_status, {}, {}});
        });
    }
    /// Subscriptions say what was bought, and as late: the list of orders adds nothing here.
    Reply<std::vector<LiveOrder>> list_orders(const std::string& tenant) override {
        return answer<std::vector<LiveOrder>>({"list_orders", tenant, {}, {}, {}},
                                              [&] { return good(std::vector<LiveOrder>{}); });
    }
    Reply<Provisioning> read_provisioning(const std::string& tenant, const std::string& id) override {
        return answer<Provisioning>({"read_provisioning", tenant, id, {}, {}},
                                    [&] { return good(provisioning); });
    }
    Reply<std::vector<std::string>> list_users(const std::string& tenant) override {
        return answer<std::vector<std::string>>({"list_users", tenant, {}, {}, {}}, [&] {
            std::vector<std::string> all;
            for (const auto& [id, licences] : users) all.push_back(id);
            return good(all);
        });
    }
    Reply<LiveUser> read_user(const std::string& tenant, const std::string& user) override {
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
    Reply<std::vector<LiveStock>> list_stock(const std::string& tenant) override {
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
    Reply<LiveCart> create_cart(const std::string& tenant, const CartLine& line, const CallId& id) override {
        return answer<LiveCart>({"create_cart", tenant, line.item, id.request_id, {}}, [&] {
            const std::string cart = "cart-" + std::to_string(++carts_made_);
            carts[cart].line = line;
            return good(LiveCart{cart, line_error, false});
        });
    }
    /// A cart that was checked out answers with the first result again.
    Reply<LiveOrder> checkout(const std::string& tenant, const std::string& cart, const CallId& id) override {
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
    Reply<bool> change_subscription(const std::string& tenant, const LiveSubscription& as_read,
                                    SubscriptionChange change, const CallId& id) override {
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
    Reply<std::string> update_licences(const std::string& tenant, const std::string& user,
                                       const LicenceChange& change, const CallId& id) override {
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

  private:
    template <class T>
    static Reply<T> good(T value) {
        Reply<T> reply;
        reply.http_status = 200;
        reply.value = std::move(value);
        return reply;
    }
    template <class T>
    static Reply<T> failed(ReplyClass reply_class, int status, std::string code) {
        Reply<T> reply;
        reply.reply_class = reply_class;
        reply.http_status = status;
        reply.code = std::move(code);
        reply.text = "made up";
        return reply;
    }
    template <class T, class Act>
    Reply<T> answer(Call call, Act act) {
        for (int i = 0; i < requests_each; ++i) pass_gate(call.tenant);
        call.at = clock_.now();
        calls.push_back(call);
        if (before) before(call);
        const std::size_t number = calls.size() - 1;
        if (crash_before == number) throw Crash{};
        std::deque<Fault>& queue = faults[call.name];
        if (queue.empty()) {
            auto reply = act();
            if (crash_after == number) throw Crash{};
            return reply;
        }
        const Fault fault = queue.front();
        queue.pop_front();
        if (fault.happens) static_cast<void>(act());
        auto reply = failed<T>(fault.reply_class, 0, fault.code);
        reply.http_status =
            fault.reply_class == ReplyClass::no_answer || fault.reply_class == ReplyClass::not_sent ? 0 : 500;
        reply.retry_after_s = fault.retry_after_s;
        return reply;
    }

    PaperClock& clock_;
    int carts_made_ = 0;
    int purchases_ = 0;
    std::map<std::string, Instant> listed_from_;
};

}  // namespace termwise::test
