// The calls of the partner-center reference, section 3, as they go over the wire, and what their answers are
// taken for. Traps are cited where they lie.
#include "live/partner_center.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "live/office.h"
#include "support/dice.h"

namespace termwise::live {
namespace {

using test::ScriptedTransport;

using test::kCustomer;
using test::kId;
using test::kTenant;
using test::Office;

// --- What every call carries (2.1) ---

TEST(PartnerCenter, EveryCallCarriesItsIdsAndItsToken) {
    Office office;
    office.says(200, R"({"id":"x"})");
    (void)office.partner.read_customer(kTenant);
    EXPECT_EQ(office.line(), "GET " + kCustomer);
    EXPECT_EQ(office.header("Authorization"), "Bearer token-1");
    EXPECT_EQ(office.header("Accept"), "application/json");
    EXPECT_EQ(office.header("MS-RequestId"), "guid-1");
    EXPECT_EQ(office.header("MS-CorrelationId"), "guid-2");
    EXPECT_EQ(office.header("X-Locale"), "en-US");
    EXPECT_EQ(office.header("Content-Type"), "");
    EXPECT_EQ(office.asked().body, "");
}

TEST(PartnerCenter, AMutationCarriesTheIdsThatTheJournalHolds) {  // 2.2
    Office office;
    office.says(201, R"({"licensesToAssign":[]})");
    (void)office.partner.update_licences(kTenant, "u", {"a", "b", {}}, kId);
    EXPECT_EQ(office.header("MS-RequestId"), kId.request_id);
    EXPECT_EQ(office.header("MS-CorrelationId"), kId.correlation_id);
    EXPECT_EQ(office.header("Content-Type"), "application/json");
}

TEST(PartnerCenter, CallsForUsersGetAUsersToken) {  // 1.5
    const auto user = [](auto call) {
        Office office;
        for (int i = 0; i < 2; ++i) office.says(200, R"({"items":[]})");
        call(office.partner);
        return office.as_user();
    };
    EXPECT_TRUE(user([](auto& p) { (void)p.invitation_link(); }));
    EXPECT_TRUE(user([](auto& p) { (void)p.has_agreement(kTenant); }));
    EXPECT_TRUE(user([](auto& p) { (void)p.read_provisioning(kTenant, "s"); }));
    EXPECT_TRUE(user([](auto& p) { (void)p.list_users(kTenant); }));
    EXPECT_TRUE(user([](auto& p) { (void)p.read_user(kTenant, "u"); }));
    EXPECT_TRUE(user([](auto& p) { (void)p.update_licences(kTenant, "u", {"a", "b", {}}, kId); }));
    EXPECT_FALSE(user([](auto& p) { (void)p.read_customer(kTenant); }));
    EXPECT_FALSE(user([](auto& p) { (void)p.list_subscriptions(kTenant); }));
    EXPECT_FALSE(user([](auto& p) { (void)p.read_order(kTenant, "o"); }));
    EXPECT_FALSE(user([](auto& p) { (void)p.checkout(kTenant, "c", kId); }));
}

TEST(PartnerCenter, ATokenThatIsRefusedIsRenewedOnceWithTheSameRequestId) {  // 1.3
    Office office;
    office.says(401, R"({"code":"400","description":"access denied"})");
    office.says(201, R"({"id":"cart-1"})");
    EXPECT_EQ(office.partner.create_cart(kTenant, {}, kId).value.id, "cart-1");
    ASSERT_EQ(office.server.requests.size(), 2U);
    EXPECT_EQ(office.header("Authorization", 0), "Bearer token-1");
    EXPECT_EQ(office.header("Authorization", 1), "Bearer token-2");
    EXPECT_EQ(office.header("MS-RequestId", 1), kId.request_id);

    office.says(401, R"({"code":"400"})");
    office.says(401, R"({"code":"400"})");
    const auto refused = office.partner.read_cart(kTenant, "c");
    EXPECT_EQ(refused.reply_class, ReplyClass::locked_out);
    EXPECT_TRUE(refused.text.starts_with("a new token is refused as well")) << refused.text;
    EXPECT_EQ(office.server.requests.size(), 4U);  // a second refusal is final
}

TEST(PartnerCenter, ARefusalForASecondFactorIsForPeople) {  // 1.4, shape d
    Office office;
    office.says(401, "", {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}});
    const auto reply = office.partner.invitation_link();
    EXPECT_EQ(reply.reply_class, ReplyClass::locked_out);
    EXPECT_NE(reply.text.find("second factor"), std::string::npos);
    EXPECT_EQ(office.server.requests.size(), 1U);
}

// The pace counts requests: pages, second tries, both halves of a question.
TEST(PartnerCenter, TellsOfEveryRequestBeforeItLeaves) {
    Office office;
    const std::string tenant = kTenant;
    std::vector<std::string> told;
    office.partner.set_gate([&](std::string_view of) {
        told.emplace_back(of);
        EXPECT_EQ(office.server.requests.size() + 1, told.size());
    });
    office.says(200, R"({"items":[{"id":"a","status":"active"}],"links":{"next":{"uri":"/customers/)" +
                         tenant + R"(/subscriptions?page=2"}}})");
    office.says(200, R"({"items":[]})");
    (void)office.partner.list_subscriptions(tenant);
    office.says(401, R"({"code":"400"})");
    office.says(200, R"({"items":[]})");
    office.says(200, R"({"isSigned":true})");
    (void)office.partner.has_agreement(tenant);
    office.says(200, R"({"url":"https://x"})");
    (void)office.partner.invitation_link();
    EXPECT_EQ(told, (std::vector<std::string>{tenant, tenant, tenant, tenant, tenant, ""}));
    EXPECT_EQ(office.server.requests.size(), 6U);
}

