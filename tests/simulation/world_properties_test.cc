// What must hold in any world: what is conserved, what is reproduced, what only grows; and what formulas say.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "simulation/world.h"
#include "support/literals.h"
#include "support/plans.h"
#include "support/random_worlds.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::SmallScenario;

std::vector<CustomerOutcome> outcomes_of(World& world, WorldKey key) {
    std::vector<CustomerOutcome> all;
    world.run(key);
    world.for_each_outcome([&](const CustomerOutcome& outcome) { all.push_back(outcome); });
    return all;
}

RC_GTEST_PROP(WorldProperty, WhatIsPlannedAndCertainCostsWhatIsPlanned, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan = plan_by(scenario, dice::pick({Strategy::wait, Strategy::cancel_now})).plan;
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World world(prepared, chances);
    world.run({1, 1});
    Scorer scorer(scenario, Detail::everything);
    world.for_each_outcome([&](const CustomerOutcome& outcome) { scorer.add(outcome); });
    const Score simulated = scorer.take(), planned = score(scenario, plan, Detail::everything);
    RC_ASSERT(simulated.subscriptions == planned.subscriptions);
    RC_ASSERT(simulated.customers == planned.customers);
    RC_ASSERT(simulated.readings == planned.readings);
    RC_ASSERT(simulated.finished_on == planned.finished_on);
}

RC_GTEST_PROP(WorldProperty, TheSameKeyGivesTheSameWorldWhateverCameBefore, ()) {
    const Scenario scenario = test::draw_uncertain_scenario();
    const Plan plan = test::draw_any_plan(scenario);
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World first(prepared, chances), second(prepared, chances);
    const auto score_of = [&](const std::vector<CustomerOutcome>& outcomes) {
        Scorer scorer(scenario, Detail::everything);
        for (const CustomerOutcome& outcome : outcomes) scorer.add(outcome);
        return scorer.take().customers;
    };
    const auto fresh = score_of(outcomes_of(first, {3, 9}));
    for (std::uint32_t r = 0; r < 3; ++r) second.run({3, r});
    RC_ASSERT(score_of(outcomes_of(second, {3, 9})) == fresh);
}

/// Days without service, a day at a time: neither the old contract, nor its grace, nor the new one serves
/// them.
std::int64_t unserved(const Scenario& scenario, const SubscriptionOutcome& o) {
    const Subscription& s = scenario.at(o.subscription);
    const Day planned_end = o.old_ending.kind == Ending::Kind::none ? kAfterAllDays : o.old_ending.on;
    const TermsOutcome terms =
        follow_terms(old_contract(scenario, s, o.provisioned_on), o.old_ending, scenario.horizon);
    const Day ends = o.migrated || terms.ended_by == EndedBy::in_service ? planned_end : terms.ended_on;
    const Day last = o.migrated ? std::max(o.handed_over_on, scenario.h1()) : scenario.h1();
    std::int64_t days = 0;
    for (Day day = scenario.h0(); day < last; ++day)
        if (day >= ends && day >= ends + o.grace_days && !(o.migrated && day >= o.handed_over_on))
            days += o.migrated ? scenario.demand(s).at(ends) : scenario.demand(s).at(day);
    return days;
}

