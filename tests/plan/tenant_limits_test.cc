// Limits of a tenant that are warned about: 300 subscriptions, seats pooled over a product.
#include "plan/tenant_limits.h"

#include <gtest/gtest.h>

#include <deque>

#include "support/drafts.h"
#include "support/plans.h"

namespace termwise {
namespace {

using namespace test;

Plan all_migrate(const Scenario& scenario, Day provision_on) {
    Plan plan;
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        const Subscription& s = scenario.subscriptions[i];
        Move move;
        move.subscription = SubscriptionIndex(i);
        move.action = Action::migrate;
        move.target = scenario.allowed_targets(s).front();
        move.sold_as = scenario.allowed_terms(s, move.target).front();
        move.provision_on = provision_on;
        move.exit_on = s.current_term_end();
        plan.moves.push_back(move);
    }
    return plan;
}

SmallScenario with_subscriptions(int count) {
    SmallScenario s;
    std::deque<std::string> names;
    for (int i = 1; i < count; ++i)
        s.add_subscription("contoso", names.emplace_back("more-" + std::to_string(i)), "e3-open");
    return s;
}

TEST(TenantLimits, ThreeHundredInParallelAreAllowedOneMoreIsNot) {
    const Scenario fits = with_subscriptions(150).build();
    EXPECT_TRUE(tenant_limit_breaches(fits, all_migrate(fits, day("2026-03-02"))).empty());
    const Scenario over = with_subscriptions(151).build();
    const auto breaches = tenant_limit_breaches(over, all_migrate(over, day("2026-03-02")));
    ASSERT_EQ(breaches.size(), 1U);
    EXPECT_TRUE(breaches[0].offer.none());
    EXPECT_EQ(breaches[0].most, 302);
    EXPECT_EQ(breaches[0].day, day("2026-03-02"));
}

TEST(TenantLimits, WhatEndsBeforeTheNewOneStartsDoesNotCount) {
    const Scenario scenario = with_subscriptions(151).build();
    EXPECT_TRUE(tenant_limit_breaches(scenario, all_migrate(scenario, day("2026-04-01"))).empty());
}

TEST(TenantLimits, SeatsOfOneTargetArePooledOverATenant) {
    SmallScenario s;
    s.add_subscription("contoso", "second", "e3-open").seats = 200;
    s.subscription("contoso-e3").seats = 90;
    s.demand("contoso-e3", {{"2026-06-01", 110}});
    s.offer("e3-csp").max_seats = 300;
    const Scenario scenario = s.build();
    const auto breaches = tenant_limit_breaches(scenario, all_migrate(scenario, day("2026-03-02")));
    ASSERT_EQ(breaches.size(), 1U);
    EXPECT_EQ(breaches[0].offer, offer_of(scenario, "e3-csp"));
    EXPECT_EQ(breaches[0].most, 310);
    EXPECT_EQ(breaches[0].limit, 300);
    EXPECT_EQ(breaches[0].day, day("2026-06-01"));
}

}  // namespace
}  // namespace termwise