// Whether one is let in is asked before any step, for users too, although the look itself needs no user.
TEST(PartnerCenter, ALookAsksForBothTokensFirst) {
    Office office;
    office.says(200, R"({"items":[]})");
    EXPECT_TRUE(office.partner.look().ok());
    ASSERT_EQ(office.server.token_requests.size(), 2U);
    EXPECT_NE(office.server.token_requests[0].body.find("grant_type=refresh_token"), std::string::npos);

    Office closed;
    closed.server.token_answer = [](const HttpRequest&) {
        return ScriptedTransport::json(200, R"({"access_token":"e30.eyJhbXIiOlsicHdkIl19.x"})");
    };
    EXPECT_EQ(closed.partner.look().reply_class, ReplyClass::locked_out);
    EXPECT_TRUE(closed.server.requests.empty());
}

TEST(PartnerCenter, WithoutATokenTheCallNeverLeft) {
    Office office;
    office.server.token_answer = [](const HttpRequest&) {
        return ScriptedTransport::none(NoAnswer::timed_out);
    };
    EXPECT_EQ(office.partner.checkout(kTenant, "c", kId).reply_class, ReplyClass::not_sent);
    EXPECT_TRUE(office.server.requests.empty());
}

TEST(PartnerCenter, WhatIsNoJsonIsTheServersFailure) {  // 4.1 shape f
    for (const char* body : {"", "<html>502</html>", "12", "\"text\"", "{\"id\":"}) {
        Office office;
        office.says(200, body);
        EXPECT_EQ(office.partner.read_order(kTenant, "o").reply_class, ReplyClass::transient) << body;
    }
}

TEST(PartnerCenter, AByteOrderMarkAndNamesInAnyCaseAreNoTrouble) {  // 2.5
    Office office;
    office.says(
        200,
        "\xEF\xBB\xBF"
        R"({"Id":"BBBBBBBB-BBBB-4BBB-8BBB-BBBBBBBBBBBB","OFFERID":"44444444-4444-4444-8444-44444444444A",
                    "Quantity":"12","STATUS":" Active ","autorenewenabled":"True","newMember":{"a":[1]},
                    "OrderId":"aBcDeF","CommitmentEndDate":"2032-02-02T00:00:00.1234567-08:00"})");
    const auto reply = office.partner.read_subscription(kTenant, "B");
    ASSERT_TRUE(reply.ok());
    EXPECT_EQ(reply.value.id, "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb");
    EXPECT_EQ(reply.value.offer_id, "44444444-4444-4444-8444-44444444444a");
    EXPECT_EQ(reply.value.quantity, 12);
    EXPECT_EQ(reply.value.status, "active");
    EXPECT_TRUE(reply.value.auto_renew);
    EXPECT_EQ(reply.value.order_id, "aBcDeF");  // 3.8: case-sensitive, kept as sent
    EXPECT_EQ(to_text(reply.value.term_end), "2032-02-03");
}

TEST(PartnerCenter, TextsInAPathAreEncoded) {
    Office office;
    office.says(404, "{}");
    (void)office.partner.read_order(kTenant, "../x?y#z");
    EXPECT_EQ(office.line(), "GET " + kCustomer + "/orders/..%2Fx%3Fy%23z");
}

