// From files to a scenario: every mistake in one run, each with its place (M0.5), includes (M1.9), tables
// (M1.5).
#include "formats/scenario_reader.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "formats/canonical.h"
#include "support/drafts.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using namespace test;
using nlohmann::json;

/// The least there is, as a tree that a test changes.
json least() {
    return json::parse(R"({
      "format": "termwise-scenario/1", "currency": "USD", "horizon": {"start": "2026-01-05", "end": "2027-01-05"},
      "programmes": [{"id": "open"}, {"id": "csp"}],
      "offers": [{"id": "e3-open", "programme": "open", "sku": "E3", "prices": []},
                 {"id": "e3-csp", "programme": "csp", "sku": "E3", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "22.00"}]}],
      "transitions": [{"from": "e3-open", "to": "e3-csp"}],
      "customers": [{"id": "contoso", "subscriptions": [
        {"id": "contoso-e3", "offer": "e3-open", "seats": 25, "term": "P1Y", "billing": "P1Y", "term_start": "2025-04-01", "unit_price": "240.00"}]}]})");
}

json& subscription(json& scenario) { return scenario["customers"][0]["subscriptions"][0]; }

/// "M1.3 /customers/0/...: message (nearest?)" for every mistake of a text.
std::vector<std::string> mistakes(const std::string& text) {
    Diagnostics diagnostics;
    const auto scenario = read_scenario_text(text, "s.json", diagnostics);
    EXPECT_EQ(scenario.has_value(), !diagnostics.has_errors());
    std::vector<std::string> found;
    for (const Diagnostic& d : diagnostics.all()) {
        if (d.severity == Severity::warning) continue;
        EXPECT_GT(d.place.line, 0U) << to_text(d);
        EXPECT_GT(d.place.column, 0U) << to_text(d);
        found.push_back(d.rule + " " + d.place.pointer + (d.nearest.empty() ? "" : " (" + d.nearest + "?)"));
    }
    return found;
}
std::vector<std::string> mistakes(const json& scenario) { return mistakes(scenario.dump()); }

using Found = std::vector<std::string>;

TEST(ScenarioReader, ReadsTheLeastThereIs) { EXPECT_EQ(mistakes(least()), Found{}); }

TEST(ScenarioReader, NamesTheFieldThatWasMeant) {
    json s = least();
    subscription(s)["auto_renw"] = true;
    s["custommers"] = 1;
    EXPECT_EQ(mistakes(s), (Found{"M0.5 /customers/0/subscriptions/0/auto_renw (auto_renew?)",
                                  "M0.5 /custommers (customers?)"}));
}

TEST(ScenarioReader, IgnoresExtensionsWithAllThatIsInThem) {
    json s = least();
    s["x-note"] = {{"unknown", {1, 2.5, nullptr}}};
    subscription(s)["x-source"] = "a list";
    EXPECT_EQ(mistakes(s), Found{});
}

TEST(ScenarioReader, MoneyIsNoFloatingPointNumber) {  // M0.3
    json s = least();
    subscription(s)["unit_price"] = 240.5;
    EXPECT_EQ(mistakes(s), Found{"M0.3 /customers/0/subscriptions/0/unit_price"});
    for (const char* text : {"240.505", "2.4e2", "-1.00", "1,000.00", "01.00", ""}) {
        subscription(s)["unit_price"] = text;
        EXPECT_EQ(mistakes(s), Found{"M0.3 /customers/0/subscriptions/0/unit_price"}) << text;
    }
    subscription(s)["unit_price"] = 240;  // whole units
    EXPECT_EQ(mistakes(s), Found{});
}

TEST(ScenarioReader, LimitsAreStatedAndEnforced) {
    json s = least();
    subscription(s)["seats"] = 1'000'000'000;
    s["provision_days"] = -1;
    s["customers"][0]["name"] = std::string(1001, 'n');
    EXPECT_EQ(mistakes(s).size(), 3U);
    s = least();
    subscription(s)["id"] = std::string(201, 'i');
    EXPECT_EQ(mistakes(s).size(), 1U);
    const std::string deep = std::string(1000, '[') + std::string(1000, ']');
    EXPECT_EQ(mistakes("{\"x-deep\": " + deep + "}").size(), 1U);
}

TEST(ScenarioReader, HugeNumbersAreMistakesNotCrashes) {
    std::string text = least().dump();
    const std::string seats = "\"seats\":25";
    for (const char* number : {"1e400", "1000000000000000000000000000000", "-0.5", "25.0"}) {
        std::string changed = text;
        changed.replace(changed.find(seats), seats.size(), std::string("\"seats\":") + number);
        EXPECT_EQ(mistakes(changed).size(), 1U) << number;
    }
}

TEST(ScenarioReader, AFieldTwiceIsAMistake) {
    std::string text = least().dump();
    text.insert(1, "\"currency\": \"EUR\", ");
    const Found found = mistakes(text);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], "M0.5 /currency");
}

