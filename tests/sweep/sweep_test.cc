// Sweeps as a whole: the same bytes on any number of threads, after any interruption, and joined from shards.
#include "sweep/sweep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "formats/reading.h"
#include "sweep/parts.h"
#include "sweep/sweeps.h"

namespace termwise {
namespace {

using test::Swept;
using Texts = std::vector<std::string>;

const Texts kTwoAxes{"/offers/new/prices/P1Y,P1M/unit_price=18.00..24.00:2", "/strategy/overlap_days=0,14"};

std::string file_text(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

TEST(Sweep, IsTheSameBytesOnAnyNumberOfThreads) {
    for (const std::uint32_t replications : {0U, 7U}) {
        const Swept swept(kTwoAxes, DesignKind::grid, replications);
        const std::string one = swept.text(1);
        EXPECT_EQ(std::ranges::count(one, '\n'), 1 + 4 * 2 * 2);
        for (const unsigned threads : {2U, 8U, 64U}) EXPECT_EQ(swept.text(threads), one) << threads;
    }
}

TEST(Sweep, AsksWhatSetWouldAsk) {
    const Swept swept({"/offers/new/prices/P1Y,P1M/unit_price=18.00,24.00"});
    const std::string table = swept.text();
    for (const char* price : {"18.00", "24.00"}) {
        Diagnostics diagnostics;
        const auto set = read_scenario(
            swept.folder.path("s.json"),
            std::vector<Override>{{"/offers/new/prices/P1Y,P1M/unit_price", price}}, diagnostics);
        const RunResult run = run_strategies(*set, swept.table.asked(), 1, nullptr)[0];
        const std::string total = to_decimal_text(run.planned.total(), 2);
        EXPECT_NE(table.find("," + std::string(price) + ",wait,true," + total + ","), std::string::npos)
            << price;
    }
}

TEST(Sweep, GoesOnWhereverItWasBrokenOffAndRunsNothingTwice) {
    const Swept swept({"/strategy/overlap_days=0..4:2"});
    const SweepRunner runner(swept.variants, swept.table);
    const std::string whole = swept.text(), path = swept.folder.path("r.csv");
    for (std::size_t size = 0; size <= whole.size(); size += 1 + size % 29) {
        swept.folder.write("r.csv", whole.substr(0, size));
        Diagnostics diagnostics;
        std::uint64_t feasible = 0, ran = 0;
        {
            auto file = runner.open(path, feasible, diagnostics);
            ASSERT_TRUE(file) << size;
            runner.run(file->kept(), {2, nullptr, {}}, [&](const SweepRows& rows) {
                file->append(rows.text);
                ran += rows.count;
                feasible += rows.feasible;
            });
            EXPECT_EQ(file->kept() + ran, 6U) << size;
            file->finish();
        }
        EXPECT_EQ(feasible, 6U) << size;
        ASSERT_EQ(file_text(path), whole) << size;
    }
}

TEST(Sweep, KeepsAPrefixOfItsRowsWhenItIsStopped) {
    const Swept swept({"/strategy/overlap_days=0..40"});
    const SweepRunner runner(swept.variants, swept.table);
    const std::string whole = swept.text();
    for (const unsigned threads : {1U, 4U}) {
        std::atomic<bool> stop{false};
        std::string text = runner.head();
        const std::uint64_t done = runner.run(0, {threads, &stop, {}}, [&](const SweepRows& rows) {
            text += rows.text;
            if (text.size() > 2000) stop = true;
        });
        EXPECT_LT(done, 82U);
        EXPECT_EQ(text, whole.substr(0, text.size()));
    }
}

TEST(Sweep, OfAnotherScenarioOrWithOtherOptionsIsNotGoneOnWith) {
    const Swept swept({"/strategy/overlap_days=0,2"});
    const std::string path = swept.folder.write("r.csv", swept.text());
    const auto refusal = [&](const Swept& other) {
        Diagnostics diagnostics;
        std::uint64_t feasible = 0;
        EXPECT_FALSE(SweepRunner(other.variants, other.table).open(path, feasible, diagnostics));
        EXPECT_EQ(file_text(path), swept.text());
        return diagnostics.all().at(0).message;
    };
    std::string changed(test::kSweptScenario);
    changed.replace(changed.find("\"minutes\": 300"), 14, "\"minutes\": 301");
    EXPECT_EQ(
        refusal(Swept({"/strategy/overlap_days=0,2"}, DesignKind::grid, 0, 0, 1, changed)),
        "it belongs to a sweep of another scenario, or of another state of this one; the file is left as it "
        "is: name another one, or remove it");
    EXPECT_EQ(
        refusal(Swept({"/strategy/overlap_days=0,2,3"})),
        "it belongs to a sweep that was asked otherwise: other values, design, strategies, gap, effort, "
        "replications or seed; the file is left as it is: name another one, or remove it");
    EXPECT_EQ(refusal(Swept({"/provision_days=0,2"})).substr(0, 31), "this is no table of this sweep:");
    EXPECT_EQ(refusal(Swept({"/strategy/overlap_days=0,2"}, DesignKind::grid, 3)).substr(0, 31),
              "this is no table of this sweep:");
}

TEST(Sweep, InShardsIsJoinedToTheBytesOfOneRun) {
    const Swept swept(kTwoAxes);
    const std::string whole = swept.text();
    for (const std::uint32_t shards : {1U, 3U, 8U, 11U}) {  // 11: some have no point
        Texts files;
        for (std::uint32_t k = shards; k >= 1; --k)
            files.push_back(swept.folder.write("part-" + std::to_string(k), swept.text(2, Shard{k, shards})));
        Diagnostics diagnostics;
        const auto parts = SweepParts::read(files, diagnostics);
        ASSERT_TRUE(parts) << test::text_of(diagnostics);
        std::string joined;
        parts->write([&](std::string_view piece) { joined += piece; });
        EXPECT_EQ(joined, whole) << shards;
        EXPECT_TRUE(parts->any_feasible());
    }
}

TEST(Sweep, FindsEveryWrongValueBeforeAnythingIsRun) {
    const Swept swept({"/offers/new/prices/P1Y,P1M/unit_price=-1..1", "/strategy/overlap_days=0,-3"});
    Diagnostics diagnostics;
    EXPECT_FALSE(check_points(
        swept.variants, swept.table.design().axes(), swept.table.design().points(),
        [&](std::uint32_t i) { return swept.table.design().point(i); }, {2, nullptr, {}}, diagnostics));
    const Texts said = test::told(diagnostics);
    ASSERT_EQ(said.size(), 2U) << "each message once, however many points it spoils";
    EXPECT_TRUE(said[0].starts_with(
        "--vary /offers/new/prices/P1Y,P1M/unit_price=-1 /strategy/overlap_days=0: error: "
        "/offers/new/prices/P1Y,P1M/unit_price: expected an amount"))
        << said[0];
    EXPECT_NE(said[1].find("/strategy/overlap_days: expected whole days, 0 to 3,660, found -3"),
              std::string::npos);
}

TEST(Sweep, FindsWhatIsWrongOnlyTogether) {
    // Each end is right with the start that the scenario has, but not with every start.
    const Swept swept(
        {"/horizon/start=2026-01-05,2026-02-02,2026-03-02", "/horizon/end=2026-12-01,2026-02-15"});
    Diagnostics diagnostics;
    EXPECT_FALSE(check_points(
        swept.variants, swept.table.design().axes(), swept.table.design().points(),
        [&](std::uint32_t i) { return swept.table.design().point(i); }, {1, nullptr, {}}, diagnostics));
    EXPECT_EQ(diagnostics.all().at(0).place.file, "--vary /horizon/start=2026-03-02 /horizon/end=2026-02-15");
}

TEST(Sweep, KnowsWhatStandsAtTheBase) {
    Diagnostics diagnostics;
    const test::Scratch folder;
    const ScenarioVariants variants = Swept::read(folder.write("s.json", test::kSweptScenario));
    const auto values = [&](const Texts& vary) {
        return base_values(variants.base(), Swept::axes_of(vary), diagnostics);
    };
    EXPECT_EQ(values({"/offers/new/prices/P1Y,P1M/unit_price=1", "/provision_days=1",
                      "/customers/a/subscriptions/a1/seats=1"}),
              (Texts{"22.00", "", "10"}));
    EXPECT_FALSE(values({"/offers/nwe/sku=X"}));
    EXPECT_EQ(test::told(diagnostics), Texts{"--vary: error: /offers/nwe/sku: there is no \"nwe\" in this "
                                             "list; did you mean \"new\"? [M0.5]"});
}

TEST(Sweep, HoldsContestsInTheOrderOfTheirPoints) {
    const Swept swept({"/offers/new/prices/P1Y,P1M/unit_price=18.00,24.00"});
    const std::vector<Point> points{{std::nullopt}, {"24.00"}, {"18.00"}};
    const auto one = hold_contests(swept.variants, swept.table.design().axes(), swept.table.asked(), points,
                                   {1, nullptr, {}});
    const auto many = hold_contests(swept.variants, swept.table.design().axes(), swept.table.asked(), points,
                                    {8, nullptr, {}});
    ASSERT_EQ(one.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(one[i].difference(), many[i].difference());
    EXPECT_GT(one[1].first.amount(), one[0].first.amount()) << "dearer";
    EXPECT_LT(one[2].first.amount(), one[0].first.amount());
}

}  // namespace
}  // namespace termwise
