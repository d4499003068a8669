#include "model/merge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::price;
using test::sold;
using Texts = std::vector<std::string>;

/// Files that take part: the scenario, and two that it includes.
enum File : std::int32_t { kScenario, kRules, kPrices };

ScenarioDraft draft_of(File file) {
    ScenarioDraft draft;
    draft.files = {{"scenario.json", false}, {"rules.json", false}, {"prices.json", false}};
    draft.file = file;
    return draft;
}

OfferDraft offer(File file, std::string id, std::string_view unit_price, std::int32_t position = 0) {
    OfferDraft offer;
    offer.id = std::move(id);
    offer.programme = "csp";
    offer.prices = {price("P1Y", "P1M", unit_price)};
    offer.origin = {file, position};
    return offer;
}

Texts ids_of(const auto& list) {
    Texts ids;
    for (const auto& member : list) ids.push_back(member.id);
    return ids;
}

/// The joint of two siblings and what is wrong with it, as `RULE FILE POINTER: message`.
struct Siblings {
    ScenarioDraft joint;
    Texts errors;
};
Siblings join(ScenarioDraft first, ScenarioDraft second) {
    Diagnostics diagnostics;
    merge_sibling(first, std::move(second), diagnostics);
    Siblings siblings{std::move(first), {}};
    for (const Diagnostic& d : diagnostics.all())
        siblings.errors.push_back(d.rule + " " + d.place.file + " " + d.place.pointer + ": " + d.message);
    return siblings;
}

// M1.9: identified objects are joined by id, and the including file's are kept as they are.
TEST(Including, JoinsIdentifiedObjectsById) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    scenario.offers = {offer(kScenario, "e3", "22.00")};
    rules.offers = {offer(kRules, "e3", "99.00"), offer(kRules, "e5", "38.00", 1)};
    rules.offers_given = true;
    merge_included(scenario, std::move(rules));
    EXPECT_EQ(ids_of(scenario.offers), (Texts{"e3", "e5"}));
    EXPECT_EQ(scenario.offers[0].prices[0].unit_price, amount("22.00"));
    EXPECT_TRUE(scenario.offers_given);
    EXPECT_FALSE(scenario.programmes_given);
}

// M1.7, M1.9: the first team does what names none, so an included team never comes first.
TEST(Including, KeepsItsOwnTeamsFirst) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    scenario.teams.resize(1);
    scenario.teams[0].id = "zebra";
    rules.teams.resize(2);
    rules.teams[0].id = "aardvark";
    rules.teams[1].id = "zebra";
    rules.teams[1].labour_rate = amount("1.00");
    merge_included(scenario, std::move(rules));
    EXPECT_EQ(ids_of(scenario.teams), (Texts{"zebra", "aardvark"}));
    EXPECT_FALSE(scenario.teams[0].labour_rate);
}

TEST(Including, JoinsTransitionsByBothEnds) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    scenario.transitions = {{"a", "b", true, {}}};
    rules.transitions = {{"a", "b", false, {}}, {"a", "c", std::nullopt, {}}};
    merge_included(scenario, std::move(rules));
    ASSERT_EQ(scenario.transitions.size(), 2U);
    EXPECT_EQ(scenario.transitions[0].reassign, true);
    EXPECT_EQ(scenario.transitions[1].to, "c");
}

TEST(Including, UnitesHolidaysAndBudgets) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    scenario.holidays = {{"2026-05-25"_day, {}}};
    rules.holidays = {{"2026-05-25"_day, {}}, {"2026-12-25"_day, {}}, {"2026-12-25"_day, {}}};
    scenario.budgets = {{"2026-03-01"_day, "2026-04-01"_day, amount("500.00"), {}}};
    rules.budgets = {{"2026-03-01"_day, "2026-04-01"_day, amount("500"), {}},
                     {"2026-03-01"_day, "2026-04-01"_day, amount("700"), {}}};
    merge_included(scenario, std::move(rules));
    ASSERT_EQ(scenario.holidays.size(), 2U);
    EXPECT_EQ(scenario.holidays[1].day, "2026-12-25"_day);
    ASSERT_EQ(scenario.budgets.size(), 2U);  // both hold
    EXPECT_EQ(scenario.budgets[1].max, amount("700"));
}

// M1.9: any other value is replaced whole, objects included.
TEST(Including, ReplacesOtherValuesWhole) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    scenario.effort.emplace().visit.minutes = 40;
    scenario.disruption.emplace().reassign_per_seat = amount("4.00");
    rules.effort.emplace().provision.minutes = 15;
    rules.disruption.emplace().gap_per_seat_day = amount("50.00");
    merge_included(scenario, std::move(rules));
    EXPECT_EQ(scenario.effort->provision.minutes, 0);
    EXPECT_FALSE(scenario.disruption->gap_per_seat_day);
}

TEST(Including, TakesWhatItDoesNotSayItself) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    scenario.name = "Mine";
    rules.name = "Theirs";
    rules.currency = "EUR";
    rules.currency_origin = {kRules};
    rules.horizon = HorizonDraft{"2026-01-05"_day, "2027-01-05"_day, {kRules}};
    rules.perspective = Perspective::partner;
    rules.continuity = Continuity::grace;
    rules.provision_days = 3;
    rules.plan_days = 10;
    rules.overlap_days = 7;
    rules.target_terms = {sold("P1Y", "P1M")};
    rules.target_terms_origin = {kRules};
    rules.uncertainty.emplace().decline = 0.02;
    rules.uncertainty_origin = {kRules};
    merge_included(scenario, std::move(rules));
    EXPECT_EQ(scenario.name, "Mine");
    EXPECT_EQ(scenario.currency, "EUR");
    EXPECT_EQ(scenario.currency_origin.file, kRules);
    EXPECT_EQ(scenario.horizon->origin.file, kRules);
    EXPECT_EQ(scenario.perspective, Perspective::partner);
    EXPECT_EQ(scenario.continuity, Continuity::grace);
    EXPECT_EQ(scenario.provision_days, 3);
    EXPECT_EQ(scenario.plan_days, 10);
    EXPECT_EQ(scenario.overlap_days, 7);
    EXPECT_EQ(scenario.target_terms->size(), 1U);
    EXPECT_EQ(scenario.target_terms_origin.file, kRules);
    EXPECT_EQ(scenario.uncertainty->decline, 0.02);
    EXPECT_EQ(scenario.uncertainty_origin.file, kRules);
}

