// The whole explanation: what it is made of agrees with judge, scorer and bound.
#include "explanation/explain.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "explanation/random_plans.h"

namespace termwise {
namespace {

RC_GTEST_PROP(ExplainProperty, WhatItOffersIsFeasibleAndCostsWhatItSays, ()) {
    test::Draw what;
    what.most_days = 150;
    const Scenario scenario = test::draw_scenario(what).build();
    const Plan plan = test::draw_explained_plan(scenario);
    const SubscriptionIndex s(static_cast<std::size_t>(
        dice::roll(0, static_cast<std::int32_t>(scenario.subscriptions.size()) - 1)));
    ExplainOptions options;
    options.steps = 3;
    const std::optional<Explanation> found = explain(scenario, plan, s, options);
    const std::vector<std::int32_t> positions = move_positions(scenario, plan);
    RC_ASSERT(found.has_value() == (positions[s.at()] >= 0));
    if (!found) return;
    const bool keeps_rules = check(scenario, plan).feasible();
    const Money total = score(scenario, plan, Detail::totals).total();
    RC_ASSERT(found->plan.total == total);
    RC_ASSERT(found->plan.violations.empty() == keeps_rules);
    RC_ASSERT(found->chosen.difference == Money{});
    if (keeps_rules) RC_ASSERT(found->chosen.feasible());
    RC_ASSERT(found->alternatives.size() == 4);
    for (const Alternative& a : found->alternatives) {
        if (!a.tried) {
            RC_ASSERT(!a.obstacle.empty());
            continue;
        }
        RC_ASSERT(a.components.total() - found->components.total() == a.tried->difference);
        const Plan other = test::changed(scenario, plan, a.tried->move, a.tried->invite_on);
        RC_ASSERT(score(scenario, other, Detail::totals).total() - total == a.tried->difference);
        if (keeps_rules) RC_ASSERT(check(scenario, other).feasible() == a.feasible());
    }
    RC_ASSERT((found->against.has_value() || !found->no_break_even.empty()));
    // M6.2: the bound holds at whatever prices were found.
    if (keeps_rules && found->marginal.has_limits && found->marginal.possible)
        RC_ASSERT(found->marginal.bound <= total);
}

RC_GTEST_PROP(ExplainProperty, APortfolioIsExplainedAsItsMovesAre, ()) {
    test::Draw what;
    what.most_days = 150;
    const Scenario scenario = test::draw_scenario(what).build();
    const Plan plan = plan_by(scenario, dice::pick({Strategy::wait, Strategy::cancel_now})).plan;
    ExplainOptions options;
    options.steps = 2;
    const PortfolioExplanation all = explain(scenario, plan, options);
    RC_ASSERT(all.decisions.size() + all.no_decision.size() == scenario.subscriptions.size());
    for (std::size_t i = 1; i < all.decisions.size(); ++i)
        RC_ASSERT(all.decisions[i - 1].worth >= all.decisions[i].worth);
    if (all.decisions.empty()) return;
    const Decision d = dice::pick(all.decisions);
    const std::optional<Explanation> one = explain(scenario, plan, d.subscription, options);
    RC_ASSERT(one.has_value());
    const auto same = std::ranges::find(one->alternatives, d.against, &Alternative::kind);
    RC_ASSERT(same->tried->difference == d.worth);
    RC_ASSERT((same->tried->move == d.other));
}

TEST(Explain, HoldsAMoveAgainstWhatItIsAskedTo) {
    const Scenario scenario = test::SmallScenario().build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-25"_day);
    ExplainOptions options;
    options.against = Against{AlternativeKind::day, "2026-03-28"_day};
    const auto weekend = explain(scenario, paper.plan(), SubscriptionIndex(0), options);
    EXPECT_FALSE(weekend->against);
    EXPECT_NE(weekend->no_break_even, "");
    options.against = Against{AlternativeKind::day, "2026-03-25"_day};
    EXPECT_EQ(explain(scenario, paper.plan(), SubscriptionIndex(0), options)->no_break_even,
              "it is what the plan does");
    options.against = Against{AlternativeKind::day, "2026-03-24"_day};
    const auto earlier = explain(scenario, paper.plan(), SubscriptionIndex(0), options);
    ASSERT_TRUE(earlier->against);
    EXPECT_EQ(earlier->alternatives[*earlier->against].tried->move.provision_on, "2026-03-24"_day);
    options.against = Against{AlternativeKind::day, "2030-01-01"_day};
    EXPECT_EQ(explain(scenario, paper.plan(), SubscriptionIndex(0), options)->no_break_even,
              "2030-01-01 lies outside the horizon");
}

TEST(Explain, HasNothingToSayWithoutAMove) {
    const Scenario scenario = test::SmallScenario().build();
    EXPECT_FALSE(explain(scenario, Plan{}, SubscriptionIndex(0), {}));
}

/// Two customers whose old contracts end on one day, a team with time for one of them in the last week.
TEST(Explain, SaysWhatTheTimeOfATeamIsWorth) {
    test::SmallScenario s;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 60, {}};
    s.draft.effort.emplace().origin = {0};
    s.draft.effort->provision.minutes = 60;
    s.add_customer("fabrikam");
    s.add_subscription("fabrikam", "fabrikam-e3", "e3-open");
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-04-01"_day);
    paper.migrates("fabrikam-e3", "2026-03-27"_day);
    const Plan plan = paper.plan();
    ASSERT_TRUE(check(scenario, plan).feasible());
    const auto found = explain(scenario, plan, test::subscription_of(scenario, "contoso-e3"), {});
    ASSERT_EQ(found->takes.size(), 1U);
    EXPECT_EQ(found->takes[0].amount, 3600);
    // Were it not for contoso, fabrikam would move five days later and save that; no more than that.
    const Plan later = test::changed(scenario, plan,
                                     [&] {
                                         Move move = plan.moves[1];
                                         move.provision_on = "2026-04-01"_day;
                                         return move;
                                     }(),
                                     {});
    const Money saved =
        score(scenario, plan, Detail::totals).total() - score(scenario, later, Detail::totals).total();
    EXPECT_GT(found->takes[0].worth, Money{});
    EXPECT_LE(found->takes[0].worth.minor, saved.minor + 100);
    EXPECT_LE(found->marginal.bound, found->plan.total);
}

}  // namespace
}  // namespace termwise
