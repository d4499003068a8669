// The canonical form (M0.6): one text for one meaning.
#include "formats/canonical.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "formats/plan_reader.h"
#include "formats/scenario_reader.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;
using nlohmann::json;

Scenario read(const std::string& text) {
    Diagnostics diagnostics;
    auto scenario = read_scenario_text(text, "test", diagnostics);
    if (!scenario) throw std::runtime_error(text_of(diagnostics));
    return std::move(*scenario);
}

/// A scenario that says something in every field.
const char* const kFull = R"({
  "format": "termwise-scenario/1", "name": "All of it", "perspective": "partner", "currency": "USD",
  "horizon": {"start": "2026-01-05", "end": "2027-07-05"},
  "calendar": {"workdays": ["tue", "mon", "sat"], "holidays": ["2026-12-25", "2026-05-25"]},
  "teams": [{"id": "z", "labour_rate": "60.5", "capacity": {"per": "day", "minutes": 400, "exceptions": [{"on": "2026-12-21", "minutes": 48}, {"on": "2026-02-02", "minutes": 0}]}}, {"id": "a"}],
  "effort": {"invite": {"minutes": 10, "team": "a"}, "visit": {"minutes": 40}, "provision": {"minutes": 15, "team": "z"},
             "reassign": {"seconds_per_seat": 30, "seats_per_day": 200, "team": "a"}, "auto_renew_off": {"minutes": 5}, "cancel": {"minutes": 10}},
  "disruption": {"reassign_per_seat": "4.00", "gap_per_seat_day": 50}, "continuity": "soft", "provision_days": 2,
  "acceptance": {"plan_days": 10}, "strategy": {"overlap_days": 7},
  "programmes": [
    {"id": "open", "renewals_until": "2026-12-31", "grace_days": 30, "renewal_notice_days": 3, "cancellation": {"allowed": "always", "refund": "none", "refund_window_days": null, "remaining": "due", "fee": "1.00"}},
    {"id": "csp", "cancellation": {"allowed": "window", "refund": "prorated", "refund_window_days": 6, "remaining": "waived"}}],
  "offers": [
    {"id": "old", "name": "Old", "programme": "open", "sku": "S", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "240"}]},
    {"id": "new", "programme": "csp", "sku": "S", "max_seats": 300, "requires": ["base"], "prices": [
      {"term": "P1Y", "billing": "P1M", "unit_price": "22.00", "from": "2026-06-01"}, {"term": "P1Y", "billing": "P1M", "unit_price": "20.00", "to": "2026-06-01"}]},
    {"id": "base", "programme": "csp", "sku": "B", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "1.00"}]}],
  "transitions": [{"from": "old", "to": "new", "reassign": true}, {"from": "old", "to": "base", "reassign": true}],
  "target_terms": [{"term": "P1Y", "billing": "P1M"}],
  "budgets": [{"from": "2026-03-01", "to": "2026-04-01", "max": "50000.00"}],
  "uncertainty": {"acceptance": {"lognormal": {"median": 7, "p90": 21}}, "decline": 0.02, "plan_quantile": 0.9, "work": {"lognormal": {"mean": 1, "cv": 0.3}},
                  "provision_delay": {"empirical": [0, 0, 1.5]}, "provision_failure": {"probability": 0.01, "retry_days": 2}},
  "customers": [
    {"id": "b", "name": "B \"quoted\" é", "relationship": "active", "acceptance": {"plan_days": 14}, "blackouts": [{"from": "2026-03-25", "to": "2026-04-03"}],
     "uncertainty": {"acceptance": {"triangular": {"min": 1, "mode": 2, "max": 9}}},
     "subscriptions": [
      {"id": "b2", "offer": "old", "seats": 5, "term": "P12M", "billing": "P1Y", "term_start": "2025-04-01", "unit_price": "240.00", "parent": "b1", "auto_renew": true, "must_move": false,
       "demand": [{"from": "2026-09-01", "seats": 4}, {"from": "2026-06-01", "seats": 9}], "move_from": "2026-02-01", "move_by": "2026-12-01", "targets": ["new"], "target_terms": [{"term": "P1Y", "billing": "P1M"}]},
      {"id": "b1", "offer": "old", "seats": 5, "term": "P1Y", "billing": "P1Y", "term_start": "2025-04-01", "unit_price": "240.00", "targets": ["base"]}]},
    {"id": "a", "subscriptions": []}]})";

TEST(Canonical, ReadingItGivesTheSameBytesAgain) {
    const std::string once = canonical_text(read(kFull));
    EXPECT_EQ(canonical_text(read(once)), once);
}

TEST(Canonical, KeepsEverythingThatMatters) {
    const json full = json::parse(canonical_text(read(kFull)));
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
    const std::string text = canonical_text(read(kFull));
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
    const Scenario scenario = read(kFull);
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
