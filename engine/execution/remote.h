// The live world as the executor sees it: what it reads and what it changes, without HTTP. Implemented by
// live/partner_center.h; whether a server, an emulator or a test stands behind that is nobody's business
// here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar/instant.h"
#include "calendar/period.h"
#include "execution/binding.h"
#include "model/scenario.h"

namespace termwise {

/// What a reply means for whoever asked (partner-center reference 4.2).
enum class ReplyClass : std::uint8_t {
    ok,
    no_answer,   ///< nobody knows what happened
    not_sent,    ///< nothing can have happened
    transient,   ///< the server failed: it may have happened
    throttled,   ///< too many calls: nothing happened; wait first
    not_ready,   ///< the world is not ready for it yet: wait
    stale,       ///< changed meanwhile: read again
    re_resolve,  ///< the catalogue item or the cart is gone: make a new one
    absent,      ///< what was asked for does not exist
    human,       ///< a person must act first
    permanent,   ///< will never work
    locked_out,  ///< nobody is let in with these credentials: nothing happened, and no other call would fare
                 ///< better
};
[[nodiscard]] std::string_view reply_class_name(ReplyClass reply_class);

/// What is known about a call besides its value.
struct ReplyNote {
    ReplyClass reply_class = ReplyClass::ok;
    int http_status = 0;                        ///< 0: no answer
    std::string code;                           ///< the service's, "60012"; empty: none
    std::string text;                           ///< for a log; no secrets
    std::optional<std::int64_t> retry_after_s;  ///< what the server asks for
    std::optional<Instant> server_time;

