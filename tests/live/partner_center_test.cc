// How calls of the partner-center reference are made: what every one carries, whom it is for, how lists go
// on, and what is known of customers. Traps are cited where they lie.
#include "live/partner_center.h"

#include <gtest/gtest.h>

#include "live/office.h"

namespace termwise::live {
namespace {

using test::kCustomer;
using test::kId;
using test::kTenant;
using test::Office;
using test::page;
using test::ScriptedTransport;

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

}  // namespace
}  // namespace termwise::live
