// The emulator's state, as plain values that can be copied. Who changes it: seed.cc makes it, lifecycle.h
// lets time and contracts act on it, api_*.cc answer calls on it, people.cc acts for everybody else.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calendar/instant.h"
#include "calendar/period.h"
#include "emulator/emulator.h"
#include "emulator/fault.h"
#include "emulator/ledgers.h"
#include "emulator/options.h"
#include "model/scenario.h"

namespace termwise::emulator {

using Json = nlohmann::ordered_json;

enum class Status : std::uint8_t { pending, active, suspended, expired, disabled, deleted };

/// Seats that may still be given back.
struct Refundable {
    std::int32_t quantity = 0;
    Instant until;
};

/// Paid for the running billing period.
struct Paid {
    Interval<Day> covers;
    std::int32_t seats = 0;
    Money amount;
};

/// A subscription, of whatever programme.
struct Sub {
    std::string id;
    std::string customer;  ///< tenant id
    OfferIndex offer;
    Channel channel = Channel::nce;
    bool is_new = false;
    SubscriptionIndex of;  ///< of the scenario, if it was there before
    std::string item;      ///< catalogue item or GUID of a legacy offer; empty for `person`
    std::string parent;    ///< live id of a legacy base
    std::string order;
    std::int32_t order_line = 0;
    std::string friendly_name;

    std::int32_t quantity = 1;
    std::int32_t units = 0;  ///< licences that have arrived
    std::vector<Refundable> refundable;
    TermBilling sold_as;
    Day anchor;                  ///< first day of its first term
    std::int32_t period = 0;     ///< number of the running billing period
    std::int32_t next_term = 0;  ///< number of the period with which the next term starts
    Money unit_price;
    std::vector<Paid> paid;

    Instant bought;
    Instant window_from;  ///< purchase, or the last renewal's completion
    Status status = Status::active;
    bool listed = true;  ///< a new one only when its order is done
    bool auto_renew = true;
    bool renews_by_hand = false;
    bool ends_by_hand = false;  ///< a person will have ended it at the term's end
    std::string suspended_for;
    Instant locked_until;         ///< a renewal or a change is being carried out
    std::int64_t generation = 0;  ///< events of older generations have lost their meaning
    Json next_term_change;        ///< scheduledNextTermInstructions, or null
    std::string migrated_from;
    std::int64_t version = 1;
    Instant provisioned_at;
    bool provisioning_failed = false;
    std::optional<Json> last_read;  ///< as a client last saw it
    std::size_t life = 0;           ///< position in Ledgers::lives
};

struct Licence {
    std::int64_t turn = 0;  ///< who came first
    std::vector<std::string> excluded;
    bool through_group = false;  ///< counted, and neither shown nor changed by the API
};

struct User {
    std::string id;
    std::string name;  ///< "u7"
    bool deleted = false;
    std::map<std::string, Licence> licences;  ///< by licence sku
};

/// A subscription of the scenario as a need for service.
struct Line {
    SubscriptionIndex subscription;
    std::vector<std::uint32_t> users;  ///< positions in Tenant::users; as many as are ever needed
    std::vector<std::string> skus;     ///< any of them serves; the old one first
    std::int32_t needed = 0;           ///< the first so many users
    std::int32_t at_first = 0;         ///< those from here on came later, and people look after them
    std::vector<std::int32_t> gap;     ///< for each user: position of its open gap, -1 none
};

struct CartLine {
    Json shown;  ///< as it was sent, with what the server adds
    OfferIndex offer;
    std::string item;
    std::int32_t quantity = 0;
    TermBilling sold_as;
    std::string parent;  ///< legacy add-on: live id of its base
    std::int32_t group = 0;
    bool failed = false;
};

struct Cart {
    std::string id;
    Instant created, changed, expires;
    bool ordered = false;
    bool attested = false;
    std::vector<CartLine> lines;
    Json answer;  ///< of the checkout
};

struct OrderLine {
    std::string item;
    std::string subscription;
    std::string parent;
    std::string friendly_name;
    std::int32_t quantity = 0;
    TermBilling sold_as;
};

struct Order {
    std::string id;
    Instant created;
    Instant listed_from;
    std::string status;  ///< "pending"
    bool legacy = false;
    std::int64_t version = 1;
    std::vector<OrderLine> lines;
};

/// What a legacy subscription becomes.
struct MovedSub {
    std::string subscription;  ///< live id of the old one
    OfferIndex offer;
    std::string item;
    TermBilling sold_as;
    std::int32_t quantity = 1;
    bool full_term = false;  ///< a new term from now on; else what is left of the old one
};

/// A migration or a schedule of one: the documented object, and what the emulator needs to go on.
struct Migration {
    Json shown;
    std::vector<MovedSub> moved;  ///< the base, then its add-ons
    std::string outcome;          ///< "", "fails", "reverts"; later "recovers", "goes back"
    std::int64_t outcome_delay = 0;
    Json events = Json::array();
};
struct MigrationSchedule {
    Json shown;
    std::string subscription;
    std::string outcome;  ///< of the migration that it starts
    std::int64_t outcome_delay = 0;
};

/// A customer and its tenant.
struct Tenant {
    std::string id;
    CustomerIndex index;
    std::string name;
    std::string domain;
    bool related = false;  ///< a reseller relationship, and visible
    bool accepted = false;
    bool delegated = false;
    bool direct_signed = false;
    std::optional<Json> agreement;
    std::string validation = "Allowed";
    Json qualifications = Json::array();
    std::vector<User> users;
    std::vector<Line> lines;
    std::vector<std::string> subs;  ///< live ids in the order in which they came to be
    std::map<std::string, Cart> carts;
    std::map<std::string, Order> orders;
    std::vector<std::string> order_ids;
    std::map<std::string, Migration> migrations;
    std::map<std::string, MigrationSchedule> schedules;
    std::map<std::string, Json> transitions;  ///< live id -> array
    std::map<std::string, std::int64_t> counters;
};

struct Token {
    Instant from, until;
    std::string audience;
    bool user = false;
    bool multi_factor = true;
    bool revoked = false;
    bool refused = false;  ///< a 401 was answered for it
};

enum class EventKind : std::uint8_t {
    customer_listed,  ///< key: tenant
    order_done,       ///< key: tenant, more: order id
    units_arrive,     ///< key: sub, number: how many
    period_end,       ///< key: sub
    state_end,        ///< key: sub, of `generation`
    renewal_done,     ///< key: sub
    person_ends,      ///< key: sub
    change_later,     ///< key: sub, more: the body as text
    transition_done,  ///< key: sub, more: operation id
    migration_step,   ///< key: tenant, more: migration id
    schedule_due,     ///< key: tenant, more: schedule id
    demand_changes,   ///< key: tenant, number: line
};

struct Event {
    EventKind kind = EventKind::customer_listed;
    std::string key;
    std::string more;
    std::int64_t number = 0;
    std::int64_t generation = 0;
};

struct ArmedFault {
    Fault fault;
    std::int64_t seen = 0;
    std::int64_t struck = 0;
};

struct StoredAnswer {
    std::string what;        ///< method and path
    bool repeatable = true;  ///< no answer, or one after which the same call may come with the same id
    HttpResponse response;
};

/// Why a subscription is suspended whose users keep their service.
inline constexpr std::string_view kSuspendedForMigration = "NewCommerceMigration";

struct CatalogueOffer {
    Channel channel = Channel::person;
    std::string product, sku;  ///< nce
    std::string legacy_id;     ///< legacy_csp
    std::string licence_sku;
};

struct World {
    const Scenario* scenario = nullptr;
    Options options;
    Binding binding;
    Instant now;

