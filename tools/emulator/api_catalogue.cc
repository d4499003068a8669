// What can be bought: legacy offers, and products with skus and availabilities (partner-center
// reference 3.5, 3.6). A product has a trial sku before the real one, and a sku an availability for education
// before the commercial one, so that a client that takes the first it finds takes the wrong one.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/api_changes.h"
#include "emulator/billing.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

constexpr std::string_view kTrialSku = "0000";

const std::string& title_of(const World& world, OfferIndex offer) {
    const Offer& what = world.scenario->at(offer);
    return what.name.empty() ? what.id : what.name;
}

/// Ways in which the offer is sold today.
std::vector<TermBilling> sold_today(const World& world, OfferIndex offer) {
    std::vector<TermBilling> ways;
    const Day today = day_of(world.now);
    for (const Price& price : world.scenario->at(offer).prices)
        if (price.days.contains(today)) ways.push_back(price.sold_as);
    return ways;
}

Json billing_words(const World& world, OfferIndex offer) {
    Json words = Json::array();
    for (const TermBilling way : sold_today(world, offer)) {
        const std::string word = billing_word(way.billing);
        if (std::ranges::find(words, Json(word)) == words.end()) words.push_back(word);
    }
    return words;
}

Json legacy_offer(const World& world, OfferIndex offer, const std::string& country) {
    const Offer& what = world.scenario->at(offer);
    Json prerequisites = Json::array();
    for (const OfferIndex base : what.requires_any)
        if (!world.at(base).legacy_id.empty()) prerequisites.push_back(world.at(base).legacy_id);
    const bool has_add_ons = std::ranges::any_of(world.by_legacy_id, [&](const auto& other) {
        return std::ranges::find(world.scenario->at(other.second).requires_any, offer) !=
               world.scenario->at(other.second).requires_any.end();
    });
    return {{"id", world.at(offer).legacy_id},
            {"name", title_of(world, offer)},
            {"description", title_of(world, offer)},
            {"minimumQuantity", 1},
            {"maximumQuantity", what.max_seats},
            {"rank", 0},
            {"uri", "/3c95518e-8c37-41e3-9627-0ca339200f53/offers/" + world.at(offer).legacy_id},
            {"locale", "en-US"},
            {"country", country},
            {"category", {{"id", "everything"}, {"name", "Everything"}, {"rank", 0}, {"country", country}}},
            {"prerequisiteOffers", prerequisites},
            {"isAddOn", !what.requires_any.empty()},
            {"hasAddOns", has_add_ons},
            {"isAvailableForPurchase", !what.requires_any.empty()},
            {"billing", "license"},
            {"supportedBillingCycles", billing_words(world, offer)},
            {"isAutoRenewable", true},
            {"isInternal", false},
            {"salesGroupId", "1-Group1"},
            {"isTrial", false},
            {"product",
             {{"id", world.at(offer).licence_sku}, {"name", title_of(world, offer)}, {"unit", "Licenses"}}},
            {"unitType", "Licenses"},
            {"attributes", attributes("Offer")}};
}

/// Rows from `offset`, `size` of them.
Json cut(const ApiCall& call, const Json& rows) {
    const auto number = [&](std::string_view name, std::size_t otherwise) {
        const auto text = call.parameter(name);
        return text && !text->empty() ? static_cast<std::size_t>(std::max(0L, std::atol(text->c_str())))
                                      : otherwise;
    };
    const std::size_t offset = number("offset", 0), size = number("size", rows.size());
    Json some = Json::array();
    for (std::size_t i = offset; i < rows.size() && i - offset < size; ++i) some.push_back(rows[i]);
    return some;
}

HttpResponse list_legacy(World& world, ApiCall& call, const std::string& country, OfferIndex add_ons_of) {
    Json rows = Json::array();
    for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
        const OfferIndex offer(i);
        if (world.at(offer).legacy_id.empty()) continue;
        const std::vector<OfferIndex>& bases = world.scenario->at(offer).requires_any;
        if (!add_ons_of.none() && std::ranges::find(bases, add_ons_of) == bases.end()) continue;
        rows.push_back(legacy_offer(world, offer, country));
    }
    return ok(collection(cut(call, rows)));
}

std::string country_of(const World& world, const ApiCall& call) {
    return call.tenant != nullptr ? world.options.country : call.parameter("country").value_or("");
}

bool wants_segment(const ApiCall& call, std::string_view segment) {
    const auto asked = call.parameter("targetSegment");
    return !asked || asked->empty() || same_text(*asked, segment);
}

bool known_segment(const ApiCall& call) {
    const auto asked = call.parameter("targetSegment");
    return !asked || asked->empty() || same_text(*asked, "commercial") || same_text(*asked, "education") ||
           same_text(*asked, "government") || same_text(*asked, "nonprofit");
}

