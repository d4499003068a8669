// A move tried in the place of another is judged and priced as the whole plan would be (M3, M4).
#include "explanation/trial.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "explanation/random_plans.h"

namespace termwise {
namespace {

bool same(const Violation& a, const Violation& b) {
    return a.rule == b.rule && a.cause == b.cause && a.subject == b.subject && a.index == b.index &&
           a.bucket == b.bucket;
}

RC_GTEST_PROP(TrialProperty, PricesAMoveAsTheScorerPricesTheWholePlan, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan = test::draw_explained_plan(scenario);
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    const SubscriptionIndex s(static_cast<std::size_t>(
        dice::roll(0, static_cast<std::int32_t>(scenario.subscriptions.size()) - 1)));
    of.look_at(scenario.at(s).customer);
    const Trial trial(of, of.to_own(s));
    Move move = test::draw_move(scenario, s);
    Move own = move;
    own.subscription = trial.own();
    const TriedMove tried = trial.tried(own);
    const Plan whole = test::changed(scenario, plan, move, tried.invite_on);
    const Score before = score(scenario, plan, Detail::totals);
    const Score after = score(scenario, whole, Detail::totals);
    RC_ASSERT(tried.difference == after.total() - before.total());

    // M4: the components of the subscription differ as the plan's do.
    if (!trial.chosen()) return;
    const Components now = trial.components_of(of.own_plan());
    const Components then = trial.components_of(tried);
    for (std::size_t c = 0; c < kComponentCount; ++c)
        RC_ASSERT(then.amounts[c] - now.amounts[c] ==
                  after.components.amounts[c] - before.components.amounts[c]);
}

RC_GTEST_PROP(TrialProperty, JudgesAMoveAsTheJudgeJudgesTheWholePlan, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan = test::draw_explained_plan(scenario);
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    const SubscriptionIndex s(static_cast<std::size_t>(
        dice::roll(0, static_cast<std::int32_t>(scenario.subscriptions.size()) - 1)));
    of.look_at(scenario.at(s).customer);
    const Trial trial(of, of.to_own(s));
    Move move = test::draw_move(scenario, s);
    Move own = move;
    own.subscription = trial.own();
    const TriedMove tried = trial.tried(own);
    const Plan whole = test::changed(scenario, plan, move, tried.invite_on);
    Plan without = plan;
    std::erase_if(without.moves, [&](const Move& m) { return m.subscription == s; });
    const std::vector<Violation> found = check(scenario, whole).violations;
    const std::vector<Violation> anyway = check(scenario, without).violations;
    // What is held against the move, the judge finds in the plan with it.
    for (const Violation& v : tried.violations)
        RC_ASSERT(std::ranges::any_of(found, [&](const Violation& w) { return same(v, w); }));
    // What the judge finds there, and not without the move, is held against it.
    for (const Violation& w : found) {
        if (std::ranges::any_of(anyway, [&](const Violation& v) { return same(v, w); })) continue;
        if (w.day >= scenario.h1() || w.day < scenario.h0()) continue;
        RC_ASSERT(std::ranges::any_of(tried.violations, [&](const Violation& v) { return same(v, w); }));
    }
    if (found.empty()) RC_ASSERT(tried.feasible());
    if (anyway.size() == 1 && anyway[0].rule == Rule::move) RC_ASSERT(tried.feasible() == found.empty());
}

TEST(Trial, KeepsTheInvitationWhereItServes) {
    test::SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 14;
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    Move& move = paper.migrates("contoso-e3", "2026-03-25"_day);
    paper.invites("contoso", "2026-02-02"_day);
    const Plan plan = paper.plan();
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    of.look_at(CustomerIndex(0));
    const Trial trial(of, SubscriptionIndex(0));
    Move earlier = move;
    earlier.provision_on = "2026-02-16"_day;
    EXPECT_EQ(trial.tried(earlier).invite_on, "2026-02-02"_day);
    // M3.3: fourteen days before, or on the last workday before that.
    earlier.provision_on = "2026-02-09"_day;
    EXPECT_EQ(trial.tried(earlier).invite_on, "2026-01-26"_day);
    EXPECT_TRUE(trial.tried(earlier).feasible());
    // There is no day early enough: said by the judge, from the first day on.
    earlier.provision_on = "2026-01-15"_day;
    const TriedMove tried = trial.tried(earlier);
    ASSERT_EQ(tried.violations.size(), 1U);
    EXPECT_EQ(tried.violations[0].rule, Rule::acceptance);
    EXPECT_EQ(tried.violations[0].other, "2026-01-19"_day);
    // Nobody migrates, nobody is invited.
    EXPECT_TRUE(trial.stay().invite_on.none());
}

TEST(SameDecision, LooksAtDayTargetTermAndKindOfExit) {
    Move a;
    a.action = Action::migrate;
    a.provision_on = "2026-03-25"_day;
    a.exit = Exit::cancel;
    a.exit_on = "2026-03-25"_day;
    Move b = a;
    b.exit_on = "2026-03-26"_day;
    EXPECT_TRUE(same_decision(a, b));
    b.provision_on = "2026-03-26"_day;
    EXPECT_FALSE(same_decision(a, b));
    EXPECT_FALSE(same_decision(a, Move{}));
    EXPECT_TRUE(same_decision(Move{}, Move{}));
}

}  // namespace
}  // namespace termwise
