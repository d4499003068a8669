// A call on its way through the emulator, the handlers that answer it, and what they answer with.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/world.h"

namespace termwise::emulator {

using Query = std::vector<std::pair<std::string, std::string>>;

struct ApiCall {
    const HttpRequest* request = nullptr;
    std::int64_t number = 0;
    std::string method;
    std::string path;  ///< decoded, without query
    std::string raw_path;
    std::vector<std::string> segments;
    Query query;
    Json body;  ///< null if there is none
    bool wrong_body = false;

    std::map<std::string, std::string> parts;  ///< "c", "s", ... of the route
    Tenant* tenant = nullptr;                  ///< of {c}
    Sub* sub = nullptr;                        ///< of {s}
    std::string request_id, correlation_id;
    bool user_token = false;
    std::string token_audience;

    std::vector<Fault> faults;  ///< that strike at this call
    std::string effect;         ///< what it changed, for the ledger
    std::string audit_type;     ///< resource type and operation of its audit record
    Json audit_data = Json::array();

    /// The fault of that kind, if it strikes at this call.
    [[nodiscard]] const Fault* fault(FaultKind kind) const;
    /// First value of that name, whatever its case.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

using Handler = HttpResponse (*)(World&, ApiCall&);

enum class Needs : std::uint8_t {
    either,      ///< both token kinds
    user,        ///< App+User
    delegated,   ///< App+User, and delegated rights in the customer's tenant
    licences,    ///< the same; the wrong token is answered as the licence calls answer it
    price_host,  ///< App+User for the price sheet's audience
};

struct Route {
    std::string_view method;
    std::string_view pattern;  ///< "customers/{c}/carts/{cart}", below /v1/
    Needs needs = Needs::either;
    Handler handler = nullptr;
};

/// Every documented path below /v1/; fixed words come before {names} where both fit.
[[nodiscard]] const std::vector<Route>& routes();

/// An answer and what is written about the call.
[[nodiscard]] Reply answer_call(World& world, const HttpRequest& request);

// Answers.
[[nodiscard]] HttpResponse ok(const Json& body, int status = 200);
[[nodiscard]] HttpResponse error(const World& world, int status, int code, std::string_view description,
                                 const Json& data = nullptr);
/// The shape of account services: 600061, 600074.
[[nodiscard]] HttpResponse account_error(const World& world, int status, int code, std::string_view name,
                                         std::string_view message);
[[nodiscard]] HttpResponse unknown_path(const World& world);
[[nodiscard]] HttpResponse stale(const World& world);
/// {totalCount, items, attributes}.
[[nodiscard]] Json collection(Json items);
/// The page of `items` that the call asks for, with links to the next one.
[[nodiscard]] HttpResponse page(World& world, ApiCall& call, const Json& items, std::string_view path);
[[nodiscard]] Json attributes(std::string_view object_type);

// Reading what was sent.
/// The member of that name, whatever its case; null if there is none or it is null.
[[nodiscard]] const Json* member(const Json& object, std::string_view name);
[[nodiscard]] std::string text_of(const Json& object, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> number_of(const Json& object, std::string_view name);
[[nodiscard]] std::optional<bool> flag_of(const Json& object, std::string_view name);
[[nodiscard]] bool same_text(std::string_view a, std::string_view b);
/// "one_time" and "OneTime" are the same word.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);

// Words of the API.
[[nodiscard]] std::string_view status_word(Status status);
[[nodiscard]] std::string billing_word(Period billing);  ///< "monthly"
[[nodiscard]] std::optional<Period> billing_period(std::string_view word, Period term);
[[nodiscard]] std::string term_word(Period term);  ///< "P1Y"
[[nodiscard]] std::string day_text(Day day);       ///< "2026-03-01T00:00:00Z"
[[nodiscard]] std::string http_date(Instant instant);

/// Writes the audit record of a call that changed something.
void write_audit(World& world, const ApiCall& call, bool succeeded);

/// Distorts an answer as a fault wants it.
void distort(World& world, const ApiCall& call, Reply& reply);

// Handlers, a file a family.
HttpResponse post_token(World& world, ApiCall& call);

HttpResponse get_relationship_requests(World& world, ApiCall& call);
HttpResponse list_customers(World& world, ApiCall& call);
HttpResponse get_customer(World& world, ApiCall& call);
HttpResponse get_customer_relationships(World& world, ApiCall& call);
HttpResponse patch_customer(World& world, ApiCall& call);
HttpResponse delete_customer(World& world, ApiCall& call);
HttpResponse get_validation_status(World& world, ApiCall& call);
HttpResponse get_qualifications(World& world, ApiCall& call);
HttpResponse post_qualification(World& world, ApiCall& call);
HttpResponse list_agreement_templates(World& world, ApiCall& call);
HttpResponse list_agreements(World& world, ApiCall& call);
HttpResponse post_agreement(World& world, ApiCall& call);
HttpResponse get_direct_signed(World& world, ApiCall& call);

HttpResponse list_offers(World& world, ApiCall& call);
HttpResponse get_offer(World& world, ApiCall& call);
HttpResponse list_offer_addons(World& world, ApiCall& call);
HttpResponse list_customer_offers(World& world, ApiCall& call);
HttpResponse list_offer_categories(World& world, ApiCall& call);
HttpResponse list_products(World& world, ApiCall& call);
HttpResponse get_product(World& world, ApiCall& call);
HttpResponse list_skus(World& world, ApiCall& call);
HttpResponse get_sku(World& world, ApiCall& call);
HttpResponse list_availabilities(World& world, ApiCall& call);
HttpResponse get_availability(World& world, ApiCall& call);

HttpResponse post_cart(World& world, ApiCall& call);
HttpResponse get_cart(World& world, ApiCall& call);
HttpResponse put_cart(World& world, ApiCall& call);
HttpResponse checkout_cart(World& world, ApiCall& call);

HttpResponse post_order(World& world, ApiCall& call);
HttpResponse list_orders(World& world, ApiCall& call);
HttpResponse get_order(World& world, ApiCall& call);
HttpResponse patch_order(World& world, ApiCall& call);
HttpResponse get_order_provisioning(World& world, ApiCall& call);

HttpResponse list_subscriptions(World& world, ApiCall& call);
HttpResponse get_subscription(World& world, ApiCall& call);
HttpResponse list_addons(World& world, ApiCall& call);
HttpResponse patch_subscription(World& world, ApiCall& call);
HttpResponse get_provisioning_status(World& world, ApiCall& call);

HttpResponse list_upgrades(World& world, ApiCall& call);
HttpResponse post_upgrade(World& world, ApiCall& call);
HttpResponse list_conversions(World& world, ApiCall& call);
HttpResponse post_conversion(World& world, ApiCall& call);
HttpResponse list_transition_eligibilities(World& world, ApiCall& call);
HttpResponse list_transitions(World& world, ApiCall& call);
HttpResponse post_transition(World& world, ApiCall& call);

HttpResponse list_subscribed_skus(World& world, ApiCall& call);
HttpResponse list_users(World& world, ApiCall& call);
HttpResponse get_user(World& world, ApiCall& call);
HttpResponse list_user_licences(World& world, ApiCall& call);
HttpResponse post_licence_update(World& world, ApiCall& call);

HttpResponse validate_migration(World& world, ApiCall& call);
HttpResponse post_migration(World& world, ApiCall& call);
HttpResponse get_migration(World& world, ApiCall& call);
HttpResponse list_migrations(World& world, ApiCall& call);
HttpResponse list_migration_events(World& world, ApiCall& call);
HttpResponse post_schedule(World& world, ApiCall& call);
HttpResponse get_schedule(World& world, ApiCall& call);
HttpResponse put_schedule(World& world, ApiCall& call);
HttpResponse cancel_schedule(World& world, ApiCall& call);
HttpResponse list_schedules(World& world, ApiCall& call);

HttpResponse list_audit_records(World& world, ApiCall& call);
HttpResponse get_price_sheet(World& world, ApiCall& call);
HttpResponse get_offer_matrix(World& world, ApiCall& call);

}  // namespace termwise::emulator