RC_GTEST_PROP(WorldProperty, EverySeatDayIsServedOrCountedAndEveryPieceOfWorkIsDoneOnceOrNot, ()) {
    const Scenario scenario = test::draw_uncertain_scenario();
    const Plan plan = plan_by(scenario, dice::pick({Strategy::wait, Strategy::cancel_now})).plan;
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World world(prepared, chances);
    for (std::uint32_t r = 0; r < 5; ++r) {
        for (const CustomerOutcome& outcome : outcomes_of(world, {11, r})) {
            for (const SubscriptionOutcome& o : outcome.subscriptions) {
                const SubscriptionCost cost = cost_of(scenario, o, {}, nullptr);
                RC_ASSERT(cost.readings.gap_days == unserved(scenario, o));
                std::map<WorkKind, int> done;
                for (const WorkItem& item : outcome.work)
                    if (item.subscription == o.subscription) ++done[item.kind];
                RC_ASSERT(done[WorkKind::auto_renew_off] <= 1);
                RC_ASSERT(done[WorkKind::cancel] <= 1);
                RC_ASSERT(done[WorkKind::cancel] == 0 || scenario.effort.cancel.minutes > 0);
                const Uncertainty& u = scenario.customers[outcome.customer.at()].uncertainty < 0
                                           ? *scenario.uncertainty
                                           : scenario.customer_uncertainties[0];
                if (!u.provision_failure && !scenario.uncertainty->provision_failure &&
                    scenario.effort.provision.minutes > 0)
                    RC_ASSERT(done[WorkKind::provision] == (o.migrated ? 1 : 0));
                if (!o.migrated) RC_ASSERT(done[WorkKind::reassign] == 0);
                if (o.migrated) RC_ASSERT(o.provisioned_on < scenario.h1());
                if (o.migrated) RC_ASSERT(!o.handed_over_on.none());
                if (o.migrated && o.old_ending.kind == Ending::Kind::cancel)
                    RC_ASSERT(o.old_ending.on >= o.handed_over_on);
            }
        }
        RC_ASSERT(world.undone() >= 0);
        for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
            const auto& limits = prepared.teams()[t].limits;
            for (std::size_t b = 0; b < limits.size(); ++b)
                RC_ASSERT(world.use_of(TeamIndex(t))[b].worked_seconds <= limits[b]);
        }
    }
}

/// Nobody waits for a team, demand is constant, everybody works every day.
SmallScenario free_world(std::int32_t days) {
    SmallScenario s;
    s.draft.horizon->end = s.draft.horizon->start + days;
    s.draft.continuity = Continuity::soft;
    s.draft.calendar.emplace().workdays = WeekPattern{0b1111111};
    s.customer("contoso").relationship = Relationship::pending;
    return s;
}

// M7.4: with the same random numbers a customer who takes longer by distribution takes longer in each world.
RC_GTEST_PROP(WorldProperty, LaterAcceptanceNeverLowersTheGapInAnyWorld, ()) {
    SmallScenario s = free_world(700);
    s.programme("open").grace_days = dice::pick({0, 5});
    Scenario scenario = s.build();
    PaperPlan paper(scenario);
    paper.invites("contoso", scenario.h0() + dice::roll(0, 60));
    paper.migrates("contoso-e3", scenario.h0() + dice::roll(60, 80));
    const Plan plan = paper.plan();
    const double median = dice::roll(1, 30), p90 = median + dice::roll(0, 40), more = dice::roll(0, 30);
    std::vector<std::int64_t> gaps[2];
    for (const int later : {0, 1}) {
        scenario.uncertainty.emplace().acceptance =
            distribution::LognormalQuantiles{median + later * more, p90 + later * more * (p90 / median)};
        const PreparedPlan prepared(scenario, plan);
        const ChanceTables chances(scenario);
        World world(prepared, chances);
        for (std::uint32_t r = 0; r < 100; ++r) {
            world.run({17, r});
            world.for_each_outcome([&](const CustomerOutcome& outcome) {
                gaps[later].push_back(cost_of(scenario, outcome).readings.gap_days);
            });
        }
    }
    for (std::size_t r = 0; r < gaps[0].size(); ++r) RC_ASSERT(gaps[0][r] <= gaps[1][r]);
}

/// Mean and standard error of gap and overlap of one customer, over many worlds.
struct Measured {
    double gap = 0, gap_error = 0, overlap = 0, overlap_error = 0;
};

Measured measure(const Scenario& scenario, const Plan& plan, std::uint32_t worlds) {
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World world(prepared, chances);
    double gap = 0, gap2 = 0, overlap = 0, overlap2 = 0;
    for (std::uint32_t r = 0; r < worlds; ++r) {
        world.run({23, r});
        world.for_each_outcome([&](const CustomerOutcome& outcome) {
            const Readings readings = cost_of(scenario, outcome).readings;
            const auto g = static_cast<double>(readings.gap_days),
                       o = static_cast<double>(readings.overlap_days);
            gap += g, gap2 += g * g, overlap += o, overlap2 += o * o;
        });
    }
    const double n = worlds;
    return {gap / n, std::sqrt((gap2 / n - gap * gap / n / n) / n), overlap / n,
            std::sqrt((overlap2 / n - overlap * overlap / n / n) / n)};
}

