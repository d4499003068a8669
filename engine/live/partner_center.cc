#include "live/partner_center.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/guid.h"
#include "live/answer.h"
#include "live/resources.h"
#include "live/url.h"

namespace termwise::live {
namespace {

/// Whose a path is: "/customers/TENANT/...".
[[nodiscard]] std::string_view tenant_of(std::string_view path) {
    constexpr std::string_view kCustomers = "/customers/";
    if (!path.starts_with(kCustomers)) return {};
    const std::string_view tenant = path.substr(kCustomers.size());
    const std::string_view id = tenant.substr(0, tenant.find_first_of("/?"));
    return is_guid(id) ? id : std::string_view();
}

}  // namespace

PartnerCenter::PartnerCenter(Transport& transport, TokenSource& tokens, PartnerCenterSettings settings,
                             std::function<std::string()> new_guid)
    : transport_(transport),
      tokens_(tokens),
      settings_(std::move(settings)),
      new_guid_(std::move(new_guid)) {}

PartnerCenter::Answer PartnerCenter::send(const Call& call) {
    const CallId id = call.id != nullptr ? *call.id : CallId{new_guid_(), new_guid_(), new_guid_()};
    for (int attempt = 1;; ++attempt) {
        pass_gate(tenant_of(call.path));
        const Reply<std::string> token = tokens_.token(call.token);
        Answer answer;
        if (!token.ok()) {
            static_cast<ReplyNote&>(answer) = token;
            // Without a token the call itself never left.
            if (token.reply_class == ReplyClass::no_answer) answer.reply_class = ReplyClass::not_sent;
            return answer;
        }
        HttpRequest request;
        request.method = call.method;
        request.url = settings_.base_url + "/v1" + call.path;
        request.headers = {{"Authorization", "Bearer " + token.value},
                           {"Accept", "application/json"},
                           {"MS-RequestId", id.request_id},
                           {"MS-CorrelationId", attempt == 1 ? id.correlation_id : id.second_correlation_id},
                           {"X-Locale", "en-US"},
                           {"MS-PartnerCenter-Application", "termwise"}};
        if (!call.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
        request.headers.insert(request.headers.end(), call.headers.begin(), call.headers.end());
        request.body = call.body;
        const HttpOutcome outcome = transport_.send(request);
        static_cast<ReplyNote&>(answer) = note_of(outcome);
        // All of the answer is looked at: its text may be cut in the middle of a secret.
        if (tokens_.holds_secret(answer.text) ||
            (outcome.response && tokens_.holds_secret(outcome.response->body))) {
            // Nothing of such an answer is used: it would end in the journal.
            if (answer.ok()) answer.reply_class = ReplyClass::transient;
            answer.text = "(left out: it held a secret)";
            answer.code.clear();
            return answer;
        }
        // A token that is refused is of no use any more: because it ran out on its way, then once more with a
        // new one and the same request id, for nothing was done; or because it lacks a second factor, until a
        // person consents.
        if (outcome.response && outcome.response->status == 401) {
            tokens_.forget(call.token);
            if (!asks_for_mfa(*outcome.response)) {
                if (attempt == 1) continue;
                answer.reply_class = ReplyClass::locked_out;  // reference 1.3: a second one is fatal
                answer.text = fmt::format("a new token is refused as well{}{}",
                                          answer.text.empty() ? "" : ": ", answer.text);
            }
        }
        if (!outcome.response) return answer;
        answer.headers = outcome.response->headers;
        std::optional<Json> body = parse_body(outcome.response->body);
        if (answer.ok() && call.answers_with_json && (!body || (!body->is_object() && !body->is_array()))) {
            answer.reply_class = ReplyClass::transient;
            answer.text = "the answer is not JSON";
        }
        if (body) answer.body = std::move(*body);
        return answer;
    }
}

PartnerCenter::Answer PartnerCenter::read(std::string path, TokenKind token) {
    Call call;
    call.path = std::move(path);
    call.token = token;
    return send(call);
}

PartnerCenter::Answer PartnerCenter::read_pages(std::string path, TokenKind token) {
    Json rows = Json::array();
    std::set<std::string> seen;
    std::set<std::string> followed;
    Call call;
    call.path = std::move(path);
    call.token = token;
    for (std::size_t page = 0;; ++page) {
        Answer answer = send(call);
        if (answer.ok() && !items_of(answer.body).is_array()) doubt(answer, "holds no list");
        if (!answer.ok()) return answer;
        for (const Json& row : items_of(answer.body)) {
            // Rows may come twice when the list changes between two pages. Some have no id of their own.
            const std::string id = normal(id_in(row, "id"));
            if (id.empty() || seen.insert(id).second) rows.push_back(row);
        }
        const Json& next = member(member(answer.body, "links"), "next");
        const std::string uri = text_in(next, "uri");
        std::string mark = uri;
        std::vector<HttpHeader> headers;
        for (const Json& header : member(next, "headers")) {
            headers.push_back({text_in(header, "key"), text_in(header, "value")});
            mark += "\n" + headers.back().value;
        }
        if (uri.empty()) {
            answer.body = std::move(rows);
            return answer;
        }
        call.path = path_of_link(uri, settings_.base_url);
        call.headers = std::move(headers);
        if (call.path.empty() || page == kMostPages || !followed.insert(mark).second) {
            answer.reply_class = ReplyClass::permanent;
            answer.text = call.path.empty() ? "the next page is on another host: not followed"
                                            : "the list goes on without an end";
            return answer;
        }
    }
}

Reply<std::string> PartnerCenter::invitation_link() {
    const Answer answer = read("/customers/relationshiprequests", TokenKind::user);
    auto reply = reply_of<std::string>(answer);
    reply.value = id_in(answer.body, "url");
    if (reply.value.empty()) doubt(reply, "holds no link");
    return reply;
}

ReplyNote PartnerCenter::look() {
    if (const Reply<std::string> user = tokens_.token(TokenKind::user); !user.ok()) return user;
    return read("/customers?size=1", TokenKind::app);
}

Reply<std::vector<LiveCustomerRow>> PartnerCenter::list_customers() {
    const Answer answer = read_pages("/customers?size=500", TokenKind::app);
    auto reply = reply_of<std::vector<LiveCustomerRow>>(answer);
    if (!reply.ok()) return reply;
    for (const Json& row : items_of(answer.body)) {
        const Json& profile = member(row, "companyProfile");
        reply.value.push_back({normal(text_in(row, "id")), text_in(profile, "companyName"),
                               normal(text_in(profile, "domain"))});
    }
    return reply;
}

Reply<LiveCustomer> PartnerCenter::read_customer(const std::string& tenant) {
    const Answer answer = read(fmt::format("/customers/{}", tenant), TokenKind::app);
    auto reply = reply_of<LiveCustomer>(answer);
    reply.value.name = text_in(member(answer.body, "companyProfile"), "companyName");
    if (!member(answer.body, "relationshipToPartner").is_string())
        doubt(reply, "does not say what relationship there is");
    reply.value.is_reseller = normal_word(text_in(answer.body, "relationshipToPartner")) == "reseller";
    return reply;
}

Reply<bool> PartnerCenter::has_agreement(const std::string& tenant) {
    const Answer confirmed =
        read(fmt::format("/customers/{}/agreements?agreementType=MicrosoftCustomerAgreement", tenant),
             TokenKind::user);
    auto reply = reply_of<bool>(confirmed);
    if (confirmed.ok()) {
        for (const Json& row : items_of(confirmed.body))
            reply.value = reply.value || normal_word(text_in(row, "type")) == "microsoftcustomeragreement";
        if (reply.value) return reply;
    } else if (confirmed.reply_class != ReplyClass::absent) {
        return reply;
    }
    const Answer signed_by_customer = read(
        fmt::format("/customers/{}/directSignedMicrosoftCustomerAgreementStatus", tenant), TokenKind::user);
    reply = reply_of<bool>(signed_by_customer);
    if (!member(signed_by_customer.body, "isSigned").is_boolean())
        doubt(reply, "does not say whether it is signed");
    reply.value = truth_in(signed_by_customer.body, "isSigned");
    return reply;
}

Reply<std::vector<LiveSubscription>> PartnerCenter::list_subscriptions(const std::string& tenant) {
    const Answer answer = read_pages(fmt::format("/customers/{}/subscriptions", tenant), TokenKind::app);
    auto reply = reply_of<std::vector<LiveSubscription>>(answer);
    if (reply.ok())
        for (const Json& row : items_of(answer.body)) {
            reply.value.push_back(subscription_of(row));
            // What is not understood may be what is looked for.
            if (reply.value.back().id.empty() || reply.value.back().status.empty())
                doubt(reply, "lists something without id or status");
        }
    return reply;
}

Reply<LiveSubscription> PartnerCenter::read_subscription(const std::string& tenant, const std::string& id) {
    const Answer answer =
        read(fmt::format("/customers/{}/subscriptions/{}", tenant, url_encoded(id)), TokenKind::app);
    auto reply = reply_of<LiveSubscription>(answer);
    if (reply.ok() && !is_whole(answer.body)) doubt(reply, "is no whole subscription");
    if (reply.ok()) reply.value = subscription_of(answer.body);
    return reply;
}

Reply<CatalogueItem> PartnerCenter::resolve_item(const std::string& tenant, const OfferBinding& offer,
                                                 TermBilling sold_as) {
    const Answer answer = read_pages(
        fmt::format("/customers/{}/products/{}/skus/{}/availabilities?targetSegment={}", tenant,
                    url_encoded(offer.product), url_encoded(offer.sku), url_encoded(offer.segment)),
        TokenKind::app);
    auto reply = reply_of<CatalogueItem>(answer);
    if (!reply.ok()) return reply;
    std::set<std::string> found;
    for (const Json& row : items_of(answer.body)) {
        if (normal_word(text_in(row, "segment")) != normal_word(offer.segment)) continue;
        if (!member(row, "isPurchasable").is_null() && !truth_in(row, "isPurchasable")) continue;
        const std::string country = normal(text_in(row, "country"));
        if (!country.empty() && !settings_.country.empty() && country != normal(settings_.country)) continue;
        for (const Json& term : member(row, "terms")) {
            const std::optional<Period> duration = parse_period(text_in(term, "duration"));
            if (!duration || *duration != sold_as.term) continue;
            if (normal_word(text_in(term, "billingCycle")) != billing_word(sold_as.billing)) continue;
            std::string item = text_in(row, "catalogItemId");
            if (item.empty())
                item = fmt::format("{}:{}:{}", text_in(row, "productId"), text_in(row, "skuId"),
                                   text_in(row, "id"));
            found.insert(std::move(item));
        }
    }
    if (found.size() == 1) {
        reply.value.id = *found.begin();
        return reply;
    }
    reply.reply_class = found.empty() ? ReplyClass::absent : ReplyClass::permanent;
    reply.text = found.empty()
                     ? "no availability has that segment, term and billing"
                     : fmt::format(
                           "{} availabilities have that segment, term and billing, and nothing says "
                           "which is meant",
                           found.size());
    return reply;
}

Reply<LiveCart> PartnerCenter::read_cart(const std::string& tenant, const std::string& cart) {
    const Answer answer =
        read(fmt::format("/customers/{}/carts/{}", tenant, url_encoded(cart)), TokenKind::app);
    auto reply = reply_of<LiveCart>(answer);
    reply.value = cart_of(answer.body);
    if (reply.value.id.empty()) doubt(reply, "is no cart");
    return reply;
}

Reply<LiveOrder> PartnerCenter::read_order(const std::string& tenant, const std::string& order) {
    const Answer answer =
        read(fmt::format("/customers/{}/orders/{}", tenant, url_encoded(order)), TokenKind::app);
    auto reply = reply_of<LiveOrder>(answer);
    reply.value = order_of(answer.body);
    if (reply.value.id.empty() || reply.value.status.empty()) doubt(reply, "is no order");
    return reply;
}

Reply<std::vector<LiveOrder>> PartnerCenter::list_orders(const std::string& tenant) {
    const Answer answer = read_pages(fmt::format("/customers/{}/orders", tenant), TokenKind::app);
    auto reply = reply_of<std::vector<LiveOrder>>(answer);
    if (!reply.ok()) return reply;
    for (const Json& row : items_of(answer.body)) {
        reply.value.push_back(order_of(row));
        if (reply.value.back().id.empty()) doubt(reply, "lists an order without an id");
    }
    return reply;
}

Reply<Provisioning> PartnerCenter::read_provisioning(const std::string& tenant,
                                                     const std::string& subscription) {
    const Answer answer = read(
        fmt::format("/customers/{}/subscriptions/{}/provisioningstatus", tenant, url_encoded(subscription)),
        TokenKind::user);
    auto reply = reply_of<Provisioning>(answer);
    const std::string status = normal_word(text_in(answer.body, "status"));
    reply.value = status == "success"   ? Provisioning::success
                  : status == "pending" ? Provisioning::pending
                  : status == "failed"  ? Provisioning::failed
                                        : Provisioning::unknown;
    return reply;
}

Reply<std::vector<std::string>> PartnerCenter::list_users(const std::string& tenant) {
    const Answer answer = read_pages(fmt::format("/customers/{}/users?size=500", tenant), TokenKind::user);
    auto reply = reply_of<std::vector<std::string>>(answer);
    if (!reply.ok()) return reply;
    for (const Json& row : items_of(answer.body))
        if (normal_word(text_in(row, "state")) != "inactive")
            reply.value.push_back(normal(text_in(row, "id")));
    std::ranges::sort(reply.value);
    return reply;
}

Reply<LiveUser> PartnerCenter::read_user(const std::string& tenant, const std::string& user) {
    const Answer answer =
        read(fmt::format("/customers/{}/users/{}/licenses", tenant, url_encoded(user)), TokenKind::user);
    auto reply = reply_of<LiveUser>(answer);
    if (!reply.ok()) return reply;
    if (!items_of(answer.body).is_array()) doubt(reply, "holds no list");
    for (const Json& row : items_of(answer.body)) {
        reply.value.licences.push_back(licence_of(row));
        if (!is_whole(reply.value.licences.back()))
            doubt(reply, "lists a licence without a sku or a service without an id");
    }
    std::ranges::sort(reply.value.licences, {}, &LiveLicence::sku);
    return reply;
}

Reply<std::vector<LiveStock>> PartnerCenter::list_stock(const std::string& tenant) {
    // Without being asked the service shows the first group of licences alone (reference 3.14).
    const Answer answer = read_pages(
        fmt::format("/customers/{}/subscribedskus?licenseGroupIds=Group1&licenseGroupIds=Group2", tenant),
        TokenKind::user);
    auto reply = reply_of<std::vector<LiveStock>>(answer);
    if (!reply.ok()) return reply;
    for (const Json& row : items_of(answer.body)) {
        reply.value.push_back({licence_of(row), number_in(row, "consumedUnits")});
        if (!is_whole(reply.value.back().licence))
            doubt(reply, "lists a licence without a sku or a service without an id");
    }
    return reply;
}

Reply<LiveCart> PartnerCenter::create_cart(const std::string& tenant, const CartLine& line,
                                           const CallId& id) {
    const Json body{{"PartnerOnRecordAttestationAccepted", true},
                    {"lineItems", Json::array({{{"id", 0},
                                                {"catalogItemId", line.item},
                                                {"friendlyName", line.friendly_name},
                                                {"quantity", line.quantity},
                                                {"billingCycle", billing_word(line.sold_as.billing)},
                                                {"termDuration", to_short_text(line.sold_as.term)}}})}};
    Call call;
    call.method = "POST";
    call.path = fmt::format("/customers/{}/carts", tenant);
    call.body = body.dump();
    call.id = &id;
    const Answer answer = send(call);
    auto reply = reply_of<LiveCart>(answer);
    reply.value = cart_of(answer.body);
    if (reply.value.id.empty()) doubt(reply, "is no cart");
    return reply;
}

Reply<LiveOrder> PartnerCenter::checkout(const std::string& tenant, const std::string& cart,
                                         const CallId& id) {
    Call call;
    call.method = "POST";
    call.path = fmt::format("/customers/{}/carts/{}/checkout", tenant, url_encoded(cart));
    call.body = "{}";
    call.id = &id;
    const Answer answer = send(call);
    auto reply = reply_of<LiveOrder>(answer);
    if (!reply.ok()) return reply;
    const Json& orders = member(answer.body, "orders");
    // One page of the documentation shows the order itself in place of a list (reference 3.7).
    const Json& order = orders.is_array() ? (orders.empty() ? Json() : orders.front()) : answer.body;
    reply.value = order_of(order);
    if (!reply.value.id.empty()) return reply;
    // Only what is said to have failed has bought nothing.
    const Json& errors = member(answer.body, "orderErrors");
    if (orders.is_array() && orders.empty() && errors.is_array() && !errors.empty())
        reply.value.error =
            fmt::format("{}: {}", text_in(errors.front(), "code"), text_in(errors.front(), "description"));
    else
        doubt(reply, "names no order");
    return reply;
}

Reply<bool> PartnerCenter::change_subscription(const std::string& tenant, const LiveSubscription& as_read,
                                               SubscriptionChange change, const CallId& id) {
    // All of it as it was read: what a body leaves out is switched off or deleted (reference 3.10).
    Json body = Json::parse(as_read.document, nullptr, false);
    if (!body.is_object()) {
        Reply<bool> reply;
        reply.reply_class = ReplyClass::stale;
        reply.text = "the subscription was not read whole";
        return reply;
    }
    const auto set = [&](std::string_view name, const Json& value) {
        for (auto& [key, old] : body.items())
            if (normal(key) == normal(name)) {
                old = value;
                return;
            }
        body[std::string(name)] = value;
    };
    switch (change) {
        case SubscriptionChange::auto_renew_off:
            set("autoRenewEnabled", false);
            break;
        case SubscriptionChange::suspend:
            set("status", "suspended");
            break;
        case SubscriptionChange::cancel:
            set("status", "deleted");
            break;
    }
    Call call;
    call.method = "PATCH";
    call.path = fmt::format("/customers/{}/subscriptions/{}", tenant, url_encoded(as_read.id));
    call.body = body.dump();
    call.id = &id;
    call.answers_with_json = false;  // 202 may have no body
    if (const std::string etag = text_in(member(body, "attributes"), "etag"); !etag.empty())
        call.headers.push_back({"If-Match", fmt::format("\"{}\"", etag)});
    auto reply = reply_of<bool>(send(call));
    reply.value = reply.ok();
    return reply;
}

Reply<std::string> PartnerCenter::update_licences(const std::string& tenant, const std::string& user,
                                                  const LicenceChange& change, const CallId& id) {
    const Json off = change.plans_off.empty() ? Json() : Json(change.plans_off);
    const Json body{{"LicensesToAssign", Json::array({{{"SkuId", change.assign}, {"ExcludedPlans", off}}})},
                    {"LicensesToRemove", Json::array({change.remove})},
                    {"LicenseWarnings", nullptr},
                    {"Attributes", {{"ObjectType", "LicenseUpdate"}}}};
    Call call;
    call.method = "POST";
    call.path = fmt::format("/customers/{}/users/{}/licenseupdates", tenant, url_encoded(user));
    call.token = TokenKind::user;
    call.body = body.dump();
    call.id = &id;
    call.answers_with_json = false;
    const Answer answer = send(call);
    auto reply = reply_of<std::string>(answer);
    for (const Json& warning : member(answer.body, "licenseWarnings"))
        reply.value += fmt::format("{}{}: {}", reply.value.empty() ? "" : "; ", text_in(warning, "code"),
                                   text_in(warning, "message"));
    return reply;
}

}  // namespace termwise::live
