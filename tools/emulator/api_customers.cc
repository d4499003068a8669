// Customers, the invitation, agreements, and what can block buying (partner-center reference 3.1 to 3.4).
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/lifecycle.h"

namespace termwise::emulator {
namespace {

Json company_profile(const Tenant& tenant, bool whole) {
    Json profile{{"tenantId", tenant.id}, {"domain", tenant.domain}, {"companyName", tenant.name}};
    // Without delegated rights address and mail are left out, silently.
    if (whole && tenant.delegated) {
        profile["address"] = {{"country", "DE"}, {"city", "Bonn"}, {"addressLine1", "Weg 1"}};
        profile["email"] = "admin@" + tenant.domain;
    }
    profile["attributes"] = attributes("CustomerCompanyProfile");
    return profile;
}

Json row_of(const Tenant& tenant) {
    return {{"id", tenant.id},
            {"companyProfile", company_profile(tenant, false)},
            {"relationshipToPartner", "reseller"},
            {"attributes", attributes("Customer")}};
}

/// The search of the list: {"Field":"Domain","Value":"contoso","Operator":"starts_with"}.
struct Search {
    bool wrong = false;
    std::string field, value;
};

Search search_of(const ApiCall& call) {
    const auto text = call.parameter("filter");
    if (!text) return {};
    const Json filter = Json::parse(*text, nullptr, false);
    const std::string op = text_of(filter, "Operator");
    if (filter.is_discarded() || (!same_word(op, "starts_with") && !same_word(op, "equals")))
        return {true, {}, {}};
    Search search{false, text_of(filter, "Field"), lower(text_of(filter, "Value"))};
    search.wrong = !same_text(search.field, "CompanyName") && !same_text(search.field, "Domain") &&
                   !same_word(search.field, "IndirectReseller") &&
                   !same_word(search.field, "IndirectCloudSolutionProvider");
    return search;
}

Json agreement_template() {
    return {{"templateId", "117a77b0-9360-443b-8795-c6dedc750cf9"},
            {"agreementType", "MicrosoftCustomerAgreement"},
            {"agreementLink", "https://example.invalid/customeragreement"},
            {"versionRank", 0}};
}

}  // namespace

HttpResponse get_relationship_requests(World& world, ApiCall&) {
    return ok({{"url",
                "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=" +
                    world.binding.partner_tenant + "&msppId=0&DAP=false#/BillingAccounts/partner-invitation"},
               {"attributes", attributes("RelationshipRequest")}});
}

HttpResponse list_customers(World& world, ApiCall& call) {
    const Search search = search_of(call);
    if (search.wrong) return error(world, 400, 2000, "The filter is not valid.");
    Json rows = Json::array();
    for (const Tenant& tenant : world.tenants) {
        if (!tenant.related) continue;
        if (same_text(search.field, "CompanyName") && !lower(tenant.name).starts_with(search.value)) continue;
        if (same_text(search.field, "Domain") && !tenant.domain.starts_with(search.value)) continue;
        if (same_word(search.field, "IndirectReseller") ||
            same_word(search.field, "IndirectCloudSolutionProvider"))
            continue;  // there are none
        rows.push_back(row_of(tenant));
    }
    return page(world, call, rows, "customers");
}

HttpResponse get_customer(World&, ApiCall& call) {
    const Tenant& tenant = *call.tenant;
    Json body{{"id", tenant.id},
              {"commerceId", tenant.id},
              {"companyProfile", company_profile(tenant, true)},
              {"billingProfile",
               {{"id", tenant.id},
                {"firstName", "Alex"},
                {"lastName", "Admin"},
                {"email", "billing@" + tenant.domain},
                {"culture", "en-US"},
                {"language", "en"},
                {"companyName", tenant.name},
                {"attributes", {{"etag", "YmlsbGluZy12MQ=="}, {"objectType", "CustomerBillingProfile"}}}}},
              {"relationshipToPartner", "reseller"},
              {"allowDelegatedAccess", tenant.delegated}};
    if (tenant.delegated) body["customDomains"] = Json::array({tenant.domain});
    body["attributes"] = attributes("Customer");
    return ok(body);
}

HttpResponse get_customer_relationships(World&, ApiCall&) { return ok(collection(Json::array())); }

HttpResponse patch_customer(World& world, ApiCall& call) {
    if (!same_text(text_of(call.body, "relationshipToPartner"), "none"))
        return error(world, 400, 3000, "Only the relationship can be changed, to none.");
    for (const std::string& id : call.tenant->subs) {
        const Sub& sub = world.subs.at(id);
        if (sub.channel != Channel::person && sub.status == Status::active)
            return error(world, 400, 800040, "All subscriptions must be suspended first.");
    }
    call.tenant->related = call.tenant->accepted = call.tenant->delegated = false;
    call.effect = "removed the relationship with " + call.tenant->id;
    call.audit_type = "partner_customer_relationship/remove_partner_customer_relationship";
    return ok({{"RelationshipToPartner", "None"}, {"Attributes", {{"ObjectType", "Customer"}}}});
}

HttpResponse delete_customer(World& world, ApiCall&) {
    return error(world, 403, 800019, "This is done in a sandbox only.");
}

HttpResponse get_validation_status(World& world, ApiCall& call) {
    const auto type = call.parameter("type");
    if (!type || !same_text(*type, "account")) return error(world, 400, 800002, "The type must be account.");
    if (call.tenant->validation.empty())
        return account_error(world, 404, 600074, "ValidationStatusNotFound", "There is no such record.");
    return ok({{"type", "account"},
               {"status", call.tenant->validation},
               {"lastUpdateDateTime", to_text(start_of(world.scenario->h0())).substr(0, 19)}});
}

HttpResponse get_qualifications(World&, ApiCall& call) { return ok(call.tenant->qualifications); }

HttpResponse post_qualification(World& world, ApiCall& call) {
    const std::string name = text_of(call.body, "qualification");
    const bool education = same_text(name, "Education");
    if (!education && !same_text(name, "GovernmentCommunityCloud") && !same_text(name, "StateOwnedEntity"))
        return error(world, 400, 900126, "There is no such qualification.");
    if (education && text_of(call.body, "educationSegment").empty())
        return error(world, 400, 800002, "The education segment is missing.");
    if (same_text(name, "GovernmentCommunityCloud") && text_of(call.body, "validationCode").empty())
        return error(world, 400, 800002, "The validation code is missing.");
    Json row{
        {"qualification", name}, {"vettingStatus", "InReview"}, {"vettingCreatedDate", to_text(world.now)}};
    call.tenant->qualifications.push_back(row);
    call.effect = "asked for the qualification " + name;
    call.audit_type = "customer/update_customer_qualification";
    return ok(row, 201);
}

HttpResponse list_agreement_templates(World&, ApiCall& call) {
    const auto type = call.parameter("agreementType");
    Json rows = Json::array();
    if (!type || same_text(*type, "MicrosoftCloudAgreement") || *type == "*")
        rows.push_back({{"templateId", "998b88de-aa99-4388-a42c-1b3517d49490"},
                        {"agreementType", "MicrosoftCloudAgreement"},
                        {"agreementLink", "https://example.invalid/cloudagreement"},
                        {"versionRank", 0}});
    if (!type || same_text(*type, "MicrosoftCustomerAgreement") || *type == "*")
        rows.push_back(agreement_template());
    return ok({{"totalCount", rows.size()}, {"items", rows}});
}

HttpResponse list_agreements(World&, ApiCall& call) {
    const auto type = call.parameter("agreementType");
    Json rows = Json::array();
    if (call.tenant->agreement && (!type || same_text(*type, text_of(*call.tenant->agreement, "type"))))
        rows.push_back(*call.tenant->agreement);
    return ok({{"totalCount", rows.size()}, {"items", rows}});
}

HttpResponse post_agreement(World& world, ApiCall& call) {
    const Json* const contact = member(call.body, "primaryContact");
    if (contact == nullptr || text_of(*contact, "firstName").empty() || text_of(*contact, "email").empty())
        return error(world, 400, 800002, "The primary contact is missing.");
    if (!same_text(text_of(call.body, "templateId"), text_of(agreement_template(), "templateId")))
        return error(world, 400, 800002, "There is no such agreement template.");
    const std::optional<Instant> agreed = parse_instant(text_of(call.body, "dateAgreed"));
    if (!agreed || *agreed > world.now)
        return error(world, 400, 800002, "The date of the agreement is missing, or lies in the future.");
    if (call.tenant->agreement)
        return account_error(world, 409, 600061, "AgreementAlreadyExists",
                             "The confirmation exists already.");
    Json made{{"userId", guid_of(world.options.seed, "partner user", "")},
              {"primaryContact", *contact},
              {"dateAgreed", text_of(call.body, "dateAgreed")},
              {"templateId", text_of(call.body, "templateId")},
              {"type", "MicrosoftCustomerAgreement"},
              {"agreementLink", "https://example.invalid/customeragreement"}};
    call.tenant->agreement = made;
    call.effect = "confirmed the agreement of " + call.tenant->id;
    call.audit_type = "agreement/create_agreement";
    return ok(made, 201);
}

HttpResponse get_direct_signed(World&, ApiCall& call) {
    return ok({{"isSigned", call.tenant->direct_signed}});
}

}  // namespace termwise::emulator
