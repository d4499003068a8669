// Why there is no plan (M6.3): whatever is said to conflict does, and whatever is said to help does, by
// trying out every plan there is.
#include "planning/conflict.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "planning/optimal.h"
#include "support/every_plan.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using test::day;

OptimalPlan planned(const Scenario& scenario) {
    PlanningOptions asked;
    asked.effort = 90;
    return plan_optimally(scenario, asked);
}

/// Few days and little time: about half of these portfolios have no plan.
test::SmallScenario draw_tight() {
    test::Draw what;
    what.most_subscriptions = 2;
    what.most_days = 42;
    test::SmallScenario s = test::draw_scenario(what);
    s.draft.budgets.clear();
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, dice::roll(30, 150), {}};
    s.team("desk").capacity.reset();
    s.programme("open").cancellation.allowed =
        dice::pick({CancellationAllowed::never, CancellationAllowed::never, CancellationAllowed::window});
    const Day h0 = s.draft.horizon->start;
    for (SubscriptionDraft& sub : s.draft.portfolio.subscriptions) {
        sub.must_move = true;
        sub.auto_renew = dice::chance(10);
        sub.move_from = dice::chance(20) ? h0 + dice::roll(1, 8) : Day{};
        sub.move_by = dice::chance(85) ? h0 + dice::roll(2, 18) : Day{};
        if (!sub.move_by.none() && !sub.move_from.none()) sub.move_by = std::max(sub.move_by, sub.move_from);
        const bool monthly = sub.sold_as.term.months == 1;
        sub.term_start = monthly ? h0 - dice::roll(0, 27) : h0 + dice::roll(1, 30) - 365;
    }
    return s;
}

/// Every subscription could move by itself before its deadline, but the team's time is short.
test::SmallScenario draw_crowded() {
    test::SmallScenario s = draw_tight();
    const Day h0 = s.draft.horizon->start;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, dice::roll(10, 90), {}};
    s.draft.effort->visit.minutes = dice::roll(5, 40);
    s.draft.effort->provision.minutes = dice::roll(5, 30);
    s.draft.provision_days = 0;
    s.draft.continuity = Continuity::strict;
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    s.programme("open").renewals_until.reset();
    s.programme("csp").renewals_until.reset();
    for (OfferDraft& offer : s.draft.offers) {
        offer.max_seats.reset();
        offer.prices = {test::price("P1Y", "P1Y", "10.00"), test::price("P1M", "P1M", "1.00")};
    }
    for (CustomerDraft& customer : s.draft.portfolio.customers) customer.relationship = Relationship::active;
    for (SubscriptionDraft& sub : s.draft.portfolio.subscriptions) {
        sub.auto_renew = false;
        sub.move_from = {};
        sub.move_by = h0 + dice::roll(6, 14);
        sub.sold_as = test::sold("P1M", "P1M");
        sub.term_start = h0 - dice::roll(0, 20);
    }
    return s;
}

bool is_about_one(const Conflict& conflict) {
    return conflict.kind == ConflictKind::rules || conflict.kind == ConflictKind::too_big;
}

/// Those in the conflict, as a scenario of their own: without limits where it is not about limits, and a
/// subscription that conflicts by itself without the others.
Scenario scope_of(const Scenario& whole, const Conflict& conflict, std::span<const CustomerIndex> customers) {
    const Excerpts excerpts(whole);
    Scenario part = is_about_one(conflict) ? excerpts.of(conflict.subscription) : excerpts.of(customers);
    if (is_about_one(conflict))
        for (Offer& offer : part.offers) offer.requires_any.clear();
    if (conflict.kind == ConflictKind::rules || conflict.kind == ConflictKind::family)
        for (Team& team : part.teams) team.capacity.reset();
    return part;
}

std::vector<CustomerIndex> customers_of(const Conflict& conflict) {
    std::vector<CustomerIndex> customers = conflict.shortage.customers;
    if (customers.empty()) customers = {conflict.customer};
    std::ranges::sort(customers);
    return customers;
}

