// A part of a scenario is what the scenario would be without the rest.
#include "planning/excerpt.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

Money total(const Scenario& scenario, const Plan& plan) {
    return score(scenario, plan, Detail::totals).total();
}

RC_GTEST_PROP(ExcerptProperty, OfAllCustomersIsTheWhole, ()) {
    const Scenario whole = test::draw_scenario().build();
    std::vector<CustomerIndex> all;
    for (std::size_t c = 0; c < whole.customers.size(); ++c) all.emplace_back(c);
    const Scenario part = Excerpts(whole).of(all);
    const Plan plan = test::draw_plan(whole);
    RC_ASSERT(test::told(part, plan) == test::told(whole, plan));
    RC_ASSERT(total(part, plan) == total(whole, plan));
    RC_ASSERT(check(part, plan).violations.size() == check(whole, plan).violations.size());
}

RC_GTEST_PROP(ExcerptProperty, OfEachCustomerCostsWhatItCostsInTheWhole, ()) {
    const Scenario whole = test::draw_scenario().build();
    const Excerpts excerpts(whole);
    const Plan plan = plan_by(whole, Strategy::wait).plan;
    Money sum;
    for (std::size_t c = 0; c < whole.customers.size(); ++c) {
        const Scenario part = excerpts.of(CustomerIndex(c));
        Plan own;
        for (Move move : plan.moves) {
            if (whole.at(move.subscription).customer != CustomerIndex(c)) continue;
            move.subscription = part.find_subscription(whole.id(move.subscription));
            own.moves.push_back(move);
        }
        if (const Day invited = invite_day(plan, CustomerIndex(c)); !invited.none())
            own.invitations.push_back({CustomerIndex(0), invited});
        sum += total(part, own);
    }
    RC_ASSERT(sum == total(whole, plan));
}

TEST(Excerpt, OfASubscriptionLeavesOutItsParent) {
    test::SmallScenario s;
    s.add_subscription("contoso", "contoso-audio", "e3-open");
    s.parent("contoso-audio", "contoso-e3");
    const Scenario whole = s.build();
    const Scenario part = Excerpts(whole).of(whole.find_subscription("contoso-audio"));
    ASSERT_EQ(part.subscriptions.size(), 1U);
    EXPECT_EQ(part.id(SubscriptionIndex(0)), "contoso-audio");
    EXPECT_TRUE(part.subscriptions[0].parent.none());
}

}  // namespace
}  // namespace termwise
