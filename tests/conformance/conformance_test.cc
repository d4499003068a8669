// The worked examples beside this file: scenario, plan, exact score, every line worked out by hand
// (README.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "formats/canonical.h"
#include "formats/plan_reader.h"
#include "formats/result_writer.h"
#include "formats/scenario_reader.h"
#include "plan/check.h"
#include "scoring/score.h"

namespace termwise {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kFolder = fs::path(TERMWISE_SOURCE_DIR) / "tests" / "conformance";

std::vector<std::string> examples() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(kFolder))
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::string problems(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics.all()) text += to_text(diagnostic) + "\n";
    return text;
}

/// Message texts are free, and the order of fields and of lists by id has no meaning.
json comparable(json score) {
    for (json& violation : score["violations"]) violation.erase("message");
    return score;
}

class Conformance : public testing::TestWithParam<std::string> {};

TEST_P(Conformance, ScoresToTheLastCent) {
    const fs::path folder = kFolder / GetParam();
    Diagnostics diagnostics;
    const auto scenario = read_scenario((folder / "scenario.json").string(), diagnostics);
    ASSERT_TRUE(scenario) << problems(diagnostics);
    const auto plan = read_plan((folder / "plan.json").string(), *scenario, diagnostics);
    ASSERT_TRUE(plan) << problems(diagnostics);

    std::string text;
    write_score(*scenario, check(*scenario, *plan), score(*scenario, *plan, Detail::everything),
                [&](std::string_view piece) { text += piece; });

    std::ifstream file(folder / "score.json");
    EXPECT_EQ(comparable(json::parse(text)), comparable(json::parse(file))) << text;
}

TEST_P(Conformance, ReadingTheCanonicalFormGivesTheSameBytesAgain) {  // M0.6
    Diagnostics diagnostics;
    const auto scenario = read_scenario((kFolder / GetParam() / "scenario.json").string(), diagnostics);
    ASSERT_TRUE(scenario) << problems(diagnostics);
    const std::string first = canonical_text(*scenario);
    const auto again = read_scenario_text(first, "canonical", diagnostics);
    ASSERT_TRUE(again) << problems(diagnostics) << first;
    EXPECT_EQ(canonical_text(*again), first);
}

INSTANTIATE_TEST_SUITE_P(Examples, Conformance, testing::ValuesIn(examples()), [](const auto& example) {
    std::string name = example.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(ConformanceExamples, AreAllThere) { EXPECT_EQ(examples().size(), 16U); }

}  // namespace
}  // namespace termwise