// --- Relationship (3.1 to 3.4) ---

TEST(PartnerCenter, FetchesTheInvitationLink) {
    Office office;
    office.says(200, R"({"url":"https://admin.example.test/?a=b#/c","attributes":{"objectType":"x"}})");
    EXPECT_EQ(office.partner.invitation_link().value, "https://admin.example.test/?a=b#/c");
    EXPECT_EQ(office.line(), "GET https://api.example.test/v1/customers/relationshiprequests");
}

TEST(PartnerCenter, KnowsACustomerOfOurs) {
    Office office;
    office.says(200, R"({"companyProfile":{"companyName":"Contoso"},"relationshipToPartner":"Reseller"})");
    office.says(200, R"({"companyProfile":{},"relationshipToPartner":"none"})");
    office.says(403, R"({"code":20002,"description":"no relationship"})");
    const auto ours = office.partner.read_customer(kTenant);
    EXPECT_EQ(ours.value.name, "Contoso");
    EXPECT_TRUE(ours.value.is_reseller);
    EXPECT_FALSE(office.partner.read_customer(kTenant).value.is_reseller);
    EXPECT_EQ(office.partner.read_customer(kTenant).reply_class, ReplyClass::human);
}

TEST(PartnerCenter, AnAgreementCountsConfirmedOrSigned) {  // 3.4
    Office office;
    office.says(200, R"({"totalCount":1,"items":[{"type":"MicrosoftCustomerAgreement"}]})");
    EXPECT_TRUE(office.partner.has_agreement(kTenant).value);
    EXPECT_EQ(office.line(0), "GET " + kCustomer + "/agreements?agreementType=MicrosoftCustomerAgreement");

    office.says(200, R"({"items":[{"type":"MicrosoftCloudAgreement"}]})");  // the older one does not count
    office.says(200, R"({"isSigned":true})");
    EXPECT_TRUE(office.partner.has_agreement(kTenant).value);
    EXPECT_EQ(office.line(2), "GET " + kCustomer + "/directSignedMicrosoftCustomerAgreementStatus");

    office.says(404, "{}");
    office.says(200, R"({"isSigned":false})");
    const auto none = office.partner.has_agreement(kTenant);
    EXPECT_TRUE(none.ok());
    EXPECT_FALSE(none.value);

    office.says(503, "");
    EXPECT_EQ(office.partner.has_agreement(kTenant).reply_class, ReplyClass::transient);
}

// --- Lists and their pages (2.7) ---

std::string page(std::string_view rows, std::string_view next = {}, std::string_view token = {}) {
    std::string text = R"({"items":[)" + std::string(rows) + "]";
    if (!next.empty()) {
        text += R"(,"links":{"next":{"uri":")" + std::string(next) + R"(","method":"GET","headers":[)";
        if (!token.empty())
            text += R"({"key":"MS-ContinuationToken","value":")" + std::string(token) + R"("})";
        text += "]}}";
    }
    return text + "}";
}

TEST(PartnerCenter, FollowsPagesWithTheirHeaders) {
    for (const char* prefix : {"", "/v1", "https://api.example.test/v1", "https://API.example.test"}) {
        Office office;
        const std::string next =
            std::string(prefix) + "/customers/" + kTenant + "/users?size=500&seekOperation=Next";
        office.says(200, page(R"({"id":"B"},{"id":"a","state":"inactive"})", next, "opaque-1"));
        office.says(200, page(R"({"id":"c"},{"id":"b"})", next, "opaque-2"));  // B comes again
        office.says(200, page(""));
        const auto reply = office.partner.list_users(kTenant);
        ASSERT_TRUE(reply.ok()) << reply.text;
        EXPECT_EQ(reply.value, (std::vector<std::string>{"b", "c"}));
        EXPECT_EQ(office.line(0), "GET " + kCustomer + "/users?size=500");
        EXPECT_EQ(office.line(1), "GET " + kCustomer + "/users?size=500&seekOperation=Next") << prefix;
        EXPECT_EQ(office.header("MS-ContinuationToken", 0), "");
        EXPECT_EQ(office.header("MS-ContinuationToken", 1), "opaque-1");
        EXPECT_EQ(office.header("MS-ContinuationToken", 2), "opaque-2");
    }
}

TEST(PartnerCenter, ABareArrayIsAListToo) {
    Office office;
    office.says(200, R"([{"id":"x"}])");
    EXPECT_EQ(office.partner.list_users(kTenant).value, std::vector<std::string>{"x"});
}

TEST(PartnerCenter, APageElsewhereIsNotFollowed) {
    for (const char* link : {"https://evil.example/v1/customers", "//evil.example/customers",
                             "http://api.example.test/customers", "https://api.example.test@evil.example/c",
                             "https://api.example.test.evil.example/c"}) {
        Office office;
        office.says(200, page(R"({"id":"a"})", link));
        EXPECT_EQ(office.partner.list_users(kTenant).reply_class, ReplyClass::permanent) << link;
        EXPECT_EQ(office.server.requests.size(), 1U) << link;
    }
}

TEST(PartnerCenter, AListWithoutAnEndIsGivenUp) {
    Office office;
    for (int i = 0; i < 3; ++i) office.says(200, page(R"({"id":"a"})", "/customers?x=1", "same"));
    const auto reply = office.partner.list_users(kTenant);
    EXPECT_EQ(reply.reply_class, ReplyClass::permanent);
    EXPECT_LE(office.server.requests.size(), 3U);

    Office endless;
    for (int i = 0; i < 3'000; ++i) endless.says(200, page("", "/customers?page=" + std::to_string(i)));
    EXPECT_EQ(endless.partner.list_users(kTenant).reply_class, ReplyClass::permanent);
    EXPECT_LT(endless.server.requests.size(), 2'100U);
}

TEST(PartnerCenter, AFailureOnALaterPageIsNoShortList) {
    Office office;
    office.says(200, page(R"({"id":"a"})", "/customers?x=1", "t"));
    office.says(500, "{}");
    const auto reply = office.partner.list_users(kTenant);
    EXPECT_EQ(reply.reply_class, ReplyClass::transient);
    EXPECT_TRUE(reply.value.empty());
}

TEST(PartnerCenter, OneUnknownStatusDoesNotLoseTheList) {  // 2.5
    Office office;
    office.says(200, page(R"({"id":"a","status":"active"},{"id":"b","status":"brand_new"},{"id":"c"})"));
    const auto reply = office.partner.list_subscriptions(kTenant);
    ASSERT_EQ(reply.value.size(), 3U);
    EXPECT_EQ(reply.value[1].status, "brand_new");
    EXPECT_EQ(office.line(), "GET " + kCustomer + "/subscriptions");
}

// --- Subscriptions (3.9, 3.10) ---

TEST(PartnerCenter, TermsWithoutAnEndHaveNone) {  // 2.6
    for (const char* end :
         {R"(,"commitmentEndDate":"9999-12-14T00:00:00Z")", "", R"(,"commitmentEndDate":"soon")"}) {
        Office office;
        office.says(
            200, std::string(
                     R"({"id":"a","offerId":"x","status":"active","quantity":1,"autoRenewEnabled":false)") +
                     end + "}");
        const auto reply = office.partner.read_subscription(kTenant, "a");
        EXPECT_TRUE(reply.ok());
        EXPECT_TRUE(reply.value.term_end.none()) << end;
    }
}

TEST(PartnerCenter, AnNceSubscriptionNamesItsItem) {
    Office office;
    office.says(
        200,
        R"({"id":"a","offerId":"CFQ0TEST0AAA:0001:CFQ0TEST0BBB","status":"active","quantity":12,"autoRenewEnabled":true,
                         "cancellationAllowedUntilDate":"2031-02-10T04:05:06Z"})");
    const auto reply = office.partner.read_subscription(kTenant, "a");
    EXPECT_EQ(reply.value.offer_id, "CFQ0TEST0AAA:0001:CFQ0TEST0BBB");
    EXPECT_EQ(office.line(), "GET " + kCustomer + "/subscriptions/a");
}

TEST(PartnerCenter, ASubscriptionThatIsNotWholeDecidesNothing) {
    for (const char* document :
         {R"({"id":"a"})", R"({"id":7,"offerId":"x","status":"active","quantity":1,"autoRenewEnabled":true})",
          R"({"id":"a","offerId":"x","status":1,"quantity":1,"autoRenewEnabled":true})",
          R"({"id":"a","offerId":"x","status":"active","quantity":"many","autoRenewEnabled":true})",
          R"({"id":"a","offerId":"x","status":"active","quantity":1,"autoRenewEnabled":[]})"}) {
        Office office;
        office.says(200, document);
        EXPECT_EQ(office.partner.read_subscription(kTenant, "a").reply_class, ReplyClass::transient)
            << document;
    }
}

TEST(PartnerCenter, AChangeSendsEverythingBackButTheOneThing) {  // 3.10: the most dangerous fact of this API
    const std::string document =
        R"({"Id":"abc","offerId":"x","quantity":12,"AutoRenewEnabled":true,"status":"active",)"
        R"("scheduledNextTermInstructions":{"quantity":9},"actions":["edit"],"unheardOf":null,)"
        R"("attributes":{"etag":"bWFk","objectType":"Subscription"}})";
    const std::vector<std::tuple<SubscriptionChange, std::string, Json>> changes{
        {SubscriptionChange::auto_renew_off, "AutoRenewEnabled", false},
        {SubscriptionChange::suspend, "status", "suspended"},
        {SubscriptionChange::cancel, "status", "deleted"}};
    for (const auto& [change, name, value] : changes) {
        Office office;
        office.says(200, document);
        const auto read = office.partner.read_subscription(kTenant, "abc");
        office.says(200, "{}");
        EXPECT_TRUE(office.partner.change_subscription(kTenant, read.value, change, kId).value);
        Json expected = Json::parse(document);
        expected[name] = value;
        EXPECT_EQ(office.body(1).dump(), expected.dump());  // members in their order
        EXPECT_EQ(office.line(1), "PATCH " + kCustomer + "/subscriptions/abc");
        EXPECT_EQ(office.header("If-Match", 1), "\"bWFk\"");  // 2.4
    }
}

TEST(PartnerCenter, NceHasNoEtagToMatch) {  // 2.4
    Office office;
    LiveSubscription read;
    read.id = "abc";
    read.document = R"({"id":"abc","attributes":{"etag":"","objectType":"Subscription"}})";
    office.says(202, "", {{"Location", "/customers/x/subscriptions/abc"}});  // accepted, no body
    EXPECT_TRUE(
        office.partner.change_subscription(kTenant, read, SubscriptionChange::auto_renew_off, kId).value);
    EXPECT_EQ(office.header("If-Match"), "");
    EXPECT_EQ(office.body()["autoRenewEnabled"], false);
}

TEST(PartnerCenter, WhatWasNotReadWholeIsNotSentBack) {
    Office office;
    LiveSubscription read;
    read.id = "abc";
    for (const char* document : {"", "[]", "{\"id\":"}) {
        read.document = document;
        EXPECT_EQ(
            office.partner.change_subscription(kTenant, read, SubscriptionChange::cancel, kId).reply_class,
            ReplyClass::stale);
    }
    EXPECT_TRUE(office.server.requests.empty());
}

/// Any JSON that a service might send.
Json any_json(int depth) {
    switch (dice::roll(0, depth > 0 ? 6 : 4)) {
        case 0:
            return nullptr;
        case 1:
            return dice::chance(50);
        case 2:
            return dice::pick<std::int64_t>({0, -1, 7, 9'007'199'254'740'993, -9'223'372'036'854'775'807});
        case 3:
            return dice::pick<double>({0.5, -1e300, 1e-7, 19.99});
        case 4:
            return dice::pick<std::string>(
                {"", "x", "\xC3\xA9\xE2\x82\xAC", "a\"b\\c\n\x01", "\xF0\x9F\x99\x82"});
        case 5: {
            Json list = Json::array();
            for (int i = dice::roll(0, 3); i > 0; --i) list.push_back(any_json(depth - 1));
            return list;
        }
        default: {
            Json object = Json::object();
            for (int i = dice::roll(0, 3); i > 0; --i)
                object["m" + std::to_string(dice::roll(0, 9))] = any_json(depth - 1);
            return object;
        }
    }
}

RC_GTEST_PROP(PartnerCenterProperty, NoMemberIsLostOnTheWayBack, ()) {
    Json document = Json::object();
    document["id"] = "abc";
    document["offerId"] = "x";
    document["quantity"] = 3;
    document["autoRenewEnabled"] = true;
    for (int i = dice::roll(0, 6); i > 0; --i) document["x" + std::to_string(i)] = any_json(3);
    document[dice::pick<std::string>({"status", "Status", "STATUS"})] = "active";
    Office office;
    office.says(200, document.dump());
    const auto read = office.partner.read_subscription(kTenant, "abc");
    office.says(200, "{}");
    (void)office.partner.change_subscription(kTenant, read.value, SubscriptionChange::suspend, kId);
    Json sent = office.body(1);
    std::string status = "status";
    for (const auto& [name, value] : document.items())
        if (normal(name) == "status") status = name;
    RC_ASSERT(sent[status] == "suspended");
    document[status] = "suspended";
    RC_ASSERT(sent.dump() == document.dump());
}

// --- Buying (3.6 to 3.8) ---

const OfferBinding kE3{"CFQ0TEST0AAA", "0001", "commercial", {}, {}};
const TermBilling kYearMonthly{Period{12}, Period{1}};

std::string availability(std::string_view id, std::string_view segment, std::string_view terms,
                         std::string_view more = {}) {
    return R"({"id":")" + std::string(id) + R"(","productId":"CFQ0TEST0AAA","skuId":"0001","segment":")" +
           std::string(segment) + R"(","terms":[)" + std::string(terms) + "]" + std::string(more) + "}";
}
constexpr const char* kTerm = R"({"duration":"P1Y","billingCycle":"Monthly"})";

TEST(PartnerCenter, PicksTheItemOfSegmentTermAndBilling) {
    Office office;
    office.says(
        200,
        page(availability("EDU", "education", kTerm) + "," +
             availability("THREE", "commercial", R"({"duration":"P3Y","billingCycle":"monthly"})") + "," +
             availability("YEARLY", "commercial", R"({"duration":"P1Y","billingCycle":"annual"})") + "," +
             availability("OLD", "commercial", kTerm, R"(,"isPurchasable":false)") + "," +
             availability("US", "commercial", kTerm, R"(,"country":"US")") + "," +
             availability("RIGHT", "Commercial", kTerm, R"(,"isPurchasable":true,"country":"de")")));
    const auto item = office.partner.resolve_item(kTenant, kE3, kYearMonthly);
    ASSERT_TRUE(item.ok()) << item.text;
    EXPECT_EQ(item.value.id, "CFQ0TEST0AAA:0001:RIGHT");
    EXPECT_EQ(office.line(), "GET " + kCustomer +
                                 "/products/CFQ0TEST0AAA/skus/0001/availabilities?targetSegment=commercial");
}

TEST(PartnerCenter, RefusesToChooseBetweenTwoItems) {  // 5.6: the first one found may be wrong
    Office office;
    office.says(
        200, page(availability("ONE", "commercial", kTerm) + "," + availability("TWO", "commercial", kTerm)));
    const auto two = office.partner.resolve_item(kTenant, kE3, kYearMonthly);
    EXPECT_EQ(two.reply_class, ReplyClass::permanent);
    EXPECT_EQ(two.value.id, "");
    office.says(200, page(availability("ONE", "education", kTerm)));
    EXPECT_EQ(office.partner.resolve_item(kTenant, kE3, kYearMonthly).reply_class, ReplyClass::absent);
    // The same row twice is one item.
    office.says(200, page(availability("ONE", "commercial", std::string(kTerm) + "," + kTerm)));
    EXPECT_TRUE(office.partner.resolve_item(kTenant, kE3, kYearMonthly).ok());
    // HTTP 200 with a code in it is no answer to the question.
    office.says(200, R"({"code":400072,"description":"item not available"})");
    EXPECT_EQ(office.partner.resolve_item(kTenant, kE3, kYearMonthly).reply_class, ReplyClass::re_resolve);
}

TEST(PartnerCenter, MakesACartOfOneLine) {  // 3.7
    Office office;
    office.says(201, R"({"id":"cart-7","status":"Active","lineItems":[{"id":0}]})");
    const auto cart =
        office.partner.create_cart(kTenant, {"P:0001:A", "Made-up E3 [tw-1]", 12, kYearMonthly}, kId);
    EXPECT_EQ(cart.value.id, "cart-7");
    EXPECT_EQ(cart.value.line_error, "");
    EXPECT_EQ(office.line(), "POST " + kCustomer + "/carts");
    EXPECT_EQ(office.body(), Json::parse(R"({"PartnerOnRecordAttestationAccepted":true,"lineItems":[
        {"id":0,"catalogItemId":"P:0001:A","friendlyName":"Made-up E3 [tw-1]","quantity":12,
         "billingCycle":"monthly","termDuration":"P1Y"}]})"));
}

