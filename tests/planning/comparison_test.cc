// The strategies side by side (M5.2).
#include "planning/comparison.h"

#include <gtest/gtest.h>

#include "scoring/score.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;

TEST(Comparison, BestIsTheCheapestFeasibleStrategy) {  // M5.2
    // Waiting pays the new contract from late March on, cancelling now from January on; nothing is refunded.
    // Staying would cost more than either: 240 a seat and year again, but it may not, since the term ends
    // before H1.
    SmallScenario s;
    s.draft.overlap_days = 7;
    const Comparison comparison = compare_strategies(s.build(), Detail::totals);
    ASSERT_EQ(comparison.results.size(), 3U);
    EXPECT_FALSE(comparison.results[0].feasible());
    ASSERT_TRUE(comparison.best);
    EXPECT_EQ(comparison.results[*comparison.best].approach, Approach{Strategy::wait});
    EXPECT_EQ(comparison.ranking(), (std::vector<Approach>{{Strategy::wait}, {Strategy::cancel_now}}));
    EXPECT_EQ(comparison.ranking_of_strategies(), (std::vector{Strategy::wait, Strategy::cancel_now}));
    EXPECT_FALSE(comparison.optimal());
    EXPECT_LT(comparison.results[1].score.total(), comparison.results[2].score.total());
}

TEST(Comparison, AStrategyWithViolationsIsNeverTheBest) {  // M5.2
    SmallScenario s;
    s.draft.portfolio.subscriptions[0].must_move = true;
    s.offer("e3-csp").prices.front().unit_price = amount("999.00");  // staying would be far cheaper
    const Comparison comparison = compare_strategies(s.build(), Detail::totals);
    EXPECT_LT(comparison.results[0].score.total(), comparison.results[1].score.total());
    EXPECT_EQ(comparison.results[*comparison.best].approach, Approach{Strategy::wait});
}

TEST(Comparison, NothingFeasibleHasNoBest) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 200;  // nobody can be moved before the term ends
    const Comparison comparison = compare_strategies(s.build(), Detail::totals);
    EXPECT_FALSE(comparison.any_feasible());
    EXPECT_TRUE(comparison.ranking().empty());
}

TEST(Comparison, TheCheapestPlanStandsLastAndIsHeldAgainstTheCheapestStrategy) {  // M6
    SmallScenario s;
    s.draft.overlap_days = 7;
    const PlanningOptions asked;
    const Comparison comparison = compare_strategies(s.build(), Detail::totals, &asked);
    ASSERT_EQ(comparison.results.size(), 4U);
    ASSERT_TRUE(comparison.search);
    EXPECT_EQ(comparison.search->status, PlanStatus::optimal);
    EXPECT_EQ(comparison.optimal(), 3U);
    EXPECT_EQ(comparison.results[3].score.total(), comparison.search->total);
    EXPECT_EQ(comparison.best, 3U) << "a week less of paying twice";
    EXPECT_EQ(comparison.best_strategy(), 1U);
    EXPECT_EQ(comparison.ranking().front(), kOptimal);
    EXPECT_EQ(comparison.ranking_of_strategies(), (std::vector{Strategy::wait, Strategy::cancel_now}));
}

TEST(Comparison, AStrategyThatCostsAsLittleAsTheCheapestPlanIsTheBest) {  // M5.2: ties in order
    SmallScenario s;
    s.draft.overlap_days = 0;
    const PlanningOptions asked;
    const Comparison comparison = compare_strategies(s.build(), Detail::totals, &asked);
    ASSERT_TRUE(comparison.optimal());
    ASSERT_EQ(comparison.results[3].score.total(), comparison.results[1].score.total());
    EXPECT_EQ(comparison.results[*comparison.best].approach, Approach{Strategy::wait});
}

TEST(Comparison, WithoutAPlanTheSearchStillSaysWhy) {  // M6.3
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 200;
    s.subscription("contoso-e3").move_by = day("2026-06-01");  // no waiting for a renewal
    const PlanningOptions asked;
    const Comparison comparison = compare_strategies(s.build(), Detail::totals, &asked);
    EXPECT_EQ(comparison.results.size(), 3U);
    EXPECT_FALSE(comparison.optimal());
    ASSERT_TRUE(comparison.search);
    EXPECT_EQ(comparison.search->status, PlanStatus::infeasible);
    EXPECT_FALSE(comparison.search->conflicts.empty());
}

TEST(Comparison, ALaterEndIsClampedToItsMonth) {  // M0.2
    SmallScenario s;
    s.draft.horizon->end = day("2028-02-29");
    EXPECT_EQ(later_horizon_end(s.build(), 12), day("2029-02-28"));
}

}  // namespace
}  // namespace termwise