Scenario with(Scenario part, const Scenario& whole, const std::vector<Relaxation>& changes) {
    for (Relaxation change : changes) {
        if (change.by == 0) continue;
        if (!change.customer.none()) change.customer = part.find_customer(whole.id(change.customer));
        if (!change.subscription.none())
            change.subscription = part.find_subscription(whole.id(change.subscription));
        relax(part, change);
    }
    return part;
}

/// Not asked for where there are too many plans to try.
bool has_plan(const Scenario& scenario) {
    const std::optional<bool> exists = test::AnyPlan(scenario).exists();
    RC_PRE(exists.has_value());
    return *exists;
}

void what_is_said_is_true(const Scenario& scenario) {
    const OptimalPlan answer = planned(scenario);
    RC_CLASSIFY(answer.has_plan(), "has a plan");
    if (answer.has_plan()) return;
    RC_ASSERT(!answer.conflicts.empty());
    RC_CLASSIFY(answer.status == PlanStatus::stopped_without_plan, "nothing proven");
    if (answer.status == PlanStatus::infeasible) RC_ASSERT(!has_plan(scenario));
    for (const Conflict& conflict : answer.conflicts) {
        RC_LOG() << conflict.reason << '\n';
        RC_TAG(std::string(conflict_kind_name(conflict.kind)));
        if (!conflict.proven) continue;
        const Scenario scope = scope_of(scenario, conflict, customers_of(conflict));
        RC_ASSERT(!has_plan(scope));
        for (const Remedy& remedy : conflict.remedies) {
            RC_LOG() << remedy_text(scenario, remedy) << '\n';
            RC_ASSERT(remedy.planned);
            RC_ASSERT(has_plan(with(scope, scenario, remedy.changes)));
            for (std::size_t i = 0; i < remedy.changes.size() && remedy.least; ++i) {
                std::vector<Relaxation> less = remedy.changes;
                --less[i].by;
                RC_ASSERT(!has_plan(with(scope, scenario, less)));
            }
        }
    }
}

void no_smaller_set_conflicts(const Scenario& scenario) {
    for (const Conflict& conflict : planned(scenario).conflicts) {
        if (!conflict.proven) continue;
        RC_LOG() << conflict.reason << '\n';
        if (conflict.kind == ConflictKind::shortage || conflict.kind == ConflictKind::packing) {
            std::vector<CustomerIndex> few(
                conflict.shortage.customers.begin(),
                conflict.shortage.customers.begin() + static_cast<std::ptrdiff_t>(conflict.shortage.enough));
            std::ranges::sort(few);
            RC_ASSERT(!has_plan(scope_of(scenario, conflict, few)));
            for (std::size_t i = 0; i < few.size() && conflict.smallest; ++i) {
                std::vector<CustomerIndex> fewer = few;
                fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
                RC_ASSERT(has_plan(scope_of(scenario, conflict, fewer)));
            }
        }
        if (conflict.rules.empty()) continue;
        // The named rules alone leave no way, any one of them less does.
        const Scenario scope = scope_of(scenario, conflict, customers_of(conflict));
        std::vector<Relaxation> others = all_relaxations(scope);
        std::erase_if(others, [&](const Relaxation& r) {
            return std::ranges::any_of(conflict.rules, [&](const Relaxation& rule) {
                return rule_text(scenario, rule) == rule_text(scope, r);
            });
        });
        Scenario relaxed = scope;
        for (const Relaxation& r : others) relax(relaxed, r);
        RC_ASSERT(!has_plan(relaxed));
        for (const Relaxation& rule : conflict.rules) RC_ASSERT(has_plan(with(relaxed, scenario, {rule})));
    }
}

