// Courses computed at once against the event engine: every world must come out the same, fact by fact.
#include "simulation/direct_world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <tuple>

#include "support/literals.h"
#include "support/plans.h"
#include "support/random_worlds.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::SmallScenario;

/// All that a world tells; work in an order of its own, since engines tell it in none.
struct Told {
    std::vector<SubscriptionOutcome> subscriptions;
    std::vector<std::tuple<std::int32_t, std::int32_t, WorkKind, Day, std::int64_t>> work;
    std::vector<std::vector<BucketUse>> use;
    std::int64_t undone = 0, events = 0;

    friend bool operator==(const Told&, const Told&) = default;
};

template <class Engine>
Told told(Engine& engine, const Scenario& scenario, WorldKey key) {
    Told all;
    engine.run(key);
    engine.for_each_outcome([&](const CustomerOutcome& outcome) {
        all.subscriptions.insert(all.subscriptions.end(), outcome.subscriptions.begin(),
                                 outcome.subscriptions.end());
        for (const WorkItem& item : outcome.work)
            all.work.emplace_back(item.customer.value, item.subscription.value, item.kind, item.day,
                                  item.seconds);
    });
    std::ranges::sort(all.work);
    for (std::size_t t = 0; t < scenario.teams.size(); ++t) all.use.push_back(engine.use_of(TeamIndex(t)));
    all.undone = engine.undone();
    all.events = engine.events();
    return all;
}

/// Many customers, few days, and hours that make teams late often, now and then, or hardly ever.
Scenario draw_busy_scenario() {
    test::Draw what;
    what.most_customers = 4;
    what.most_days = 200;
    Scenario scenario = test::draw_uncertain_scenario(what);
    // What comes first is drawn most often: work that takes time, customers who accept.
    if (!dice::chance(30)) scenario.uncertainty->decline.reset();
    Effort& effort = scenario.effort;
    effort.invite.minutes = dice::pick({10, 0, 30});
    effort.visit.minutes = dice::pick({20, 0, 90});
    effort.provision.minutes = dice::pick({15, 0, 60});
    const bool by_day = !dice::chance(30);
    for (Team& team : scenario.teams) {
        if (dice::chance(20)) continue;
        Capacity& capacity = team.capacity.emplace();
        capacity.per = by_day ? CapacityPer::day : CapacityPer::week;
        capacity.minutes = dice::pick({20, 40, 5, 60, 120});
    }
    return scenario;
}

/// Everybody is to be invited, and provisioned, within a few days of the same two.
void crowd_together(const Scenario& scenario, Plan& plan) {
    const std::int32_t days = scenario.h1() - scenario.h0();
    const Day invited = scenario.h0() + dice::roll(0, days / 4), wanted = invited + dice::roll(0, 20);
    for (Invitation& invitation : plan.invitations) invitation.invite_on = invited + dice::roll(0, 2);
    for (Move& move : plan.moves)
        if (move.action == Action::migrate) move.provision_on = wanted + dice::roll(0, 2);
}

RC_GTEST_PROP(DirectWorldProperty, IsTheWorldOfTheEventEngine, ()) {
    const Scenario scenario = draw_busy_scenario();
    Plan plan = test::draw_any_plan(scenario);
    // Strategies often find nothing to move in so short a time.
    if (std::ranges::none_of(plan.moves, [](const Move& m) { return m.action == Action::migrate; }))
        plan = test::draw_plan(scenario);
    if (!dice::chance(30)) crowd_together(scenario, plan);
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World events(prepared, chances);
    DirectWorld direct(prepared, chances);
    for (std::uint32_t r = 0; r < 4; ++r) {
        const Told expected = told(events, scenario, {5, r}), found = told(direct, scenario, {5, r});
        if (r == 0) RC_TAG(direct.repairs() == 0 ? "nothing waits" : "teams are late");
        RC_ASSERT(found.subscriptions == expected.subscriptions);
        RC_ASSERT(found.work == expected.work);
        RC_ASSERT(found.use == expected.use);
        RC_ASSERT(found.undone == expected.undone);
        RC_ASSERT(found.events == expected.events);
    }
}

/// `customers` who are all provisioned on 16 March, by a team that has time for a few of them a day.
SmallScenario crowd(int customers) {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    s.draft.effort.emplace().provision.minutes = 15;
    CapacityDraft capacity;
    capacity.per = CapacityPer::day;
    capacity.minutes = 60;
    s.team("ops").capacity = capacity;
    for (int c = 1; c < customers; ++c) {
        const std::string id = fmt::format("customer-{:04}", c);
        s.add_customer(id);
        s.add_subscription(id, id + "-e3", "e3-open");
    }
    return s;
}

PaperPlan all_at_once(const Scenario& scenario) {
    PaperPlan paper(scenario);
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i)
        paper.migrates(scenario.id(SubscriptionIndex(i)), "2026-03-16"_day);
    return paper;
}

TEST(DirectWorld, MakesCoursesAnewOnlyForThoseWhoWait) {
    const Scenario scenario = crowd(6).build();
    const Plan plan = all_at_once(scenario).plan();
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    DirectWorld direct(prepared, chances);
    World events(prepared, chances);
    EXPECT_TRUE(told(direct, scenario, {1, 0}) == told(events, scenario, {1, 0}));
    // Four are done on the first day; two wait, and are done on the next.
    EXPECT_EQ(direct.repairs(), 2);
    EXPECT_FALSE(direct.by_events());
}

TEST(DirectWorld, MakesCoursesAnewBeforeWorkIsDoneIfSomethingElseFallsDue) {
    SmallScenario s = crowd(6);
    s.draft.effort->auto_renew_off.minutes = 5;
    const Scenario scenario = s.build();
    PaperPlan paper(scenario);
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i)
        paper.migrates(scenario.id(SubscriptionIndex(i)), "2026-03-16"_day).auto_renew_off_on =
            "2026-03-17"_day;
    const Plan plan = paper.plan();
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    DirectWorld direct(prepared, chances);
    World events(prepared, chances);
    EXPECT_TRUE(told(direct, scenario, {1, 0}) == told(events, scenario, {1, 0}));
    // The two who wait: when their renewal is to be switched off, and when they are provisioned.
    EXPECT_EQ(direct.repairs(), 4);
}

TEST(DirectWorld, LeavesAJamToTheEventEngineAndComesBack) {
    // 1,500 customers of whom nearly each is done late, in two steps: more is made anew than there is.
    SmallScenario s = crowd(1500);
    s.draft.effort->auto_renew_off.minutes = 15;
    s.team("ops").capacity->minutes = 600;
    Scenario scenario = s.build();
    scenario.uncertainty.emplace().work = distribution::LognormalMoments{1, 0.3};
    Plan plan = all_at_once(scenario).plan();
    for (Move& move : plan.moves) move.auto_renew_off_on = "2026-03-16"_day;
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    DirectWorld direct(prepared, chances);
    World events(prepared, chances);
    std::int64_t tried = 0;
    for (std::uint32_t r = 0; r < 20; ++r) {
        EXPECT_TRUE(told(direct, scenario, {1, r}) == told(events, scenario, {1, r}));
        EXPECT_TRUE(direct.by_events());
        if (direct.repairs() > 0) ++tried;
    }
    EXPECT_EQ(tried, 2);
}

}  // namespace
}  // namespace termwise
