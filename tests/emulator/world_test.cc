// The world around the calls: old programmes, states, migrations, people, time.
#include <gtest/gtest.h>

#include <stdexcept>

#include "emulator/client.h"

namespace termwise::test {
namespace {

using emulator::Emulator;
using emulator::Options;

/// `contoso` with a legacy subscription `base` and its add-on `extra`; both have somewhere to go.
SmallScenario legacy_scenario() {
    SmallScenario s = moving_scenario();
    s.add_programme("old-csp");
    s.add_offer("e3-old", "old-csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "20.00")});
    s.add_offer("extra-old", "old-csp", "EXTRA", {price("P1Y", "P1M", "5.00")}).requires_any = {"e3-old"};
    s.add_offer("extra-csp", "csp", "EXTRA", {price("P1Y", "P1M", "6.00")}).requires_any = {"e3-csp"};
    s.add_transition("e3-old", "e3-csp");
    s.add_transition("extra-old", "extra-csp");
    for (const char* id : {"base", "extra"}) {
        SubscriptionDraft& sub =
            s.add_subscription("contoso", id, id == std::string("base") ? "e3-old" : "extra-old");
        sub.sold_as = sold("P1Y", "P1M");
        sub.seats = id == std::string("base") ? 6 : 2;
        sub.auto_renew = true;
    }
    s.parent("extra", "base");
    return s;
}

struct World : ::testing::Test {
    const Scenario scenario = legacy_scenario().build();
    Emulator world{scenario};
    Client client{world};
    const std::string customer = "customers/" + world.binding().customers.at("contoso");
    const std::string base = world.binding().subscriptions.at("base").live_id;
    const std::string extra = world.binding().subscriptions.at("extra").live_id;

    World() { client.use(client.token()); }  // before any fault

    Json read(const std::string& id) { return client.get(customer + "/subscriptions/" + id); }
    Json change(const std::string& id, const std::string& name, const Json& value) {
        Json sub = read(id);
        sub[name] = value;
        return client.call("PATCH", customer + "/subscriptions/" + id, sub);
    }
    Json units(const std::string& offer) {
        const Json rows = client.get(customer + "/subscribedskus").at("items");
        for (const Json& row : rows)
            if (row.at("productSku").at("id") == world.binding().offers.at(offer).licence_sku) return row;
        return nullptr;
    }
};

TEST_F(World, KnowsChannelsByProgrammes) {
    EXPECT_EQ(world.binding().programmes.at("open"), Channel::person);
    EXPECT_EQ(world.binding().programmes.at("csp"), Channel::nce);
    EXPECT_EQ(world.binding().programmes.at("old-csp"), Channel::legacy_csp);
    EXPECT_EQ(client.get(customer + "/subscriptions").at("totalCount"), 2);  // Open is not seen here
    Options options;
    options.channels["csp"] = Channel::legacy_csp;
    EXPECT_THROW(Emulator(scenario, options), std::invalid_argument);
    options.channels = {{"cps", Channel::nce}};
    EXPECT_THROW(Emulator(scenario, options), std::invalid_argument);
}

TEST_F(World, IgnoresAutoRenewOfLegacyUnlessSwitched) {
    EXPECT_EQ(change(base, "autoRenewEnabled", false).at("autoRenewEnabled"), true);
    EXPECT_EQ(client.status, 200);
    Options options = world.options();
    set_switch(options, "legacy-auto-renew", "yes");
    world.set_options(options);
    EXPECT_EQ(change(base, "autoRenewEnabled", false).at("autoRenewEnabled"), false);
    world.advance_to(start_of("2026-04-01"_day));
    EXPECT_EQ(read(base).at("status"), "disabled");  // no days of grace
    EXPECT_EQ(read(extra).at("status"), "active");   // it has its own
}

TEST_F(World, SuspendsABaseWithItsAddOnsAndDeletesThemLater) {
    EXPECT_EQ(change(base, "status", "suspended").at("status"), "suspended");
    EXPECT_EQ(read(extra).at("status"), "suspended");
    EXPECT_EQ(units("e3-old").at("suspendedUnits"), 6);
    EXPECT_EQ(world.ledgers().gaps.size(), 8U);
    EXPECT_EQ(change(extra, "status", "active").at("code"), 27009);
    change(base, "status", "active");
    EXPECT_EQ(change(extra, "status", "active").at("status"), "active");
    EXPECT_TRUE(world.ledgers().gaps.empty());  // it took no time
    change(base, "status", "suspended");
    world.advance_to(start_of("2026-04-01"_day));
    EXPECT_EQ(read(base).at("status"), "deleted");  // its term's end came before ninety days had passed
    EXPECT_EQ(change(base, "quantity", 5).at("code"), 2011);
    EXPECT_TRUE(world.violations().empty()) << world.violations().front();
}

TEST_F(World, RefusesAStaleEtag) {
    Json sub = read(base);
    world.change_seats(base, 7);
    sub["quantity"] = 8;
    EXPECT_EQ(client.call("PATCH", customer + "/subscriptions/" + base, sub).at("code"), 2055);
    EXPECT_EQ(change(base, "quantity", 8).at("quantity"), 8);
    EXPECT_EQ(client.call("PATCH", customer + "/subscriptions/" + base, read(base), {{"If-Match", "\"old\""}})
                  .at("code"),
              2055);
}

TEST_F(World, BuysALegacyAddOnByChangingTheOrderOfItsBase) {
    const std::string order = read(base).at("orderId");
    const Json body{{"lineItems", Json::array({{{"lineItemNumber", 0},
                                                {"offerId", world.binding().offers.at("extra-old").offer_id},
                                                {"parentSubscriptionId", base},
                                                {"quantity", 3}}})}};
    const Json answer = client.call("PATCH", customer + "/orders/" + order, body);
    EXPECT_EQ(client.status, 200);
    EXPECT_EQ(answer.at("lineItems").size(), 3U);
    EXPECT_EQ(client.get(customer + "/subscriptions/" + base + "/addons").at("totalCount"), 2);
}

TEST_F(World, MigratesABaseWithItsAddOns) {
    const std::string path = customer + "/migrations/newcommerce";
    Json body{{"currentSubscriptionId", base}, {"externalReferenceId", "batch-1"}};
    const Json alone = client.call("POST", path + "/validate", body);
    EXPECT_EQ(alone.at("isEligible"), false);
    EXPECT_EQ(alone.at("errors").at(0).at("code"), 4);
    body["addOnMigrations"] = Json::array({{{"currentSubscriptionId", extra}}});
    EXPECT_EQ(client.call("POST", path + "/validate", body).at("isEligible"), true);
    const Json made = client.call("POST", path, body);
    EXPECT_EQ(client.status, 201);
    EXPECT_EQ(made.at("status"), "Processing");
    EXPECT_EQ(read(base).at("status"), "suspended");
    EXPECT_TRUE(world.ledgers().gaps.empty());  // service goes on
    EXPECT_EQ(client.call("POST", path, body).at("code"), 900216);
    world.advance_to(world.now() + 21'600);
    const Json listed = client.get("migrations/newcommerce?ExternalReferenceId=batch-1");
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed.at(0).at("status"), "Completed");
    const Json moved = read(listed.at(0).at("newCommerceSubscriptionId"));
    EXPECT_EQ(moved.at("migratedFromSubscriptionId"), base);
    EXPECT_EQ(moved.at("commitmentEndDate"), "2026-03-31T00:00:00Z");  // what is left of the old term
    EXPECT_EQ(client.get(path + "/events?current_subscription_id=" + base).size(), 4U);
    EXPECT_TRUE(world.ledgers().gaps.empty());
}

TEST_F(World, LetsAMigrationFailForAWhile) {
    const std::string path = customer + "/migrations/newcommerce";
    const Json body{{"currentSubscriptionId", base},
                    {"addOnMigrations", Json::array({{{"currentSubscriptionId", extra}}})}};
    world.inject(emulator::parse_fault("migration-fails,argument=3600"));
    const std::string id = client.call("POST", path, body).at("id");
    world.advance_to(world.now() + 21'600);
    EXPECT_EQ(client.get(path + "/" + id).at("status"), "Failed");
    EXPECT_EQ(read(base).at("status"), "suspended");
    world.advance_to(world.now() + 3600);
    EXPECT_EQ(client.get(path + "/" + id).at("status"), "Completed");
}

TEST_F(World, RunsAScheduledMigrationOnItsDay) {
    const std::string path = customer + "/migrations/newcommerce/schedules";
    const Json body{{"currentSubscriptionId", base},
                    {"targetDate", "2026-02-02T00:00:00Z"},
                    {"addOnMigrationSchedules", Json::array({{{"currentSubscriptionId", extra}}})}};
    const std::string id = client.call("POST", path, body).at("id");
    EXPECT_EQ(client.call("POST", path, body).at("code"), 900216);
    world.advance_to(start_of("2026-02-02"_day));
    const Json done = client.get(path + "/" + id);
    ASSERT_TRUE(done.contains("newCommerceMigrationId"));
    EXPECT_EQ(read(base).at("status"), "suspended");
}

TEST_F(World, MigratesAsTheTermEndsWithoutAGap) {
    const std::string path = customer + "/migrations/newcommerce/schedules";
    const Json body{{"currentSubscriptionId", base},
                    {"migrateOnRenewal", true},
                    {"purchaseFullTerm", true},
                    {"addOnMigrationSchedules",
                     Json::array({{{"currentSubscriptionId", extra}, {"purchaseFullTerm", true}}})}};
    const std::string id = client.call("POST", path, body).at("id");
    world.advance_to(start_of("2026-04-01"_day) + 3600);
    EXPECT_EQ(read(base).at("status"), "suspended");  // over, and served until the new one is there
    world.advance_to(start_of("2026-04-01"_day) + 6 * 3600);
    EXPECT_EQ(client.get(path + "/" + id).at("status"), "Completed");
    for (const emulator::AccessGap& gap : world.ledgers().gaps)
        EXPECT_EQ(gap.subscription, "contoso-e3");  // which nobody renews
    int moved = 0;
    for (const emulator::LifeLine& life : world.ledgers().lives)
        if (life.is_new) moved += day_of(life.since) == "2026-04-01"_day ? 1 : 0;
    EXPECT_EQ(moved, 2);
}

TEST_F(World, TakesBackAFailedMigrationWithItsAddOns) {
    const std::string path = customer + "/migrations/newcommerce/schedules";
    const Json body{{"currentSubscriptionId", base},
                    {"migrateOnRenewal", true},
                    {"addOnMigrationSchedules", Json::array({{{"currentSubscriptionId", extra}}})}};
    world.inject(emulator::parse_fault("migration-reverts,argument=3600"));  // once it is started
    client.call("POST", path, body);
    world.advance_to(start_of("2026-04-01"_day) + 6 * 3600);
    EXPECT_EQ(read(extra).at("status"), "suspended");
    world.advance_to(start_of("2026-04-01"_day) + 8 * 3600);
    for (const std::string& id : {base, extra}) {
        EXPECT_EQ(read(id).at("status"), "active");
        EXPECT_EQ(read(id).at("commitmentEndDate"), "2027-03-31T00:00:00Z");  // its term ended meanwhile
    }
    for (const emulator::AccessGap& gap : world.ledgers().gaps)
        EXPECT_EQ(gap.subscription, "contoso-e3");  // which nobody renews
}

TEST_F(World, SaysOfAddOnsWhatTheyWouldBecome) {
    Json body{{"currentSubscriptionId", base},
              {"addOnMigrations", Json::array({{{"currentSubscriptionId", extra}}})}};
    const Json answer = client.call("POST", customer + "/migrations/newcommerce/validate", body);
    ASSERT_EQ(answer.at("addOnMigrations").size(), 1U);
    const std::string item = answer.at("addOnMigrations").at(0).at("catalogItemId");
    EXPECT_TRUE(item.starts_with(world.binding().offers.at("extra-csp").product + ":0001:")) << item;
}

TEST_F(World, FollowsDemandWhereItIsMet) {
    SmallScenario s = moving_scenario();
    s.demand("contoso-e3", {{"2026-02-01", 12}, {"2026-03-01", 9}});
    const Scenario growing = s.build();
    Emulator grows(growing);
    grows.advance_to(start_of("2026-02-02"_day));
    EXPECT_EQ(grows.ledgers().lives.at(0).seats, 12);
    grows.advance_to(start_of("2026-03-02"_day));
    EXPECT_TRUE(grows.ledgers().gaps.empty());
    // Growth by two at 240.00, from February 1 to the end of March of a year that began in April.
    EXPECT_EQ(grows.ledgers().charges(false, growing.horizon), "77.59"_usd);
}

TEST_F(World, EndsByHandInItsTermOrAtItsEnd) {
    const std::string open = world.binding().subscriptions.at("contoso-e3").live_id;
    Emulator lapses(world);
    const auto status = [](const Emulator& of) {
        for (const emulator::LifeLine& life : of.ledgers().lives)
            if (life.from_before == "contoso-e3") return life.status;
        return std::string();
    };
    world.end_by_person(open, start_of("2026-02-02"_day));
    world.advance_to(start_of("2026-02-02"_day));
    EXPECT_EQ(status(world), "deleted");
    lapses.renew_by_person(open);
    lapses.end_by_person(open, start_of("2026-04-01"_day));
    lapses.advance_to(start_of("2026-04-01"_day) - 1);
    EXPECT_EQ(status(lapses), "active");
    lapses.advance_to(start_of("2026-04-01"_day));
    EXPECT_EQ(status(lapses), "disabled");
    EXPECT_THROW(lapses.advance_to(start_of("2026-03-01"_day)), std::invalid_argument);
    EXPECT_THROW(lapses.end_by_person("nobody", lapses.now()), std::invalid_argument);
}

TEST_F(World, AnswersWhatOtherClientsAskFor) {
    EXPECT_TRUE(client.get("customers/relationshiprequests").contains("url"));
    EXPECT_EQ(client.get("CUSTOMERS?size=1").at("totalCount"), 1);
    EXPECT_EQ(client
                  .get("customers?size=1&filter=%7B%22Field%22%3A%22Domain%22%2C%22Value%22%3A%22CONT%22%2C"
                       "%22Operator%22%3A%22starts_with%22%7D")
                  .at("totalCount"),
              1);
    EXPECT_EQ(client.get("nothing").at("code"), 1000);
    EXPECT_EQ(client.get("offers").at("code"), 800002);
    EXPECT_EQ(client.get("offers?country=DE").at("totalCount"), 2);
    EXPECT_EQ(client.get("offers/CFQ0?country=DE").at("code"), 2100);
    const OfferBinding& offer = world.binding().offers.at("e3-csp");
    const Json skus = client.get("products/" + offer.product + "/skus?country=DE");
    EXPECT_EQ(skus.at("items").at(0).at("isTrial"), true);
    EXPECT_EQ(skus.at("items").at(1).at("id"), "0001");
    EXPECT_EQ(client.get("products/" + offer.product + "/skus/0001/availabilities?country=DE")
                  .at("items")
                  .at(0)
                  .at("segment"),
              "education");
    EXPECT_EQ(client.get("products/CFQ7TTC00000/skus?country=DE").at("code"), 400013);
    EXPECT_EQ(client.get(customer + "/validationStatus?type=account").at("status"), "Allowed");
    world.set_validation_status(world.binding().customers.at("contoso"), "");
    EXPECT_EQ(client.get(customer + "/validationStatus?type=account").at("code"), 600074);
    EXPECT_TRUE(client.get(customer + "/qualifications").is_array());
    EXPECT_EQ(client.get("agreements?agreementType=MicrosoftCustomerAgreement").at("totalCount"), 1);
    EXPECT_EQ(client.get(customer + "/subscriptions/" + base + "/upgrades").at("totalCount"), 0);
    EXPECT_EQ(client.call("POST", customer + "/subscriptions/" + base + "/upgrades", Json::object())
                  .at("upgradeErrors")
                  .at(0)
                  .at("code"),
              6);
    EXPECT_EQ(client.get(customer + "/subscriptions/" + base + "/transitions").at("code"), 900263);
    change(base, "friendlyName", "ours");
    world.advance_to(world.now() + 10);
    EXPECT_EQ(client.get("auditrecords?startDate=2026-01-05").at("totalCount"), 1);
    EXPECT_EQ(client.get("auditrecords?startDate=2025-01-05").at("code"), 2000);
    EXPECT_TRUE(world.violations().empty()) << world.violations().front();
}

TEST_F(World, HasSwitchesByName) {
    Options options;
    for (const emulator::Switch& one : emulator::switches())
        set_switch(options, one.name, switch_value(options, one.name));
    const auto message = [&](std::string_view name, std::string_view value) -> std::string {
        try {
            set_switch(options, name, value);
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(message("cart-lifetme", "1"),
              "there is no switch \"cart-lifetme\"; did you mean \"cart-lifetime\"?");
    EXPECT_EQ(message("cart-lifetime", "-1"), "switch cart-lifetime takes seconds, not \"-1\"");
    EXPECT_EQ(message("stale-form", "413"), "switch stale-form takes 2055|412|417, not \"413\"");
    EXPECT_EQ(message("date-skew", "-600"), "");
    EXPECT_EQ(options.date_skew, -600);
}

}  // namespace
}  // namespace termwise::test
