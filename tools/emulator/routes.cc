#include "emulator/api.h"

namespace termwise::emulator {

const std::vector<Route>& routes() {
    using enum Needs;
    static const std::vector<Route> all{
        {"GET", "customers/relationshiprequests", user, get_relationship_requests},
        {"GET", "customers", either, list_customers},
        {"GET", "customers/{c}", either, get_customer},
        {"PATCH", "customers/{c}", user, patch_customer},
        {"DELETE", "customers/{c}", user, delete_customer},
        {"GET", "customers/{c}/relationships", user, get_customer_relationships},
        {"GET", "customers/{c}/validationstatus", user, get_validation_status},
        {"GET", "customers/{c}/qualifications", either, get_qualifications},
        {"POST", "customers/{c}/qualifications", user, post_qualification},
        {"GET", "agreements", user, list_agreement_templates},
        {"GET", "customers/{c}/agreements", user, list_agreements},
        {"POST", "customers/{c}/agreements", user, post_agreement},
        {"GET", "customers/{c}/directsignedmicrosoftcustomeragreementstatus", user, get_direct_signed},

        {"GET", "offers", either, list_offers},
        {"GET", "offers/{o}", either, get_offer},
        {"GET", "offers/{o}/addons", either, list_offer_addons},
        {"GET", "offercategories", either, list_offer_categories},
        {"GET", "customers/{c}/offers", either, list_customer_offers},
        {"GET", "products", either, list_products},
        {"GET", "products/{p}", either, get_product},
        {"GET", "products/{p}/skus", either, list_skus},
        {"GET", "products/{p}/skus/{k}", either, get_sku},
        {"GET", "products/{p}/skus/{k}/availabilities", either, list_availabilities},
        {"GET", "products/{p}/skus/{k}/availabilities/{a}", either, get_availability},
        {"GET", "customers/{c}/products", either, list_products},
        {"GET", "customers/{c}/products/{p}", either, get_product},
        {"GET", "customers/{c}/products/{p}/skus", either, list_skus},
        {"GET", "customers/{c}/products/{p}/skus/{k}", either, get_sku},
        {"GET", "customers/{c}/products/{p}/skus/{k}/availabilities", either, list_availabilities},
        {"GET", "customers/{c}/products/{p}/skus/{k}/availabilities/{a}", either, get_availability},

        {"POST", "customers/{c}/carts", either, post_cart},
        {"GET", "customers/{c}/carts/{cart}", either, get_cart},
        {"PUT", "customers/{c}/carts/{cart}", either, put_cart},
        {"POST", "customers/{c}/carts/{cart}/checkout", either, checkout_cart},
        {"POST", "customers/{c}/orders", either, post_order},
        {"GET", "customers/{c}/orders", either, list_orders},
        {"GET", "customers/{c}/orders/{o}", either, get_order},
        {"PATCH", "customers/{c}/orders/{o}", either, patch_order},
        {"GET", "customers/{c}/orders/{o}/provisioningstatus", user, get_order_provisioning},

        {"GET", "customers/{c}/subscriptions", either, list_subscriptions},
        {"GET", "customers/{c}/subscriptions/{s}", either, get_subscription},
        {"PATCH", "customers/{c}/subscriptions/{s}", either, patch_subscription},
        {"GET", "customers/{c}/subscriptions/{s}/addons", either, list_addons},
        {"GET", "customers/{c}/subscriptions/{s}/provisioningstatus", delegated, get_provisioning_status},
        {"GET", "customers/{c}/subscriptions/{s}/upgrades", either, list_upgrades},
        {"POST", "customers/{c}/subscriptions/{s}/upgrades", either, post_upgrade},
        {"GET", "customers/{c}/subscriptions/{s}/conversions", user, list_conversions},
        {"POST", "customers/{c}/subscriptions/{s}/conversions", user, post_conversion},
        {"GET", "customers/{c}/subscriptions/{s}/transitioneligibilities", either,
         list_transition_eligibilities},
        {"GET", "customers/{c}/subscriptions/{s}/transitions", either, list_transitions},
        {"POST", "customers/{c}/subscriptions/{s}/transitions", either, post_transition},

        {"GET", "customers/{c}/subscribedskus", delegated, list_subscribed_skus},
        {"GET", "customers/{c}/users", delegated, list_users},
        {"GET", "customers/{c}/users/{u}", delegated, get_user},
        {"GET", "customers/{c}/users/{u}/licenses", delegated, list_user_licences},
        {"POST", "customers/{c}/users/{u}/licenseupdates", licences, post_licence_update},

        {"POST", "customers/{c}/migrations/newcommerce/validate", either, validate_migration},
        {"POST", "customers/{c}/migrations/newcommerce", either, post_migration},
        {"GET", "customers/{c}/migrations/newcommerce/events", either, list_migration_events},
        {"POST", "customers/{c}/migrations/newcommerce/schedules", either, post_schedule},
        {"GET", "customers/{c}/migrations/newcommerce/schedules/{x}", either, get_schedule},
        {"PUT", "customers/{c}/migrations/newcommerce/schedules/{x}", either, put_schedule},
        {"POST", "customers/{c}/migrations/newcommerce/schedules/{x}/cancel", either, cancel_schedule},
        {"GET", "customers/{c}/migrations/newcommerce/{m}", either, get_migration},
        {"GET", "migrations/newcommerce/schedules", either, list_schedules},
        {"GET", "migrations/newcommerce", either, list_migrations},

        {"GET", "auditrecords", either, list_audit_records},
    };
    return all;
}

}  // namespace termwise::emulator
