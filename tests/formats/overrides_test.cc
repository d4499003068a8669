// --set: single values of a scenario changed for a question, named by pointers with ids in them.
#include "formats/overrides.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "formats/canonical.h"
#include "formats/full_scenario.h"
#include "formats/reading.h"
#include "formats/scenario_reader.h"
#include "support/random_scenarios.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using namespace test;
using nlohmann::json;
using Lines = std::vector<std::string>;

/// A scenario file, asked about with other values.
struct Asked {
    explicit Asked(std::string_view text = kFullScenario) { folder.write("s.json", text); }

    std::optional<Scenario> read(const std::vector<std::string>& settings) {
        std::vector<Override> overrides;
        for (const std::string& text : settings) overrides.push_back(parse_override(text).value());
        diagnostics = {};
        return read_scenario(folder.path("s.json"), overrides, diagnostics);
    }
    /// The canonical form with `settings`.
    json with(const std::vector<std::string>& settings) {
        const auto scenario = read(settings);
        if (!scenario) throw std::runtime_error(text_of(diagnostics));
        return json::parse(canonical_text(*scenario));
    }
    /// The errors.
    Lines said(const std::vector<std::string>& settings) {
        EXPECT_FALSE(read(settings)) << settings.front();
        std::erase_if(diagnostics.all(), [](const Diagnostic& d) { return d.severity == Severity::warning; });
        return told(diagnostics, folder.path(""));
    }

    Scratch folder;
    Diagnostics diagnostics;
};

/// What the canonical form is with `value` at `pointer`, where positions stand for members of lists.
json changed(Asked& asked, const std::string& pointer, const json& value) {
    json expected = asked.with({});
    expected[json::json_pointer(pointer)] = value;
    return expected;
}

TEST(Overrides, NameMembersOfEachListByWhatIdentifiesThem) {
    Asked asked;
    const auto sets = [&](const std::string& setting, const std::string& pointer, const json& value) {
        EXPECT_EQ(asked.with({setting}), changed(asked, pointer, value)) << setting;
    };
    sets("/offers/old/prices/P1Y,P1Y/unit_price=99.5", "/offers/2/prices/0/unit_price", "99.50");
    sets("/offers/old/prices/P12M,P12M/unit_price=99", "/offers/2/prices/0/unit_price", "99.00");
    sets("/offers/new/prices/P1Y,P1M/unit_price=1", "/offers/1/prices/0/unit_price", "1.00");
    sets("/offers/new/prices/P1Y,P1M,2026-06-01/unit_price=2", "/offers/1/prices/1/unit_price", "2.00");
    sets("/budgets/2026-03-01,2026-04-01/max=7.00", "/budgets/0/max", "7.00");
    sets("/calendar/holidays/2026-05-25=2026-05-26", "/calendar/holidays/0", "2026-05-26");
    sets("/teams/z/capacity/minutes=1", "/teams/0/capacity/minutes", 1);
    sets("/teams/z/capacity/exceptions/2026-12-21/minutes=9", "/teams/0/capacity/exceptions/1/minutes", 9);
    sets("/programmes/open/cancellation/fee=2", "/programmes/1/cancellation/fee", "2.00");
    sets("/customers/b/blackouts/2026-03-25,2026-04-03/to=2026-04-04", "/customers/1/blackouts/0/to",
         "2026-04-04");
    sets("/customers/b/subscriptions/b2/demand/2026-06-01/seats=8",
         "/customers/1/subscriptions/1/demand/0/seats", 8);
    sets("/customers/b/uncertainty/acceptance/triangular/max=9.5",
         "/customers/1/uncertainty/acceptance/triangular/max", 9.5);
    sets("/uncertainty/provision_delay/empirical/2=2.5", "/uncertainty/provision_delay/empirical/2", 2.5);
    sets("/horizon/end=2027-08-05", "/horizon/end", "2027-08-05");
    sets("/name=A question", "/name", "A question");
    sets("/name=\"12\"", "/name", "12");
}

