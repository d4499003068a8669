// Which of two strategies is better.
#include "sweep/contest.h"

#include <gtest/gtest.h>

#include "sweep/contests.h"

namespace termwise {
namespace {

using test::contest_of;
using test::run_of;

TEST(Contest, IsWonByTheFeasiblePlanThatCostsLess) {
    EXPECT_EQ(contest_of(1, 2).better(), Better::first);
    EXPECT_EQ(contest_of(2, 1).better(), Better::second);
    EXPECT_EQ(contest_of(2, 2).better(), Better::equal);
    EXPECT_EQ((Contest{run_of(1, false), run_of(2)}).better(), Better::second)
        << "however cheap: it is no offer";
    EXPECT_EQ((Contest{run_of(2), run_of(1, false)}).better(), Better::first);
    EXPECT_EQ((Contest{run_of(1, false), run_of(2, false)}).better(), Better::neither);
}

TEST(Contest, HasADifferenceWhereBothHaveAPlan) {
    EXPECT_EQ(contest_of(5, 7).difference(), Money(-2));
    EXPECT_EQ((Contest{run_of(1, false), run_of(2)}).difference(), Money(-1));
    EXPECT_EQ((Contest{RunResult{}, run_of(2)}).difference(), std::nullopt);
    EXPECT_EQ((Contest{RunResult{}, run_of(2)}).better(), Better::second);
}

TEST(Contest, IsAboutMeansWhereThereAreWorlds) {
    Contest contest = contest_of(5, 7);
    contest.first.estimates.emplace().total.mean = 9;
    contest.second.estimates.emplace().total.mean = 8;
    EXPECT_EQ(contest.difference(), Money(1));
    EXPECT_EQ(contest.better(), Better::second);
}

}  // namespace
}  // namespace termwise
