#include "import/writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "formats/output.h"
#include "formats/scenario_reader.h"
#include "import/tables.h"
#include "planning/comparison.h"
#include "support/literals.h"

namespace termwise {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone with the object.
class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("termwise-import-" + std::to_string(::getpid()))) {
        fs::remove_all(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    [[nodiscard]] std::string path(const std::string& name = "") const { return (path_ / name).string(); }
    [[nodiscard]] std::string text(const std::string& name) const {
        std::ifstream file(path_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

  private:
    fs::path path_;
};

/// What comes of importing, writing and reading again.
std::optional<Scenario> round_trip(ImportBench& bench, const std::string& table, const Folder& folder) {
    const auto made = bench.import(table);
    if (!made) return std::nullopt;
    write_import(folder.path(), bench.input(), *made, bench.notes);
    Diagnostics diagnostics;
    std::optional<Scenario> scenario = read_scenario(folder.path("scenario.json"), diagnostics);
    EXPECT_TRUE(scenario) << messages_of(diagnostics);
    return scenario;
}

TEST(WrittenImport, IsAScenarioThatReadsBackAsItWasMade) {
    const Folder folder;
    ImportBench bench;
    bench.customers = "TenantId,Domain,CompanyName\nc1,contoso.example,\"Contoso, Ltd.\"\n";
    const auto scenario =
        round_trip(bench,
                   tool_table({{.customer = "c1", .asked_plan = "Monthly", .asked_seats = "20"},
                               {.customer = "c1", .id = "a1", .plan = "Monthly", .base = "s1"}}),
                   folder);
    ASSERT_TRUE(scenario);
    EXPECT_EQ(scenario->name, "Imported from subscriptions.csv");
    EXPECT_EQ(scenario->perspective, Perspective::partner);
    EXPECT_EQ(scenario->h0(), "2023-08-07"_day);
    EXPECT_EQ(scenario->h1(), "2025-02-07"_day);
    EXPECT_EQ(scenario->gap_per_seat_day, "18.40"_usd);
    ASSERT_EQ(scenario->customers.size(), 1U);
    EXPECT_EQ(scenario->id(CustomerIndex(0)), "contoso.example");
    EXPECT_EQ(scenario->customers[0].relationship, Relationship::active);
    const SubscriptionIndex s1 = scenario->find_subscription("s1"), a1 = scenario->find_subscription("a1");
    const Subscription& base = scenario->at(s1);
    EXPECT_EQ(base.seats, 25);
    EXPECT_EQ(base.term_start, "2023-03-01"_day);
    EXPECT_EQ(base.sold_as, (TermBilling{P1Y, P1Y}));
    EXPECT_EQ(base.unit_price, "220.80"_usd);
    EXPECT_TRUE(base.auto_renew);
    EXPECT_EQ(scenario->at(a1).parent, s1);
    EXPECT_EQ(scenario->at(a1).unit_price, "18.40"_usd);
    EXPECT_TRUE(compare_strategies(*scenario, Detail::totals).any_feasible());
}

// Two rows of one old offer that move to two products: each names its own.
TEST(WrittenImport, NamesTheTargetWhereAnOfferLeadsToMoreThanOne) {
    const Folder folder;
    ImportBench bench;
    bench.prices.push_back({.product = "CFQ7TTC0LFLX", .title = "Microsoft 365 E3", .unit_price = "345.6"});
    const auto scenario =
        round_trip(bench, tool_table({ToolRow{}, {.id = "s2", .psa = "CFQ7TTC0LFLX:0001:X"}}), folder);
    ASSERT_TRUE(scenario);
    EXPECT_EQ(scenario->transitions.size(), 2U);
    EXPECT_NE(folder.text("subscriptions.csv").find(",CFQ7TTC0LFLX:0001,"), std::string::npos);
}

// What the tool would not migrate shows why, also where the settings keep it.
TEST(WrittenImport, KeepsTheReasonsOfWhatIsNotEligible) {
    const Folder folder;
    ImportBench bench;
    bench.settings.ineligible = IneligiblePolicy::stay;
    const ToolRow young{.id = "s1", .eligible = "False", .reasons = "Too young."};
    ASSERT_TRUE(
        round_trip(bench, tool_table({young, {.id = "s2", .eligible = "False"}, {.id = "s3"}}), folder));
    const std::string table = folder.text("subscriptions.csv");
    EXPECT_NE(table.find(",Office 365 E3,Too young.,2\n"), std::string::npos) << table;
    EXPECT_NE(table.find(",Office 365 E3,no reason given,3\n"), std::string::npos) << table;
    EXPECT_NE(table.find(",Office 365 E3,,4\n"), std::string::npos) << table;
}

TEST(WrittenImport, HasWhatTheSettingsSayOfAScenario) {
    const Folder folder;
    ImportBench bench;
    Diagnostics diagnostics;
    const auto settings = read_import_settings_text(
        R"({"format": "termwise-import-settings/1", "today": "2023-08-07", "scenario": {"teams": [{"id": "ops", "labour_rate":
 "60.00"}], "effort": {"visit": {"minutes": 40}}, "continuity": "soft", "uncertainty": {"decline": 0.02}}})",
        "settings.json", diagnostics);
    ASSERT_TRUE(settings) << messages_of(diagnostics);
    bench.settings = *settings;
    const auto scenario = round_trip(bench, tool_table({ToolRow{}}), folder);
    ASSERT_TRUE(scenario);
    EXPECT_EQ(scenario->teams.at(0).labour_rate, "60.00"_usd);
    EXPECT_EQ(scenario->continuity, Continuity::soft);
    EXPECT_EQ(scenario->gap_per_seat_day, "18.40"_usd);
}

