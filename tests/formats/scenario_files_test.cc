// The files of a scenario, joined into one draft (M1.5, M1.9), before anything is built of it.
#include "formats/scenario_files.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/locate.h"
#include "formats/reading.h"
#include "formats/scenario_reader.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using test::Scratch;
using test::told;

using Lines = std::vector<std::string>;

constexpr std::string_view kRest =
    R"("format": "termwise-scenario/1", "currency": "USD", "horizon": {"start": "2026-01-05", "end": "2027-01-05"},)"
    R"( "programmes": [], "offers": [], "customers": [])";

std::string including(const std::string& files) {
    return "{\"include\": [" + files + "], " + std::string(kRest) + "}";
}

/// What is said of the scenario in `folder`, without the folder's name.
Lines said_of(const Scratch& folder) {
    Diagnostics diagnostics;
    static_cast<void>(read_scenario_files(folder.path("s.json"), diagnostics));
    locate(diagnostics);
    return told(diagnostics, folder.path(""));
}

TEST(ScenarioFiles, KnowWhereEachPartCameFrom) {
    const Scratch folder;
    folder.write("s.json", including("\"parts/a.json\""));
    folder.write(
        "parts/a.json",
        R"({"include": ["../b.json"], "budgets": [{"from": "2026-03-01", "to": "2026-04-01", "max": 5}]})");
    folder.write("b.json", R"({"teams": [{"id": "x"}, {"id": "ops"}]})");
    Diagnostics diagnostics;
    const DraftReading reading = read_scenario_files(folder.path("s.json"), diagnostics);
    ASSERT_EQ(reading.outcome, ReadOutcome::good);
    ASSERT_EQ(reading.draft.files.size(), 3U);
    EXPECT_EQ(reading.draft.files[2].path, folder.path("b.json")) << "as a person would write it";
    EXPECT_EQ(reading.draft.teams.at(1).origin.file, 2);
    EXPECT_EQ(reading.draft.teams.at(1).origin.outer, 1);
    EXPECT_EQ(reading.draft.budgets.at(0).origin.file, 1);
}

TEST(ScenarioFiles, NameTheWholeCircle) {  // M1.9
    const Scratch folder;
    folder.write("s.json", including("\"a/b.json\""));
    folder.write("a/b.json", R"({"include": ["c.json"]})");
    folder.write("a/c.json", R"({"include": ["../a/b.json"]})");
    EXPECT_EQ(said_of(folder),
              Lines{"a/c.json:1:14: error: /include/0: the files include each other in a circle: a/b.json "
                    "includes a/c.json includes a/b.json [M1.9]"});
    folder.write("s.json", including("\"./s.json\""));
    EXPECT_EQ(
        said_of(folder),
        Lines{"s.json:1:14: error: /include/0: the files include each other in a circle: s.json includes "
              "s.json [M1.9]"});
}

TEST(ScenarioFiles, ReadAFileThatIsNamedTwiceOnce) {
    const Scratch folder;
    folder.write("s.json", including("\"a.json\", \"./a.json\", \"b.json\""));
    folder.write("a.json", R"({"teams": [{"id": "ops"}]})");
    folder.write("b.json", R"({"include": ["a.json"]})");
    EXPECT_EQ(said_of(folder), Lines{});
}

TEST(ScenarioFiles, SayWhichFileIsMissingAndReadTheOthers) {
    const Scratch folder;
    folder.write("s.json", including("\"no.json\", \"a.json\""));
    folder.write("a.json", R"({"teams": 5})");
    const Lines said = said_of(folder);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0],
              "s.json:1:14: error: /include/0: cannot read \"no.json\": there is no such file [M0.5]");
    EXPECT_EQ(said[1], "a.json:1:11: error: /teams: expected a list, found 5 [M1]");
}

TEST(ScenarioFiles, DoNotCallMissingWhatAMissingFileMaySay) {
    const Scratch folder;
    folder.write("s.json", R"({"format": "termwise-scenario/1", "include": ["no.json"]})");
    EXPECT_EQ(said_of(folder).size(), 1U);
    folder.write("no.json", R"({"currency": "usd"})");
    EXPECT_EQ(said_of(folder),
              (Lines{"no.json:1:14: error: /currency: expected the ISO 4217 code of a currency, such as USD, "
                     "found \"usd\"; did "
                     "you mean \"USD\"? [M0.3]",
                     "s.json:1:1: error: \"horizon\" is missing [M1]",
                     "s.json:1:1: error: \"programmes\" is missing [M1]",
                     "s.json:1:1: error: \"offers\" is missing [M1]",
                     "s.json:1:1: error: \"customers\" is missing, and \"portfolio\" as well [M1]"}));
}

