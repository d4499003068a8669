// The strategies side by side (M5.2).
#include "planning/comparison.h"

#include <gtest/gtest.h>

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
    EXPECT_EQ(comparison.results[*comparison.best].strategy, Strategy::wait);
    EXPECT_EQ(comparison.ranking(), (std::vector{Strategy::wait, Strategy::cancel_now}));
    EXPECT_LT(comparison.results[1].score.total(), comparison.results[2].score.total());
}

TEST(Comparison, AStrategyWithViolationsIsNeverTheBest) {  // M5.2
    SmallScenario s;
    s.draft.portfolio.subscriptions[0].must_move = true;
    s.offer("e3-csp").prices.front().unit_price = amount("999.00");  // staying would be far cheaper
    const Comparison comparison = compare_strategies(s.build(), Detail::totals);
    EXPECT_LT(comparison.results[0].score.total(), comparison.results[1].score.total());
    EXPECT_EQ(comparison.results[*comparison.best].strategy, Strategy::wait);
}

TEST(Comparison, NothingFeasibleHasNoBest) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 200;  // nobody can be moved before the term ends
    const Comparison comparison = compare_strategies(s.build(), Detail::totals);
    EXPECT_FALSE(comparison.any_feasible());
    EXPECT_TRUE(comparison.ranking().empty());
}

TEST(Comparison, ALaterEndIsClampedToItsMonth) {  // M0.2
    SmallScenario s;
    s.draft.horizon->end = day("2028-02-29");
    EXPECT_EQ(later_horizon_end(s.build(), 12), day("2029-02-28"));
}

}  // namespace
}  // namespace termwise
