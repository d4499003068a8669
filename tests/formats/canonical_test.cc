// The canonical form (M0.6): one text for one meaning.
#include "formats/canonical.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "formats/full_scenario.h"
#include "formats/plan_reader.h"
#include "formats/scenario_reader.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;
using nlohmann::json;

Scenario read(std::string_view text) {
    Diagnostics diagnostics;
    auto scenario = read_scenario_text(text, "test", diagnostics);
    if (!scenario) throw std::runtime_error(text_of(diagnostics));
    return std::move(*scenario);
}

TEST(Canonical, ReadingItGivesTheSameBytesAgain) {
    const std::string once = canonical_text(read(kFullScenario));
    EXPECT_EQ(canonical_text(read(once)), once);
}

TEST(Canonical, KeepsEverythingThatMatters) {
    const json full = json::parse(canonical_text(read(kFullScenario)));
    EXPECT_EQ(full["teams"][0]["id"], "z") << "the first team does what names none: order matters there";
    EXPECT_EQ(full["teams"][0]["labour_rate"], "60.50") << "amounts with the minor unit's decimals";
    EXPECT_EQ(full["offers"][2]["prices"][0]["term"], "P12M") << "durations in months";
    EXPECT_EQ(full["calendar"]["workdays"], json({"mon", "tue", "sat"}));
    EXPECT_EQ(full["calendar"]["holidays"], json({"2026-05-25", "2026-12-25"}));
    EXPECT_EQ(full["customers"][0]["id"], "a");
    EXPECT_EQ(full["customers"][1]["subscriptions"][1]["demand"][0]["from"], "2026-06-01");
    EXPECT_EQ(full["effort"]["provision"], json({{"minutes", 15}})) << "the first team is the default";
    EXPECT_EQ(full["uncertainty"]["provision_delay"]["empirical"][2], 1.5);
}

TEST(Canonical, IsRfc8785) {
    const std::string text = canonical_text(read(kFullScenario));
    EXPECT_EQ(json::parse(text).dump(), text) << "keys ascending, no blanks";
}

TEST(Canonical, LeavesOutWhatHoldsItsDefault) {
    SmallScenario spelt;
    SmallScenario silent;
    spelt.draft.continuity = Continuity::strict;
    spelt.draft.provision_days = 0;
    spelt.draft.overlap_days = 0;
    spelt.draft.plan_days = 0;
    spelt.draft.perspective = Perspective::customer;
    spelt.draft.calendar = CalendarDraft{kMondayToFriday};
    spelt.programme("csp").cancellation.refund = Refund::none;
    spelt.programme("csp").cancellation.fee = amount("0.00");
    spelt.draft.transitions[0].reassign = false;  // the skus are the same: that is what holds anyway (M1.6)
    spelt.draft.effort.emplace().provision.team = "ops";
    EXPECT_EQ(canonical_text(spelt.build()), canonical_text(silent.build()));
    EXPECT_EQ(canonical_text(silent.build()).find("null"), std::string::npos);
}

TEST(Canonical, TellsApartWhatDiffers) {
    SmallScenario a, b;
    b.subscription("contoso-e3").seats = 11;
    EXPECT_NE(digest_of(a.build()), digest_of(b.build()));
    EXPECT_EQ(digest_of(a.build()).size(), 64U);
}

TEST(Canonical, PlansComeSortedAndReadBack) {
    const Scenario scenario = read(kFullScenario);
    const char* const plan_text =
        R"({"format": "termwise-plan/1", "scenario": null, "customers": [{"id": "b", "invite_on": "2026-01-06"}, {"id": "a", "invite_on": "2026-01-07"}],
      "moves": [{"subscription": "b2", "action": "stay"}, {"subscription": "b1", "action": "migrate", "target": "base", "term": "P1Y", "billing": "P1M",
        "provision_on": "2026-03-16", "reassign_on": "2026-03-18", "exit": "lapse", "exit_on": "2026-04-01", "auto_renew_off_on": null, "why": "free text"}]})";
    Diagnostics diagnostics;
    const auto plan = read_plan_text(plan_text, "plan", scenario, diagnostics);
    ASSERT_TRUE(plan) << text_of(diagnostics);
    const std::string text = canonical_text(scenario, *plan);
    EXPECT_EQ(
        text,
        R"({"customers":[{"id":"a","invite_on":"2026-01-07"},{"id":"b","invite_on":"2026-01-06"}],"format":"termwise-plan/1","moves":[)"
        R"({"action":"migrate","billing":"P1M","exit":"lapse","exit_on":"2026-04-01","provision_on":"2026-03-16","reassign_on":"2026-03-18","subscription":"b1","target":"base","term":"P12M"},)"
        R"({"action":"stay","subscription":"b2"}]})");
    const auto again = read_plan_text(text, "plan", scenario, diagnostics);
    ASSERT_TRUE(again) << text_of(diagnostics);
    EXPECT_EQ(again->moves, plan->moves);
    EXPECT_EQ(digest_of(scenario, *again), digest_of(scenario, *plan));
}

}  // namespace
}  // namespace termwise
