// A report says the same as the results that it goes with, and as the scorer.
#include "formats/report_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "formats/result_writer.h"
#include "plan/check.h"
#include "planning/comparison.h"
#include "scoring/score.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using nlohmann::json;
using test::day;

class ReportData : public testing::Test {
  protected:
    static Scenario scenario_of() {
        test::SmallScenario s;
        s.draft.name = "Two customers";
        s.programme("open").grace_days = 10;
        s.add_customer("adatum").relationship = Relationship::pending;
        s.add_subscription("adatum", "z-e3", "e3-open").seats = 7;
        s.add_subscription("adatum", "a-e3", "e3-open").move_by = day("2026-11-01");
        s.draft.plan_days = 14;
        EffortDraft& effort = s.draft.effort.emplace();
        effort.visit.minutes = 40;
        effort.provision.minutes = 15;
        s.team("ops").capacity.emplace().minutes = 240;
        return s.build();
    }

    static Report report_of(const Scenario& scenario, const Comparison& comparison) {
        Report report;
        report.frame = report_frame_of(scenario, std::string(64, 'a'));
        report.scenario = &scenario;
        for (const StrategyResult& result : comparison.results)
            report.plans.push_back(reported_plan(scenario, ReportedKind::strategy,
                                                 std::string(approach_name(result.approach)), result.plan,
                                                 result.judgement, result.score, result.not_placed));
        return report;
    }

    static json written(const Report& report) {
        std::string text;
        write_report(report, [&](std::string_view piece) { text += piece; });
        return json::parse(text);
    }

    static std::int64_t minor(const json& amount) {
        std::string text = amount.get<std::string>();
        std::erase(text, '.');
        return std::stoll(text);
    }

    const Scenario scenario_ = scenario_of();
    const Comparison comparison_ = compare_strategies(scenario_, Detail::everything);
    const json data_ = written(report_of(scenario_, comparison_));
};

TEST_F(ReportData, HasTheNumbersOfTheComparison) {
    std::string text;
    write_comparison(scenario_, comparison_, {}, [&](std::string_view piece) { text += piece; });
    const json comparison = json::parse(text);
    const json& plans = data_["plans"];
    ASSERT_EQ(plans.size(), comparison["strategies"].size());
    for (std::size_t p = 0; p < plans.size(); ++p) {
        const json& strategy = comparison["strategies"][p];
        EXPECT_EQ(plans[p]["name"], strategy["name"]);
        EXPECT_EQ(plans[p]["feasible"], strategy["feasible"]);
        EXPECT_EQ(plans[p]["total"], minor(strategy["total"]));
        for (std::size_t c = 0; c < kComponentCount; ++c)
            EXPECT_EQ(plans[p]["components"][c],
                      minor(strategy["components"][data_["component_names"][c].get<std::string>()]));
        for (std::size_t m = 0; m < strategy["months"].size(); ++m)
            EXPECT_EQ(plans[p]["months"][m], minor(strategy["months"][m]["cash"]));
        EXPECT_EQ(plans[p]["violations"]["count"], strategy["violations"].size());
        for (const json& part : strategy["subscriptions"]) {
            const auto at = std::ranges::find(data_["subscriptions"]["id"], part["id"]) -
                            data_["subscriptions"]["id"].begin();
            EXPECT_EQ(plans[p]["subscription_totals"][static_cast<std::size_t>(at)], minor(part["total"]));
        }
        if (strategy["difference_to_best"].is_null())
            EXPECT_TRUE(plans[p]["more_than_best"].is_null());
        else
            EXPECT_EQ(plans[p]["more_than_best"], minor(strategy["difference_to_best"]));
    }
    EXPECT_EQ(plans[data_["answer"]["plan"].get<std::size_t>()]["name"], comparison["best"]);
    EXPECT_EQ(data_["months"]["count"], comparison["strategies"][0]["months"].size());
}

TEST_F(ReportData, AddsUp) {
    for (const json& plan : data_["plans"]) {
        std::int64_t total = 0;
        for (std::size_t c = 0; c < kComponentCount; ++c)
            total +=
                data_["component_signs"][c].get<std::int64_t>() * plan["components"][c].get<std::int64_t>();
        EXPECT_EQ(plan["total"], total);
        std::int64_t customers = 0;
        for (const json& amount : plan["customer_totals"]) customers += amount.get<std::int64_t>();
        EXPECT_EQ(plan["total"], customers);
        std::int64_t overlap = 0;
        for (const json& days : plan["moves"]["overlap_days"]) overlap += days.get<std::int64_t>();
        EXPECT_EQ(plan["overlap_days"], overlap);
    }
}

TEST_F(ReportData, TellsEveryMove) {
    const json& ids = data_["subscriptions"]["id"];
    EXPECT_EQ(ids, json({"a-e3", "z-e3", "contoso-e3"}));  // by customer
    EXPECT_EQ(data_["subscriptions"]["customer"], json({0, 0, 1}));
    EXPECT_EQ(data_["subscriptions"]["move_by"], json({day("2026-11-01").serial, nullptr, nullptr}));
    EXPECT_TRUE(data_["subscriptions"]["parent"].is_null());
    const json& wait = data_["plans"][1];
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const Move& move = comparison_.results[1].plan.moves[i];
        EXPECT_EQ(wait["moves"]["moves"][i], 1);
        EXPECT_EQ(wait["moves"]["provision_on"][i], move.provision_on.serial);
        EXPECT_EQ(wait["moves"]["exit_on"][i], move.exit_on.serial);
        const json& way = data_["ways"][wait["moves"]["way"][i].get<std::size_t>()];
        EXPECT_EQ(way, json({"P1Y", "P1M"}));
    }
    EXPECT_EQ(data_["plans"][0]["moves"]["moves"], json({0, 0, 0}));  // stay
    EXPECT_EQ(data_["plans"][0]["moves"]["target"], json({nullptr, nullptr, nullptr}));
    EXPECT_TRUE(data_["plans"][0]["moves"]["provision_on"].is_null());
    std::int64_t used = 0;
    for (const json& seconds : wait["loads"][0]) used += seconds.get<std::int64_t>();
    EXPECT_EQ(used, 3 * 15 * 60 + 2 * 40 * 60);
    EXPECT_EQ(wait["finishing"]["done"].back(), 3);
}

TEST_F(ReportData, SaysLessOfLargePortfolios) {
    Report report = report_of(scenario_, comparison_);
    EXPECT_EQ(written(report)["detail_limits"]["why"], "limit");  // none was looked at
    const ReportedAnswer answer = answer_of(report.plans);
    report.details = details_of(scenario_, report.plans[*answer.plan], &report.plans[*answer.against], 2);
    const json data = written(report);
    EXPECT_EQ(data["details"].size(), 3U);
    EXPECT_TRUE(data["detail_limits"]["why"].is_null());
    for (const json& detail : data["details"]) {
        EXPECT_EQ(detail["by_day"]["difference"].size(), 365U);
        EXPECT_EQ(detail["alternatives"][0]["name"], "chosen");
    }
}

}  // namespace
}  // namespace termwise