    [[nodiscard]] bool ok() const { return reply_class == ReplyClass::ok; }
};

template <class T>
struct Reply : ReplyNote {
    T value{};
};

/// The ids that travel with a call. `request_id` makes a repetition recognisable, `correlation_id` the call
/// traceable (reference 2.2, 3.18).
struct CallId {
    std::string request_id;
    std::string correlation_id;
    std::string second_correlation_id;  ///< of its repetition, should the token have run out on the way
};

struct LiveCustomer {
    std::string name;
    bool is_reseller = false;
};

/// A customer of the partner, as the service lists it.
struct LiveCustomerRow {
    std::string tenant, name, domain;
};

struct LiveSubscription {
    std::string id;
    std::string offer_id;  ///< legacy GUID, or "product:sku:availability"
    std::string friendly_name;
    std::string status;  ///< lower case: "active", "suspended", "deleted", "expired", "disabled", "pending"
    std::string order_id;
    std::int32_t quantity = 0;
    Day term_end;  ///< first day after the term; none: not told
    bool auto_renew = false;
    std::optional<Period> term, billing;  ///< none: not told
    std::string migrated_from;            ///< live id of the legacy subscription that it was; empty: none
    std::string document;                 ///< as it was read, all of it: a change sends it back
};

/// What can be bought now. Ids of availabilities change: resolved just before they are used.
struct CatalogueItem {
    std::string id;  ///< "product:sku:availability"
    std::string title;
};

struct CartLine {
    std::string item;
    std::string friendly_name;
    std::int32_t quantity = 0;
    TermBilling sold_as;
};

struct LiveCart {
    std::string id;
    std::string line_error;      ///< why a line cannot be bought; empty: it can
    bool line_is_stale = false;  ///< the error is one that a newly resolved item cures
};

struct LiveOrder {
    std::string id;
    std::string subscription_id;  ///< empty: not provisioned yet
    std::string status;           ///< lower case
    std::string friendly_name;    ///< of its line
    std::string error;            ///< of a checkout that bought nothing; empty: none
};

enum class Provisioning : std::uint8_t { pending, success, failed, unknown };

/// A service inside a licence. Its id is the same in every licence that has it.
struct LivePlan {
    enum class State : std::uint8_t {
        on,
        off,      ///< switched off for this user
        unclear,  ///< a word that no document explains
    };
    std::string id;    ///< lower case
    std::string name;  ///< "EXCHANGE_S_ENTERPRISE"
    State state = State::on;
};

struct LiveLicence {
    std::string sku;  ///< lower case
    std::vector<LivePlan> plans;
};

/// Licences of a user's own. Those that come through a group are not shown (reference 3.15).
struct LiveUser {
    std::vector<LiveLicence> licences;  ///< by sku
    /// Null: the user does not hold it.
    [[nodiscard]] const LiveLicence* licence(std::string_view sku) const;
    [[nodiscard]] bool holds(std::string_view sku) const { return licence(sku) != nullptr; }
};

/// A licence of which a tenant has units, and how many of them are in use, by whomever.
struct LiveStock {
    LiveLicence licence;
    std::int32_t consumed = 0;
};

/// One licence for another, in one call.
struct LicenceChange {
    std::string assign, remove;          ///< skus
    std::vector<std::string> plans_off;  ///< ids of services of `assign` that stay switched off
};

/// A subscription that is to be migrated. Bought for a full term from the day of the migration on.
struct MigrationPart {
    std::string subscription;  ///< live id
    /// Of the new one; 0 and no months: what the old one has.
    std::int32_t quantity = 0;
    TermBilling sold_as;
};

/// A legacy subscription and all its add-ons: they are migrated together or not at all (reference 3.16).
struct MigrationRequest {
    MigrationPart base;
    std::vector<MigrationPart> add_ons;
    std::string reference;  ///< externalReferenceId: our mark, by which it is found again
};

/// Whether the service would migrate a subscription.
struct MigrationEligibility {
    struct Reason {
        std::string subscription;  ///< live id
        std::string code, description;
    };
    struct Item {
        std::string subscription;  ///< live id
        std::string item;          ///< what it would become: "product:sku:availability"; empty: not told
    };
    bool is_eligible = false;
    std::vector<Reason> reasons;  ///< why not, also of add-ons
    std::vector<Item> items;
};

/// A migration under way, or over.
struct LiveMigration {
    std::string id;
    std::string subscription;  ///< live id of the legacy one
    std::string status;        ///< normalised: "processing", "completed", "failed"; not final when it failed
    std::string reference;     ///< externalReferenceId; empty: none
    std::string item;          ///< "product:sku:availability"; empty: not told
    std::int32_t quantity = 0;
    std::optional<Period> term, billing;
    std::optional<Instant> started;
};

/// A migration that the service starts by itself, at a moment or when the term ends.
struct LiveSchedule {
    std::string id;
    std::string subscription;
    std::string status;     ///< normalised: "created", "cancelled"; what else there is, no document says
    std::string reference;  ///< externalReferenceId; empty: none
    std::string item;
    std::int32_t quantity = 0;
    std::optional<Period> term, billing;
    std::optional<Instant> target;  ///< none: when the term ends
    std::string migration_id;       ///< of what it has started; empty: nothing yet
    std::string error_code, error;  ///< why it has started nothing; empty: no reason
};

/// What a change of a subscription does; everything else stays as it was read.
enum class SubscriptionChange : std::uint8_t { auto_renew_off, suspend, cancel };
[[nodiscard]] std::string_view change_name(SubscriptionChange change);

/// Calls. Some need more requests than one: pages of a list, a second try with a new token. None throws for
/// what a server does or fails to do.
class Remote {
  public:
    virtual ~Remote() = default;

    /// Told before each request to the service, of whatever call, for whose tenant it is (empty: nobody's);
    /// it may take its time. Null: nobody is told.
    using Gate = std::function<void(std::string_view tenant)>;
    void set_gate(Gate gate) { gate_ = std::move(gate); }