Json product(const World& world, OfferIndex offer) {
    const std::string& id = world.at(offer).product;
    return {
        {"id", id},
        {"title", title_of(world, offer)},
        {"description", title_of(world, offer)},
        {"productType", {{"id", "OnlineServicesNCE"}, {"displayName", "OnlineServicesNCE"}}},
        {"isMicrosoftProduct", true},
        {"publisherName", "Microsoft Corporation"},
        {"links",
         {{"skus", {{"uri", "/products/" + id + "/skus"}, {"method", "GET"}, {"headers", Json::array()}}}}}};
}

Json sku(const World& world, OfferIndex offer, bool trial) {
    const Offer& what = world.scenario->at(offer);
    Json prerequisites = Json::array();
    for (const OfferIndex base : what.requires_any)
        if (!world.at(base).product.empty())
            prerequisites.push_back(world.at(base).product + ":" + world.at(base).sku);
    return {{"id", trial ? std::string(kTrialSku) : world.at(offer).sku},
            {"title", title_of(world, offer) + (trial ? " (Trial)" : "")},
            {"description", title_of(world, offer)},
            {"productId", world.at(offer).product},
            {"minimumQuantity", 1},
            {"maximumQuantity", trial ? 25 : what.max_seats},
            {"isTrial", trial},
            {"supportedBillingCycles", trial ? Json{"none"} : billing_words(world, offer)},
            {"purchasePrerequisites", {"MicrosoftCustomerAgreement"}},
            {"inventoryVariables", Json::array()},
            {"provisioningVariables", Json::array()},
            {"actions", Json::array()},
            {"attestationProperties", {{"enforceAttestation", false}}},
            {"dynamicAttributes",
             {{"isAddon", !what.requires_any.empty()},
              {"prerequisiteSkus", prerequisites},
              {"upgradeTargetOffers", Json::array()},
              {"hasConstraints", false},
              {"provisioningId", world.at(offer).licence_sku}}}};
}

Json availability(const World& world, OfferIndex offer, bool trial, std::string_view segment) {
    const std::string sku_id = trial ? std::string(kTrialSku) : world.at(offer).sku;
    const std::string id = trial
                               ? "CFQ7TTC" + code_of(world.options.seed, "trial", world.at(offer).product, 5)
                               : availability_of(world, offer, segment);
    Json terms = Json::array();
    if (trial) {
        terms.push_back(
            {{"id", "trial"}, {"duration", "P1M"}, {"description", "Trial"}, {"billingCycle", "none"}});
    } else {
        for (const TermBilling way : sold_today(world, offer))
            terms.push_back(
                {{"id", fmt::format("{}-{}", term_word(way.term), billing_word(way.billing))},
                 {"duration", term_word(way.term)},
                 {"description", fmt::format("{} billed {}", term_word(way.term), billing_word(way.billing))},
                 {"billingCycle", billing_word(way.billing)},
                 {"cancellationPolicies",
                  {{{"refundOptions",
                     {{{"sequenceId", 0},
                       {"type", "Full"},
                       {"expiresAfter",
                        fmt::format("P{}D", world.options.cancel_window / kSecondsPerDay)}}}}}}}});
    }
    return {{"id", id},
            {"productId", world.at(offer).product},
            {"skuId", sku_id},
            {"catalogItemId", world.at(offer).product + ":" + sku_id + ":" + id},
            {"defaultCurrency", {{"code", world.scenario->currency}, {"symbol", world.scenario->currency}}},
            {"segment", segment},
            {"country", world.options.country},
            {"isPurchasable", !terms.empty()},
            {"isRenewable", !trial},
            {"terms", terms}};
}

/// What the path names; an answer if there is no such thing.
struct Item {
    OfferIndex offer;
    bool trial = false;
    std::optional<HttpResponse> refused;
};

Item item_of(World& world, ApiCall& call) {
    if (country_of(world, call).empty())
        return {{}, false, error(world, 400, 800002, "The country is missing.")};
    if (!known_segment(call)) return {{}, false, error(world, 403, 400030, "The segment is not allowed.")};
    std::string product_id = call.parts["p"];
    for (char& c : product_id)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto found = world.by_product.find(product_id);
    if (found == world.by_product.end())
        return {{}, false, error(world, 404, 400013, "There is no such product.")};
    const auto k = call.parts.find("k");
    const bool trial = k != call.parts.end() && k->second == kTrialSku;
    if (k != call.parts.end() && !trial && k->second != world.at(found->second).sku)
        return {{}, false, error(world, 404, 400018, "There is no such sku.")};
    return {found->second, trial, std::nullopt};
}

