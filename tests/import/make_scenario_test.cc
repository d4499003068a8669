#include "import/make_scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "import/tables.h"
#include "support/literals.h"

namespace termwise {
namespace {

constexpr const char* kE3 = "CFQ7TTC0LF8R:0001";

TEST(ImportedScenario, HasTheTermTheSeatsAndThePricesOfTheRow) {
    ImportBench bench;
    const auto made = bench.import({ToolRow{}});
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    ASSERT_EQ(made->subscriptions.size(), 1U);
    const ImportedSubscription& s = made->subscriptions[0];
    EXPECT_EQ(s.term_start, "2023-03-01"_day);  // its end is the first day without it
    EXPECT_EQ(s.unit_price, "220.80"_usd);      // what the new product costs
    EXPECT_TRUE(s.auto_renew);
    EXPECT_TRUE(s.must_move);
    EXPECT_EQ(s.demand, 0);
    EXPECT_EQ(s.target, kE3);
    EXPECT_EQ(s.asked, (TermBilling{P1Y, P1Y}));
    EXPECT_EQ(made->start, "2023-08-07"_day);
    EXPECT_EQ(made->end, "2025-02-07"_day);
    EXPECT_EQ(made->currency, "USD");
    EXPECT_EQ(made->programmes, (std::vector<std::string>{"old-csp", "nce-2022-03-18"}));
    EXPECT_EQ(made->transitions,
              (std::vector<std::pair<std::string, std::string>>{{"old-csp:Office 365 E3", kE3}}));
}

TEST(ImportedScenario, HasTheOfferHeldAndTheOneItMovesTo) {
    ImportBench bench;
    const auto made = bench.import({{.plan = "Monthly"}, {.id = "s2"}});
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    ASSERT_EQ(made->offers.size(), 2U);
    const ImportedOffer& fresh = made->offers[0];
    const ImportedOffer& old = made->offers[1];
    EXPECT_EQ(fresh.id, kE3);
    EXPECT_EQ(fresh.programme, "nce-2022-03-18");
    EXPECT_EQ(fresh.sku, "ENTERPRISEPACK");
    EXPECT_EQ(fresh.prices.size(), 3U);
    EXPECT_EQ(old.programme, "old-csp");
    EXPECT_EQ(old.sku, fresh.sku);  // users keep their licence
    ASSERT_EQ(old.prices.size(), 2U);
    EXPECT_EQ(old.prices[0].unit_price, "18.40"_usd);
    EXPECT_EQ(old.prices[1].unit_price, "220.80"_usd);
}

// Of old offers the end is the first day without them, of new commerce it is the last day with them.
TEST(ImportedScenario, ReadsBothConventionsOfEndsInOneFile) {
    const std::string table =
        "customerTenantId,customerName,id,offerId,offerName,quantity,parentSubscriptionId,commitmentEndDate,"
        "status,"
        "autoRenewEnabled,isTrial,billingCycle,termDuration\n"
        "c1,Contoso,s1,796b6b5f-613c-4e24-a17c-eba730d49c02,Office 365 "
        "E3,24,,2023-10-14T00:00:00Z,active,true,false,annual,"
        "P1Y\n"
        "c1,Contoso,n1,CFQ7TTC0LF8R:0001:X,Office 365 "
        "E3,24,,2023-10-13T00:00:00Z,active,true,false,annual,P1Y\n";
    ImportBench bench;
    const auto made = bench.import(table);
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    ASSERT_EQ(made->subscriptions.size(), 2U);
    const ImportedSubscription& fresh = made->subscriptions[0];
    const ImportedSubscription& old = made->subscriptions[1];
    EXPECT_EQ(old.term_start, "2022-10-14"_day);
    EXPECT_EQ(fresh.term_start, "2022-10-14"_day);
    // What is in new commerce stays there; the old one becomes the same product, which a table knows.
    EXPECT_FALSE(fresh.must_move);
    EXPECT_EQ(fresh.target, "");
    EXPECT_EQ(old.target, kE3);
    EXPECT_TRUE(bench.assumed("by a table of known offers"));
    EXPECT_EQ(made->offers[old.offer].id, "old-csp:796B6B5F-613C-4E24-A17C-EBA730D49C02");
    EXPECT_EQ(made->offers[fresh.offer].id, kE3);
}

TEST(ImportedScenario, FollowsTheSettingForEnds) {
    ImportBench bench;
    bench.settings.ends = EndConvention::inclusive;
    EXPECT_EQ(bench.import({{.end = "02/29/2024"}})->subscriptions[0].term_start, "2023-03-01"_day);
}

TEST(ImportedScenario, WantsTheSeatsAndTermsThatAreAskedFor) {
    ImportBench bench;
    const auto made = bench.import({{.asked_term = "P1M", .asked_plan = "Monthly", .asked_seats = "20"}});
    EXPECT_EQ(made->subscriptions[0].demand, 20);
    EXPECT_EQ(made->subscriptions[0].asked, (TermBilling{P1M, P1M}));
    ImportBench held;
    held.settings.seats = AskedPolicy::ignored;
    held.settings.terms = AskedPolicy::ignored;
    const auto as_held = held.import({{.asked_term = "P1M", .asked_plan = "Monthly", .asked_seats = "20"}});
    EXPECT_EQ(as_held->subscriptions[0].demand, 0);
    EXPECT_EQ(as_held->subscriptions[0].asked, std::nullopt);
}

TEST(ImportedScenario, ChoosesAnyTermWhereTheOneAskedForIsNotSold) {
    ImportBench bench;
    const auto made = bench.import({{.asked_term = "P3Y", .asked_plan = "Triennial"}});
    EXPECT_EQ(made->subscriptions[0].asked, std::nullopt);
    EXPECT_TRUE(bench.assumed("are not sold: any that is sold may be chosen"));
}

TEST(ImportedScenario, TakesOldPricesFromSettingsBeforeAnythingElse) {
    ImportBench bench;
    bench.settings.old_prices = {{"office 365 e3", {1600, 2}, 0}};
    EXPECT_EQ(bench.import({ToolRow{}})->subscriptions[0].unit_price, "192.00"_usd);
    for (const char* name : {"CFQ7TTC0LF8R:0001", "CFQ7TTC0LF8R/1"}) {
        ImportBench by_product;
        by_product.settings.old_prices = {{name, {1600, 2}, 0}};
        EXPECT_EQ(by_product.import({{.plan = "Monthly"}})->subscriptions[0].unit_price, "16.00"_usd) << name;
    }
    ImportBench share;
    share.settings.percent_of_new = {875, 1};
    EXPECT_EQ(share.import({{.plan = "Monthly"}})->subscriptions[0].unit_price, "16.10"_usd);
}

// Without an annual price the monthly term's stands for it, premium and all, and that is said.
TEST(ImportedScenario, SaysFromWhichPriceAnOldOneWasTaken) {
    ImportBench bench;
    bench.prices = {{.term = "P1M", .plan = "Monthly", .unit_price = "22.08"}};
    const auto made = bench.import({{.plan = "Monthly", .asked_term = "P1M", .asked_plan = "Monthly"}});
    EXPECT_EQ(made->subscriptions[0].unit_price, "22.08"_usd);
    EXPECT_TRUE(bench.assumed("its price for another term stands for that"));
}

TEST(ImportedScenario, LeavesOutWhatIsNotEligibleWithItsReasons) {
    ImportBench bench;
    const auto made =
        bench.import({ToolRow{}, {.id = "s2", .eligible = "False", .reasons = "Too young.;A promotion."}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->subscriptions.size(), 1U);
    EXPECT_EQ(bench.reasons(), "s2: not eligible: Too young.;A promotion.\n");
}

TEST(ImportedScenario, KeepsOrMovesWhatIsNotEligibleIfTheSettingsSaySo) {
    const ToolRow row{.eligible = "False", .reasons = "Too young."};
    ImportBench stays;
    stays.settings.ineligible = IneligiblePolicy::stay;
    const auto kept = stays.import({row, {.id = "s2"}});
    ASSERT_TRUE(kept);
    EXPECT_FALSE(kept->subscriptions[0].must_move);
    EXPECT_EQ(kept->subscriptions[0].target, "");
    EXPECT_EQ(kept->offers[kept->subscriptions[0].offer].id, "old-csp:Office 365 E3 (stays)");
    EXPECT_TRUE(stays.assumed("what the tool would not migrate stays in the old programme"));
    ImportBench moves;
    moves.settings.ineligible = IneligiblePolicy::move;
    EXPECT_TRUE(moves.import({row})->subscriptions[0].must_move);
    EXPECT_TRUE(moves.assumed("bought anew"));
}

TEST(ImportedScenario, LeavesOutWhatCannotBeModelled) {
    ImportBench bench;
    const auto made = bench.import({ToolRow{},
                                    {.id = "s2", .end = "12/31/9999 00:00:00"},
                                    {.id = "s3", .end = "08/01/2023 00:00:00", .auto_renew = "False"},
                                    {.id = "s4", .seats = "0"},
                                    {.id = "s5", .psa = ""},
                                    {.id = "s6", .psa = "CFQ7TTC0LH16:0001:X"},
                                    {.id = "s7", .plan = "None"},
                                    {.id = "s8", .term = "P1M", .plan = "Annual"},
                                    {.id = "s9", .end = "12/01/2024 00:00:00"}});
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    EXPECT_EQ(made->subscriptions.size(), 1U);
    EXPECT_EQ(bench.reasons(),
              "s2: has no end: it does not renew\n"
              "s3: ended before the first day\n"
              "s4: has no seats\n"
              "s5: no new product is named for it\n"
              "s6: the price list has no CFQ7TTC0LH16:0001\n"
              "s7: its billing plan is None\n"
              "s8: is billed less often than once a term\n"
              "s9: ends more than one term from the first day on\n");
}

TEST(ImportedScenario, RenewsWhatEndedSinceTheExport) {
    ImportBench bench;
    const auto made = bench.import({{.end = "08/01/2023 00:00:00"}});
    EXPECT_EQ(made->subscriptions[0].term_start, "2023-08-01"_day);
    EXPECT_TRUE(bench.assumed("has renewed for the same term"));
}

TEST(ImportedScenario, FollowsTheTargetsOfTheSettings) {
    ImportBench bench;
    bench.prices.push_back({.product = "CFQ7TTC0LFLX", .title = "Microsoft 365 E3", .unit_price = "345.6"});
    bench.settings.targets = {{"Office 365 E3", "CFQ7TTC0LFLX:0001", 0}};
    const auto made = bench.import({ToolRow{}});
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    EXPECT_EQ(made->subscriptions[0].target, "CFQ7TTC0LFLX:0001");
    EXPECT_EQ(made->offers[0].sku, "SPE_E3");
    EXPECT_EQ(made->offers[1].sku, "ENTERPRISEPACK");  // another product: its users change their licence
}

TEST(ImportedScenario, RefusesATargetThatIsNotSold) {
    ImportBench bench;
    bench.settings.targets = {{"Office 365 E3", "CFQ7TTC0LF8R:0010", 0}};
    EXPECT_FALSE(bench.import({ToolRow{}}));
    EXPECT_EQ(
        messages_of(bench.diagnostics),
        "settings.json: error: /targets/0/to: the price list has no \"CFQ7TTC0LF8R:0010\"; did you mean "
        "\"CFQ7TTC0LF8R:0001\"?\n");
}

TEST(ImportedScenario, WarnsOfSettingsThatMeetNoRow) {
    ImportBench bench;
    bench.settings.old_prices = {{"Office 365 E4", {1600, 2}, 0}};
    ASSERT_TRUE(bench.import({ToolRow{}}));
    EXPECT_EQ(messages_of(bench.diagnostics),
              "settings.json: warning: /old/prices/0/offer: no subscription has the offer \"Office 365 E4\"; "
              "did you mean "
              "\"Office 365 E3\"?\n");
}

// Add-ons

TEST(ImportedScenario, HangsAddOnsOnTheirBases) {
    ImportBench bench;
    const auto made = bench.import({{.id = "a1", .add_on = "True", .base = "s1"}, ToolRow{}});
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    EXPECT_EQ(made->subscriptions[0].parent, "s1");
    EXPECT_EQ(made->subscriptions[1].parent, "");
}

TEST(ImportedScenario, LeavesOutTheAddOnsOfABaseThatIsLeftOut) {
    ImportBench bench;
    const auto made = bench.import({{.id = "a2", .base = "a1"},
                                    {.id = "a1", .base = "s1"},
                                    {.id = "s1", .eligible = "False", .reasons = "Suspended."},
                                    {.id = "s2"}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->subscriptions.size(), 1U);
    EXPECT_EQ(bench.reasons(),
              "a2: its base is left out (its base is left out (not eligible: Suspended.))\n"
              "a1: its base is left out (not eligible: Suspended.)\n"
              "s1: not eligible: Suspended.\n");
}

TEST(ImportedScenario, LetsAnAddOnStandByItselfIfItsBaseIsElsewhere) {
    ImportBench bench;
    const auto made = bench.import({{.id = "a1", .base = "nowhere"}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->subscriptions[0].parent, "");
    EXPECT_TRUE(bench.assumed("stands by itself"));
}

TEST(ImportedScenario, KeepsWhatStaysTogether) {
    ImportBench bench;
    bench.settings.ineligible = IneligiblePolicy::stay;
    const auto made = bench.import({{.id = "a1", .base = "s1"},
                                    {.id = "s1", .eligible = "False"},
                                    {.id = "b1", .eligible = "False", .base = "s2"},
                                    {.id = "s2"}});
    ASSERT_TRUE(made);
    const auto of = [&](std::string_view id) {
        return *std::ranges::find_if(made->subscriptions,
                                     [&](const auto& s) { return bench.row(s).id == id; });
    };
    EXPECT_EQ(of("a1").target, "");  // its base stays, so it does
    EXPECT_EQ(of("a1").parent, "s1");
    EXPECT_EQ(of("b1").target, "");  // it stays, so it does not hang on what moves
    EXPECT_EQ(of("b1").parent, "");
    EXPECT_EQ(of("s2").target, kE3);
}

TEST(ImportedScenario, RefusesBasesOfOthersAndCircles) {
    ImportBench bench;
    EXPECT_FALSE(bench.import({{.customer = "c2", .id = "a1", .base = "s1"}, {.customer = "c1"}}));
    EXPECT_EQ(messages_of(bench.diagnostics),
              "subscriptions.csv:2:147: error: column BaseSubscriptionId: the base \"s1\" in line 3 belongs "
              "to another "
              "customer\n");
    ImportBench circle;
    EXPECT_FALSE(
        circle.import({{.id = "a", .base = "b"}, {.id = "b", .base = "c"}, {.id = "c", .base = "b"}}));
    const std::string messages = messages_of(circle.diagnostics);
    EXPECT_NE(messages.find("subscriptions.csv:3:"), std::string::npos) << messages;
    EXPECT_NE(messages.find("over its bases, its own base"), std::string::npos) << messages;
    EXPECT_EQ(circle.diagnostics.error_count(), 1U);
}

// The whole

TEST(ImportedScenario, PricesADayWithoutServiceUnlessTheSettingsDo) {
    ImportBench bench;
    EXPECT_EQ(bench.import({ToolRow{}})->gap_per_seat_day, "18.40"_usd);
    ImportBench given;
    given.settings.scenario.disruption.emplace().gap_per_seat_day = Decimal{50, 0};
    EXPECT_EQ(given.import({ToolRow{}})->gap_per_seat_day, std::nullopt);
}

TEST(ImportedScenario, LetsAFirstPriceHoldBeforeItsStart) {
    ImportBench bench;
    bench.prices = {{.start = "2/1/2024 12:00:00 AM"}};
    EXPECT_EQ(bench.import({ToolRow{}})->offers[0].prices[0].days.from, kBeforeAllDays);
    EXPECT_TRUE(bench.assumed("holds before, too"));
    ImportBench strict;
    strict.settings.hold_before = false;
    strict.prices = bench.prices;
    EXPECT_EQ(strict.import({ToolRow{}})->offers[0].prices[0].days.from, "2024-02-01"_day);
}

TEST(ImportedScenario, FollowsTheProgrammesOfTheSettings) {
    ImportBench bench;
    bench.settings.old_programme = "mine";
    bench.settings.new_programme = "nce-2022-01";
    const auto made = bench.import({ToolRow{}});
    EXPECT_EQ(made->offers[1].id, "mine:Office 365 E3");
    EXPECT_EQ(made->programmes, (std::vector<std::string>{"nce-2022-01"}));
    ImportBench by_term;
    EXPECT_EQ(by_term.import({{.end = "03/01/2024", .term = "P3Y", .plan = "Monthly"}})->offers[1].programme,
              "old-csp-36m");
}

TEST(ImportedScenario, RefusesAFileOfWhichNothingIsLeft) {
    ImportBench bench;
    EXPECT_FALSE(bench.import({{.eligible = "False"}}));
    EXPECT_EQ(messages_of(bench.diagnostics),
              "subscriptions.csv:1:1: error: no subscription of this file can be part of a scenario; what "
              "was left out says "
              "why\n");
    ImportBench empty;
    EXPECT_FALSE(empty.import(std::vector<ToolRow>{}));
    EXPECT_EQ(messages_of(empty.diagnostics),
              "subscriptions.csv:1:1: error: the file has a header, but no subscription\n");
}

TEST(ImportedScenario, DoesNotDependOnTheOrderOfRows) {
    const std::vector<ToolRow> rows{{.customer = "c2", .id = "z", .plan = "Monthly"},
                                    {.customer = "c1", .id = "y"},
                                    {.customer = "c2", .id = "x", .base = "z"}};
    ImportBench one, other;
    const auto a = one.import(rows);
    const auto b = other.import(std::vector<ToolRow>(rows.rbegin(), rows.rend()));
    ASSERT_TRUE(a && b);
    ASSERT_EQ(a->subscriptions.size(), b->subscriptions.size());
    for (std::size_t i = 0; i < a->subscriptions.size(); ++i) {
        EXPECT_EQ(one.row(a->subscriptions[i]).id, other.row(b->subscriptions[i]).id);
        EXPECT_EQ(a->subscriptions[i].customer, b->subscriptions[i].customer);
        EXPECT_EQ(a->subscriptions[i].unit_price, b->subscriptions[i].unit_price);
    }
}

}  // namespace
}  // namespace termwise