TEST(WrittenImport, HoldsAllFilesAndListsWhatWasLeftOut) {
    const Folder folder;
    ImportBench bench;
    ASSERT_TRUE(round_trip(
        bench, tool_table({ToolRow{}, {.id = "s2", .eligible = "False", .reasons = "Too young."}}), folder));
    for (const std::string_view name : kImportFiles) EXPECT_NE(folder.text(std::string(name)), "") << name;
    EXPECT_EQ(
        folder.text("left-out.csv"),
        "file,line,subscription,customer,product,seats,end,reason\n"
        "subscriptions.csv,3,s2,Contoso,Office 365 E3,25,03/01/2024 00:00:00,not eligible: Too young.\n");
}

TEST(WrittenImport, LeavesNothingBehindWhereItCannotBeWritten) {
    const TemporaryFile in_the_way("");
    ImportBench bench;
    const auto made = bench.import({ToolRow{}});
    EXPECT_THROW(write_import(in_the_way.path() + "/x", bench.input(), *made, bench.notes), OutputError);
}

TEST(PriceCatalogue, CanBeIncluded) {
    const Folder folder;
    fs::create_directories(folder.path());
    ImportBench bench;
    ASSERT_TRUE(bench.import({ToolRow{}}));
    {
        OutputFile file(folder.path("catalogue.json"));
        write_price_catalogue(*bench.price_list, "nce-2022-03-18",
                              [&](std::string_view text) { file.write(text); });
        file.commit();
    }
    std::ofstream(folder.path("scenario.json"))
        << R"({"format": "termwise-scenario/1", "include": ["catalogue.json"], "horizon": {"start": "2023-08-07", "end": "2024-08-07"},
 "programmes": [{"id": "nce-2022-03-18"}], "customers": []})";
    Diagnostics diagnostics;
    const auto scenario = read_scenario(folder.path("scenario.json"), diagnostics);
    ASSERT_TRUE(scenario) << messages_of(diagnostics);
    EXPECT_EQ(scenario->currency, "USD");
    EXPECT_EQ(scenario->perspective, Perspective::partner);
    ASSERT_EQ(scenario->offers.size(), 1U);
    EXPECT_EQ(scenario->offers[0].prices.size(), 3U);
}