    std::vector<CatalogueOffer> catalogue;           ///< by OfferIndex
    std::map<std::string, OfferIndex> by_product;    ///< upper case
    std::map<std::string, OfferIndex> by_legacy_id;  ///< lower case
    std::int64_t rotation = 0;

    std::vector<Tenant> tenants;  ///< by CustomerIndex
    std::map<std::string, std::size_t> tenant_by_id;
    std::map<std::string, Sub> subs;

    std::map<std::pair<std::int64_t, std::int64_t>, Event> events;  ///< by moment, then as they came
    std::int64_t event_count = 0;
    std::int64_t turn = 0;

    std::map<std::string, Token> tokens;
    std::map<std::string, bool> refresh_tokens;  ///< whether it shows multi-factor authentication
    bool multi_factor = true;
    std::int64_t token_count = 0;
    std::int64_t refresh_count = 0;

    std::vector<ArmedFault> faults;
    std::map<std::string, StoredAnswer> answers;         ///< by request id
    std::map<std::string, std::string> correlations;     ///< id -> request id with which it came
    std::map<std::string, Instant> not_before;           ///< Retry-After windows by scope
    std::map<std::string, std::vector<Instant>> recent;  ///< calls of the last minute by scope
    std::map<std::string, Json> pages;                   ///< continuation token -> what comes next
    std::int64_t page_count = 0;
    std::vector<std::pair<Instant, Json>> audit;
    std::int64_t id_count = 0;

    Ledgers ledgers;
    std::vector<std::string> violations;

    [[nodiscard]] Tenant* tenant(const std::string& id) {
        const auto found = tenant_by_id.find(id);
        return found == tenant_by_id.end() ? nullptr : &tenants[found->second];
    }
    [[nodiscard]] Sub* sub(const std::string& id) {
        const auto found = subs.find(id);
        return found == subs.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const CatalogueOffer& at(OfferIndex offer) const { return catalogue[offer.at()]; }
    void schedule(Instant at, Event event) {
        events.emplace(std::pair{at.seconds, ++event_count}, std::move(event));
    }
};

/// Makes the world of a scenario.
[[nodiscard]] World make_world(const Scenario& scenario, Options options);

/// Lower case, ASCII.
[[nodiscard]] std::string lower(std::string_view text);

/// A GUID that belongs to (seed, kind, name), lower case.
[[nodiscard]] std::string guid_of(std::uint64_t seed, std::string_view kind, std::string_view name);
/// `count` characters of A-Z and 0-9 (no I, L, O, U) that belong to it.
[[nodiscard]] std::string code_of(std::uint64_t seed, std::string_view kind, std::string_view name,
                                  std::size_t count);
/// The next GUID of its kind in a tenant.
[[nodiscard]] std::string next_guid(const World& world, Tenant& tenant, const std::string& kind);

/// The availability of an offer in a segment, now.
[[nodiscard]] std::string availability_of(const World& world, OfferIndex offer, std::string_view segment);

}  // namespace termwise::emulator
