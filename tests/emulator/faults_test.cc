// Every fault: what the wire shows, what becomes of the world, and what is written down about a client that
// takes it badly.
#include <gtest/gtest.h>

#include <stdexcept>

#include "emulator/client.h"

namespace termwise::test {
namespace {

using emulator::Emulator;
using emulator::parse_fault;

struct Faults : ::testing::Test {
    const Scenario scenario = moving_scenario().build();
    Emulator world{scenario};
    Client client{world};
    const std::string customer = "customers/" + world.binding().customers.at("contoso");

    Faults() { client.use(client.token()); }  // before any fault

    void strike(const std::string& spec) { world.inject(parse_fault(spec)); }
    std::string item() {
        const OfferBinding& offer = world.binding().offers.at("e3-csp");
        return client
            .get("products/" + offer.product + "/skus/" + offer.sku +
                 "/availabilities?country=DE&targetSegment=commercial")
            .at("items")
            .at(0)
            .at("catalogItemId");
    }
    Json cart_body() {
        return {{"partnerOnRecordAttestationAccepted", true},
                {"lineItems", Json::array({{{"id", 0},
                                            {"catalogItemId", item()},
                                            {"quantity", 10},
                                            {"billingCycle", "monthly"},
                                            {"termDuration", "P1Y"}}})}};
    }
    std::string checkout_path() {
        const Json cart = client.call("POST", customer + "/carts", cart_body());
        return customer + "/carts/" + cart.at("id").get<std::string>() + "/checkout";
    }
    std::string buy() {
        const Json order = client.call("POST", checkout_path()).at("orders").at(0);
        world.advance_to(world.now() + 7200);
        return client.get(customer + "/orders/" + order.at("id").get<std::string>())
            .at("lineItems")
            .at(0)
            .at("subscriptionId");
    }
    std::size_t bought() const { return world.ledgers().lives.size() - 1; }
    std::string licence_updates(std::size_t user) {
        return customer + "/users/" + world.binding().subscriptions.at("contoso-e3").users.at(user) +
               "/licenseupdates";
    }
    Json update() {
        return {
            {"licensesToAssign", Json::array({{{"skuId", world.binding().offers.at("e3-csp").licence_sku}}})},
            {"licensesToRemove", Json::array({world.binding().offers.at("e3-open").licence_sku})}};
    }
};

TEST_F(Faults, AreReadFromTextWithTheirMistakes) {
    const emulator::Fault fault = parse_fault("throttle,method=GET,path=/v1/*,nth=3,times=0,argument=7");
    EXPECT_EQ(to_text(fault), "throttle,method=GET,path=/v1/*,nth=3,times=0,argument=7");
    for (const std::string_view kind : emulator::fault_kinds()) EXPECT_EQ(to_text(parse_fault(kind)), kind);
    const auto message = [](std::string_view spec) -> std::string {
        try {
            (void)parse_fault(spec);
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(message("lost-anser"), "there is no fault \"lost-anser\"; did you mean \"lost-answer\"?");
    EXPECT_EQ(message("slow,metod=GET"), "a fault has no \"metod\"; did you mean \"method\"?");
    EXPECT_EQ(message("slow,nth=0"), "a fault's nth is a whole number from 1, not \"0\"");
    EXPECT_EQ(message("slow,nth"), "a fault is KIND,KEY=VALUE,...; \"nth\" has no =");
}

TEST_F(Faults, StrikeTheCallsTheyAreMeantFor) {
    strike("server-error,method=GET,path=/v1/CUSTOMERS/*/subscriptions,nth=2,times=2");
    std::vector<int> seen;
    for (int i = 0; i < 5; ++i) {
        client.get(customer + "/subscriptions");
        seen.push_back(client.status);
        client.get(customer);
        EXPECT_EQ(client.status, 200);
    }
    EXPECT_EQ(seen, (std::vector<int>{200, 503, 503, 200, 200}));
    EXPECT_EQ(world.faults_left(), 0U);
}

TEST_F(Faults, LoseAnswersAfterAndRequestsBeforeTheyAreCarriedOut) {
    const std::string path = checkout_path();
    strike("lost-request,path=*/checkout");
    EXPECT_EQ(client.send("POST", path).no_answer, NoAnswer::reset);
    EXPECT_EQ(bought(), 0U);
    strike("lost-answer,path=*/checkout");
    EXPECT_FALSE(client.send("POST", path).response);
    EXPECT_EQ(bought(), 1U);
    client.call("POST", path);
    EXPECT_EQ(bought(), 1U);
    strike("slow,path=*/subscriptions");
    EXPECT_EQ(client.send("GET", customer + "/subscriptions").no_answer, NoAnswer::timed_out);
    strike("truncated,path=*/subscriptions");
    EXPECT_EQ(client.send("GET", customer + "/subscriptions").no_answer, NoAnswer::truncated);
    strike("garbage,path=*/subscriptions");
    EXPECT_EQ(client.send("GET", customer + "/subscriptions").no_answer, NoAnswer::malformed);
    EXPECT_FALSE(world.ledgers().mutations.at(1).answered);
    EXPECT_TRUE(world.violations().empty());
}

TEST_F(Faults, RememberRequestIdsInOneModeAndNotInTheOther) {
    emulator::Options options = world.options();
    set_switch(options, "request-id", "replay");
    world.set_options(options);
    const Json body = cart_body();
    strike("lost-answer,path=*/carts");
    client.request_id = "the-same";
    EXPECT_FALSE(client.send("POST", customer + "/carts", body).response);
    const Json again = client.call("POST", customer + "/carts", body);
    const Json third = client.call("POST", customer + "/carts", body);
    EXPECT_EQ(again.at("id"), third.at("id"));
    ASSERT_EQ(world.violations().size(), 1U);  // the third: it had been answered
    EXPECT_NE(world.violations().at(0).find("answered before"), std::string::npos);
}

TEST_F(Faults, ThrottleAndCountWhoDoesNotWait) {
    strike("throttle,path=*/subscriptions,argument=60");
    const Json answer = client.get(customer + "/subscriptions");
    EXPECT_EQ(client.status, 429);
    EXPECT_FALSE(answer.contains("code"));
    EXPECT_EQ(header_value(client.headers, "Retry-After"), "60");
    client.get(customer);
    EXPECT_EQ(client.status, 429);
    EXPECT_EQ(header_value(client.headers, "Retry-After"), "90");  // longer, for impatience
    EXPECT_EQ(world.violations().size(), 1U);
    world.advance_to(world.now() + 90);
    client.get(customer);
    EXPECT_EQ(client.status, 200);
}

TEST_F(Faults, LimitTheRateIfTold) {
    emulator::Options options = world.options();
    options.rate_limit = 3;
    world.set_options(options);
    for (int i = 0; i < 3; ++i) client.get(customer);
    EXPECT_EQ(client.status, 200);
    client.get(customer);
    EXPECT_EQ(client.status, 429);
    EXPECT_TRUE(world.violations().empty());
}

TEST_F(Faults, RefuseTokens) {
    client.get(customer);
    strike("expired-token");
    EXPECT_EQ(client.get(customer).at("code"), 400);
    EXPECT_EQ(client.status, 401);
    EXPECT_TRUE(world.violations().empty());
    client.get(customer);
    EXPECT_EQ(world.violations().size(), 1U);  // the same token once more
    client.use(client.token());
    strike("mfa");
    const HttpOutcome refused = client.send("GET", customer);
    EXPECT_EQ(refused.response->status, 401);
    EXPECT_EQ(refused.response->reason, "Unauthorized - MFA required");
    EXPECT_EQ(refused.response->body, "");
    client.use(client.token(false));
    client.get(customer + "/subscriptions");
    EXPECT_EQ(client.status, 200);
    EXPECT_EQ(client.get(customer + "/users").at("code"), 900329);
    EXPECT_EQ(client.call("POST", licence_updates(0), update()).at("code"), 900316);
    world.set_multi_factor(false);
    client.use(client.token());
    EXPECT_EQ(client.send("GET", customer).response->status, 401);
}

TEST_F(Faults, StrikeTokensToo) {
    const auto ask = [&] {
        const emulator::Credentials who = world.credentials();
        return world.handle({"POST",
                             client.base + "/" + who.tenant + "/oauth2/token",
                             {},
                             "grant_type=refresh_token&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com"
                             "&client_id=" +
                                 who.client_id + "&client_secret=" + who.client_secret +
                                 "&refresh_token=" + who.refresh_token});
    };
    strike("server-error,path=*/token");
    EXPECT_EQ(ask().response->status, 503);
    strike("throttle,path=*/token,argument=9");
    EXPECT_EQ(header_value(ask().response->headers, "Retry-After"), "9");
    strike("refused,path=*/token");
    EXPECT_EQ(Json::parse(ask().response->body).at("error"), "invalid_grant");
    strike("lost-answer,path=*/token");
    EXPECT_FALSE(ask().response);
    strike("mfa,path=*/token");
    client.use(Json::parse(ask().response->body).at("access_token"));
    EXPECT_EQ(client.send("GET", customer).response->status, 401);
    const Json answer = Json::parse(ask().response->body);
    EXPECT_EQ(answer.at("expires_in"), "3600");
    EXPECT_NE(answer.at("refresh_token"), world.credentials().refresh_token);
}

TEST_F(Faults, AnswerWithTheDocumentedErrors) {
    for (const auto& [spec, status, code] :
         {std::tuple{"conflict", 409, 900278}, std::tuple{"conflict,argument=800060", 409, 800060},
          std::tuple{"stale", 400, 2055}, std::tuple{"no-agreement", 403, 13605},
          std::tuple{"rotated", 404, 400019}, std::tuple{"expired-cart", 404, 800008},
          std::tuple{"no-stock", 400, 60012}, std::tuple{"usage-location", 400, 60000},
          std::tuple{"app-only", 403, 900329}, std::tuple{"wrong-token", 400, 900316},
          std::tuple{"refused,argument=800093", 400, 800093}, std::tuple{"inner-error", 200, 400072},
          std::tuple{"error-after,argument=500", 500, 800003}}) {
        strike(spec);
        EXPECT_EQ(client.get(customer + "/subscriptions").at("code"), code) << spec;
        EXPECT_EQ(client.status, status) << spec;
    }
    for (const auto& [form, status] : {std::pair{"412", 412}, std::pair{"417", 417}}) {
        emulator::Options options = world.options();
        set_switch(options, "stale-form", form);
        world.set_options(options);
        strike("stale");
        client.get(customer);
        EXPECT_EQ(client.status, status);
    }
    for (const std::string shape : {"html", "empty"}) {
        strike("server-error,argument=502,text=" + shape);
        EXPECT_EQ(client.send("GET", customer).response->body.empty(), shape == "empty");
    }
    strike("relationship-gone");
    EXPECT_EQ(client.get(customer).at("code"), 20002);
    EXPECT_EQ(client.get(customer).at("code"), 20002);  // and it stays gone
}

TEST_F(Faults, SpoilCartsAndCheckouts) {
    strike("cart-line,path=*/carts,argument=10015");
    const Json cart = client.call("POST", customer + "/carts", cart_body());
    EXPECT_EQ(client.status, 201);
    EXPECT_EQ(cart.at("lineItems").at(0).at("error").at("errorCode"), 10015);
    strike("partial-checkout,path=*/checkout");
    const Json partial = client.call("POST", checkout_path());
    EXPECT_TRUE(partial.at("orders").empty());
    EXPECT_EQ(partial.at("orderErrors").at(0).at("code"), 800010);
    EXPECT_EQ(bought(), 0U);
    strike("order-status,path=*/checkout,text=pending review");
    EXPECT_EQ(client.call("POST", checkout_path()).at("orders").at(0).at("status"), "pending review");
    EXPECT_EQ(bought(), 0U);
    strike("no-subscription-id,path=*/checkout,argument=86400");
    const std::string order =
        client.call("POST", checkout_path()).at("orders").at(0).at("id").get<std::string>();
    world.advance_to(world.now() + 86'000);
    EXPECT_EQ(client.get(customer + "/orders/" + order).at("status"), "pending");
    world.advance_to(world.now() + 86'400);
    EXPECT_EQ(client.get(customer + "/orders/" + order).at("status"), "completed");
}

TEST_F(Faults, HoldUnitsBack) {
    strike("late-units,path=*/checkout,argument=3600");
    buy();  // waits for two hours in all, units need half an hour and one
    client.call("POST", licence_updates(0), update());
    EXPECT_EQ(client.status, 201);
    strike("provisioning-failed,path=*/checkout");
    const Json order = client.call("POST", checkout_path()).at("orders").at(0);
    world.advance_to(world.now() + 7200);
    const std::string id = client.get(customer + "/orders/" + order.at("id").get<std::string>())
                               .at("lineItems")
                               .at(0)
                               .at("subscriptionId");
    EXPECT_EQ(client.get(customer + "/subscriptions/" + id + "/provisioningstatus").at("status"), "failed");
}

TEST_F(Faults, SpoilLicenceUpdates) {
    buy();
    strike("licence-warning,path=*/licenseupdates");
    EXPECT_EQ(client.call("POST", licence_updates(0), update()).at("licenseWarnings").size(), 1U);
    strike("user-gone,path=*/licenseupdates");
    EXPECT_EQ(client.call("POST", licence_updates(1), update()).at("code"), 60002);
    EXPECT_EQ(client.get(customer + "/users").at("totalCount"), 9);
    EXPECT_TRUE(world.ledgers().gaps.empty());
    strike("licence-half,path=*/licenseupdates");
    EXPECT_EQ(client.call("POST", licence_updates(2), update()).at("licenseWarnings").size(), 1U);
    EXPECT_EQ(world.ledgers().gaps.size(), 1U);  // that user has nothing now
    world.advance_to(world.now() + 60);
    client.call("POST", licence_updates(2), update());
    ASSERT_EQ(world.ledgers().gaps.size(), 1U);
    EXPECT_TRUE(world.ledgers().gaps.at(0).to.has_value());
}

TEST_F(Faults, ChangeSubscriptionsOtherwiseThanAsked) {
    const std::string path = customer + "/subscriptions/" + buy();
    const auto off = [&] {
        Json sub = client.get(path);
        sub["autoRenewEnabled"] = false;
        return client.call("PATCH", path, sub);
    };
    strike("ignored,method=PATCH");
    EXPECT_EQ(off().at("autoRenewEnabled"), false);
    EXPECT_EQ(client.get(path).at("autoRenewEnabled"), true);
    strike("lost-update,method=PATCH");
    Json sub = client.get(path);
    sub["autoRenewEnabled"] = false;
    EXPECT_EQ(client.call("PATCH", path, sub).at("quantity"), 10);  // the other's seat is lost
    strike("patch-202,method=PATCH");
    sub = client.get(path);
    sub["friendlyName"] = "another";
    EXPECT_TRUE(client.call("PATCH", path, sub).is_null());
    EXPECT_EQ(client.status, 202);
    EXPECT_EQ(client.get(path).at("friendlyName"), "e3-csp");
    world.advance_to(world.now() + 300);
    EXPECT_EQ(client.get(path).at("friendlyName"), "another");
    strike("minimal-answer,method=PATCH");
    sub = client.get(path);
    EXPECT_TRUE(client.call("PATCH", path, sub).is_null());
    EXPECT_EQ(client.status, 200);
}

TEST_F(Faults, DistortAnswers) {
    strike("noise");
    const HttpOutcome noisy = client.send("GET", customer);
    EXPECT_TRUE(noisy.response->body.starts_with("\xEF\xBB\xBF"));
    const Json body = Json::parse(noisy.response->body.substr(3));
    EXPECT_TRUE(body.contains("CompanyProfile"));
    EXPECT_EQ(header_value(noisy.response->headers, "X-Locale"), "en-US");
    strike("clock-skew,argument=3600");
    client.get(customer);
    EXPECT_EQ(header_value(client.headers, "Date"), "Mon, 05 Jan 2026 01:00:00 GMT");
    strike("html");
    EXPECT_EQ(client.send("GET", customer).response->status, 200);
    strike("huge,argument=1000000");
    EXPECT_EQ(client.send("GET", customer).response->body.size(), 1'000'000U);
    strike("wrong-types");
    EXPECT_EQ(client.get(customer).at("id"), 7);
    strike("redirect,text=https://elsewhere.invalid/");
    client.send("GET", customer);
    strike("redirect");
    EXPECT_EQ(header_value(client.send("GET", customer).response->headers, "Location"),
              "https://example.invalid/");
}

TEST_F(Faults, DisturbPages) {
    const auto follow = [&](const std::string& token) {
        return client.call("GET", customer + "/users?size=4&seekOperation=Next", nullptr,
                           {{"MS-ContinuationToken", token}});
    };
    Json page = client.get(customer + "/users?size=4");
    EXPECT_EQ(page.at("totalCount"), 4);
    EXPECT_EQ(page.at("links").at("next").at("uri"), "/" + customer + "/users?size=4&seekOperation=Next");
    page = follow(page.at("continuationToken"));
    strike("empty-page");
    page = follow(page.at("continuationToken"));
    EXPECT_EQ(page.at("totalCount"), 2);
    page = follow(page.at("continuationToken"));
    EXPECT_EQ(page.at("totalCount"), 0);
    EXPECT_FALSE(page.contains("continuationToken"));

    strike("double-row");
    page = client.get(customer + "/users?size=4");
    EXPECT_EQ(follow(page.at("continuationToken")).at("items").at(0), page.at("items").at(3));
    strike("lost-page,nth=2");
    page = client.get(customer + "/users?size=4");
    EXPECT_EQ(follow(page.at("continuationToken")).at("code"), 2000);
    strike("endless,times=0");
    page = client.get(customer + "/users?size=20");
    for (int i = 0; i < 5; ++i) page = follow(page.at("continuationToken"));
    EXPECT_TRUE(page.contains("continuationToken"));
}

TEST_F(Faults, NoticeHeadersThatAreMissing) {
    const HttpOutcome outcome =
        world.handle({"GET", "http://localhost/v1/customers?size=0", {{"Accept", "application/json"}}, ""});
    EXPECT_EQ(outcome.response->status, 401);
    EXPECT_EQ(world.violations().size(), 3U);
}

}  // namespace
}  // namespace termwise::test
