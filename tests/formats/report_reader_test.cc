// Results of earlier runs, joined: what belongs together is, what does not is refused.
#include "formats/report_reader.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "experiment/experiments.h"
#include "formats/planning_writer.h"
#include "formats/result_writer.h"
#include "formats/simulation_writer.h"
#include "planning/comparison.h"
#include "scoring/score.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using nlohmann::json;

class ResultsJoined : public testing::Test {
  protected:
    static std::string text_of(const std::function<void(const TextSink&)>& write) {
        std::string text;
        write([&](std::string_view piece) { text += piece; });
        return text;
    }

    std::string file(const std::string& name, const std::string& text) { return scratch_.write(name, text); }

    [[nodiscard]] std::string comparison(const Scenario& scenario) const {
        return text_of([&](const TextSink& sink) {
            write_comparison(scenario, compare_strategies(scenario, Detail::everything), {}, sink);
        });
    }

    [[nodiscard]] std::string simulation(const Scenario& scenario) const {
        const std::vector<Plan> plans = test::plans_for(scenario);
        ExperimentResult result = test::result_of(scenario, plans, 3, 20);
        result.frame.scenario_digest = digest_of(scenario);
        const char* names[] = {"wait", "cancel-now", "mine"};
        for (std::size_t p = 0; p < plans.size(); ++p) result.frame.plans[p].name = names[p];
        return text_of([&](const TextSink& sink) { write_simulation(result, sink); });
    }

    std::optional<JoinedResults> read(const std::vector<std::string>& paths, const std::string& digest = {}) {
        diagnostics_ = {};
        return read_results(paths, digest, diagnostics_);
    }

    /// What is said of a file that is refused.
    std::string refusal(const std::string& text) {
        EXPECT_FALSE(read({file("refused.json", text)}));
        return diagnostics_.all().empty() ? "" : diagnostics_.all()[0].message;
    }

    const Scenario scenario_ = test::uncertain_scenario();
    test::Scratch scratch_;
    Diagnostics diagnostics_;
};

TEST_F(ResultsJoined, OfAComparisonAreItsNumbers) {
    std::optional<JoinedResults> joined = read({file("c.json", comparison(scenario_))}, digest_of(scenario_));
    ASSERT_TRUE(joined);
    const Comparison there = compare_strategies(scenario_, Detail::everything);
    order_by(scenario_, *joined);
    ASSERT_EQ(joined->plans.size(), there.results.size());
    for (std::size_t p = 0; p < there.results.size(); ++p) {
        const Score &read = joined->plans[p].score, &scored = there.results[p].score;
        EXPECT_EQ(read.components, scored.components);
        EXPECT_EQ(read.readings, scored.readings);
        EXPECT_EQ(read.months, scored.months);
        EXPECT_EQ(read.first_month, scored.first_month);
        EXPECT_EQ(read.finished_on, scored.finished_on);
        EXPECT_EQ(read.subscriptions, scored.subscriptions);
        EXPECT_EQ(read.customers, scored.customers);
        EXPECT_EQ(joined->plans[p].violations,
                  static_cast<std::int64_t>(there.results[p].judgement.violations.size()));
    }
    EXPECT_EQ(joined->frame->horizon.from, scenario_.h0());
    EXPECT_EQ(joined->frame->digest, digest_of(scenario_));
}

TEST_F(ResultsJoined, OfASimulationAddThePlansThatTheComparisonHasNot) {
    const std::string c = file("c.json", comparison(scenario_)), s = file("s.json", simulation(scenario_));
    for (const auto& paths : {std::vector{c, s}, std::vector{s, c}}) {
        const std::optional<JoinedResults> joined = read(paths);
        ASSERT_TRUE(joined);
        ASSERT_EQ(joined->plans.size(), 4U);
        EXPECT_EQ(joined->plans[3].name, "mine");
        EXPECT_EQ(joined->plans[3].total(), joined->plans[0].total());  // it is what staying is
        EXPECT_EQ(joined->plans[3].stayed, ReportedPlan::kNotCounted);
        Report report;
        report.frame = *joined->frame;
        report.plans = joined->plans;
        report.results = joined->results;
        const json data = json::parse(text_of([&](const TextSink& sink) { write_report(report, sink); }));
        EXPECT_EQ(data["answer"]["simulated"], json({1, 2, 3}));
        EXPECT_EQ(data["results"]["simulation"]["plans"][0]["name"], "wait");
        EXPECT_TRUE(data["subscriptions"].is_null());
    }
}