TEST(PartnerCenter, TermsAndBillingAreWrittenAsTheServiceDoes) {
    for (const auto& [sold_as, term, billing] :
         {std::tuple{TermBilling{Period{1}, Period{1}}, "P1M", "monthly"},
          std::tuple{TermBilling{Period{12}, Period{12}}, "P1Y", "annual"},
          std::tuple{TermBilling{Period{36}, Period{36}}, "P3Y", "triennial"}}) {
        Office office;
        office.says(201, R"({"id":"c"})");
        (void)office.partner.create_cart(kTenant, {"i", "n", 1, sold_as}, kId);
        EXPECT_EQ(office.body()["lineItems"][0]["termDuration"], term);
        EXPECT_EQ(office.body()["lineItems"][0]["billingCycle"], billing);
    }
}

TEST(PartnerCenter, ACartThatWasMadeCanHoldLinesThatFailed) {  // 3.7, 4.1 e
    const auto cart = [](std::string_view lines) {
        Office office;
        office.says(201, R"({"id":"c","lineItems":[)" + std::string(lines) + "]}");
        return office.partner.create_cart(kTenant, {}, kId).value;
    };
    EXPECT_EQ(cart(R"({"error":{"errorCode":400041,"errorDescription":"no prerequisite"}})").line_error,
              "400041: no prerequisite");
    EXPECT_FALSE(cart(R"({"error":{"errorCode":400041}})").line_is_stale);
    EXPECT_TRUE(cart(R"({"error":{"errorCode":"10001"}})").line_is_stale);
    EXPECT_TRUE(cart(R"({"error":{"errorCode":"CatalogItemIdIsNotValid"}})").line_is_stale);
    EXPECT_NE(cart(R"({"addonItems":[{"error":{"errorCode":10018}}]})").line_error, "");
    EXPECT_EQ(cart(R"({"error":null})").line_error, "");
}

