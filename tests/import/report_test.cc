#include "import/report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "import/tables.h"

namespace termwise {
namespace {

struct Reported {
    std::string text, json;
};

Reported report(const std::vector<ToolRow>& rows) {
    ImportBench bench;
    const auto made = bench.import(rows);
    EXPECT_TRUE(made) << messages_of(bench.diagnostics);
    Reported reported;
    write_import_report(bench.input(), *made, bench.notes, [&](std::string_view t) { reported.text += t; });
    write_import_json(bench.input(), *made, bench.notes, nullptr,
                      [&](std::string_view t) { reported.json += t; });
    return reported;
}

TEST(ImportReport, NamesEveryAssumptionAndEveryRowLeftOut) {
    const std::string text =
        report({ToolRow{}, {.id = "s2", .eligible = "False", .reasons = "A promotion | or two."}}).text;
    for (const char* line :
         {"# Imported from subscriptions.csv\n", "- prices: prices.csv (USD, partner, market US)\n",
          "- settings: settings.json\n",
          "1 of 2 rows: 1 customer with 1 subscription (0 add-ons), 25 seats. Left out: 1.\n",
          "| prices are the partner's |  |  | perspective |\n",
          "| the end of an old subscription is the first day without it | 1 | subscriptions.csv:2 | ends |\n",
          "| 3 | s2 | Contoso | Office 365 E3 | 25 | 03/01/2024 00:00:00 | not eligible: A promotion \\| or "
          "two. |\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << "is not in\n" << text;
}

TEST(ImportReport, CutsALongListShort) {
    std::vector<ToolRow> rows{ToolRow{}};
    for (int i = 0; i < 600; ++i) rows.push_back({.id = "x" + std::to_string(i), .eligible = "False"});
    EXPECT_NE(report(rows).text.find("... and 100 more: left-out.csv has all.\n"), std::string::npos);
}

TEST(ImportReport, SaysTheSameAsJson) {
    const auto json =
        nlohmann::json::parse(report({ToolRow{}, {.id = "s2", .eligible = "False", .reasons = "No."}}).json);
    EXPECT_EQ(json["format"], "termwise-import/1");
    EXPECT_EQ(json["rows"], 2);
    EXPECT_EQ(json["subscriptions"], 1);
    EXPECT_EQ(json["seats"], 25);
    EXPECT_EQ(json["left_out"][0]["reason"], "not eligible: No.");
    EXPECT_EQ(json["left_out"][0]["first"], "subscriptions.csv:3");
    EXPECT_GT(json["assumptions"].size(), 5U);
}

TEST(ImportReport, CountsWhatACatalogueHolds) {
    ImportBench bench;
    ASSERT_TRUE(bench.import({ToolRow{}})) << messages_of(bench.diagnostics);
    ImportNotes notes;
    notes.assume("the offers follow the programme nce", "new.programme");
    std::string text;
    write_prices_json(*bench.price_list, "nce", notes, [&](std::string_view t) { text += t; });
    const auto json = nlohmann::json::parse(text);
    EXPECT_EQ(json["format"], "termwise-import-prices/1");
    EXPECT_EQ(json["currency"], "USD");
    EXPECT_EQ(json["perspective"], "partner");
    EXPECT_EQ(json["programme"], "nce");
    EXPECT_EQ(json["offers"], 1);
    EXPECT_EQ(json["prices"], 3);
    EXPECT_EQ(price_count(*bench.price_list), 3U);
    ASSERT_EQ(json["assumptions"].size(), 1U);
    EXPECT_EQ(json["assumptions"][0]["setting"], "new.programme");
    EXPECT_TRUE(json["left_out_prices"].empty());
}

TEST(ImportReport, SaysWhatStandsBehindAnAssumption) {
    EXPECT_EQ(behind_text({"x", "dates", 12, "a.csv:7"}), "12 rows, the first a.csv:7; settings: dates");
    EXPECT_EQ(behind_text({"x", "", 1, "a.csv:7"}), "1 row, a.csv:7");
    EXPECT_EQ(behind_text({"x", "today", 0, ""}), "settings: today");
    EXPECT_EQ(behind_text({"x", "", 0, ""}), "");
}

}  // namespace
}  // namespace termwise