RC_GTEST_PROP(ConflictProperty, WhatIsProvenIsTrueAndWhatWouldHelpHelps, ()) {
    what_is_said_is_true(draw_tight().build());
}
RC_GTEST_PROP(ConflictProperty, SoItIsWhereTimeIsShort, ()) { what_is_said_is_true(draw_crowded().build()); }
RC_GTEST_PROP(ConflictProperty, NoSmallerSetConflicts, ()) { no_smaller_set_conflicts(draw_tight().build()); }
RC_GTEST_PROP(ConflictProperty, NoSmallerSetConflictsWhereTimeIsShort, ()) {
    no_smaller_set_conflicts(draw_crowded().build());
}

TEST(Conflict, OfASubscriptionNamesTheRulesAndTheLeastThatHelps) {
    test::SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 21;
    s.subscription("contoso-e3").move_by = day("2026-01-23");
    s.blackouts("contoso", {{"2026-06-01", "2026-07-01"}});
    const Scenario scenario = s.build();
    const std::vector<Conflict> conflicts = planned(scenario).conflicts;
    ASSERT_EQ(conflicts.size(), 1U);
    EXPECT_EQ(conflicts[0].kind, ConflictKind::rules);
    std::vector<std::string> rules, remedies;
    for (const Relaxation& rule : conflicts[0].rules) rules.push_back(rule_text(scenario, rule));
    for (const Remedy& remedy : conflicts[0].remedies) remedies.push_back(remedy_text(scenario, remedy));
    EXPECT_EQ(rules,
              (std::vector<std::string>{"move_by 2026-01-23", "acceptance takes 21 days", "it has to move"}));
    EXPECT_EQ(remedies, (std::vector<std::string>{"move_by of contoso-e3 3 days later, 2026-01-26",
                                                  "acceptance by contoso within 18 instead of 21 days",
                                                  "contoso-e3 may stay"}));
}

TEST(Conflict, OfTwoRulesThatEachRuleOutEveryWayAsksForBothToGiveWay) {
    test::SmallScenario s;
    SubscriptionDraft& sub = s.subscription("contoso-e3");
    sub.move_by = day("2026-01-07");
    sub.seats = 400;
    s.draft.provision_days = 4;
    s.offer("e3-csp").max_seats = 300;
    s.programme("open").renewals_until = day("2026-02-01");
    const Scenario scenario = s.build();
    const std::vector<Conflict> conflicts = planned(scenario).conflicts;
    ASSERT_EQ(conflicts.size(), 1U);
    ASSERT_EQ(conflicts[0].remedies.size(), 1U);
    EXPECT_EQ(remedy_text(scenario, conflicts[0].remedies[0]),
              "move_by of contoso-e3 2 days later, 2026-01-09 and max_seats of e3-csp at least 400");
}

TEST(Conflict, OfOneSubscriptionTooBigForAnyDaySaysWhatMisses) {
    test::SmallScenario s;
    s.draft.effort.emplace().visit.minutes = 70;
    s.draft.effort->provision.minutes = 240;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 240, {}};
    s.subscription("contoso-e3").move_by = day("2026-01-09");
    const Scenario scenario = s.build();
    const OptimalPlan answer = planned(scenario);
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_EQ(answer.conflicts[0].kind, ConflictKind::too_big);
    EXPECT_EQ(answer.conflicts[0].reason,
              "no day has room for its work, even if the team had nothing else to do; closest: ops has 240 "
              "minutes in 2026-W02, and at least 310 are needed: 70 short");
    ASSERT_FALSE(answer.conflicts[0].remedies.empty());
    EXPECT_EQ(remedy_text(scenario, answer.conflicts[0].remedies[0]), "70 more minutes in ops 2026-W02");
    EXPECT_TRUE(answer.conflicts[0].remedies[0].least);
}

test::SmallScenario three_before_a_deadline() {
    test::SmallScenario s;
    s.draft.effort.emplace().provision.minutes = 100;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 130, {}};
    for (const std::string_view id : {"adatum", "fabrikam"}) {
        s.add_customer(id);
        s.add_subscription(id, std::string(id) + "-e3", "e3-open");
    }
    for (SubscriptionDraft& sub : s.draft.portfolio.subscriptions) sub.move_by = day("2026-01-16");
    return s;
}