// Holidays of one's own do not undo the workdays of the file that is included.
TEST(Including, KeepsIncludedWorkdaysBesideItsOwnHolidays) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    scenario.calendar.emplace();
    scenario.holidays = {{"2026-05-25"_day, {}}};
    rules.calendar.emplace().workdays = WeekPattern{0b0001111};
    merge_included(scenario, std::move(rules));
    EXPECT_EQ(scenario.calendar->workdays, WeekPattern{0b0001111});

    ScenarioDraft other = draft_of(kPrices);
    other.calendar.emplace().workdays = kMondayToFriday;
    merge_included(scenario, std::move(other));
    EXPECT_EQ(scenario.calendar->workdays, WeekPattern{0b0001111});
}

// M1.9: among included files a difference is an error, at the later one.
TEST(Siblings, MayNotDiffer) {
    ScenarioDraft rules = draft_of(kRules), prices = draft_of(kPrices);
    rules.currency = "EUR";
    rules.currency_origin = {kRules};
    prices.currency = "USD";
    prices.currency_origin = {kPrices};
    rules.continuity = Continuity::grace;
    prices.continuity = Continuity::soft;
    rules.effort.emplace().origin = {kRules};
    prices.effort.emplace().visit.minutes = 40;
    prices.effort->origin = {kPrices};
    rules.offers = {offer(kRules, "e3", "22.00", 4)};
    prices.offers = {offer(kPrices, "e5", "38.00"), offer(kPrices, "e3", "23.00", 1)};
    rules.transitions = {{"a", "b", true, {kRules, 0}}};
    prices.transitions = {{"a", "b", false, {kPrices, 2}}};
    EXPECT_EQ(
        join(rules, prices).errors,
        (Texts{
            "M1.9 prices.json /currency: \"currency\" differs from /currency of rules.json",
            "M1.9 prices.json /effort: \"effort\" differs from /effort of rules.json",
            "M1.9 prices.json /continuity: \"continuity\" differs from what another included file says",
            "M1.9 prices.json /offers/1: offer \"e3\" differs from /offers/4 of rules.json",
            "M1.9 prices.json /transitions/2: transition from \"a\" to \"b\" differs from /transitions/0 of "
            "rules.json"}));
}

TEST(Siblings, AreJoined) {
    ScenarioDraft rules = draft_of(kRules), prices = draft_of(kPrices);
    rules.programmes.resize(1);
    rules.programmes[0].id = "csp";
    prices.offers = {offer(kPrices, "e3", "22.00")};
    prices.name = "Prices";
    const Siblings siblings = join(rules, prices);
    EXPECT_EQ(siblings.errors, Texts{});
    EXPECT_EQ(siblings.joint.offers.size(), 1U);
    EXPECT_EQ(siblings.joint.programmes.size(), 1U);
    EXPECT_EQ(siblings.joint.name, "Prices");
}

// M0.6: what counts is what is meant, not how it is written.
TEST(Siblings, AgreeIfTheyMeanTheSame) {
    ScenarioDraft rules = draft_of(kRules), prices = draft_of(kPrices);
    rules.offers = {offer(kRules, "e3", "22.00")};
    rules.offers[0].prices.push_back(price("P1M", "P1M", "26.4"));
    rules.offers[0].requires_any = {"x", "y"};
    prices.offers = {offer(kPrices, "e3", "26.40", 7)};
    prices.offers[0].prices = {price("P1M", "P1M", "26.40"), price("P12M", "P1M", "22")};
    prices.offers[0].requires_any = {"y", "x"};
    rules.programmes.resize(1);
    rules.programmes[0].id = "csp";
    prices.programmes = rules.programmes;
    prices.programmes[0].cancellation.allowed = CancellationAllowed::always;
    prices.programmes[0].cancellation.fee = amount("0.00");
    rules.disruption.emplace();
    prices.disruption.emplace().reassign_per_seat = amount("0");
    rules.target_terms = {sold("P1Y", "P1M"), sold("P1M", "P1M")};
    prices.target_terms = {sold("P1M", "P1M"), sold("P1Y", "P1M")};
    rules.teams.resize(1);
    rules.teams[0].id = "ops";
    rules.teams[0].capacity =
        CapacityDraft{CapacityPer::day, 480, {{"2026-01-05"_day, 1}, {"2026-01-06"_day, 2}}};
    prices.teams = rules.teams;
    std::swap(prices.teams[0].capacity->exceptions[0], prices.teams[0].capacity->exceptions[1]);
    EXPECT_EQ(join(rules, prices).errors, Texts{});
}

// Two of one id in one file are for the builder to report: merging keeps both.
TEST(Merging, LeavesDoublesOfOneFileToTheBuilder) {
    ScenarioDraft scenario = draft_of(kScenario), rules = draft_of(kRules);
    rules.offers = {offer(kRules, "e3", "22.00"), offer(kRules, "e3", "23.00", 1)};
    merge_included(scenario, std::move(rules));
    EXPECT_EQ(scenario.offers.size(), 2U);
}

}  // namespace
}  // namespace termwise
