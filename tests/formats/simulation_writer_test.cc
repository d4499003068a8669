// Results of simulations as JSON and CSV (M7.3): shape and agreement; that the numbers are right is the
// experiment's business.
#include "formats/simulation_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "calendar/iso_week.h"
#include "experiment/experiments.h"
#include "money/decimal.h"

namespace termwise {
namespace {

using nlohmann::json;

class Written : public testing::Test {
  protected:
    const Scenario scenario_ = test::uncertain_scenario();
    const std::vector<Plan> plans_ = test::plans_for(scenario_);
    const ExperimentResult result_ = test::result_of(scenario_, plans_, 7, 40);

    [[nodiscard]] static json json_of(const ExperimentResult& result) {
        std::string text;
        write_simulation(result, [&](std::string_view piece) { text += piece; });
        EXPECT_EQ(text.back(), '\n');
        return json::parse(text);
    }
    [[nodiscard]] std::string csv() const {
        std::string text;
        write_simulation_csv(result_, CsvDialect::plain, [&](std::string_view piece) { text += piece; });
        return text;
    }
};

TEST_F(Written, SaysWhatWasSimulated) {
    const json out = json_of(result_);
    EXPECT_EQ(out["format"], "termwise-simulation/1");
    EXPECT_EQ(out["scenario"]["name"], "Twelve customers");
    EXPECT_EQ(out["scenario"]["uncertain"], true);
    EXPECT_EQ(out["seed"], 7);
    EXPECT_EQ(out["replications"], 40);
    EXPECT_TRUE(out["precision"].is_null());
    EXPECT_EQ(out["plans"].size(), 3U);
    EXPECT_EQ(out["differences"].size(), 3U);  // every pair
    EXPECT_EQ(out["differences"][0]["plan"], "plan-1");
    EXPECT_EQ(out["differences"][0]["against"], "plan-0");
}

TEST_F(Written, HasTotalsComponentsProbabilitiesTeamsAndRisks) {
    const json plan = json_of(result_)["plans"][0];
    const PlanSummary summary = summarize(result_, 0);
    EXPECT_EQ(plan["total"]["mean"], to_decimal_text(Money(summary.total.mean), 2));
    EXPECT_EQ(plan["total"]["planned"], to_decimal_text(result_.frame.plans[0].planned.total(), 2));
    EXPECT_EQ(plan["components"].size(), kComponentCount);
    EXPECT_DOUBLE_EQ(plan["gap_days"]["mean"].get<double>(),
                     static_cast<double>(summary.gap_days.mean) / 100);
    EXPECT_TRUE(plan["gap_days"]["p95"].is_number_integer());
    for (const char* name : {"gap", "missed_deadline", "unwanted_renewal", "not_moved", "unfinished"}) {
        const json& p = plan["probabilities"][name];
        EXPECT_LE(p["low"].get<double>(), p["probability"].get<double>()) << name;
        EXPECT_LE(p["probability"].get<double>(), p["high"].get<double>()) << name;
    }
    EXPECT_LE(plan["riskiest"].size(), kMostRiskiest);
    const json& buckets = plan["teams"][0]["buckets"];
    ASSERT_FALSE(buckets.empty());
    for (const json& bucket : buckets) {
        EXPECT_EQ(bucket["limit_seconds"], 240 * 60);
        EXPECT_LE(bucket["utilisation"].get<double>(), 1);
        EXPECT_LE(bucket["waiting"].get<double>(), bucket["most_waiting"].get<double>());
    }
    EXPECT_EQ(buckets[0]["bucket"].get<std::string>().substr(0, 6), "2026-W");
}

TEST_F(Written, OneWorldHasNulls) {
    const json plan = json_of(test::result_of(scenario_, plans_, 7, 1))["plans"][0];
    EXPECT_TRUE(plan["total"]["half_width"].is_null());
    EXPECT_TRUE(plan["total"]["deviation"].is_null());
    EXPECT_TRUE(plan["total"]["mean"].is_string());
}

TEST_F(Written, TablesHaveARowAPlanAndQuantity) {
    const std::string text = csv();
    EXPECT_EQ(text.substr(0, text.find('\n')),
              "plan,feasible,quantity,replications,planned,mean,half_width,deviation,p5,p50,p95,cvar95");
    // Total, nine components, three readings for each of three plans; three pairs; the head.
    EXPECT_EQ(std::ranges::count(text, '\n'), 3 * 13 + 3 + 1);
    EXPECT_NE(text.find("\nplan-2,"), std::string::npos);
    EXPECT_NE(text.find("plan-1,true,difference:plan-0,40,"), std::string::npos);
}

TEST(BucketText, NamesWeeksAndDays) {
    TeamFrame team;
    team.first_bucket = week_number("2026-01-05"_day);
    EXPECT_EQ(bucket_text(team, 1), "2026-W03");
    team.per = CapacityPer::day;
    team.first_bucket = "2026-01-05"_day.serial;
    EXPECT_EQ(bucket_text(team, 1), "2026-01-06");
}

}  // namespace
}  // namespace termwise