Json availabilities(const World& world, const ApiCall& call, const Item& item) {
    Json rows = Json::array();
    for (const std::string_view segment : {"education", "commercial"})
        if (wants_segment(call, segment))
            rows.push_back(availability(world, item.offer, item.trial, segment));
    return rows;
}

}  // namespace

HttpResponse list_offers(World& world, ApiCall& call) {
    const std::string country = country_of(world, call);
    if (country.empty()) return error(world, 400, 800002, "The country is missing.");
    return list_legacy(world, call, country, {});
}

HttpResponse list_customer_offers(World& world, ApiCall& call) {
    return list_legacy(world, call, world.options.country, {});
}

HttpResponse get_offer(World& world, ApiCall& call) {
    const std::string country = country_of(world, call);
    if (country.empty()) return error(world, 400, 800002, "The country is missing.");
    const auto found = world.by_legacy_id.find(lower(call.parts["o"]));
    if (found == world.by_legacy_id.end()) return error(world, 400, 2100, "The offer id is not valid.");
    return ok(legacy_offer(world, found->second, country));
}

HttpResponse list_offer_addons(World& world, ApiCall& call) {
    const std::string country = country_of(world, call);
    if (country.empty()) return error(world, 400, 800002, "The country is missing.");
    const auto found = world.by_legacy_id.find(lower(call.parts["o"]));
    if (found == world.by_legacy_id.end()) return error(world, 400, 2100, "The offer id is not valid.");
    return list_legacy(world, call, country, found->second);
}

HttpResponse list_offer_categories(World& world, ApiCall& call) {
    const std::string country = country_of(world, call);
    if (country.empty()) return error(world, 400, 800002, "The country is missing.");
    return ok(collection({{{"id", "everything"},
                           {"name", "Everything"},
                           {"rank", 0},
                           {"locale", "en-US"},
                           {"country", country},
                           {"attributes", attributes("OfferCategory")}}}));
}

HttpResponse list_products(World& world, ApiCall& call) {
    if (country_of(world, call).empty()) return error(world, 400, 800002, "The country is missing.");
    const auto view = call.parameter("targetView");
    if (view && !same_text(*view, "OnlineServices") && !same_text(*view, "MicrosoftAzure"))
        return error(world, 403, 400036, "The view is not allowed.");
    if (!known_segment(call)) return error(world, 403, 400030, "The segment is not allowed.");
    Json rows = Json::array();
    const bool sold = (!view || same_text(*view, "OnlineServices")) &&
                      (wants_segment(call, "commercial") || wants_segment(call, "education"));
    for (const auto& [id, offer] : world.by_product)
        if (sold) rows.push_back(product(world, offer));
    return ok(collection(rows));
}

HttpResponse get_product(World& world, ApiCall& call) {
    const Item item = item_of(world, call);
    return item.refused ? *item.refused : ok(product(world, item.offer));
}

HttpResponse list_skus(World& world, ApiCall& call) {
    const Item item = item_of(world, call);
    if (item.refused) return *item.refused;
    Json rows = Json::array();
    if (world.scenario->at(item.offer).requires_any.empty()) rows.push_back(sku(world, item.offer, true));
    rows.push_back(sku(world, item.offer, false));
    return ok(collection(rows));
}

HttpResponse get_sku(World& world, ApiCall& call) {
    const Item item = item_of(world, call);
    return item.refused ? *item.refused : ok(sku(world, item.offer, item.trial));
}

HttpResponse list_availabilities(World& world, ApiCall& call) {
    const Item item = item_of(world, call);
    if (item.refused) return *item.refused;
    return ok(collection(availabilities(world, call, item)));
}

HttpResponse get_availability(World& world, ApiCall& call) {
    const Item item = item_of(world, call);
    if (item.refused) return *item.refused;
    for (const Json& row : availabilities(world, call, item))
        if (same_text(text_of(row, "id"), call.parts["a"])) return ok(row);
    return error(world, 404, 400019, "There is no such availability.");
}

OfferIndex offer_of_item(const World& world, std::string_view item) {
    const std::size_t first = item.find(':');
    if (first == std::string_view::npos) return {};
    std::string product_id(item.substr(0, first));
    for (char& c : product_id)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto found = world.by_product.find(product_id);
    const std::size_t second = item.find(':', first + 1);
    const std::string_view sku_id = item.substr(
        first + 1, second == std::string_view::npos ? std::string_view::npos : second - first - 1);
    if (found == world.by_product.end() || sku_id != world.at(found->second).sku) return {};
    return found->second;
}

bool is_current_item(const World& world, std::string_view item) {
    const OfferIndex offer = offer_of_item(world, item);
    if (offer.none()) return false;
    const std::string_view availability_id = item.substr(item.rfind(':') + 1);
    return same_text(availability_id, availability_of(world, offer, "commercial"));
}

}  // namespace termwise::emulator
