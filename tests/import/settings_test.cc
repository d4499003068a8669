#include "import/settings.h"

#include <gtest/gtest.h>

#include "import/tables.h"
#include "support/literals.h"

namespace termwise {
namespace {

struct Reading {
    std::optional<ImportSettings> settings;
    std::string messages;
};

/// Settings with these fields, on line 2.
Reading read(const std::string& fields) {
    Reading reading;
    Diagnostics diagnostics;
    const std::string text =
        "{\"format\": \"termwise-import-settings/1\"" + (fields.empty() ? "" : ",\n" + fields) + "}\n";
    reading.settings = read_import_settings_text(text, "settings.json", diagnostics);
    reading.messages = messages_of(diagnostics);
    return reading;
}

TEST(ImportSettings, HaveADefaultForEverything) {
    const Reading reading = read("");
    ASSERT_TRUE(reading.settings) << reading.messages;
    EXPECT_TRUE(reading.settings->today.none());
    EXPECT_EQ(reading.settings->horizon_months, 18);
    EXPECT_EQ(reading.settings->perspective, Perspective::partner);
    EXPECT_EQ(reading.settings->relationship, Relationship::active);
    EXPECT_EQ(reading.settings->percent_of_new, (Decimal{100, 0}));
    EXPECT_EQ(reading.settings->ineligible, IneligiblePolicy::leave_out);
    EXPECT_TRUE(reading.settings->hold_before);
}

// The file that `termwise import settings` prints says nothing but the defaults.
TEST(ImportSettings, TemplateHoldsTheDefaults) {
    Diagnostics diagnostics;
    const auto read_back = read_import_settings_text(import_settings_template(), "template", diagnostics);
    ASSERT_TRUE(read_back) << messages_of(diagnostics);
    const ImportSettings defaults;
    EXPECT_EQ(read_back->today, defaults.today);
    EXPECT_EQ(read_back->horizon_months, defaults.horizon_months);
    EXPECT_EQ(read_back->currency, defaults.currency);
    EXPECT_EQ(read_back->market, defaults.market);
    EXPECT_EQ(read_back->segment, defaults.segment);
    EXPECT_EQ(read_back->perspective, defaults.perspective);
    EXPECT_EQ(read_back->customer_ids, defaults.customer_ids);
    EXPECT_EQ(read_back->relationship, defaults.relationship);
    EXPECT_EQ(read_back->dates, defaults.dates);
    EXPECT_EQ(read_back->ends, defaults.ends);
    EXPECT_EQ(read_back->ineligible, defaults.ineligible);
    EXPECT_EQ(read_back->seats, defaults.seats);
    EXPECT_EQ(read_back->terms, defaults.terms);
    EXPECT_EQ(read_back->old_programme, defaults.old_programme);
    EXPECT_EQ(read_back->percent_of_new, defaults.percent_of_new);
    EXPECT_EQ(read_back->new_programme, defaults.new_programme);
    EXPECT_EQ(read_back->hold_before, defaults.hold_before);
    EXPECT_TRUE(read_back->old_prices.empty());
    EXPECT_TRUE(read_back->targets.empty());
    EXPECT_EQ(read_back->scenario_json, "{}");
}

TEST(ImportSettings, AreTaken) {
    const Reading reading = read(
        R"("name": "Spring", "today": "2023-08-07", "horizon_months": 24, "currency": "EUR", "market": "DE", "segment": "Charity",
 "perspective": "customer", "customer_ids": "tenant", "relationship": "pending", "dates": "day-first", "ends": "inclusive",
 "ineligible": "move", "seats": "held", "terms": "sold", "old": {"programme": "old-csp", "percent_of_new": "87.5",
 "prices": [{"offer": "Office 365 E3", "per_month": "16.00"}]}, "new": {"programme": "nce-2022-01", "hold_before": false},
 "targets": [{"from": "Intune", "to": "CFQ7TTC0LCH4:0009"}])");
    ASSERT_TRUE(reading.settings) << reading.messages;
    const ImportSettings& s = *reading.settings;
    EXPECT_EQ(s.name, "Spring");
    EXPECT_EQ(s.today, "2023-08-07"_day);
    EXPECT_EQ(s.horizon_months, 24);
    EXPECT_EQ(s.dates, DayOrder::day_first);
    EXPECT_EQ(s.ends, EndConvention::inclusive);
    EXPECT_EQ(s.ineligible, IneligiblePolicy::move);
    EXPECT_EQ(s.seats, AskedPolicy::ignored);
    EXPECT_EQ(s.customer_ids, CustomerIds::tenant);
    EXPECT_EQ(s.percent_of_new, (Decimal{875, 1}));
    ASSERT_EQ(s.old_prices.size(), 1U);
    EXPECT_EQ(s.old_prices[0].per_month, (Decimal{1600, 2}));
    EXPECT_EQ(s.new_programme, "nce-2022-01");
    ASSERT_EQ(s.targets.size(), 1U);
    EXPECT_EQ(s.targets[0].to, "CFQ7TTC0LCH4:0009");
}

TEST(ImportSettings, SayWhatIsWrongAndWhere) {
    EXPECT_EQ(read("\"perspectiv\": \"partner\"").messages,
              "settings.json:2:15: error: /perspectiv: unknown field \"perspectiv\"; did you mean "
              "\"perspective\"? [M0.5]\n");
    EXPECT_EQ(read("\"today\": \"07.08.2023\"").messages,
              "settings.json:2:10: error: /today: expected a day YYYY-MM-DD from 1900 to 2999, found "
              "\"07.08.2023\" [M0.1]\n");
    EXPECT_EQ(read("\"old\": {\"prices\": [{\"offer\": \"E3\"}]}").messages,
              "settings.json:2:20: error: /old/prices/0: the field \"per_month\" is missing\n");
    EXPECT_EQ(read("\"old\": {\"percent_of_new\": 2000}").messages,
              "settings.json:2:27: error: /old/percent_of_new: expected a percentage, 0 to 1000\n");
    EXPECT_EQ(read("\"new\": {\"programme\": \"nce-2022\"}").messages,
              "settings.json:2:22: error: /new/programme: there are no rules for a programme \"nce-2022\"; "
              "known are old-csp, "
              "old-csp-36m, old-csp-72m-a1, nce-2022-01, nce-2022-03-18, nce-2025-04-01, nce-2026-05-04; "
              "others can be given "
              "in `scenario.programmes`\n");
}

TEST(ImportSettings, TakeAPartOfAScenarioAsItIs) {
    const Reading reading = read(
        R"("scenario": {"teams": [{"id": "ops", "labour_rate": "60.00"}], "uncertainty": {"decline": 0.02}, "x-note": "n"})");
    ASSERT_TRUE(reading.settings) << reading.messages;
    EXPECT_EQ(reading.settings->scenario.teams.size(), 1U);
    EXPECT_EQ(
        reading.settings->scenario_json,
        R"({"teams":[{"id":"ops","labour_rate":"60.00"}],"uncertainty":{"decline":0.02},"x-note":"n"})");
}

TEST(ImportSettings, RefuseInThatPartWhatTheImportMakes) {
    const std::string messages = read("\"scenario\": {\"currency\": \"USD\"}").messages;
    EXPECT_NE(messages.find("settings.json:2:26: error: /scenario/currency: unknown field \"currency\""),
              std::string::npos)
        << messages;
}

TEST(ImportSettings, CheckWhatThatPartMeans) {
    const auto check = [](const std::string& part) {
        Reading reading = read("\"scenario\": " + part);
        EXPECT_TRUE(reading.settings) << reading.messages;
        const std::string text =
            "{\"format\": \"termwise-import-settings/1\",\n\"scenario\": " + part + "}\n";
        const TemporaryFile file(text);
        Diagnostics diagnostics;
        auto settings = read_import_settings(file.path(), diagnostics);
        const bool is_good =
            check_scenario_part(*settings, "USD", "2023-08-07"_day, "2025-02-07"_day, diagnostics);
        EXPECT_EQ(is_good, !diagnostics.has_errors());
        std::string messages = messages_of(diagnostics);
        if (const std::size_t at = messages.find(file.path()); at != std::string::npos)
            messages.replace(at, file.path().size(), "settings.json");
        return messages;
    };
    EXPECT_EQ(check("{}"), "");
    EXPECT_EQ(check(R"({"continuity": "soft"})"), "");
    const std::string team =
        check(R"({"teams": [{"id": "ops"}], "effort": {"visit": {"minutes": 5, "team": "opps"}}})");
    EXPECT_NE(team.find("settings.json:2:83: error: /scenario/effort/visit/team"), std::string::npos) << team;
    EXPECT_NE(team.find("did you mean \"ops\""), std::string::npos) << team;
    const std::string amount = check(R"({"teams": [{"id": "ops", "labour_rate": "60.001"}]})");
    EXPECT_NE(amount.find("/scenario/teams/0/labour_rate"), std::string::npos) << amount;
}

TEST(ImportSettings, KnowItsOwnProgrammes) {
    const Reading reading = read(
        "\"new\": {\"programme\": \"mine\"}, \"scenario\": {\"programmes\": [{\"id\": \"mine\", "
        "\"grace_days\": 5}]}");
    ASSERT_TRUE(reading.settings) << reading.messages;
    EXPECT_TRUE(reading.settings->has_programme("mine"));
    EXPECT_TRUE(reading.settings->has_programme("old-csp"));
    EXPECT_FALSE(reading.settings->has_programme("yours"));
}

}  // namespace
}  // namespace termwise