    [[nodiscard]] virtual Reply<std::string> invitation_link() = 0;
    [[nodiscard]] virtual Reply<LiveCustomer> read_customer(const std::string& tenant) = 0;
    /// Whether the customer's agreement is there, confirmed by the partner or signed directly.
    [[nodiscard]] virtual Reply<bool> has_agreement(const std::string& tenant) = 0;
    [[nodiscard]] virtual Reply<std::vector<LiveSubscription>> list_subscriptions(
        const std::string& tenant) = 0;
    [[nodiscard]] virtual Reply<LiveSubscription> read_subscription(const std::string& tenant,
                                                                    const std::string& id) = 0;
    /// The one item of that product, sku and segment that is sold for the term and billing now.
    [[nodiscard]] virtual Reply<CatalogueItem> resolve_item(const std::string& tenant,
                                                            const OfferBinding& offer,
                                                            TermBilling sold_as) = 0;
    [[nodiscard]] virtual Reply<LiveCart> read_cart(const std::string& tenant, const std::string& cart) = 0;
    [[nodiscard]] virtual Reply<LiveOrder> read_order(const std::string& tenant,
                                                      const std::string& order) = 0;
    /// New ones may be missing for a quarter of an hour.
    [[nodiscard]] virtual Reply<std::vector<LiveOrder>> list_orders(const std::string& tenant) = 0;
    [[nodiscard]] virtual Reply<Provisioning> read_provisioning(const std::string& tenant,
                                                                const std::string& subscription) = 0;
    /// Asks only; nothing is begun.
    [[nodiscard]] virtual Reply<MigrationEligibility> check_migration(const std::string& tenant,
                                                                      const MigrationRequest& request) = 0;
    /// All of that legacy subscription, whoever began them; `absent` of one that is read by its id: there is
    /// none.
    [[nodiscard]] virtual Reply<std::vector<LiveMigration>> list_migrations(
        const std::string& tenant, const std::string& subscription) = 0;
    [[nodiscard]] virtual Reply<LiveMigration> read_migration(const std::string& tenant,
                                                              const std::string& id) = 0;
    [[nodiscard]] virtual Reply<std::vector<LiveSchedule>> list_schedules(
        const std::string& tenant, const std::string& subscription) = 0;
    [[nodiscard]] virtual Reply<LiveSchedule> read_schedule(const std::string& tenant,
                                                            const std::string& id) = 0;
    /// Ids of those users who are there and active.
    [[nodiscard]] virtual Reply<std::vector<std::string>> list_users(const std::string& tenant) = 0;
    [[nodiscard]] virtual Reply<LiveUser> read_user(const std::string& tenant, const std::string& user) = 0;
    /// What licences the tenant has. A new one may be missing for a while.
    [[nodiscard]] virtual Reply<std::vector<LiveStock>> list_stock(const std::string& tenant) = 0;

    [[nodiscard]] virtual Reply<LiveCart> create_cart(const std::string& tenant, const CartLine& line,
                                                      const CallId& id) = 0;
    [[nodiscard]] virtual Reply<LiveOrder> checkout(const std::string& tenant, const std::string& cart,
                                                    const CallId& id) = 0;
    /// Sends back `as_read` with the one change.
    [[nodiscard]] virtual Reply<bool> change_subscription(const std::string& tenant,
                                                          const LiveSubscription& as_read,
                                                          SubscriptionChange change, const CallId& id) = 0;
    /// One call. The value is what the server warned of.
    [[nodiscard]] virtual Reply<std::string> update_licences(const std::string& tenant,
                                                             const std::string& user,
                                                             const LicenceChange& change,
                                                             const CallId& id) = 0;
    [[nodiscard]] virtual Reply<LiveMigration> start_migration(const std::string& tenant,
                                                               const MigrationRequest& request,
                                                               const CallId& id) = 0;
    /// To be started at `target`; none: when the term ends.
    [[nodiscard]] virtual Reply<LiveSchedule> schedule_migration(const std::string& tenant,
                                                                 const MigrationRequest& request,
                                                                 std::optional<Instant> target,
                                                                 const CallId& id) = 0;

  protected:
    /// For those who implement it: before each request.
    void pass_gate(std::string_view tenant) const {
        if (gate_) gate_(tenant);
    }

  private:
    Gate gate_;
};

}  // namespace termwise