TEST_F(ResultsJoined, OfASearchAreTaken) {
    const OptimalPlan found = plan_optimally(scenario_, {});
    const std::string planning =
        text_of([&](const TextSink& sink) { write_planning(scenario_, found, nullptr, nullptr, sink); });
    const auto joined = read({file("c.json", comparison(scenario_)), file("p.json", planning)});
    ASSERT_TRUE(joined);
    EXPECT_EQ(json::parse(joined->results.search)["total"], json::parse(planning)["total"]);
}

TEST_F(ResultsJoined, OfAnotherScenarioAreRefused) {
    Scenario other = scenario_;
    other.name = "Another";
    EXPECT_FALSE(read({file("c.json", comparison(scenario_)), file("s.json", simulation(other))}));
    ASSERT_EQ(diagnostics_.error_count(), 1U);
    EXPECT_NE(diagnostics_.all()[0].message.find("another scenario than"), std::string::npos);
    EXPECT_NE(diagnostics_.all()[0].place.file.find("s.json"), std::string::npos);
    EXPECT_FALSE(read({file("c.json", comparison(scenario_))}, digest_of(other)));
}

TEST_F(ResultsJoined, ThatAreNoneSayWhatTheyAre) {
    EXPECT_NE(refusal("{\"format\": \"termwise-scenario/1\"}").find("--scenario"), std::string::npos);
    EXPECT_NE(refusal("{\"format\": \"termwise-plan/1\"}").find("--plan"), std::string::npos);
    EXPECT_NE(refusal("{\"format\": \"termwise-score/1\"}").find("scores the plan itself"),
              std::string::npos);
    EXPECT_NE(refusal("{\"format\": \"termwise-simulation-part/1\"}").find("merge"), std::string::npos);
    EXPECT_NE(refusal("{\"format\": \"termwise-comparisn/1\"}").find("did you mean"), std::string::npos);
    EXPECT_NE(refusal("{\"a\": 1}").find("no \"format\""), std::string::npos);
    EXPECT_NE(refusal("[1]").find("no \"format\""), std::string::npos);
    EXPECT_NE(refusal("{").find("broken off"), std::string::npos);
    EXPECT_NE(refusal("a,b\n1,2\n").find("neither"), std::string::npos);
    EXPECT_NE(refusal("").find("neither"), std::string::npos);
    EXPECT_NE(refusal("# A \"page\" of words").find("neither"), std::string::npos);
    EXPECT_NE(refusal("# termwise-sweep-part/1 1/2 1 5 10 x\n").find("merge"), std::string::npos);
}

TEST_F(ResultsJoined, WithAnythingMissingAreRefusedAndNothingElseHappens) {
    for (const std::string& text : {comparison(scenario_), simulation(scenario_)}) {
        const json whole = json::parse(text);
        for (const auto& [key, value] : whole.items()) {
            if (key == "ranking" || key == "best" || key == "differences" || key == "precision" ||
                key == "seed" || key == "replications")
                continue;  // not looked at
            json broken = whole;
            broken.erase(key);
            EXPECT_NE(refusal(broken.dump()), "") << key;
            broken[key] = 7;
            EXPECT_NE(refusal(broken.dump()), "") << key;
        }
    }
    json other = json::parse(comparison(scenario_));
    other["strategies"][1]["total"] = "1.00";
    EXPECT_NE(refusal(other.dump()).find("sum of its components"), std::string::npos);
}

}  // namespace
}  // namespace termwise
