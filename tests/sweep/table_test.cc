// The table of a sweep: columns, rows, and which rows belong to it.
#include "sweep/table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sweep/contests.h"
#include "sweep/sweeps.h"

namespace termwise {
namespace {

using test::Swept;

const std::string kScenarioDigest(64, 'a');

SweepTable table_of(const std::vector<std::string>& vary, Questions asked = {{{Strategy::wait}, {}}, 0, 1},
                    DesignKind kind = DesignKind::grid, std::uint64_t seed = 1) {
    const std::vector<Axis> axes = Swept::axes_of(vary);
    return {Design::make(kind, axes, 3, seed).value(), std::move(asked),
            std::vector<std::string>(axes.size(), "at base"), kScenarioDigest};
}

RunResult some_run() {
    RunResult run = test::run_of(123'456);
    run.planned[Component::refunds] = Money(56);
    run.gap_days = 70;
    run.finished_on = test::day("2026-04-01");
    return run;
}

TEST(SweepTable, NamesItsColumns) {
    EXPECT_EQ(
        table_of({"/a/P1Y,P1M/x=1", "/b=2"}).header(),
        "run,\"/a/P1Y,P1M/x\",/b,strategy,feasible,total,old_charges,new_charges,fees,refunds,liability,"
        "terminal_credit,labour,disruption,gap,gap_days,finished_on,sweep\n");
    EXPECT_EQ(
        table_of({"/a=1"}, {{{Strategy::wait}}, 10, 1}).header(),
        "run,/"
        "a,strategy,feasible,total,old_charges,new_charges,fees,refunds,liability,terminal_credit,labour,"
        "disruption,gap,gap_days,finished_on,mean,half_width,p5,p50,p95,cvar95,gap_probability,"
        "missed_deadline_probability,unwanted_renewal_probability,sweep\n");
}

TEST(SweepTable, HasARowARunThatNamesRunValuesAndStrategy) {
    const SweepTable table = table_of({"/a=[1,2],x", "/b=2"});
    const std::string id = "," + table.sweep_id() + "\n";
    EXPECT_EQ(table.runs(), 4U);
    EXPECT_EQ(
        table.row(0, table.design().point(0), some_run()),
        "1,\"[1,2]\",2,wait,true,1234.00,1234.56,0.00,0.00,0.56,0.00,0.00,0.00,0.00,0.00,70,2026-04-01" + id);
    EXPECT_EQ(table.row(3, {"x", std::nullopt}, RunResult{}), "4,x,at base,optimal,false,,,,,,,,,,,," + id)
        << "no plan: an empty cell is what is not known";
}

TEST(SweepTable, HasEstimatesWhereThereAreWorlds) {
    const SweepTable table = table_of({"/a=1"}, {{{Strategy::wait}, {}}, 10, 1});
    RunResult run = some_run();
    run.estimates =
        Estimates{{100'001, 250, 300, -500, 99'999, 150'000, 160'050}, {0.25, 0, 1}, {1, 0, 1}, {0, 0, 1}};
    const std::string row = table.row(0, {"1"}, run);
    const std::string worlds = ",2026-04-01,1000.01,2.50,-5.00,999.99,1500.00,1600.50,0.2500,1.0000,0.0000,";
    EXPECT_NE(row.find(worlds + table.sweep_id() + "\n"), std::string::npos) << row;
    run.estimates->total.half_width.reset();
    EXPECT_NE(table.row(0, {"1"}, run).find(",1000.01,,-5.00,"), std::string::npos)
        << "one world has no interval";
    const auto columns = [](const std::string& line) { return std::ranges::count(line, ','); };
    EXPECT_EQ(columns(row), columns(table.header()));
    EXPECT_EQ(columns(table.row(1, {"1"}, RunResult{})), columns(table.header()));
}

TEST(SweepTable, KnowsItsRows) {
    const SweepTable table = table_of({"/a=1,true"});
    const auto line = [&](std::uint64_t run) {
        std::string text =
            table.row(run, table.design().point(static_cast<std::uint32_t>(run / 2)), some_run());
        text.pop_back();
        return text;
    };
    for (std::uint64_t run = 0; run < 4; ++run)
        for (std::uint64_t of = 0; of < 5; ++of) EXPECT_EQ(table.is_row(of, line(run)), of == run);
    std::string broken = line(0);
    broken.replace(broken.find(",70,"), 4, ",70,,");
    EXPECT_FALSE(table.is_row(0, broken)) << "a cell too many";
    for (std::size_t size = 0; size < line(0).size(); ++size)
        EXPECT_FALSE(table.is_row(0, line(0).substr(0, size)));
}

TEST(SweepTable, SaysWhetherARowIsFeasibleWhateverIsVaried) {
    const SweepTable table = table_of({"/a=true,x"});
    RunResult run = some_run();
    EXPECT_TRUE(says_feasible(table.header(), table.row(0, {"true"}, run)));
    run.feasible = false;
    EXPECT_FALSE(says_feasible(table.header(), table.row(0, {"true"}, run)));
    EXPECT_FALSE(says_feasible(table.header(), "a,b"));
    EXPECT_FALSE(says_feasible("a,b", "a,true,b"));
}

TEST(SweepTable, IsNamedByScenarioAndByAllThatIsAsked) {
    const std::string id = table_of({"/a=1,2"}).sweep_id();
    EXPECT_EQ(id.substr(0, 13), "aaaaaaaaaaaa-");
    EXPECT_EQ(id.size(), 25U);
    EXPECT_EQ(table_of({"/a=1,2"}).sweep_id(), id);
    const Questions asked{{{Strategy::wait}, {}}, 0, 1};
    EXPECT_NE(table_of({"/a=1,3"}).sweep_id(), id);
    EXPECT_NE(table_of({"/b=1,2"}).sweep_id(), id);
    EXPECT_NE(table_of({"/a=1,2"}, {{{Strategy::wait}}, 0, 1}).sweep_id(), id);
    EXPECT_NE(table_of({"/a=1,2"}, {asked.strategies, 5, 1}).sweep_id(), id);
    EXPECT_NE(table_of({"/a=1,2"}, asked, DesignKind::one_at_a_time).sweep_id(), id);
    EXPECT_NE(table_of({"/a=1,2"}, {asked.strategies, 0, 1, 0.01}).sweep_id(), id);
    EXPECT_NE(table_of({"/a=1,2"}, {asked.strategies, 0, 1, {}, 100}).sweep_id(), id);
    EXPECT_NE(table_of({"/a=1,2"}, {asked.strategies, 0, 1, 0.01}).sweep_id(),
              table_of({"/a=1,2"}, {asked.strategies, 0, 1, 0.02}).sweep_id());
    EXPECT_NE(table_of({"/a=1,2"}, asked, DesignKind::random, 1).sweep_id(),
              table_of({"/a=1,2"}, asked, DesignKind::random, 2).sweep_id());
    EXPECT_EQ(table_of({"/a=1,2"}, asked, DesignKind::grid, 2).sweep_id(), id) << "nothing is drawn";
    EXPECT_NE(table_of({"/a=1,2"}, {asked.strategies, 5, 1}).sweep_id(),
              table_of({"/a=1,2"}, {asked.strategies, 5, 2}).sweep_id());
}

TEST(SweepPart, IsSplitByPointsAndSaysWhichPartItIs) {
    const SweepTable table = table_of({"/a=1..5"});
    EXPECT_EQ(table.runs_of({1, 2}), (Interval<std::uint64_t>{0, 4}));
    EXPECT_EQ(table.runs_of({2, 2}), (Interval<std::uint64_t>{4, 10}));
    std::string line = table.part_line({2, 2});
    EXPECT_EQ(line,
              "# termwise-sweep-part/1 shard=2/2 after=4 runs=6 of=10 sweep=" + table.sweep_id() + "\n");
    line.pop_back();
    const auto part = parse_part_line(line);
    ASSERT_TRUE(part);
    EXPECT_EQ(part->shard, (Shard{2, 2}));
    EXPECT_EQ(part->first, 4U);
    EXPECT_EQ(part->count, 6U);
    EXPECT_EQ(part->of, 10U);
    EXPECT_EQ(part->sweep_id, table.sweep_id());
    for (std::size_t size = 0; size < line.size(); ++size)
        EXPECT_FALSE(parse_part_line(line.substr(0, size)));
    EXPECT_FALSE(parse_part_line(line + " more"));
}

}  // namespace
}  // namespace termwise