TEST(ScenarioReader, ReportsFormAndMeaningInOneRun) {
    json s = least();
    subscription(s)["term_start"] = "2025-02-30";    // form
    s["offers"][1]["programme"] = "cspp";            // meaning
    s["transitions"][0]["to"] = "e3-cps";            // meaning
    s["offers"][1]["prices"][0]["billing"] = "P7M";  // meaning
    const Found found = mistakes(s);
    EXPECT_EQ(found.size(), 4U);
    EXPECT_TRUE(std::ranges::count(found, "M0.5 /transitions/0/to (e3-csp?)") == 1);
}

TEST(ScenarioReader, SaysWhereInTheFile) {
    Diagnostics diagnostics;
    EXPECT_FALSE(
        read_scenario_text("{\n \"format\": \"termwise-scenario/2\",\n\t\"é\": 1}", "s.json", diagnostics));
    const auto at =
        std::ranges::find(diagnostics.all(), "/format", [](const Diagnostic& d) { return d.place.pointer; });
    ASSERT_NE(at, diagnostics.all().end());
    EXPECT_EQ(at->place.line, 2U);
    EXPECT_EQ(at->place.column, 12U);
}

TEST(ScenarioReader, WhatIsCutOffIsSaidWithWhatWasFoundBefore) {
    std::string text = least().dump();
    text.insert(1, "\"nmae\": \"x\", ");
    const Found found = mistakes(text.substr(0, text.size() / 2));
    ASSERT_GE(found.size(), 2U);
    EXPECT_EQ(found[0], "M0.5 /nmae (name?)");
}

TEST(ScenarioReader, NothingFromNothing) {
    EXPECT_EQ(mistakes(std::string()).size(), 1U);
    EXPECT_EQ(mistakes(std::string("[]")).front(), "M1 ");
    EXPECT_EQ(mistakes(std::string("{} {}")).empty(), false);
    EXPECT_EQ(mistakes(std::string("\x7F\x45\x4C\x46\0\x01", 6)).empty(), false);
}

// ---- includes (M1.9) ----

Scenario read_good(const std::string& path) {
    Diagnostics diagnostics;
    auto scenario = read_scenario(path, diagnostics);
    if (!scenario) throw std::runtime_error(text_of(diagnostics));
    return std::move(*scenario);
}

std::string read_bad(const std::string& path) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_scenario(path, diagnostics));
    return text_of(diagnostics);
}

TEST(Includes, PartsJoinAndTheIncludingFileWins) {
    const Scratch scratch;
    scratch.write(
        "rules/old.json",
        R"({"programmes": [{"id": "open", "grace_days": 30}, {"id": "other", "grace_days": 5}], "continuity": "grace",
                                        "calendar": {"holidays": ["2026-05-25"]}})");
    json s = least();
    s["include"] = {"rules/old.json"};
    s["calendar"] = {{"holidays", {"2026-12-25"}}};
    s["programmes"] = {{{"id", "open"}}, {{"id", "csp"}}};
    const Scenario scenario = read_good(scratch.write("s.json", s.dump()));
    ASSERT_EQ(scenario.programmes.size(), 3U);
    EXPECT_EQ(scenario.programmes[1].id, "open");
    EXPECT_EQ(scenario.programmes[1].grace_days, 0) << "an object is replaced whole";
    EXPECT_EQ(scenario.programmes[2].grace_days, 5);
    EXPECT_EQ(scenario.continuity, Continuity::grace);
    EXPECT_EQ(scenario.workdays.holidays().size(), 2U) << "holidays are united";
}

TEST(Includes, PathsAreRelativeToTheIncludingFile) {
    const Scratch scratch;
    scratch.write("a/b/c.json", R"({"programmes": [{"id": "open"}, {"id": "csp"}]})");
    scratch.write("a/a.json", R"({"include": ["b/c.json"]})");
    json s = least();
    s.erase("programmes");
    s["include"] = {"a/a.json"};
    EXPECT_EQ(read_good(scratch.write("s.json", s.dump())).programmes.size(), 2U);
}

TEST(Includes, SiblingsMayNotDiffer) {
    const Scratch scratch;
    scratch.write("a.json", R"({"provision_days": 1})");
    scratch.write("b.json", R"({"provision_days": 2})");
    json s = least();
    s["include"] = {"a.json", "b.json"};
    EXPECT_NE(read_bad(scratch.write("s.json", s.dump())).find("[M1.9]"), std::string::npos);
    scratch.write("b.json", R"({"provision_days": 1})");
    read_good(scratch.path("s.json"));
}

TEST(Includes, CyclesAndMissingFilesAreNamed) {
    const Scratch scratch;
    scratch.write("a.json", R"({"include": ["b.json"]})");
    scratch.write("b.json", R"({"include": ["a.json"]})");
    json s = least();
    s["include"] = {"a.json"};
    const std::string cycle = read_bad(scratch.write("s.json", s.dump()));
    EXPECT_NE(cycle.find("b.json includes"), std::string::npos) << cycle;
    s["include"] = {"nowhere.json"};
    EXPECT_NE(read_bad(scratch.write("s.json", s.dump())).find("there is no such file"), std::string::npos);
}