TEST(PartnerCenter, ReadsWhetherACartWasOrdered) {
    Office office;
    office.says(200, R"({"id":"c","status":"Ordered"})");
    EXPECT_EQ(office.partner.read_cart(kTenant, "c").value.id, "c");
    EXPECT_EQ(office.line(), "GET " + kCustomer + "/carts/c");
    office.says(404, R"({"code":800008})");
    EXPECT_EQ(office.partner.read_cart(kTenant, "c").reply_class, ReplyClass::re_resolve);
}

TEST(PartnerCenter, ChecksOutACart) {  // 3.7
    Office office;
    office.says(201,
                R"({"orders":[{"id":"a1b2c3","status":"pending","lineItems":[{"subscriptionId":"ABC"}]}]})");
    office.says(201, R"({"id":"root1","status":"partial success","lineItems":[{"offerId":"x"}]})");
    office.says(201,
                R"({"orders":[],"orderErrors":[{"orderGroupId":"1","code":800010,"description":"gone"}]})");
    office.says(201, R"({"orders":[]})");
    const auto first = office.partner.checkout(kTenant, "c", kId);
    EXPECT_EQ(office.line(), "POST " + kCustomer + "/carts/c/checkout");
    EXPECT_EQ(first.value.id, "a1b2c3");
    EXPECT_EQ(first.value.subscription_id, "abc");
    const auto at_the_root = office.partner.checkout(kTenant, "c", kId);
    EXPECT_EQ(at_the_root.value.id, "root1");
    EXPECT_EQ(at_the_root.value.status, "partialsuccess");
    EXPECT_EQ(at_the_root.value.subscription_id, "");
    const auto failed = office.partner.checkout(kTenant, "c", kId);
    EXPECT_EQ(failed.value.id, "");
    EXPECT_EQ(failed.value.error, "800010: gone");
    // Neither an order nor an error: nobody knows what happened, and "nothing" would buy twice.
    EXPECT_EQ(office.partner.checkout(kTenant, "c", kId).reply_class, ReplyClass::transient);
}