TEST(ScenarioFiles, IncludeOverAFewLevelsOnly) {
    const Scratch folder;
    folder.write("s.json", including("\"0.json\""));
    for (std::size_t i = 0; i <= kMostIncludeLevels; ++i)
        folder.write(std::to_string(i) + ".json", "{\"include\": [\"" + std::to_string(i + 1) + ".json\"]}");
    const Lines said = said_of(folder);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0],
              "15.json:1:14: error: /include/0: files include each other over more than 16 levels [M1.9]");
}

TEST(ScenarioFiles, AreCountedBeforeThereAreTooMany) {
    // Each level includes the next in two files: without a limit, a million files.
    const Scratch folder;
    folder.write("s.json", including("\"a0.json\", \"b0.json\""));
    for (int i = 0; i < 14; ++i) {
        const std::string next = std::to_string(i + 1) + ".json\"";
        const std::string both = i == 13 ? "{}" : "{\"include\": [\"a" + next + ", \"b" + next + "]}";
        folder.write("a" + std::to_string(i) + ".json", both);
        folder.write("b" + std::to_string(i) + ".json", both);
    }
    Diagnostics diagnostics;
    const DraftReading reading = read_scenario_files(folder.path("s.json"), diagnostics);
    EXPECT_EQ(reading.draft.files.size(), kMostScenarioFiles);
    EXPECT_EQ(reading.outcome, ReadOutcome::vital_mistakes);
}

TEST(ScenarioFiles, TablesLieBesideTheFileThatNamesThem) {  // M1.5
    const Scratch folder;
    const std::string rows =
        "customer,id,offer,seats,term,billing,term_start,unit_price\nc,s,a,1,P1Y,P1Y,2025-04-01,1\n";
    folder.write("s.json",
                 R"({"format": "termwise-scenario/1", "currency": "USD", "programmes": [], "offers": [],
        "horizon": {"start": "2026-01-05", "end": "2027-01-05"}, "include": ["data/p.json"]})");
    folder.write("data/p.json", R"({"portfolio": {"subscriptions": "s.csv"}})");
    folder.write("data/s.csv", rows);
    Diagnostics diagnostics;
    const DraftReading reading = read_scenario_files(folder.path("s.json"), diagnostics);
    EXPECT_EQ(reading.outcome, ReadOutcome::good);
    ASSERT_EQ(reading.draft.portfolio.subscriptions.size(), 1U);
    EXPECT_EQ(reading.draft.files.at(2).path, folder.path("data/s.csv"));
    EXPECT_TRUE(reading.draft.files.at(2).is_table);

    folder.write("data/p.json", R"({"portfolio": {"subscriptions": "no.csv", "customers": "s.csv"}})");
    EXPECT_EQ(said_of(folder).at(0),
              "data/p.json:1:33: error: /portfolio/subscriptions: cannot read \"data/no.csv\": there is "
              "no such file [M0.5]");
}

TEST(ScenarioFiles, CustomersStandInOnePlace) {
    const Scratch folder;
    folder.write("s.json", "{\"portfolio\": {\"subscriptions\": \"s.csv\"}, " + std::string(kRest) + "}");
    folder.write("s.csv", "customer,id,offer,seats,term,billing,term_start,unit_price\n");
    EXPECT_EQ(said_of(folder), Lines{"s.json:1:15: error: /portfolio: there are `customers` as well; only "
                                     "one of the two may be [M1.5]"});
}

TEST(ScenarioFiles, ATextHasNoFilesBesideIt) {
    Diagnostics diagnostics;
    const DraftReading reading = read_single_scenario(including("\"a.json\""), "s.json", diagnostics);
    EXPECT_EQ(reading.outcome, ReadOutcome::vital_mistakes);
    EXPECT_EQ(told(diagnostics),
              Lines{"s.json: error: /include: other files can only be included by a file [M1.9]"});
}

}  // namespace
}  // namespace termwise
