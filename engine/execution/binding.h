// The binding (termwise-binding/1): what ties a scenario to the live world. Ids of the scenario on one side,
// ids of the partner's tenant, its customers and its catalogue on the other. Nothing that is not bound is
// executed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace termwise {

/// How a programme's subscriptions are reached.
enum class Channel : std::uint8_t {
    legacy_csp,  ///< the partner's own, sold as an offer with a GUID
    nce,         ///< the partner's own, new commerce
    person,      ///< no API: Open, direct, another partner's; a person ends them by hand
};

/// How a subscription comes into new commerce.
enum class MoveRoute : std::uint8_t {
    purchase,   ///< a new one is bought, and the old one ended
    migration,  ///< the service turns a legacy one of the partner's own into the new one (reference 3.16)
};

/// What an offer is in the catalogue. For `nce`: product, sku, segment; for `legacy_csp`: offer_id;
/// `licence_sku` for every offer whose licences are moved from user to user.
struct OfferBinding {
    std::string product;      ///< "CFQ7TTC0LF8R"
    std::string sku;          ///< "0001": text, not a number
    std::string segment;      ///< "commercial"
    std::string offer_id;     ///< GUID of a legacy offer
    std::string licence_sku;  ///< GUID under which the customer's tenant counts the licences (subscribedskus)

    friend bool operator==(const OfferBinding&, const OfferBinding&) = default;
};

/// Whether `item` is that offer: a legacy offer's GUID, or "product:sku" with or without an availability.
[[nodiscard]] inline bool is_item_of(std::string_view item, const OfferBinding& offer) {
    if (!offer.offer_id.empty()) return item == offer.offer_id;
    const std::string sold = offer.product + ":" + offer.sku;
    return !offer.product.empty() && (item == sold || item.starts_with(sold + ":"));
}

/// A subscription as the live world knows it. `users` are the object ids of those who hold its licences; with
/// `all_holders` instead they are all who hold the old licence when the schedule is approved.
struct SubscriptionBinding {
    std::string live_id;  ///< GUID; for a `person` programme whatever its portal shows, or empty
    bool all_holders = false;
    std::vector<std::string> users;
    MoveRoute route = MoveRoute::purchase;  ///< `migration` only in a programme of the channel legacy_csp

    friend bool operator==(const SubscriptionBinding&, const SubscriptionBinding&) = default;
};

/// Keys are ids of the scenario. GUIDs are lower case.
struct Binding {
    std::string partner_tenant;
    std::string country;  ///< of the catalogue: ISO 3166-1 alpha-2, "DE"
    std::map<std::string, Channel> programmes;
    std::map<std::string, std::string> customers;  ///< customer id -> tenant id
    std::map<std::string, SubscriptionBinding> subscriptions;
    std::map<std::string, OfferBinding> offers;

    friend bool operator==(const Binding&, const Binding&) = default;
};

}  // namespace termwise
