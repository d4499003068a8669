// From a cart to licences: what a hand-over needs.
#include <gtest/gtest.h>

#include "emulator/client.h"

namespace termwise::test {
namespace {

using emulator::Emulator;
using emulator::Options;

struct Purchase : ::testing::Test {
    const Scenario scenario = moving_scenario().build();
    Emulator world{scenario};
    Client client{world};
    const std::string customer = "customers/" + world.binding().customers.at("contoso");

    std::string item(const std::string& segment = "commercial") {
        const OfferBinding& offer = world.binding().offers.at("e3-csp");
        const Json found = client.get("products/" + offer.product + "/skus/" + offer.sku +
                                      "/availabilities?country=DE&targetSegment=" + segment);
        return found.at("items").at(0).at("catalogItemId").get<std::string>();
    }
    Json cart_body(const std::string& item, int seats, const std::string& term = "P1Y") {
        return {{"PartnerOnRecordAttestationAccepted", true},
                {"LineItems", Json::array({{{"Id", 0},
                                            {"CatalogItemId", item},
                                            {"Quantity", seats},
                                            {"BillingCycle", "monthly"},
                                            {"TermDuration", term}}})}};
    }
    /// The cart's id.
    std::string cart(int seats = 10) {
        return client.call("POST", customer + "/carts", cart_body(item(), seats)).at("id").get<std::string>();
    }
    Json checkout(const std::string& id) {
        return client.call("POST", customer + "/carts/" + id + "/checkout");
    }
    /// Buys and waits until the licences are there; the live id.
    std::string buy(int seats = 10) {
        const Json order = checkout(cart(seats)).at("orders").at(0);
        world.advance_to(world.now() + 7200);
        return client.get(customer + "/orders/" + order.at("id").get<std::string>())
            .at("lineItems")
            .at(0)
            .at("subscriptionId")
            .get<std::string>();
    }
};

TEST_F(Purchase, TakesACartToAnActiveSubscriptionWithLicences) {
    const Json order = checkout(cart()).at("orders").at(0);
    EXPECT_EQ(client.status, 201);
    EXPECT_EQ(order.at("status"), "pending");
    EXPECT_FALSE(order.at("lineItems").at(0).contains("subscriptionId"));
    EXPECT_EQ(client.get(customer + "/subscriptions").at("totalCount"), 0);
    EXPECT_EQ(client.get(customer + "/orders").at("totalCount"), 0);  // lists are late

    world.advance_to(world.now() + 120);
    const Json done = client.get(customer + "/orders/" + order.at("id").get<std::string>());
    EXPECT_EQ(done.at("status"), "completed");
    const std::string id = done.at("lineItems").at(0).at("subscriptionId");
    const Json sub = client.get(customer + "/subscriptions/" + id);
    EXPECT_EQ(sub.at("status"), "active");
    EXPECT_EQ(sub.at("quantity"), 10);
    EXPECT_EQ(sub.at("commitmentEndDateTime"), "2027-01-04T23:59:59Z");
    EXPECT_EQ(client.get(customer + "/subscriptions/" + id + "/provisioningstatus").at("status"), "pending");
    world.advance_to(world.now() + 1800);
    EXPECT_EQ(client.get(customer + "/subscriptions/" + id + "/provisioningstatus").at("status"), "success");
    EXPECT_EQ(client.get(customer + "/orders").at("totalCount"), 1);
    EXPECT_TRUE(world.violations().empty()) << world.violations().front();
}

TEST_F(Purchase, MovesUsersInOneCallEach) {
    const OfferBinding& before = world.binding().offers.at("e3-open");
    const OfferBinding& after = world.binding().offers.at("e3-csp");
    const Json update{{"licensesToAssign", Json::array({{{"skuId", after.licence_sku}}})},
                      {"licensesToRemove", {before.licence_sku}}};
    const std::string user =
        customer + "/users/" + world.binding().subscriptions.at("contoso-e3").users.at(0);
    client.call("POST", user + "/licenseupdates", update);
    EXPECT_EQ(client.status, 400);  // nothing is bought yet
    buy();
    for (const std::string& id : world.binding().subscriptions.at("contoso-e3").users)
        client.call("POST", customer + "/users/" + id + "/licenseupdates", update);
    EXPECT_EQ(client.status, 201);
    const Json held = client.get(user + "/licenses");
    ASSERT_EQ(held.at("totalCount"), 1);
    EXPECT_EQ(held.at("items").at(0).at("productSku").at("id"), after.licence_sku);
    world.end_by_person(world.binding().subscriptions.at("contoso-e3").live_id, world.now());
    EXPECT_TRUE(world.ledgers().gaps.empty());
}

// What a user has switched off in one licence is to stay off in another that has it as well (3.15).
TEST_F(Purchase, KnowsServicesThatAreSwitchedOff) {
    buy();
    const std::string tenant = world.binding().customers.at("contoso");
    const std::string before = world.binding().offers.at("e3-open").licence_sku;
    const std::string after = world.binding().offers.at("e3-csp").licence_sku;
    const std::string user = world.binding().subscriptions.at("contoso-e3").users.at(0);
    const std::string path = customer + "/users/" + user;
    const auto services = [&] { return client.get(path + "/licenses").at("items").at(0).at("servicePlans"); };
    const std::string shared = services().at(0).at("id");
    const std::string own = services().at(1).at("id");
    const auto replace = [&](const Json& off) {
        client.call("POST", path + "/licenseupdates",
                    {{"LicensesToAssign", Json::array({{{"SkuId", after}, {"ExcludedPlans", off}}})},
                     {"LicensesToRemove", Json::array({before})}});
        EXPECT_EQ(client.status, 201);
    };
    world.assign_by_person(tenant, user, before, true, {shared, own});
    EXPECT_EQ(services().at(0).at("capabilityStatus"), "Disabled");
    replace(Json::array({shared}));
    EXPECT_EQ(services().at(0).at("id"), shared);
    EXPECT_EQ(services().at(0).at("capabilityStatus"), "Disabled");
    EXPECT_EQ(services().at(1).at("capabilityStatus"), "Assigned");
    EXPECT_TRUE(world.violations().empty()) << world.violations().front();
    world.assign_by_person(tenant, user, before, true, {shared, own});
    replace(nullptr);
    ASSERT_EQ(world.violations().size(), 1U);
    EXPECT_NE(world.violations()[0].find("a service that was switched off for a user is switched on"),
              std::string::npos);
}

TEST_F(Purchase, HidesLicencesThatComeThroughAGroup) {
    const std::string sku = world.binding().offers.at("e3-open").licence_sku;
    const std::string user = world.binding().subscriptions.at("contoso-e3").users.at(0);
    const std::string path = customer + "/users/" + user;
    const auto consumed = [&] {
        const Json answer = client.get(customer + "/subscribedskus");
        for (const Json& row : answer.at("items"))
            if (row.at("productSku").at("id") == sku) return row.at("consumedUnits").get<int>();
        return -1;
    };
    const int before = consumed();
    world.assign_through_group(world.binding().customers.at("contoso"), user, sku);
    EXPECT_EQ(consumed(), before);
    EXPECT_TRUE(client.get(path + "/licenses").at("items").empty());
    client.call("POST", path + "/licenseupdates", {{"LicensesToRemove", Json::array({sku})}});
    EXPECT_EQ(consumed(), before);
}

TEST_F(Purchase, WritesDownWhoGoesWithoutService) {
    world.advance_to(start_of("2026-02-01"_day));
    world.end_by_person(world.binding().subscriptions.at("contoso-e3").live_id, start_of("2026-02-03"_day));
    world.advance_to(start_of("2026-02-04"_day));
    ASSERT_EQ(world.ledgers().gaps.size(), 10U);
    EXPECT_EQ(to_text(world.ledgers().gaps.at(0).from), "2026-02-03T00:00:00Z");
    EXPECT_FALSE(world.ledgers().gaps.at(0).to.has_value());
}

TEST_F(Purchase, BillsWhatTheModelBills) {
    buy();
    world.advance_to(start_of(scenario.h1()));
    // Twelve months from 2026-01-05, ten seats at 22.00.
    EXPECT_EQ(world.ledgers().charges(true, scenario.horizon), "2640.00"_usd);
    EXPECT_EQ(world.ledgers().refunds(true, scenario.horizon), Money());
}

TEST_F(Purchase, RepeatsACheckoutWithoutBuyingTwice) {
    const std::string id = cart();
    const Json first = checkout(id);
    EXPECT_EQ(checkout(id), first);
    EXPECT_EQ(world.ledgers().lives.size(), 2U);
    EXPECT_TRUE(world.violations().empty());
}

TEST_F(Purchase, NoticesWhatIsBoughtTwice) {
    checkout(cart());
    checkout(cart());
    ASSERT_EQ(world.violations().size(), 1U);
    EXPECT_NE(world.violations().front().find("no subscription of the scenario is left"), std::string::npos);
}

TEST_F(Purchase, RefusesTheWrongSegmentAndTheWrongTermInTheLine) {
    const Json education = client.call("POST", customer + "/carts", cart_body(item("education"), 10));
    EXPECT_EQ(client.status, 201);
    EXPECT_EQ(education.at("lineItems").at(0).at("error").at("errorCode"), 10001);
    const Json term = client.call("POST", customer + "/carts", cart_body(item(), 10, "P3Y"));
    EXPECT_EQ(term.at("lineItems").at(0).at("error").at("errorCode"), 10013);
    EXPECT_EQ(checkout(term.at("id").get<std::string>()).at("code"), 800009);
}

TEST_F(Purchase, ForgetsCartsAndRotatesAvailabilities) {
    const std::string id = cart();
    world.rotate_availabilities();
    EXPECT_EQ(checkout(id).at("code"), 400019);
    world.advance_to(world.now() + 604'800);
    EXPECT_EQ(checkout(id).at("code"), 800008);
    EXPECT_EQ(client.status, 404);
}

TEST_F(Purchase, CancelsInTheWindowAndRefundsByTheDay) {
    const std::string id = buy();
    world.advance_to(start_of("2026-01-08"_day));
    Json sub = client.get(customer + "/subscriptions/" + id);
    sub["status"] = "deleted";
    EXPECT_EQ(client.call("PATCH", customer + "/subscriptions/" + id, sub).at("status"), "deleted");
    // 220.00 for the 31 days from the 5th; 28 of them come back.
    EXPECT_EQ(world.ledgers().refunds(true, scenario.horizon), "198.71"_usd);
    EXPECT_EQ(client.call("PATCH", customer + "/subscriptions/" + id, sub).at("code"), 2011);
}

TEST_F(Purchase, DoesNotCancelAfterTheWindow) {
    const std::string id = buy();
    world.advance_to(start_of("2026-01-13"_day));
    Json sub = client.get(customer + "/subscriptions/" + id);
    sub["status"] = "deleted";
    EXPECT_EQ(client.call("PATCH", customer + "/subscriptions/" + id, sub).at("code"), 900117);
}

TEST_F(Purchase, SwitchesAutoRenewOffWithAMinimalBodyAndSaysThatItWasWrong) {
    const std::string id = buy();
    client.get(customer + "/subscriptions/" + id);
    const Json answer = client.call("PATCH", customer + "/subscriptions/" + id, {{"quantity", 11}});
    EXPECT_EQ(answer.at("autoRenewEnabled"), false);
    EXPECT_EQ(answer.at("quantity"), 11);
    ASSERT_FALSE(world.violations().empty());
    EXPECT_NE(world.violations().front().find("the change leaves out"), std::string::npos);
}

TEST_F(Purchase, RenewsAtMidnightAfterTheInclusiveEnd) {
    const std::string id = buy();
    world.advance_to(start_of("2027-01-05"_day) - 1);
    EXPECT_EQ(client.get(customer + "/subscriptions/" + id).at("commitmentEndDate"), "2027-01-04T00:00:00Z");
    world.advance_to(start_of("2027-01-05"_day));
    Json sub = client.get(customer + "/subscriptions/" + id);
    EXPECT_EQ(sub.at("commitmentEndDate"), "2028-01-04T00:00:00Z");
    sub["autoRenewEnabled"] = false;
    EXPECT_EQ(client.call("PATCH", customer + "/subscriptions/" + id, sub).at("code"), 900278);
    world.advance_to(world.now() + 7200);
    sub = client.get(customer + "/subscriptions/" + id);
    sub["autoRenewEnabled"] = false;
    EXPECT_EQ(client.call("PATCH", customer + "/subscriptions/" + id, sub).at("autoRenewEnabled"), false);
}

TEST_F(Purchase, NeedsTheAgreement) {
    SmallScenario s = moving_scenario();
    s.customer("contoso").relationship = Relationship::pending;
    const Scenario pending = s.build();
    Emulator other(pending);
    Client asks(other);
    const std::string tenant = other.binding().customers.at("contoso");
    EXPECT_EQ(asks.get("customers/" + tenant).at("code"), 20002);
    EXPECT_EQ(asks.get("customers?size=0").at("totalCount"), 0);
    other.accept_invitation(tenant, false);
    other.advance_to(other.now() + 600);
    EXPECT_EQ(asks.get("customers?size=0").at("totalCount"), 1);
    EXPECT_EQ(asks.get("customers/" + tenant + "/users").at("code"), 900308);
    EXPECT_EQ(
        asks.get("customers/" + tenant + "/directSignedMicrosoftCustomerAgreementStatus").at("isSigned"),
        false);
    const OfferBinding& offer = other.binding().offers.at("e3-csp");
    const std::string item = asks.get("products/" + offer.product + "/skus/" + offer.sku +
                                      "/availabilities?country=DE&targetSegment=commercial")
                                 .at("items")
                                 .at(0)
                                 .at("catalogItemId");
    const std::string cart_id =
        asks.call("POST", "customers/" + tenant + "/carts", cart_body(item, 10)).at("id");
    EXPECT_EQ(asks.call("POST", "customers/" + tenant + "/carts/" + cart_id + "/checkout").at("code"), 13605);
    other.sign_agreement(tenant);
    EXPECT_TRUE(
        asks.call("POST", "customers/" + tenant + "/carts/" + cart_id + "/checkout").contains("orders"));
}

TEST_F(Purchase, IsTheSameWorldForTheSameSeed) {
    Emulator again(scenario);
    Options options;
    options.seed = 2;
    Emulator other(scenario, options);
    EXPECT_EQ(world.binding(), again.binding());
    EXPECT_NE(world.binding(), other.binding());
    Client second(again);
    EXPECT_EQ(client.get("customers?size=0"), second.get("customers?size=0"));
}

}  // namespace
}  // namespace termwise::test