TEST(WorldFormula, GapAndOverlapOfOneCustomerAreTheirIntegrals) {
    for (const Distribution& acceptance : {Distribution(distribution::LognormalQuantiles{40, 90}),
                                           Distribution(distribution::Triangular{10, 60, 120}),
                                           Distribution(distribution::Empirical{{5, 20, 60, 80, 85, 110}})}) {
        SmallScenario s = free_world(1500);
        s.programme("open").grace_days = 7;
        Scenario scenario = s.build();
        scenario.uncertainty.emplace().acceptance = acceptance;
        PaperPlan paper(scenario);
        const Day invited = "2026-01-10"_day, wanted = "2026-03-01"_day, exit = "2026-04-01"_day;
        paper.invites("contoso", invited);
        paper.migrates("contoso-e3", wanted);  // lapses on 2026-04-01, ten seats
        // Provisioned on invited + k with the probability that the answer takes (k-1, k] days.
        double gap = 0, overlap = 0;
        for (std::int32_t k = 0; k < 1400; ++k) {
            const double p = cumulative(acceptance, k) - (k == 0 ? 0 : cumulative(acceptance, k - 1));
            const Day provisioned = std::max(invited + k, wanted);
            gap += p * 10 * std::max(0, provisioned - exit - 7);
            overlap += p * 10 * std::max(0, exit - provisioned);
        }
        const Measured measured = measure(scenario, paper.plan(), 20'000);
        EXPECT_NEAR(measured.gap, gap, 4 * measured.gap_error);
        EXPECT_NEAR(measured.overlap, overlap, 4 * measured.overlap_error);
        EXPECT_GT(gap, 10);
        EXPECT_GT(overlap, 10);
    }
}

// A team that does one piece of work a day, and customers who each ask for one on a day of their own choice
// among 2,000: a queue in discrete time, Q' = max(Q + A - 1, 0), whose mean is E[A(A-1)] / (2 (1 - E[A])).
TEST(WorldFormula, ATeamsQueueIsThatOfTheFormula) {
    constexpr int kDays = 2000, kCustomers = 1400;
    SmallScenario s = free_world(kDays + 500);
    s.draft.effort.emplace().provision.minutes = 15;
    CapacityDraft capacity;
    capacity.per = CapacityPer::day;
    capacity.minutes = 15;
    s.team("ops").capacity = capacity;
    for (int c = 1; c < kCustomers; ++c) {
        const std::string id = fmt::format("customer-{:04}", c);
        s.add_customer(id).relationship = Relationship::pending;
        s.add_subscription(id, id + "-e3", "e3-open");
    }
    Scenario scenario = s.build();
    scenario.uncertainty.emplace().acceptance = distribution::Uniform{0, kDays};
    PaperPlan paper(scenario);
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        paper.invites(scenario.id(CustomerIndex(c)), scenario.h0());
        paper.migrates(scenario.id(SubscriptionIndex(c)), scenario.h0());
    }
    const Plan plan = paper.plan();
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World world(prepared, chances);
    double sum = 0;
    constexpr int kWorlds = 60, kFrom = 200;
    for (std::uint32_t r = 0; r < kWorlds; ++r) {
        world.run({31, r});
        for (int day = kFrom; day < kDays; ++day)
            sum += world.use_of(TeamIndex(0))[static_cast<std::size_t>(day)].waiting;
    }
    const double measured = sum / kWorlds / (kDays - kFrom);
    const double mean = kCustomers / static_cast<double>(kDays);
    const double pairs = static_cast<double>(kCustomers) * (kCustomers - 1) / kDays / kDays;
    EXPECT_NEAR(measured, pairs / (2 * (1 - mean)), 0.03);  // 0.816
}

}  // namespace
}  // namespace termwise
