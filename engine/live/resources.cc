#include "live/resources.h"

#include <fmt/format.h>

#include <algorithm>

namespace termwise::live {

bool is_whole(const Json& row) {
    const Json& quantity = member(row, "quantity");
    const Json& renews = member(row, "autoRenewEnabled");
    const std::string digits = quantity.is_string() ? quantity.get<std::string>() : std::string();
    const bool has_quantity =
        quantity.is_number_integer() ||
        (!digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos);
    const std::string word = renews.is_string() ? normal(renews.get<std::string>()) : std::string();
    const bool has_renewal = renews.is_boolean() || word == "true" || word == "false";
    return !id_in(row, "id").empty() && !id_in(row, "status").empty() && !id_in(row, "offerId").empty() &&
           has_quantity && has_renewal;
}

bool is_whole(const LiveLicence& licence) {
    return !licence.sku.empty() && std::ranges::none_of(licence.plans, &std::string::empty, &LivePlan::id);
}

std::string billing_word(Period billing) {
    if (billing.months == 1) return "monthly";
    if (billing.months == 12) return "annual";
    if (billing.months == 36) return "triennial";
    return to_text(billing);
}

std::optional<Period> billing_of(std::string_view word) {
    const std::string normalised = normal_word(word);
    for (const std::int16_t months : {1, 12, 36})
        if (normalised == billing_word({months})) return Period{months};
    return std::nullopt;
}

LiveSubscription subscription_of(const Json& row) {
    LiveSubscription s;
    s.id = normal(id_in(row, "id"));
    s.offer_id = id_in(row, "offerId");
    if (s.offer_id.find(':') == std::string::npos) s.offer_id = normal(s.offer_id);
    s.friendly_name = text_in(row, "friendlyName");
    s.status = normal(id_in(row, "status"));
    s.order_id = id_in(row, "orderId");
    s.quantity = number_in(row, "quantity");
    // The last day of the term, and the model's end is the day after (reference 2.6).
    if (const auto end = parse_instant(text_in(row, "commitmentEndDate"));
        end && day_of(*end) < to_day({9000, 1, 1}))
        s.term_end = day_of(*end) + 1;
    s.auto_renew = truth_in(row, "autoRenewEnabled");
    s.term = parse_period(text_in(row, "termDuration"));
    s.billing = billing_of(text_in(row, "billingCycle"));
    s.migrated_from = normal(id_in(row, "migratedFromSubscriptionId"));
    s.document = row.dump();
    return s;
}

LiveLicence licence_of(const Json& row) {
    // Only the first two of these words stand in documents; that a service is off has no documented word
    // (reference 3.15), and this is the only other one whose meaning is plain.
    const auto state_of = [](const std::string& word) {
        if (word == "assigned" || word == "enabled") return LivePlan::State::on;
        return word == "disabled" ? LivePlan::State::off : LivePlan::State::unclear;
    };
    LiveLicence licence{normal(id_in(member(row, "productSku"), "id")), {}};
    for (const Json& plan : member(row, "servicePlans"))
        licence.plans.push_back({normal(id_in(plan, "id")), text_in(plan, "serviceName"),
                                 state_of(normal_word(text_in(plan, "capabilityStatus")))});
    return licence;
}

LiveCart cart_of(const Json& body) {
    LiveCart cart;
    cart.id = id_in(body, "id");
    const auto look = [&](const Json& line) {
        const Json& error = member(line, "error");
        if (!error.is_object() || !cart.line_error.empty()) return;
        const std::string code = text_in(error, "errorCode");
        cart.line_error = fmt::format("{}: {}", code, text_in(error, "errorDescription"));
        cart.line_is_stale = code == "10001" || normal_word(code) == "catalogitemidisnotvalid";
    };
    for (const Json& line : member(body, "lineItems")) {
        look(line);
        for (const Json& addon : member(line, "addonItems")) look(addon);
    }
    return cart;
}

LiveOrder order_of(const Json& body) {
    LiveOrder order;
    order.id = id_in(body, "id");
    order.status = normal_word(id_in(body, "status"));
    for (const Json& line : member(body, "lineItems"))
        if (order.subscription_id.empty()) {
            order.subscription_id = normal(id_in(line, "subscriptionId"));
            order.friendly_name = id_in(line, "friendlyName");
        }
    return order;
}

namespace {

/// A subscription in the body of a request. Members that are left out keep what the old one has; the term is
/// a full one from the day of the migration on, as the plan's is, and not what is left of the old one.
[[nodiscard]] Json part_of(const MigrationPart& part) {
    Json json{{"currentSubscriptionId", part.subscription}};
    if (part.quantity > 0) json["quantity"] = part.quantity;
    if (part.sold_as.term.months > 0) json["termDuration"] = to_short_text(part.sold_as.term);
    if (part.sold_as.billing.months > 0)
        json["billingCycle"] = part.sold_as.billing.months == 12 ? "Annual" : "Monthly";
    json["purchaseFullTerm"] = true;
    return json;
}

/// What a migration and a schedule of one have in common.
template <class Live>
void fill(const Json& row, Live& live) {
    live.id = normal(id_in(row, "id"));
    live.subscription = normal(id_in(row, "currentSubscriptionId"));
    live.status = normal_word(id_in(row, "status"));
    live.reference = normal(id_in(row, "externalReferenceId"));
    live.item = id_in(row, "catalogItemId");
    live.quantity = number_in(row, "quantity");
    live.term = parse_period(text_in(row, "termDuration"));
    live.billing = billing_of(text_in(row, "billingCycle"));
}

}  // namespace

Json body_of(const MigrationRequest& request, std::string_view add_ons) {
    Json body = part_of(request.base);
    if (!request.reference.empty()) body["externalReferenceId"] = request.reference;
    if (!request.add_ons.empty()) {
        Json list = Json::array();
        for (const MigrationPart& part : request.add_ons) list.push_back(part_of(part));
        body[std::string(add_ons)] = std::move(list);
    }
    return body;
}

MigrationEligibility eligibility_of(const Json& body) {
    MigrationEligibility eligibility;
    eligibility.is_eligible = true;
    const auto take = [&](const Json& part) {
        const std::string id = normal(id_in(part, "currentSubscriptionId"));
        // An add-on's row may leave out what its base's says for all.
        if (!member(part, "isEligible").is_null() && !truth_in(part, "isEligible"))
            eligibility.is_eligible = false;
        for (const Json& error : member(part, "errors"))
            eligibility.reasons.push_back({id, text_in(error, "code"), text_in(error, "description")});
        eligibility.items.push_back({id, id_in(part, "catalogItemId")});
    };
    take(body);
    for (const Json& add_on : member(body, "addOnMigrations")) take(add_on);
    return eligibility;
}

LiveMigration migration_of(const Json& row) {
    LiveMigration live;
    fill(row, live);
    live.started = parse_instant(text_in(row, "startedTime"));
    return live;
}

LiveSchedule schedule_of(const Json& row) {
    LiveSchedule live;
    fill(row, live);
    if (!truth_in(row, "migrateOnRenewal")) live.target = parse_instant(text_in(row, "targetDate"));
    live.migration_id = normal(id_in(row, "newCommerceMigrationId"));
    live.error_code = text_in(row, "errorCode");
    live.error = text_in(row, "errorDescription");
    // A number that has to stand there although nothing is wrong.
    if (live.error_code == "0" && live.error.empty()) live.error_code.clear();
    return live;
}

}  // namespace termwise::live
