// Plans in the same worlds: the same whatever the threads and however the replications are split (M7.4).
#include "experiment/replications.h"

#include <gtest/gtest.h>

#include "experiment/experiments.h"

namespace termwise {
namespace {

class Replicated : public testing::Test {
  protected:
    const Scenario scenario_ = test::uncertain_scenario();
    const std::vector<Plan> plans_ = test::plans_for(scenario_);
    const Experiment experiment_{scenario_, plans_};
};

TEST_F(Replicated, AreTheSameOnAnyNumberOfThreads) {
    const Replications one = experiment_.run(7, {0, 50}, 1, {});
    ASSERT_EQ(one.count(), 50U);
    EXPECT_EQ(experiment_.run(7, {0, 50}, 2, {}), one);
    EXPECT_EQ(experiment_.run(7, {0, 50}, 8, {}), one);
    EXPECT_EQ(experiment_.run(7, {0, 50}, 200, {}), one);  // more than there are replications
}

TEST_F(Replicated, AreTheSameHoweverTheyAreSplit) {
    const Replications whole = experiment_.run(7, {0, 50}, 2, {});
    Replications joined;
    for (const auto& [from, to] : {std::pair{0U, 1U}, {1U, 20U}, {20U, 20U}, {20U, 50U}})
        joined.append(experiment_.run(7, {from, to}, 3, {}));
    EXPECT_EQ(joined, whole);
}

TEST_F(Replicated, DifferBySeed) {
    EXPECT_NE(experiment_.run(7, {0, 5}, 1, {}), experiment_.run(8, {0, 5}, 1, {}));
}

TEST_F(Replicated, ComeOutTheSameWhicheverPlansStandBeside) {
    // Common random numbers: a world does not depend on who else is tried in it.
    const std::vector<Plan> alone{plans_[1]};
    const Experiment one(scenario_, alone);
    EXPECT_EQ(one.run(7, {0, 20}, 1, {}).plans[0], experiment_.run(7, {0, 20}, 1, {}).plans[1]);
}

TEST_F(Replicated, SumsAreThoseOfTheRows) {
    const Replications worlds = experiment_.run(7, {0, 40}, 2, {});
    for (std::size_t p = 0; p < plans_.size(); ++p) {
        Wide rows = 0, customers = 0;
        for (const WorldRow& row : worlds.plans[p].rows)
            rows += (row.components.total() - experiment_.planned()[p].score.total()).minor;
        for (const CustomerSums& sums : worlds.plans[p].customers) customers += sums.deviation;
        EXPECT_TRUE(rows == customers);
    }
}

TEST_F(Replicated, TellProgressInOrder) {
    std::vector<std::uint32_t> told;
    static_cast<void>(experiment_.run(7, {0, 10}, 1, [&](std::uint32_t done) { told.push_back(done); }));
    ASSERT_EQ(told.size(), 10U);
    EXPECT_EQ(told.front(), 0U);
    EXPECT_TRUE(std::ranges::is_sorted(told));
}

TEST_F(Replicated, CountWhatWentWrong) {
    const Replications worlds = experiment_.run(7, {0, 200}, 2, {});
    const PlanWorlds& wait = worlds.plans[0];
    std::int32_t late = 0, not_moved = 0;
    for (const WorldRow& row : wait.rows) {
        EXPECT_GE(row.missed_deadlines, row.not_moved);
        if (row.not_moved > 0) {
            EXPECT_EQ(row.finished_on, kAfterAllDays);
        }
        late += row.readings.gap_days > 0 ? 1 : 0;
        not_moved += row.not_moved;
    }
    // Twelve customers of whom one in fifty declines; a plan for 14 days where one in ten takes 40 or more.
    EXPECT_NEAR(not_moved, 200 * 12 * 0.02, 25);
    EXPECT_GT(late, 20);
    // Who stays is not late.
    for (const WorldRow& row : worlds.plans[2].rows) EXPECT_EQ(row.missed_deadlines, 0);
}

TEST_F(Replicated, ThatCannotBeSquaredExactlyAreRefused) {
    Scenario scenario = scenario_;
    scenario.gap_per_seat_day = Money(std::int64_t{1} << 44);
    scenario.uncertainty->acceptance = distribution::Fixed{300};
    const Experiment experiment(scenario, plans_);
    EXPECT_THROW(static_cast<void>(experiment.run(7, {0, 8}, 2, {})), std::overflow_error);
}

}  // namespace
}  // namespace termwise
