// What a scenario's files say of themselves and leave out.
#include "formats/scenario_notes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "formats/sha256.h"
#include "support/scratch.h"

namespace termwise {
namespace {

TEST(NotesOfScenario, NameFilesSourcesAndDefaults) {
    test::Scratch folder;
    const std::string prices =
        R"({"x-title": "Prices", "x-sources": {"a": "a list", "b": "a letter"},)"
        R"( "programmes": [{"id": "open", "x-source": ["the manual", "a talk"]}, {"id": "csp"}],)"
        R"( "offers": [{"id": "old", "programme": "open", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "1.00"}]}]})";
    folder.write("prices.json", prices);
    const std::string path = folder.write(
        "s.json",
        R"({"format": "termwise-scenario/1", "include": ["prices.json"], "currency": "USD", "continuity": "grace", "x-note": "mine",)"
        R"( "horizon": {"start": "2026-01-05", "end": "2027-01-05"}, "customers": []})");
    const ScenarioNotes notes = notes_of_scenario(path, {});
    ASSERT_EQ(notes.files.size(), 2U);
    EXPECT_EQ(notes.files[0].path, path);
    EXPECT_EQ(notes.files[0].note, "mine");
    const NotedFile& included = notes.files[1];
    EXPECT_EQ(included.title, "Prices");
    EXPECT_EQ(included.bytes, prices.size());
    Sha256 digest;
    digest.add(prices);
    EXPECT_EQ(included.sha256, digest.hex());
    ASSERT_EQ(included.sources.size(), 4U);
    EXPECT_EQ(included.sources[1].text, "a letter");
    EXPECT_EQ(included.sources[1].of, "");
    EXPECT_EQ(included.sources[3].text, "a talk");
    EXPECT_EQ(included.sources[3].of, "programmes/open");
    const auto defaulted = [](const ScenarioNotes& of, std::string_view code) {
        return std::ranges::find(of.defaulted, code) != of.defaulted.end();
    };
    EXPECT_FALSE(defaulted(notes, "continuity"));
    EXPECT_TRUE(defaulted(notes, "overlap_days"));
    EXPECT_TRUE(defaulted(notes, "budgets"));
    const std::vector<Override> set{{"/strategy/overlap_days", "3"}};
    EXPECT_FALSE(defaulted(notes_of_scenario(path, set), "overlap_days"));
}

}  // namespace
}  // namespace termwise
