// Planning for an uncertain world (M7.5): the buffer is what the numbers say, and no plan there is is better.
#include "planning/expected.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/optimal.h"
#include "planning/risk_objective.h"
#include "planning/sampled_worlds.h"
#include "scoring/score.h"
#include "support/literals.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using test::SmallScenario;

Plan cheapest_plan(const Scenario& scenario) {
    PlanningOptions asked;
    asked.effort = 90;
    asked.explain = false;
    return plan_optimally(scenario, asked).plan;
}

std::vector<std::int64_t> totals_of(const Scenario& scenario, const Plan& plan, std::uint32_t worlds) {
    const std::vector<std::int64_t> costs = SampledWorlds(scenario, 1, worlds, 1).costs(plan);
    std::vector<std::int64_t> totals(worlds);
    for (std::size_t i = 0; i < costs.size(); ++i) totals[i % worlds] += costs[i];
    return totals;
}

// One customer whose new subscription is usable after 0 to 10 days: a seat's day without service costs three
// times what a day of overlap does, so that neither no day nor the longest delay is the buffer.
constexpr std::array kDelays{0, 0, 1, 2, 4, 4, 7, 10};

SmallScenario usable_late() {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::active;
    s.draft.disruption->gap_per_seat_day = test::amount("2.20");
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    s.programme("open").renewals_until = "2026-03-31"_day;
    return s;
}

Scenario with_delay(Distribution delay) {
    Scenario scenario = usable_late().build();
    scenario.uncertainty.emplace().provision_delay = std::move(delay);
    return scenario;
}

Distribution empirical() { return distribution::Empirical{{kDelays.begin(), kDelays.end()}}; }

/// The exact sum over the delays there are, each of which is a world without chance.
std::int64_t sum_over_delays(const Plan& plan) {
    std::int64_t sum = 0;
    for (const int delay : kDelays)
        sum += totals_of(with_delay(distribution::Fixed{static_cast<double>(delay)}), plan, 1)[0];
    return sum;
}

TEST(Expected, TheBufferIsTheBestOfAllDaysThereAre) {
    const Scenario scenario = with_delay(empirical());
    const Plan cheapest = cheapest_plan(scenario);
    const Day exit_on = cheapest.moves[0].exit_on;
    std::int64_t least = sum_over_delays(cheapest);
    Day best = cheapest.moves[0].provision_on;
    for (Day day = scenario.h0(); day < exit_on; ++day) {
        Plan other = cheapest;
        other.moves[0].provision_on = day;
        if (!check(scenario, other).feasible()) continue;
        const std::int64_t sum = sum_over_delays(other);
        if (sum >= least) continue;
        least = sum;
        best = day;
    }
    EXPECT_GT(exit_on - best, 0);
    EXPECT_LT(exit_on - best, 10);

    ExpectedOptions asked;
    asked.worlds = 4000;
    const ExpectedPlan answer = plan_for_expectation(scenario, cheapest, asked);
    EXPECT_EQ(answer.plan.moves[0].exit_on, exit_on);
    EXPECT_EQ(to_text(answer.plan.moves[0].provision_on), to_text(best));
    EXPECT_EQ(sum_over_delays(answer.plan), least);
}

TEST(Expected, MoreWeightOnBadWorldsNeverMakesThemWorse) {
    const Scenario scenario = with_delay(empirical());
    const Plan cheapest = cheapest_plan(scenario);
    ExpectedOptions asked;
    asked.worlds = 400;
    std::vector<std::int64_t> cvars;
    for (const std::int64_t weight : {0, 500, 2'000, 20'000}) {
        asked.cvar_weight_thousandths = weight;
        cvars.push_back(plan_for_expectation(scenario, cheapest, asked).total.cvar95);
    }
    EXPECT_TRUE(std::ranges::is_sorted(cvars, std::greater{}));
    EXPECT_LT(cvars.back(), cvars.front());
}

/// As many answer within a day as after forty: whoever is invited late goes without service for weeks.
TEST(Expected, WhoMayAnswerLateIsInvitedAtOnce) {
    SmallScenario s = usable_late();
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 1;
    Scenario scenario = s.build();
    scenario.uncertainty.emplace().acceptance = distribution::Empirical{{1, 40}};
    PlanningOptions planning;
    Plan cheapest = plan_optimally(scenario, planning).plan;
    cheapest.invitations[0].invite_on = "2026-03-30"_day;
    ASSERT_TRUE(check(scenario, cheapest).feasible());
    ExpectedOptions asked;
    asked.worlds = 100;
    const ExpectedPlan answer = plan_for_expectation(scenario, cheapest, asked);
    ASSERT_EQ(answer.plan.invitations.size(), 1U);
    EXPECT_LE(answer.plan.invitations[0].invite_on, answer.plan.moves[0].provision_on - 40);
}