// Whatever is done to an export, it comes to a scenario that reads back, or to messages that name file and
// line.
RC_GTEST_PROP(WrittenImport, OfAMutatedExportIsValidOrSaysWhatIsWrong, ()) {
    std::vector<ToolRow> rows;
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) {
        ToolRow row;
        row.customer = *rc::gen::element<std::string>("c1", "c2", "");
        row.id = "s" + std::to_string(*rc::gen::inRange(0, 5));
        row.product = *rc::gen::element<std::string>("Office 365 E3", "Office 365 E1", "\"One, two\"");
        row.end =
            *rc::gen::element<std::string>("03/01/2024 00:00:00", "02/29/2024", "01/31/2024", "2024-03-01",
                                           "01.03.2024", "12/31/9999", "", "14/10/2023", "08/07/2023");
        row.auto_renew = *rc::gen::element<std::string>("True", "FALSCH", "");
        row.eligible = *rc::gen::element<std::string>("True", "False");
        row.psa = *rc::gen::element<std::string>("CFQ7TTC0LF8R:0001:X", "CFQ7TTC0LF8R:1", "CFQ7TTC0LH16:0001",
                                                 "", "x");
        row.term = *rc::gen::element<std::string>("P1Y", "P1M", "P3Y", "p1y");
        row.plan = *rc::gen::element<std::string>("Annual", "monthly", "None", "Triennial");
        row.seats = *rc::gen::element<std::string>("25", "1", "0", "310");
        row.asked_term = *rc::gen::element<std::string>("P1Y", "P1M", "");
        row.asked_plan = *rc::gen::element<std::string>("Annual", "Monthly", "");
        row.asked_seats = *rc::gen::element<std::string>("25", "30", "", "0");
        row.base = *rc::gen::element<std::string>("", "", "s0", "s1", "s9");
        rows.push_back(row);
    }
    std::string table = tool_table(rows);
    if (*rc::gen::inRange(0, 4) == 0) {
        // A cell too many or too few, somewhere.
        const std::size_t at = table.find(',', *rc::gen::inRange<std::size_t>(0, table.size() / 2));
        *rc::gen::arbitrary<bool>() ? table.insert(at, ",") : table.erase(at, 1);
    }
    const Folder folder;
    ImportBench bench;
    bench.settings.ineligible =
        *rc::gen::element(IneligiblePolicy::leave_out, IneligiblePolicy::stay, IneligiblePolicy::move);
    const auto made = bench.import(table);
    if (!made) {
        RC_ASSERT(bench.diagnostics.has_errors());
        for (const Diagnostic& d : bench.diagnostics.all()) {
            RC_ASSERT(!d.place.file.empty());
            RC_ASSERT(d.place.line > 0 && d.place.column > 0);
        }
        return;
    }
    write_import(folder.path(), bench.input(), *made, bench.notes);
    Diagnostics diagnostics;
    const auto scenario = read_scenario(folder.path("scenario.json"), diagnostics);
    if (!scenario) RC_LOG() << table << messages_of(diagnostics);
    RC_ASSERT(scenario.has_value());
    RC_ASSERT(scenario->subscriptions.size() + bench.notes.left_out().size() ==
              bench.subscriptions->rows.size());
}

TEST(WrittenImport, IsTheSameForRowsByTheHundredsOfThousands) {
    for (const int count : {200, 200'000}) {
        std::string table = kToolHeader;
        for (int i = 0; i < count; ++i)
            table += ToolRow{.customer = "c" + std::to_string(i / 5), .id = "s" + std::to_string(i)}.text();
        const Folder folder;
        ImportBench bench;
        const auto made = bench.import(table);
        ASSERT_TRUE(made) << messages_of(bench.diagnostics);
        EXPECT_EQ(made->subscriptions.size(), static_cast<std::size_t>(count));
        EXPECT_EQ(made->customers.size(), static_cast<std::size_t>(count / 5));
        write_import(folder.path(), bench.input(), *made, bench.notes);
        Diagnostics diagnostics;
        const auto scenario = read_scenario(folder.path("scenario.json"), diagnostics);
        ASSERT_TRUE(scenario) << messages_of(diagnostics);
        EXPECT_EQ(scenario->subscriptions.size(), static_cast<std::size_t>(count));
    }
}

}  // namespace
}  // namespace termwise