TEST(Overrides, ReplaceWholeObjectsAndLists) {
    Asked asked;
    json offers = asked.with({R"(/offers/base={"programme": "csp", "sku": "C", "prices": []})"});
    EXPECT_EQ(offers["offers"][0],
              json::parse(R"({"id": "base", "prices": [], "programme": "csp", "sku": "C"})"));
    const json customers = asked.with({R"(/customers=[{"id": "c", "subscriptions": []}])"})["customers"];
    EXPECT_EQ(customers, json::parse(R"([{"id": "c", "subscriptions": []}])"));
    const json transitions = asked.with({R"(/transitions/old,new={"reassign": false})"})["transitions"];
    EXPECT_EQ(transitions.size(), 2U);
    EXPECT_FALSE(transitions[1].contains("reassign")) << "skus are the same: not to reassign is usual";
}

TEST(Overrides, SetWhatWasLeftOut) {
    Asked asked;
    EXPECT_EQ(asked.with({"/programmes/csp/renewals_until=2026-12-01"})["programmes"][0]["renewals_until"],
              "2026-12-01");
    EXPECT_EQ(asked.with({"/customers/a/acceptance/plan_days=3"})["customers"][0]["acceptance"]["plan_days"],
              3);
}

TEST(Overrides, NullSetsWhatHoldsWhenNothingIsSaid) {  // M1.7
    Asked asked;
    for (const char* field : {"name", "perspective", "calendar", "budgets", "strategy", "target_terms",
                              "provision_days", "transitions", "effort"}) {
        json expected = asked.with({"/customers=[]"});
        expected.erase(field);
        EXPECT_EQ(asked.with({"/customers=[]", "/" + std::string(field) + "=null"}), expected) << field;
    }
    EXPECT_FALSE(asked.with({"/uncertainty=null", "/customers/b/uncertainty=null"}).contains("uncertainty"));
    EXPECT_FALSE(
        asked.with({"/programmes/open/renewals_until=null"})["programmes"][1].contains("renewals_until"));
    EXPECT_EQ(asked.said({"/currency=null"}), Lines{"s.json:1:1: error: \"currency\" is missing [M1]"});
}

TEST(Overrides, AreAppliedInTheirOrder) {
    Asked asked;
    EXPECT_EQ(asked.with({"/name=a", "/name=b"})["name"], "b");
    EXPECT_EQ(asked.with({R"(/budgets=[{"from": "2026-05-01", "to": "2026-06-01", "max": 1}])",
                          "/budgets/2026-05-01,2026-06-01/max=2"})["budgets"][0]["max"],
              "2.00");
}

TEST(Overrides, SayWhereAPointerLeadsNowhere) {  // M0.5
    Asked asked;
    const auto says = [&](const std::string& setting, const std::string& message) {
        EXPECT_EQ(asked.said({setting}), Lines{"--set: error: " + message}) << setting;
    };
    says(
        "/ofers/old/sku=x",
        "/ofers/old/sku: a scenario has no field \"ofers\" that can be set; did you mean \"offers\"? [M0.5]");
    says("/include=null", "/include: a scenario has no field \"include\" that can be set [M0.5]");
    says("/offers/olt/sku=x",
         "/offers/olt/sku: there is no \"olt\" in this list; did you mean \"old\"? [M0.5]");
    says("/offers/elsewhere/sku=x",
         "/offers/elsewhere/sku: there is no \"elsewhere\" in this list, only \"base\", \"new\", \"old\" "
         "[M0.5]");
    says("/offers/old/skuu=x", "/offers/old/skuu: unknown field \"skuu\"; did you mean \"sku\"? [M0.5]");
    says("/customers/B/name=x",
         "/customers/B/name: there is no \"B\" in this list; did you mean \"b\"? [M0.5]");
    says("/customers/b/subscriptions/b1/demand/2026-03-01/seats=3",
         "/customers/b/subscriptions/b1/demand/2026-03-01/seats: there is no \"2026-03-01\" in this list, "
         "which is "
         "empty [M0.5]");
    says("/name/first=x", "/name/first: \"name\" has no fields [M0.5]");
    says("/offers/old/id=x", "/offers/old/id: what identifies a member cannot be set [M0.5]");
    says(R"(/offers/old={"id": "x"})", "/offers/old: what identifies a member cannot be set [M0.5]");
    says("/transitions/old,new/to=base",
         "/transitions/old,new/to: what identifies a member cannot be set [M0.5]");
    says("/offers/old=null", "/offers/old: a member of this list can only be replaced by an object [M0.5]");
}

