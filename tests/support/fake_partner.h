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
    /// What becomes of a migration, an hour after it was begun: "completed", "failed" with the old one
    /// suspended, "reverted": failed, and the old one is active again.
    std::string migration_outcome = "completed";
    std::vector<MigrationEligibility::Reason> ineligible;  ///< not empty: what is asked for is not migrated
    std::string becomes;  ///< item that everything is migrated to; empty: CFQ0TEST:0001:AVAIL
    std::vector<LiveMigration> migrations;
    std::vector<LiveSchedule> schedules;
    std::vector<MigrationRequest> migration_requests;  ///< as they came to start_ and schedule_migration
    /// The process ends at the call of that number, from 0: before it is carried out, or after.
    std::optional<std::size_t> crash_before, crash_after;
    struct Crash {};

    [[nodiscard]] LiveSubscription* find(const std::string& tenant, const std::string& id);
    /// Every subscription bought, in order.
    [[nodiscard]] std::vector<LiveSubscription> bought(const std::string& tenant);
    [[nodiscard]] std::vector<Call> calls_of(const std::string& name) const;
    [[nodiscard]] static bool changes_something(const std::string& name);

    Reply<std::string> invitation_link() override;
    Reply<LiveCustomer> read_customer(const std::string& tenant) override;
    Reply<bool> has_agreement(const std::string& tenant) override;
    Reply<std::vector<LiveSubscription>> list_subscriptions(const std::string& tenant) override;
    Reply<LiveSubscription> read_subscription(const std::string& tenant, const std::string& id) override;
    Reply<CatalogueItem> resolve_item(const std::string& tenant, const OfferBinding& offer,
                                      TermBilling) override;
    Reply<LiveCart> read_cart(const std::string& tenant, const std::string& cart) override;
    Reply<LiveOrder> read_order(const std::string& tenant, const std::string& order) override;
    /// Subscriptions say what was bought, and as late: the list of orders adds nothing here.
    Reply<std::vector<LiveOrder>> list_orders(const std::string& tenant) override;
    Reply<Provisioning> read_provisioning(const std::string& tenant, const std::string& id) override;
    Reply<std::vector<std::string>> list_users(const std::string& tenant) override;
    Reply<LiveUser> read_user(const std::string& tenant, const std::string& user) override;
    Reply<std::vector<LiveStock>> list_stock(const std::string& tenant) override;
    Reply<LiveCart> create_cart(const std::string& tenant, const CartLine& line, const CallId& id) override;
    /// A cart that was checked out answers with the first result again.
    Reply<LiveOrder> checkout(const std::string& tenant, const std::string& cart, const CallId& id) override;
    Reply<bool> change_subscription(const std::string& tenant, const LiveSubscription& as_read,
                                    SubscriptionChange change, const CallId& id) override;
    Reply<std::string> update_licences(const std::string& tenant, const std::string& user,
                                       const LicenceChange& change, const CallId& id) override;

    Reply<MigrationEligibility> check_migration(const std::string& tenant,
                                                const MigrationRequest& request) override;
    Reply<std::vector<LiveMigration>> list_migrations(const std::string& tenant,
                                                      const std::string& id) override;
    Reply<LiveMigration> read_migration(const std::string& tenant, const std::string& id) override;
    Reply<std::vector<LiveSchedule>> list_schedules(const std::string& tenant,
                                                    const std::string& id) override;
    Reply<LiveSchedule> read_schedule(const std::string& tenant, const std::string& id) override;
    Reply<LiveMigration> start_migration(const std::string& tenant, const MigrationRequest& request,
                                         const CallId& id) override;
    Reply<LiveSchedule> schedule_migration(const std::string& tenant, const MigrationRequest& request,
                                           std::optional<Instant> target, const CallId& id) override;

    /// What time does by itself: schedules begin, migrations end.
    void go_on(const std::string& tenant);
    /// A migration that had failed is completed after all.
    void recover(const std::string& tenant);

  private:
    [[nodiscard]] std::string item_of_migration() const;
    static std::vector<std::string> ids_of(const MigrationRequest& request);
    LiveMigration begin(const std::string& tenant, const MigrationRequest& request, Instant now);
    void complete(const std::string& tenant, const MigrationRequest& request);

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
    std::map<std::string, MigrationRequest> scheduled_, begun_;  ///< by id
};

}  // namespace termwise::test
