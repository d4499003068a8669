// Licences of a tenant, its users, and who gets which (partner-center reference 3.14, 3.15).
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/checks.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

constexpr std::size_t kPlans = 2;

std::string sku_name(const World& world, const std::string& sku) {
    for (std::size_t i = 0; i < world.catalogue.size(); ++i)
        if (world.catalogue[i].licence_sku == sku) {
            const Offer& offer = world.scenario->offers[i];
            return offer.sku.empty() ? offer.id : offer.sku;
        }
    return "UNKNOWN";
}

Json product_sku(const World& world, const std::string& sku) {
    return {{"id", sku},
            {"name", sku_name(world, sku)},
            {"skuPartNumber", sku_name(world, sku)},
            {"targetType", "User"},
            {"licenseGroupId", "group1"}};
}

/// The first service is part of every licence, the others of one.
std::string plan_id(const World& world, const std::string& sku, std::size_t number) {
    return guid_of(world.options.seed, "plan", number == 0 ? "shared" : fmt::format("{}/{}", sku, number));
}

Json service_plans(const World& world, const std::string& sku, const std::vector<std::string>* excluded) {
    Json plans = Json::array();
    for (std::size_t i = 0; i < kPlans; ++i) {
        const std::string id = plan_id(world, sku, i);
        const bool off = excluded != nullptr && std::ranges::find(*excluded, id) != excluded->end();
        plans.push_back({{"id", id},
                         {"displayName", fmt::format("Service {}", i + 1)},
                         {"serviceName", fmt::format("SERVICE_{}", i + 1)},
                         {"capabilityStatus", off                   ? "Disabled"
                                              : excluded != nullptr ? "Assigned"
                                                                    : "Enabled"},
                         {"targetType", "User"}});
    }
    return plans;
}

Json user_json(const World& world, const Tenant& tenant, const User& user) {
    Json body{{"id", user.id},
              {"userPrincipalName", user.name + "@" + tenant.domain},
              {"firstName", "User"},
              {"lastName", user.name},
              {"displayName", "User " + user.name},
              {"usageLocation", world.options.country},
              {"userDomainType", "managed"},
              {"state", user.deleted ? "inactive" : "active"}};
    if (user.deleted) body["softDeletionTime"] = to_text(world.now);
    body["attributes"] = attributes("CustomerUser");
    return body;
}

User* user_of(ApiCall& call) {
    const std::string id = lower(call.parts["u"]);
    for (User& user : call.tenant->users)
        if (user.id == id || lower(user.name + "@" + call.tenant->domain) == id) return &user;
    return nullptr;
}

HttpResponse no_user(const World& world) { return error(world, 404, 60002, "There is no such user."); }

/// Only group 1 exists here; another one asked for alone finds nothing.
bool wants_group_1(const ApiCall& call) {
    bool asked = false;
    for (const auto& [key, value] : call.query)
        if (same_text(key, "licenseGroupIds")) {
            asked = true;
            if (same_text(value, "group1")) return true;
        }
    return !asked;
}

struct Assignment {
    std::string sku;
    std::vector<std::string> excluded;
};

/// What the body asks for; nothing if it is not understood.
bool read_update(const Json& body, std::vector<Assignment>& assign, std::vector<std::string>& remove) {
    if (!body.is_object()) return false;
    if (const Json* list = member(body, "licensesToAssign")) {
        if (!list->is_array()) return false;
        for (const Json& item : *list) {
            Assignment assignment{lower(text_of(item, "skuId")), {}};
            if (assignment.sku.empty()) return false;
            if (const Json* plans = member(item, "excludedPlans"); plans != nullptr && plans->is_array())
                for (const Json& plan : *plans)
                    if (plan.is_string()) assignment.excluded.push_back(lower(plan.get<std::string>()));
            assign.push_back(std::move(assignment));
        }
    }
    if (const Json* list = member(body, "licensesToRemove")) {
        if (!list->is_array()) return false;
        for (const Json& item : *list) {
            if (!item.is_string()) return false;
            remove.push_back(lower(item.get<std::string>()));
        }
    }
    return !assign.empty() || !remove.empty();
}

HttpResponse no_stock(const World& world) {
    return error(world, 400, 60012, "There are no licences left.",
                 Json::array({"LicenseQuotaExceededException : no licences left"}));
}

Json update_json(const std::vector<Assignment>& assign, const std::vector<std::string>& remove,
                 Json warnings) {
    Json assigned = Json::array(), removed = Json::array();
    for (const Assignment& assignment : assign) assigned.push_back({{"skuId", assignment.sku}});
    for (const std::string& sku : remove) removed.push_back(sku);
    return {{"licensesToAssign", assigned},
            {"licensesToRemove", removed},
            {"licenseWarnings", std::move(warnings)},
            {"attributes", attributes("LicenseUpdate")}};
}

}  // namespace