TEST(PartnerCenter, ReadsOrdersAndProvisioning) {  // 3.8, 3.11
    Office office;
    office.says(200, R"({"id":"o","status":"Pending Review","lineItems":[{"lineItemNumber":0},
                         {"lineItemNumber":1,"subscriptionId":"S2"}]})");
    const auto order = office.partner.read_order(kTenant, "o");
    EXPECT_EQ(order.value.status, "pendingreview");
    EXPECT_EQ(order.value.subscription_id, "s2");
    for (const auto& [word, state] :
         {std::pair{"success", Provisioning::success}, std::pair{"Pending", Provisioning::pending},
          std::pair{"failed", Provisioning::failed}, std::pair{"none", Provisioning::unknown}}) {
        office.says(200, std::string(R"({"status":")") + word + "\"}");
        EXPECT_EQ(office.partner.read_provisioning(kTenant, "s").value, state) << word;
    }
    EXPECT_EQ(office.line(1), "GET " + kCustomer + "/subscriptions/s/provisioningstatus");
}

// --- Licences (3.15) ---

TEST(PartnerCenter, ReadsTheLicencesOfAUser) {
    Office office;
    office.says(200, R"({"items":[{"productSku":{"id":"BBBB"}},{"productSku":{"id":"aaaa"}}]})");
    const auto user = office.partner.read_user(kTenant, "u");
    ASSERT_EQ(user.value.licences.size(), 2U);
    EXPECT_EQ(user.value.licences[0].sku, "aaaa");
    EXPECT_TRUE(user.value.holds("bbbb"));
    EXPECT_FALSE(user.value.holds("cccc"));
    EXPECT_EQ(office.line(), "GET " + kCustomer + "/users/u/licenses");
}

