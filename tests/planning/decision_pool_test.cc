// Decisions tried in worlds as if teams had time for everybody, and the choice among them (M7.5).
#include "planning/decision_pool.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/nearby.h"
#include "planning/strategies.h"
#include "support/literals.h"
#include "support/plans.h"
#include "support/random_worlds.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::SmallScenario;

constexpr std::uint32_t kWorlds = 40;
constexpr auto kAll = [](std::size_t, std::size_t) { return true; };

/// Two customers, each usable after 0 to 10 days; a seat's day without service costs 50.00.
SmallScenario two_customers() {
    SmallScenario s;
    s.add_customer("fabrikam").relationship = Relationship::active;
    s.add_subscription("fabrikam", "fabrikam-e3", "e3-open");
    return s;
}

Scenario usable_late(const SmallScenario& s) {
    Scenario scenario = s.build();
    scenario.uncertainty.emplace().provision_delay = distribution::Empirical{{0, 0, 1, 4, 10}};
    return scenario;
}

std::vector<CustomerDecision> provisioned_on(const Scenario& scenario, Day contoso, Day fabrikam) {
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", contoso);
    paper.migrates("fabrikam-e3", fabrikam);
    return decisions_of(scenario, paper.plan());
}

std::vector<std::vector<CustomerDecision>> lists_of(const Scenario& scenario,
                                                    std::span<const CustomerDecision> decisions) {
    std::vector<std::vector<CustomerDecision>> lists;
    for (std::size_t c = 0; c < decisions.size(); ++c)
        lists.push_back(far_from(scenario, CustomerIndex(c), decisions[c]));
    return lists;
}

TEST(DecisionPool, ChoosesForEachTheDayThatCostsLeastOnAverage) {
    const Scenario scenario = usable_late(two_customers());
    const auto begun = provisioned_on(scenario, "2026-03-31"_day, "2026-03-31"_day);
    DecisionPool pool(scenario, begun, 0, 1, kWorlds, 1);
    EXPECT_EQ(pool.chosen(0).decision, begun[0]);
    EXPECT_GT(pool.try_out(lists_of(scenario, begun), kAll), 0);
    EXPECT_EQ(pool.choose(), (std::vector<std::size_t>{0, 1}));
    for (std::size_t c = 0; c < 2; ++c) {
        EXPECT_LT(pool.chosen(c).decision.moves[0].provision_on, "2026-03-31"_day);
        for (const TriedDecision& kept : pool.kept(c)) EXPECT_LE(pool.chosen(c).objective, kept.objective);
    }
    EXPECT_TRUE(pool.choose().empty()) << "nothing new, nothing to change";
}

TEST(DecisionPool, TriesNothingTwice) {
    const Scenario scenario = usable_late(two_customers());
    const auto begun = provisioned_on(scenario, "2026-03-31"_day, "2026-03-31"_day);
    DecisionPool pool(scenario, begun, 0, 1, kWorlds, 1);
    const auto lists = lists_of(scenario, begun);
    const auto tried = static_cast<std::size_t>(pool.try_out(lists, kAll));
    EXPECT_LE(tried + 2, lists[0].size() + lists[1].size()) << "what is chosen is known";
    EXPECT_EQ(pool.try_out(lists, kAll), 0);
}

TEST(DecisionPool, LeavesOutWhatBreaksARuleOfTheCustomersOwn) {
    SmallScenario s = two_customers();
    s.subscription("contoso-e3").move_from = "2026-03-31"_day;
    const Scenario scenario = usable_late(s);
    const auto begun = provisioned_on(scenario, "2026-03-31"_day, "2026-03-31"_day);
    DecisionPool pool(scenario, begun, 0, 1, kWorlds, 1);
    pool.try_out(lists_of(scenario, begun), kAll);
    pool.choose();
    EXPECT_GE(pool.chosen(0).decision.moves[0].provision_on, "2026-03-31"_day);
    for (const TriedDecision& kept : pool.kept(0))
        EXPECT_GE(kept.decision.moves[0].provision_on, "2026-03-31"_day);
    EXPECT_LT(pool.chosen(1).decision.moves[0].provision_on, "2026-03-31"_day);
}