TEST(Conflict, OfCustomersNamesTheWeeksAndTheMinutesShort) {
    const Scenario scenario = three_before_a_deadline().build();
    const OptimalPlan answer = planned(scenario);
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    const Conflict& conflict = answer.conflicts[0];
    EXPECT_EQ(conflict.kind, ConflictKind::shortage);
    EXPECT_EQ(conflict.reason,
              "ops has 260 minutes from 2026-W02 to 2026-W03, and at least 300 are needed: 40 short");
    EXPECT_EQ(conflict.shortage.enough, 3U);
    EXPECT_TRUE(conflict.smallest);
    std::vector<std::string> remedies;
    for (const Remedy& remedy : conflict.remedies)
        remedies.push_back(remedy_text(scenario, remedy) + (remedy.least ? "" : ", perhaps less"));
    // 40 minutes in one week make room for one, not for two.
    EXPECT_EQ(remedies[0], "70 more minutes in ops 2026-W03, perhaps less");
    EXPECT_TRUE(std::ranges::find(remedies, "move_by of adatum-e3 3 days later, 2026-01-19") !=
                remedies.end());
}

TEST(Conflict, OfABudgetSaysWhatComesDue) {
    test::SmallScenario s;
    s.subscription("contoso-e3").move_from = day("2026-03-02");
    s.add_budget("2026-03-01", "2026-05-01", "200.00");
    const Scenario scenario = s.build();
    const OptimalPlan answer = planned(scenario);
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    EXPECT_EQ(answer.conflicts[0].reason,
              "budget 2026-03-01/2026-05-01 allows 200.00, and at least 220.00 comes due: 20.00 short");
    ASSERT_FALSE(answer.conflicts[0].remedies.empty());
    EXPECT_EQ(remedy_text(scenario, answer.conflicts[0].remedies[0]),
              "20.00 more in budget 2026-03-01/2026-05-01");
}

/// Room for 320 minutes, but not for the third hundred in one week.
Scenario indivisible() {
    test::SmallScenario s = three_before_a_deadline();
    s.team("ops").capacity->minutes = 160;
    return s.build();
}

TEST(Conflict, WorkThatCannotBeDividedIsProvenNotToFit) {
    const Scenario scenario = indivisible();
    const OptimalPlan answer = planned(scenario);
    EXPECT_EQ(answer.status, PlanStatus::infeasible);
    ASSERT_EQ(answer.conflicts.size(), 1U);
    const Conflict& conflict = answer.conflicts[0];
    EXPECT_EQ(conflict.kind, ConflictKind::packing);
    EXPECT_TRUE(conflict.proven);
    EXPECT_TRUE(conflict.smallest);
    EXPECT_EQ(conflict.shortage.customers.size(), 3U);
    EXPECT_EQ(conflict.shortage.room, 320 * 60);
    EXPECT_EQ(conflict.shortage.need, 300 * 60) << "in sum it would fit";
    ASSERT_EQ(conflict.remedies.size(), 1U);
    EXPECT_TRUE(conflict.remedies[0].planned);
    EXPECT_EQ(conflict.remedies[0].changes[0].by, 40);
}

TEST(Conflict, WithoutProofIsCalledAFinding) {
    const Scenario scenario = indivisible();
    const std::vector<CustomerIndex> unplaced{CustomerIndex(2)};
    const std::vector<std::int64_t> left(Limits(scenario).size(), 60 * 60);
    ConflictSearch search;
    search.plan_is_found = [](const Scenario&) { return false; };
    search.is_over = [] { return false; };
    const std::vector<Conflict> found = conflicts_about_limits(scenario, unplaced, left, search);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, ConflictKind::no_place);
    EXPECT_FALSE(found[0].proven);
    ASSERT_EQ(found[0].remedies.size(), 1U);
    EXPECT_EQ(found[0].remedies[0].changes[0].by, 40);
    EXPECT_FALSE(found[0].remedies[0].planned);
}

}  // namespace
}  // namespace termwise