TEST(Overrides, WantPricesToldApart) {
    std::string text(kFullScenario);
    const std::string open_ended = R"("unit_price": "20.00", "to")";
    text.replace(text.find(open_ended), open_ended.size(),
                 R"("unit_price": "20.00", "from": "2026-01-01", "to")");
    Asked asked(text);
    EXPECT_EQ(
        asked.said({"/offers/new/prices/P1Y,P1M/unit_price=1"}),
        Lines{"--set: error: /offers/new/prices/P1Y,P1M/unit_price: there are several \"P1Y,P1M\" in this "
              "list: P1Y,P1M,2026-01-01, P1Y,P1M,2026-06-01 [M0.5]"});
    EXPECT_EQ(
        asked.with(
            {"/offers/new/prices/P1Y,P1M,2026-01-01/unit_price=1"})["offers"][1]["prices"][0]["unit_price"],
        "1.00");
}

TEST(Overrides, AreJudgedLikeAFile) {
    Asked asked;
    EXPECT_EQ(asked.said({"/customers/b/subscriptions/b2/seats=0"}),
              Lines{"--set: error: /customers/b/subscriptions/b2/seats: expected a number of seats, 1 to "
                    "10,000,000, found 0 [M1.3]"});
    EXPECT_EQ(
        asked.said({"/offers/old/prices/P1Y,P1Y/unit_price=1.005"}),
        Lines{"--set: error: /offers/old/prices/P1Y,P1Y/unit_price: an amount has at most 2 decimals in USD, "
              "not 3 [M0.3]"});
    EXPECT_EQ(asked.said({R"(/horizon={"start": "2026-01-05", "start": "2026-01-06"})"}),
              Lines{"--set: error: /horizon: the field \"start\" stands here twice [M0.5]"});
    EXPECT_EQ(asked.said({"/horizon={"}),
              Lines{"--set: error: /horizon: the value begins like JSON, but cannot be read as JSON [M0.5]"});
    EXPECT_EQ(asked.said({"/name=" + std::string(100'000, '[')}),
              Lines{"--set: error: /name: nested too deep [M0.5]"});
}

TEST(Overrides, LeaveMistakesOfTheFileWhereTheyAre) {
    Asked asked(R"({"format": "termwise-scenario/1"})");
    EXPECT_FALSE(asked.read({"/currency=USD"}));
    EXPECT_EQ(asked.diagnostics.all().front().place.file, asked.folder.path("s.json"));
}

TEST(Overrides, ReachIntoIncludedFilesAndTables) {  // M1.5, M1.9
    const Scratch folder;
    json rest = json::parse(kFullScenario);
    folder.write("offers.json", json{{"offers", rest["offers"]}, {"budgets", rest["budgets"]}}.dump());
    for (const char* moved : {"offers", "budgets", "customers"}) rest.erase(moved);
    rest["include"] = {"offers.json"};
    rest["portfolio"] = {{"subscriptions", "s.csv"}};
    folder.write("s.json", rest.dump());
    folder.write("s.csv",
                 "customer,id,offer,seats,term,billing,term_start,unit_price\n"
                 "a,a1,old,3,P1Y,P1Y,2025-04-01,240.00\nb,b1,old,4,P1Y,P1Y,2025-04-01,240.00\n");
    Diagnostics diagnostics;
    const std::vector<Override> overrides{{"/customers/b/subscriptions/b1/seats", "9"},
                                          {"/offers/old/sku", "T"},
                                          {"/budgets/2026-03-01,2026-04-01/max", "1"}};
    const auto scenario = read_scenario(folder.path("s.json"), overrides, diagnostics);
    ASSERT_TRUE(scenario) << text_of(diagnostics);
    EXPECT_EQ(scenario->subscriptions[0].seats, 3);
    EXPECT_EQ(scenario->subscriptions[1].seats, 9);
    EXPECT_EQ(scenario->offers[2].sku, "T");
    ASSERT_EQ(scenario->budgets.size(), 1U) << "united, an included budget would stay beside the new one";
    EXPECT_EQ(scenario->budgets[0].max, Money{100});
}

TEST(Overrides, OfTheFormPointerIsValue) {
    EXPECT_EQ(parse_override("/name=a=b").value().value, "a=b");
    for (const char* text : {"", "name=x", "/name", "=x", "/a~=x", "/a~2=x", "/name=\xff"})
        EXPECT_FALSE(parse_override(text)) << text;
}

/// Every value below `value`, as it would be set; members that cannot be set as a whole left out.
void list_settings(const json& value, const std::string& pointer, std::vector<std::string>& settings) {
    const auto name = [](const json& member, std::size_t position) {
        if (member.is_string()) return member.get<std::string>();
        if (member.is_number()) return std::to_string(position);
        if (member.contains("id")) return member["id"].get<std::string>();
        std::string text;
        for (const char* field : {"term", "billing", "from", "on"})
            if (member.contains(field)) text += (text.empty() ? "" : ",") + member[field].get<std::string>();
        const bool is_interval = member.contains("to") && !member.contains("term");
        return is_interval ? text + "," + member["to"].get<std::string>() : text;
    };
    if (!pointer.empty())
        settings.push_back(pointer + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
            list_settings(value[i], pointer + "/" + name(value[i], i), settings);
    if (value.is_object())
        for (const auto& [field, member] : value.items()) {
            const bool identifies =
                field == "id" || field == "format" ||
                (pointer.starts_with("/transitions") && (field == "from" || field == "to"));
            if (!identifies) list_settings(member, pointer + "/" + field, settings);
        }
}

TEST(Overrides, ToTheSameValueChangeNothing) {  // M0.6
    Asked asked;
    const json before = asked.with({});
    std::vector<std::string> settings;
    list_settings(before, "", settings);
    ASSERT_GT(settings.size(), 150U);
    for (const std::string& setting : settings) EXPECT_EQ(asked.with({setting}), before) << setting;
    EXPECT_EQ(asked.with(settings), before) << "all at once";
}

RC_GTEST_PROP(Overrides, ThatAreDamagedAreAppliedOrRefusedWithAReason, ()) {
    Asked asked;
    std::vector<std::string> settings;
    list_settings(asked.with({}), "", settings);
    std::string text = dice::pick(settings);
    for (int damage = dice::roll(1, 3); damage > 0; --damage) {
        const auto at = static_cast<std::size_t>(dice::roll(0, static_cast<std::int32_t>(text.size())));
        const std::string piece =
            dice::pick<std::string>({"", "/", "~", ",", "0", "-1", "{", "]", "\"", "é"});
        text.replace(at, static_cast<std::size_t>(dice::roll(0, 4)), piece);
    }
    RC_LOG() << text;
    if (!parse_override(text)) return;
    const auto scenario = asked.read({text});
    RC_ASSERT(scenario.has_value() == !asked.diagnostics.has_errors());
}

RC_GTEST_PROP(Overrides, ToTheSameValuesChangeNoScenario, ()) {
    const Scenario scenario = draw_scenario().build();
    Asked asked(canonical_text(scenario));
    std::vector<std::string> settings;
    list_settings(json::parse(canonical_text(scenario)), "", settings);
    const std::string one = dice::pick(settings);
    RC_LOG() << one;
    const auto same = asked.read({one});
    RC_ASSERT(same.has_value());
    RC_ASSERT(digest_of(*same) == digest_of(scenario));
}

TEST(Overrides, CanTellWhatStandsAtAPointer) {
    Asked asked;
    const Scenario scenario = *asked.read({});
    const auto at = [&](const std::string& pointer) {
        return value_at(scenario, pointer, asked.diagnostics);
    };
    EXPECT_EQ(at("/offers/old/prices/P1Y,P1Y/unit_price"), "240.00");
    EXPECT_EQ(at("/continuity"), "soft");
    EXPECT_EQ(at("/customers/b/subscriptions/b2/demand/2026-06-01/seats"), "9");
    EXPECT_EQ(at("/uncertainty/decline"), "0.02");
    EXPECT_EQ(at("/programmes/csp/grace_days"), "") << "the usual holds";
    EXPECT_EQ(at("/customers"), "") << "too much to say";
    EXPECT_EQ(at("/target_terms"), R"([{"billing":"P1M","term":"P12M"}])");
    EXPECT_EQ(asked.diagnostics.error_count(), 0U);
    EXPECT_FALSE(at("/offers/olt/sku"));
    EXPECT_FALSE(at("/ofers"));
    EXPECT_EQ(asked.diagnostics.error_count(), 2U);
    // A text that would be read as something else gets its quotation marks.
    const Scenario named = *asked.read({R"(/name="12")"});
    EXPECT_EQ(value_at(named, "/name", asked.diagnostics), "\"12\"");
}

}  // namespace
}  // namespace termwise