HttpResponse list_subscribed_skus(World& world, ApiCall& call) {
    Json rows = Json::array();
    if (wants_group_1(call))
        for (const std::string& sku : skus_of(world, *call.tenant)) {
            const Units units = units_of(world, *call.tenant, sku);
            rows.push_back({{"availableUnits", units.usable() - units.consumed},
                            {"activeUnits", units.active},
                            {"consumedUnits", units.consumed},
                            {"suspendedUnits", units.suspended},
                            {"totalUnits", units.usable()},
                            {"warningUnits", units.warning},
                            {"productSku", product_sku(world, sku)},
                            {"servicePlans", service_plans(world, sku, nullptr)},
                            {"capabilityStatus", units.active > 0    ? "Enabled"
                                                 : units.warning > 0 ? "Warning"
                                                                     : "Suspended"},
                            {"attributes", attributes("SubscribedSku")}});
        }
    return ok(collection(rows));
}

HttpResponse list_users(World& world, ApiCall& call) {
    bool inactive = false;
    if (const auto text = call.parameter("filter")) {
        const Json filter = Json::parse(*text, nullptr, false);
        if (!same_text(text_of(filter, "Field"), "UserStatus"))
            return error(world, 400, 2000, "The filter is not valid.");
        inactive = same_text(text_of(filter, "Value"), "Inactive");
    }
    Json rows = Json::array();
    for (const User& user : call.tenant->users)
        if (user.deleted == inactive) rows.push_back(user_json(world, *call.tenant, user));
    return page(world, call, rows, fmt::format("customers/{}/users", call.tenant->id));
}

HttpResponse get_user(World& world, ApiCall& call) {
    const User* const user = user_of(call);
    return user == nullptr || user->deleted ? no_user(world) : ok(user_json(world, *call.tenant, *user));
}

HttpResponse list_user_licences(World& world, ApiCall& call) {
    const User* const user = user_of(call);
    if (user == nullptr || user->deleted) return no_user(world);
    Json rows = Json::array();
    if (wants_group_1(call))
        for (const auto& [sku, licence] : user->licences)
            if (!licence.through_group)
                rows.push_back({{"servicePlans", service_plans(world, sku, &licence.excluded)},
                                {"productSku", product_sku(world, sku)},
                                {"attributes", attributes("License")}});
    return ok(collection(rows));
}

HttpResponse post_licence_update(World& world, ApiCall& call) {
    User* const user = user_of(call);
    if (user == nullptr || user->deleted) return no_user(world);
    std::vector<Assignment> assign;
    std::vector<std::string> remove;
    if (!read_update(call.body, assign, remove))
        return error(world, 400, 800002, "There is nothing to assign or to remove.");
    const bool half = call.fault(FaultKind::licence_half) != nullptr;
    bool out_of_stock = false;
    for (const Assignment& assignment : assign) {
        const Units units = units_of(world, *call.tenant, assignment.sku);
        if (!user->licences.contains(assignment.sku) && units.consumed >= units.usable()) out_of_stock = true;
    }
    if (out_of_stock && world.options.atomic_licences && !half) return no_stock(world);

    // One licence in place of another: what was off in the old one has to stay off where the new one has it.
    for (const std::string& sku : remove) {
        const auto held = user->licences.find(sku);
        if (held == user->licences.end()) continue;
        for (const Assignment& assignment : assign)
            for (std::size_t i = 0; i < kPlans; ++i) {
                const std::string plan = plan_id(world, assignment.sku, i);
                const auto is_in = [&](const std::vector<std::string>& list) {
                    return std::ranges::find(list, plan) != list.end();
                };
                if (is_in(held->second.excluded) && !is_in(assignment.excluded))
                    violate(world, call, "a service that was switched off for a user is switched on");
            }
    }
    std::string effect;
    for (const std::string& sku : remove)
        if (const auto held = user->licences.find(sku);
            held != user->licences.end() && !held->second.through_group && user->licences.erase(sku) > 0)
            effect += fmt::format(" -{}", sku);
    if (!out_of_stock && !half)
        for (Assignment& assignment : assign) {
            if (!user->licences.contains(assignment.sku)) effect += fmt::format(" +{}", assignment.sku);
            give_licence(world, *user, assignment.sku, assignment.excluded);
        }
    if (!effect.empty()) call.effect = "licences of " + user->id + effect;
    call.audit_type = "license/update_customer_user_licenses";
    call.audit_data.push_back({{"key", "CustomerUserId"}, {"value", user->id}});
    review_access(world, *call.tenant);
    if (out_of_stock && !half) return no_stock(world);
    Json warnings = Json::array();
    if (half || call.fault(FaultKind::licence_warning) != nullptr)
        warnings.push_back({{"code", half ? "LicenseNotAssigned" : "DependencyNotMet"},
                            {"message", "Not everything that was asked for could be done."},
                            {"servicePlans", {"SERVICE_1"}}});
    return ok(update_json(half ? std::vector<Assignment>() : assign, remove, std::move(warnings)), 201);
}

}  // namespace termwise::emulator
