// Plans as files (M3): what is wrong input, and what is only a bad plan.
#include "formats/plan_reader.h"

#include <gtest/gtest.h>

#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;

std::optional<Plan> read(const Scenario& scenario, const std::string& text,
                         std::vector<std::string>& mistakes) {
    Diagnostics diagnostics;
    auto plan = read_plan_text(text, "p.json", scenario, diagnostics);
    for (const Diagnostic& d : diagnostics.all())
        mistakes.push_back(d.rule + " " + d.place.pointer +
                           (d.nearest.empty() ? "" : " (" + d.nearest + "?)"));
    return plan;
}

const std::string kMove =
    R"("subscription": "contoso-e3", "action": "migrate", "target": "e3-csp", "term": "P1Y", "billing": "P1M",
    "provision_on": "2026-03-25", "exit": "lapse", "exit_on": "2026-04-01")";

TEST(PlanReader, ReadsAMoveAndForgetsTheOrder) {
    SmallScenario s;
    s.add_subscription("contoso", "a-first", "e3-open");
    const Scenario scenario = s.build();
    std::vector<std::string> mistakes;
    const auto plan = read(scenario,
                           R"({"format": "termwise-plan/1", "moves": [{)" + kMove +
                               R"(}, {"subscription": "a-first", "action": "stay"}]})",
                           mistakes);
    ASSERT_TRUE(plan) << mistakes.front();
    ASSERT_EQ(plan->moves.size(), 2U);
    EXPECT_EQ(scenario.id(plan->moves[0].subscription), "a-first");
    EXPECT_EQ(plan->moves[1].provision_on, day("2026-03-25"));
    EXPECT_TRUE(plan->moves[1].reassign_on.none());
    EXPECT_EQ(plan->scenario_digest, "");
}

TEST(PlanReader, AnUnknownIdIsWrongInput) {  // M3.1
    const Scenario scenario = SmallScenario().build();
    std::vector<std::string> mistakes;
    EXPECT_FALSE(
        read(scenario,
             R"({"format": "termwise-plan/1", "customers": [{"id": "contosso", "invite_on": "2026-01-06"}],
                                    "moves": [{"subscription": "contoso-e4", "action": "stay"}]})",
             mistakes));
    EXPECT_EQ(mistakes, (std::vector<std::string>{"M3.1 /customers/0/id (contoso?)",
                                                  "M3.1 /moves/0/subscription (contoso-e3?)"}));
}

TEST(PlanReader, TwoMovesOrNoneAreABadPlanNotWrongInput) {  // M3.1: `move`
    const Scenario scenario = SmallScenario().build();
    std::vector<std::string> mistakes;
    EXPECT_TRUE(read(scenario, R"({"format": "termwise-plan/1", "moves": []})", mistakes));
    EXPECT_TRUE(read(
        scenario,
        R"({"format": "termwise-plan/1", "moves": [{"subscription": "contoso-e3", "action": "stay"}, {"subscription": "contoso-e3", "action": "stay"}]})",
        mistakes));
    EXPECT_TRUE(mistakes.empty());
}

TEST(PlanReader, ACustomerTwiceIsWrongInput) {  // M0.5
    const Scenario scenario = SmallScenario().build();
    std::vector<std::string> mistakes;
    EXPECT_FALSE(read(
        scenario,
        R"({"format": "termwise-plan/1", "customers": [{"id": "contoso", "invite_on": "2026-01-06"}, {"id": "contoso", "invite_on": "2026-01-07"}], "moves": []})",
        mistakes));
    ASSERT_EQ(mistakes.size(), 1U);
    EXPECT_EQ(mistakes[0], "M0.5 /customers/1/id");
}

TEST(PlanReader, AStayCarriesNoMigration) {
    const Scenario scenario = SmallScenario().build();
    std::vector<std::string> mistakes;
    EXPECT_FALSE(read(
        scenario,
        R"({"format": "termwise-plan/1", "moves": [{"subscription": "contoso-e3", "action": "stay", "target": "e3-csp"}]})",
        mistakes));
    EXPECT_EQ(mistakes.size(), 1U);
    EXPECT_TRUE(read(
        scenario,
        R"({"format": "termwise-plan/1", "moves": [{"subscription": "contoso-e3", "action": "stay", "target": null, "auto_renew_off_on": "2026-02-02", "why": "later"}]})",
        mistakes));
}

TEST(PlanReader, AMigrationNeedsItsFields) {
    const Scenario scenario = SmallScenario().build();
    std::vector<std::string> mistakes;
    EXPECT_FALSE(read(
        scenario,
        R"({"format": "termwise-plan/1", "moves": [{"subscription": "contoso-e3", "action": "migrate"}]})",
        mistakes));
    EXPECT_EQ(mistakes.size(), 6U) << "target, term, billing, provision_on, exit, exit_on";
}

}  // namespace
}  // namespace termwise