// ---- tables (M1.5) ----

TEST(Tables, AreTheSameScenario) {
    const Scratch scratch;
    json s = least();
    const std::string inline_text = canonical_text(read_good(scratch.write("inline.json", s.dump())));
    s.erase("customers");
    s["portfolio"] = {{"subscriptions", "s.csv"}};
    scratch.write("s.csv",
                  "unit_price,term_start,billing,term,seats,offer,id,customer,x-note\n240,2025-04-01,P12M,"
                  "P1Y,25,e3-open,contoso-e3,contoso,hm\n");
    EXPECT_EQ(canonical_text(read_good(scratch.write("tables.json", s.dump()))), inline_text);
}

TEST(Tables, MistakesNameLineColumnAndCell) {
    const Scratch scratch;
    json s = least();
    s.erase("customers");
    s["portfolio"] = {{"customers", "c.csv"}, {"subscriptions", "s.csv"}};
    scratch.write("c.csv", "id,relationship\ncontoso,friend\n");
    scratch.write("s.csv",
                  "customer,id,offer,seats,term,billing,term_start,unit_price,demand\n"
                  "contoso,a,e3-open,5,P1Y,P1Y,2025-04-01,240.00,2026-06-01=x\n"
                  "contoso,a,e3-opne,5,P1Y,P1Y,2025-04-01,240.00,\n"
                  "contoso,b,e3-open,5,P1Y,P1Y,2025-04-01,240.00,\n");
    const std::string found = read_bad(scratch.write("s.json", s.dump()));
    EXPECT_NE(found.find("c.csv:2:9: error: column relationship"), std::string::npos) << found;
    EXPECT_NE(found.find("s.csv:2:47: error: column demand"), std::string::npos) << found;
    EXPECT_NE(found.find("s.csv:3:11: error: column offer"), std::string::npos) << found;
    EXPECT_NE(found.find("did you mean \"e3-open\"?"), std::string::npos) << found;

    scratch.write("c.csv", "id,relationship\ncontoso,active\n");
    scratch.write("s.csv",
                  "customer,id,offer,seats,term,billing,term_start,unit_price\n"
                  "contso,b,e3-open,5,P1Y,P1Y,2025-04-01,240.00\n");
    const std::string unknown = read_bad(scratch.path("s.json"));
    EXPECT_NE(unknown.find("s.csv:2:1: error: column customer"), std::string::npos) << unknown;
    EXPECT_NE(unknown.find("did you mean \"contoso\"?"), std::string::npos) << unknown;
}

std::vector<Override> overrides(const std::vector<std::string>& texts) {
    std::vector<Override> all;
    for (const std::string& text : texts) all.push_back(parse_override(text).value());
    return all;
}

TEST(ScenarioVariants, AreWhatReadingAgainWithOverridesWouldGive) {
    const Scratch scratch;
    const std::string path = scratch.write("s.json", least().dump());
    Diagnostics diagnostics;
    const std::vector<std::vector<std::string>> firsts{{}, {"/name=a", "/provision_days=3"}};
    const std::vector<std::vector<std::string>> mores{
        {}, {"/name=b"}, {"/currency=EUR", "/horizon/end=2026-09-01"}};
    for (const auto& first : firsts) {
        const auto variants = ScenarioVariants::read(path, overrides(first), diagnostics);
        ASSERT_TRUE(variants);
        EXPECT_EQ(digest_of(variants->base()),
                  digest_of(*read_scenario(path, overrides(first), diagnostics)));
        for (const auto& more : mores) {
            std::vector<std::string> all = first;
            all.insert(all.end(), more.begin(), more.end());
            EXPECT_EQ(digest_of(*variants->with(overrides(more), diagnostics)),
                      digest_of(*read_scenario(path, overrides(all), diagnostics)));
        }
    }
}

TEST(ScenarioVariants, SayWhatIsWrongLikeAReader) {
    const Scratch scratch;
    const std::string path = scratch.write("s.json", least().dump());
    Diagnostics reading;
    const auto variants = ScenarioVariants::read(path, overrides({"/name=a"}), reading);
    ASSERT_TRUE(variants);
    for (const std::string wrong : {"/provision_days=-1", "/horizon/end=2025-01-01", "/offers/none/sku=x"}) {
        Diagnostics one, other;
        EXPECT_FALSE(variants->with(overrides({wrong}), one));
        EXPECT_FALSE(read_scenario(path, overrides({"/name=a", wrong}), other));
        EXPECT_EQ(text_of(one), text_of(other)) << wrong;
    }
    EXPECT_FALSE(ScenarioVariants::read(path, overrides({"/provision_days=-1"}), reading));
    EXPECT_FALSE(ScenarioVariants::read(scratch.path("none"), {}, reading));
    json broken = least();
    broken["currency"] = "USDX";
    EXPECT_FALSE(ScenarioVariants::read(scratch.write("b.json", broken.dump()), {}, reading));
    EXPECT_TRUE(reading.has_errors());
}

}  // namespace
}  // namespace termwise