TEST(DecisionPool, KeepsTheRoomThatCustomersShare) {
    SmallScenario s = two_customers();
    s.draft.effort.emplace().provision.minutes = 60;
    s.team("ops").capacity = CapacityDraft{CapacityPer::day, 60, {}};
    const Scenario scenario = usable_late(s);
    const auto begun = provisioned_on(scenario, "2026-03-30"_day, "2026-03-31"_day);
    DecisionPool pool(scenario, begun, 0, 1, kWorlds, 1);
    pool.try_out(lists_of(scenario, begun), kAll);
    pool.choose();
    const std::array both{&pool.chosen(0).decision, &pool.chosen(1).decision};
    EXPECT_TRUE(check(scenario, plan_of(both)).feasible());
    EXPECT_NE(both[0]->moves[0].provision_on, both[1]->moves[0].provision_on);
}

TEST(DecisionPool, EndsWhereItIsAskedTo) {
    const Scenario scenario = usable_late(two_customers());
    const auto begun = provisioned_on(scenario, "2026-03-31"_day, "2026-03-31"_day);
    DecisionPool pool(scenario, begun, 0, 1, kWorlds, 1);
    const auto lists = lists_of(scenario, begun);
    std::vector<std::size_t> asked;
    const std::int64_t tried = pool.try_out(lists, [&](std::size_t done, std::size_t of) {
        EXPECT_EQ(of, std::max(lists[0].size(), lists[1].size()));
        asked.push_back(done);
        return done < 3;
    });
    EXPECT_EQ(asked, (std::vector<std::size_t>{0, 1, 2, 3}));
    EXPECT_EQ(tried, 4) << "the first place holds what is chosen already, two are left of each list";
}

TEST(DecisionPool, KeepsSoManyBesideTheChosenOne) {
    const Scenario scenario = usable_late(two_customers());
    const auto begun = provisioned_on(scenario, "2026-03-31"_day, "2026-03-31"_day);
    DecisionPool pool(scenario, begun, 0, 1, kWorlds, 1);
    std::vector<std::vector<CustomerDecision>> lists = lists_of(scenario, begun);
    for (std::size_t c = 0; c < 2; ++c)
        for (CustomerDecision& more : near_to(scenario, CustomerIndex(c), begun[c], {}))
            lists[c].push_back(std::move(more));
    pool.try_out(lists, kAll);
    EXPECT_EQ(pool.kept(0).size(), DecisionPool::kKept);
    EXPECT_TRUE(std::ranges::is_sorted(pool.kept(0), {}, &TriedDecision::objective));
}

/// Without queues, what a decision costs in each world is what it costs in the whole portfolio.
RC_GTEST_PROP(DecisionPoolProperty, CostsAreThoseOfTheWholePlan, ()) {
    test::Draw what;
    what.most_customers = 3;
    what.most_days = 240;
    Scenario scenario = test::draw_uncertain_scenario(what);
    for (Team& team : scenario.teams) team.capacity.reset();
    const Plan plan = plan_by(scenario, Strategy::wait).plan;
    const auto begun = decisions_of(scenario, plan);
    DecisionPool pool(scenario, begun, dice::pick<std::int64_t>({0, 1000}), 1, 21, 1);
    pool.try_out(lists_of(scenario, begun), kAll);
    pool.choose();
    std::vector<const CustomerDecision*> chosen;
    for (std::size_t c = 0; c < begun.size(); ++c) chosen.push_back(&pool.chosen(c).decision);
    const auto costs = SampledWorlds(scenario, 1, 21, 1).costs(plan_of(chosen));
    for (std::size_t c = 0; c < begun.size(); ++c)
        RC_ASSERT(std::ranges::equal(pool.chosen(c).costs, std::span(costs).subspan(c * 21, 21)));
}

}  // namespace
}  // namespace termwise