/// Two jobs of an hour, an hour a day, and every other one takes three: what is left waiting is seen.
TEST(Expected, LooksAtTheQueuesOfTeams) {
    SmallScenario s = usable_late();
    s.draft.effort.emplace().provision.minutes = 60;
    s.team("ops").capacity = CapacityDraft{CapacityPer::day, 60, {}};
    s.add_subscription("contoso", "contoso-2", "e3-open");
    Scenario scenario = s.build();
    scenario.uncertainty.emplace().work = distribution::Empirical{{1, 3}};
    const Plan cheapest = cheapest_plan(scenario);
    ExpectedOptions asked;
    asked.worlds = 200;
    const ExpectedPlan answer = plan_for_expectation(scenario, cheapest, asked);
    EXPECT_TRUE(check(scenario, answer.plan).feasible());
    EXPECT_LT(answer.total.mean, summarize(totals_of(scenario, cheapest, 200)).mean);
}

constexpr test::Draw kSmall{.most_customers = 2, .most_subscriptions = 2, .most_days = 240};

Scenario draw_uncertain() {
    Scenario scenario = test::draw_scenario(kSmall).build();
    Uncertainty& u = scenario.uncertainty.emplace();
    if (dice::chance(80)) u.acceptance = distribution::Empirical{{0, 3, 10, 30}};
    if (dice::chance(50)) u.decline = 0.1;
    if (dice::chance(50)) u.work = distribution::Empirical{{0.5, 1, 3}};
    if (dice::chance(50)) u.provision_delay = distribution::Empirical{{0, 0, 5}};
    if (dice::chance(50)) u.provision_failure = ProvisionFailure{0.2, 2};
    return scenario;
}

constexpr std::uint32_t kFewWorlds = 21;

RC_GTEST_PROP(ExpectedProperty, IsFeasibleAndInItsWorldsNoWorseThanAnyPlanThereIs, ()) {
    const Scenario scenario = draw_uncertain();
    const Plan cheapest = cheapest_plan(scenario);
    if (cheapest.moves.empty()) return;
    ExpectedOptions asked;
    asked.worlds = kFewWorlds;
    asked.cvar_weight_thousandths = dice::pick<std::int64_t>({0, 500, 3000});
    const ExpectedPlan answer = plan_for_expectation(scenario, cheapest, asked);
    RC_ASSERT(check(scenario, answer.plan).feasible());
    const std::vector<std::int64_t> totals = totals_of(scenario, answer.plan, kFewWorlds);
    RC_ASSERT(summarize(totals).mean == answer.total.mean);
    RiskObjective objective(asked.cvar_weight_thousandths);
    const Wide least = objective.of(totals);
    RC_ASSERT(least <= objective.of(totals_of(scenario, cheapest, kFewWorlds)));
    for (const Strategy strategy : kStrategies) {
        const Plan plan = plan_by(scenario, strategy).plan;
        if (check(scenario, plan).feasible())
            RC_ASSERT(least <= objective.of(totals_of(scenario, plan, kFewWorlds)));
    }
}

/// But where a plan may cancel before the hand-over: such a cancellation waits even without chance (M7.1).
RC_GTEST_PROP(ExpectedProperty, WithoutChanceItCostsWhatTheCheapestPlanDoes, ()) {
    Scenario scenario = test::draw_scenario(kSmall).build();
    if (scenario.continuity == Continuity::soft) return;
    scenario.uncertainty.emplace().provision_delay = distribution::Fixed{0};
    PlanningOptions planning;
    planning.effort = 90;
    planning.explain = false;
    const OptimalPlan cheapest = plan_optimally(scenario, planning);
    if (cheapest.status != PlanStatus::optimal) return;
    ExpectedOptions asked;
    asked.worlds = 2;
    const ExpectedPlan answer = plan_for_expectation(scenario, cheapest.plan, asked);
    RC_ASSERT(score(scenario, answer.plan, Detail::totals).total() == cheapest.total);
    RC_ASSERT(answer.plan.moves == cheapest.plan.moves);
}

RC_GTEST_PROP(ExpectedProperty, DoesNotDependOnThreads, ()) {
    const Scenario scenario = draw_uncertain();
    const Plan cheapest = cheapest_plan(scenario);
    if (cheapest.moves.empty()) return;
    ExpectedOptions asked;
    asked.worlds = kFewWorlds;
    const ExpectedPlan one = plan_for_expectation(scenario, cheapest, asked);
    asked.threads = 3;
    const ExpectedPlan other = plan_for_expectation(scenario, cheapest, asked);
    RC_ASSERT(one.plan.moves == other.plan.moves);
    RC_ASSERT(one.plan.invitations == other.plan.invitations);
    RC_ASSERT(one.tried == other.tried);
}

TEST(Expected, StopsWhenItIsAskedToWithAPlan) {
    const Scenario scenario = with_delay(empirical());
    const Plan cheapest = cheapest_plan(scenario);
    const std::atomic<bool> stop{true};
    ExpectedOptions asked;
    asked.worlds = 10;
    asked.stop = &stop;
    const ExpectedPlan answer = plan_for_expectation(scenario, cheapest, asked);
    EXPECT_TRUE(answer.interrupted);
    EXPECT_TRUE(check(scenario, answer.plan).feasible());
}

}  // namespace
}  // namespace termwise
