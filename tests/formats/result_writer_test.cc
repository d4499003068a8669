// Results as JSON (M8). That every number is right is the conformance examples' business; here: shape, order,
// sums.
#include "formats/result_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "formats/plan_reader.h"
#include "model/build.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;
using nlohmann::json;

json parsed(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    EXPECT_EQ(text.back(), '\n');
    return json::parse(text);
}

/// Two customers; what comes first in the portfolio is not what comes first by subscription id.
Scenario two_customers() {
    SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "z-e3", "e3-open");
    EffortDraft& effort = s.draft.effort.emplace();
    effort.provision.minutes = 15;
    effort.visit.minutes = 40;
    return s.build();
}

TEST(WriteScore, ListsAreSortedByIdAndPartsSumToTheTotal) {
    const Scenario scenario = two_customers();
    const Plan plan = plan_by(scenario, Strategy::wait).plan;
    const Score scored = score(scenario, plan, Detail::everything);
    const json result =
        parsed([&](const TextSink& sink) { write_score(scenario, check(scenario, plan), scored, sink); });
    EXPECT_EQ(result["format"], "termwise-score/1");
    EXPECT_EQ(result["currency"], "USD");
    EXPECT_EQ(result["feasible"], true);
    EXPECT_EQ(result["subscriptions"][0]["id"], "contoso-e3");
    EXPECT_EQ(result["subscriptions"][1]["id"], "z-e3");
    EXPECT_EQ(result["customers"][0]["id"], "adatum");
    EXPECT_EQ(result["months"].size(), 13U) << "every month that meets the horizon, zeros included";
    EXPECT_EQ(result["months"][0], json({{"month", "2026-01"}, {"cash", "0.00"}}));
    // Labour of the visit belongs to the customer, not to the subscription.
    EXPECT_EQ(result["subscriptions"][0]["components"]["labour"], "15.00");
    EXPECT_EQ(result["customers"][1]["components"]["labour"], "55.00");
}

TEST(WritePlan, ReadsBackAsTheSamePlan) {
    const Scenario scenario = two_customers();
    Plan plan = plan_by(scenario, Strategy::cancel_now).plan;
    plan.scenario_digest = digest_of(scenario);
    std::string text;
    write_plan(scenario, plan, [&](std::string_view piece) { text += piece; });
    Diagnostics diagnostics;
    const auto again = read_plan_text(text, "plan", scenario, diagnostics);
    ASSERT_TRUE(again) << text_of(diagnostics);
    EXPECT_EQ(again->moves, plan.moves);
    EXPECT_EQ(again->scenario_digest, plan.scenario_digest);
}

TEST(WriteComparison, StatesNoSavingAgainstWhatDoesNotWork) {  // M5.2
    const Scenario scenario = two_customers();
    const Comparison comparison = compare_strategies(scenario, Detail::everything);
    const Day later = later_horizon_end(scenario, 12);
    const LongerView longer{later, compare_strategies(with_horizon_end(scenario, later), Detail::totals)};
    const json result =
        parsed([&](const TextSink& sink) { write_comparison(scenario, comparison, longer, sink); });
    EXPECT_EQ(result["format"], "termwise-comparison/1");
    EXPECT_EQ(result["best"], "wait");
    EXPECT_EQ(result["ranking"], json({"wait", "cancel-now"}));
    EXPECT_EQ(result["longer_horizon"]["end"], "2028-01-05");
    EXPECT_EQ(result["longer_horizon"]["ranking_changes"], false);
    EXPECT_EQ(result["strategies"][0]["name"], "stay");
    EXPECT_TRUE(result["strategies"][0]["difference_to_best"].is_null());
    EXPECT_EQ(result["strategies"][1]["difference_to_best"], "0.00");
    EXPECT_EQ(result["strategies"][1]["teams"][0]["peak"]["limit_seconds"], nullptr);
    EXPECT_EQ(result["strategies"][1]["subscriptions"].size(), 2U);
}

TEST(WriteComparison, SaysWhatTheCheapestPlanDoesDifferently) {  // M6
    Scenario scenario = two_customers();
    scenario.overlap_days = 7;
    const PlanningOptions asked;
    const Comparison comparison = compare_strategies(scenario, Detail::everything, &asked);
    const LongerView longer{later_horizon_end(scenario, 12), {}};
    const json result =
        parsed([&](const TextSink& sink) { write_comparison(scenario, comparison, longer, sink); });
    const json& optimal = result["optimal"];
    EXPECT_EQ(optimal["status"], "optimal");
    EXPECT_EQ(optimal["against"], "wait");
    EXPECT_EQ(optimal["total"], result["strategies"][3]["total"]);
    EXPECT_EQ(result["strategies"][3]["name"], "optimal");
    double together = 0;
    for (const json& change : optimal["changes"]) {
        EXPECT_NE(change["was"], change["is"]);
        together += std::stod(change["difference"].get<std::string>());
    }
    EXPECT_EQ(optimal["changes"].size(), 2U);
    EXPECT_NEAR(together, -std::stod(result["strategies"][1]["difference_to_best"].get<std::string>()), 0.001)
        << "the visits are as many";
}

TEST(WriteComparison, WithoutASearchThereIsNothingToSayOfIt) {
    const Scenario scenario = two_customers();
    const Comparison comparison = compare_strategies(scenario, Detail::totals);
    const LongerView longer{later_horizon_end(scenario, 12), {}};
    const json result =
        parsed([&](const TextSink& sink) { write_comparison(scenario, comparison, longer, sink); });
    EXPECT_TRUE(result["optimal"].is_null());
}

TEST(WriteValidation, TellsPlacesOfTablesByCell) {
    Diagnostics diagnostics;
    diagnostics.error("M1.3", {"s.csv", {}, "seats", 7, 12}, "expected a number", "seat");
    diagnostics.warning("M1.7", {"s.json", "/disruption", {}, 3, 4}, "low");
    const json result =
        parsed([&](const TextSink& sink) { write_validation(diagnostics, nullptr, nullptr, sink); });
    EXPECT_EQ(result["valid"], false);
    EXPECT_EQ(result["errors"][0], json({{"rule", "M1.3"},
                                         {"file", "s.csv"},
                                         {"line", 7},
                                         {"column", 12},
                                         {"pointer", nullptr},
                                         {"cell", "seats"},
                                         {"message", "expected a number"},
                                         {"nearest", "seat"}}));
    EXPECT_EQ(result["warnings"][0]["pointer"], "/disruption");
}

}  // namespace
}  // namespace termwise
