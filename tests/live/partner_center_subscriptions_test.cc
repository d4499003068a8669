// Subscriptions, purchases and licences (partner-center reference, section 3) as they go over the wire, and
// what their answers are taken for. Traps are cited where they lie.
#include "live/partner_center.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "live/office.h"
#include "support/dice.h"

namespace termwise::live {
namespace {

using test::kCustomer;
using test::kId;
using test::kTenant;
using test::Office;
using test::page;

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