TEST(PartnerCenter, ReadsWhichServicesAreSwitchedOff) {
    Office office;
    office.says(200, R"({"items":[{"productSku":{"id":"a"},"servicePlans":[
        {"id":"P1","serviceName":"MAIL","capabilityStatus":"Assigned"},
        {"id":"P2","capabilityStatus":"enabled"}, {"id":"p3","capabilityStatus":"Disabled"},
        {"id":"p4","capabilityStatus":"Warning"}, {"id":"p5"}]}]})");
    const auto plans = office.partner.read_user(kTenant, "u").value.licences.at(0).plans;
    using enum LivePlan::State;
    ASSERT_EQ(plans.size(), 5U);
    EXPECT_EQ(plans[0].id, "p1");
    EXPECT_EQ(plans[0].name, "MAIL");
    for (const auto& [at, state] : {std::pair{0, on}, std::pair{1, on}, std::pair{2, off},
                                    std::pair{3, unclear}, std::pair{4, unclear}})
        EXPECT_EQ(plans[static_cast<std::size_t>(at)].state, state) << at;
    office.says(200, R"({"items":[{"productSku":{"id":"a"},"servicePlans":[{"serviceName":"MAIL"}]}]})");
    EXPECT_EQ(office.partner.read_user(kTenant, "u").reply_class, ReplyClass::transient);
}

TEST(PartnerCenter, ReadsTheStockOfBothGroupsOfLicences) {  // 3.14
    Office office;
    office.says(200,
                R"({"items":[{"consumedUnits":7,"productSku":{"id":"A"},"servicePlans":[{"id":"P"}]}]})");
    const auto stock = office.partner.list_stock(kTenant);
    ASSERT_EQ(stock.value.size(), 1U);
    EXPECT_EQ(stock.value[0].licence.sku, "a");
    EXPECT_EQ(stock.value[0].licence.plans.at(0).id, "p");
    EXPECT_EQ(stock.value[0].consumed, 7);
    EXPECT_EQ(office.line(),
              "GET " + kCustomer + "/subscribedskus?licenseGroupIds=Group1&licenseGroupIds=Group2");
    office.says(200, R"({"items":[{"consumedUnits":7}]})");
    EXPECT_EQ(office.partner.list_stock(kTenant).reply_class, ReplyClass::transient);
}

TEST(PartnerCenter, OneLicenceGoesAndOneComesInOneCall) {
    Office office;
    office.says(201, R"({"licensesToAssign":[{"skuId":"new"}],"licenseWarnings":[]})");
    const auto reply = office.partner.update_licences(kTenant, "u", {"new", "old", {"p1", "p2"}}, kId);
    EXPECT_EQ(reply.value, "");
    EXPECT_EQ(office.server.requests.size(), 1U);
    EXPECT_EQ(office.line(), "POST " + kCustomer + "/users/u/licenseupdates");
    EXPECT_EQ(office.body()["LicensesToAssign"][0]["SkuId"], "new");
    EXPECT_EQ(office.body()["LicensesToAssign"][0]["ExcludedPlans"], Json::parse(R"(["p1","p2"])"));
    EXPECT_EQ(office.body()["LicensesToRemove"], Json::parse(R"(["old"])"));

    office.says(201,
                R"({"licenseWarnings":[{"code":"7","message":"half of it"},{"code":8,"message":"more"}]})");
    EXPECT_EQ(office.partner.update_licences(kTenant, "u", {"n", "o", {}}, kId).value,
              "7: half of it; 8: more");
    EXPECT_TRUE(office.body(1)["LicensesToAssign"][0]["ExcludedPlans"].is_null());
    office.says(400,
                R"({"code":60012,"description":"none left","data":["LicenseQuotaExceededException : x"]})");
    EXPECT_EQ(office.partner.update_licences(kTenant, "u", {"n", "o", {}}, kId).reply_class,
              ReplyClass::not_ready);
}

}  // namespace
}  // namespace termwise::live
