// Other decisions about a customer: what is listed, what is left out, and where it lies (M6.1, M7.5).
#include "planning/nearby.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "plan/days.h"
#include "planning/strategies.h"
#include "support/literals.h"
#include "support/plans.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using test::PaperPlan;
using test::SmallScenario;

CustomerDecision decision_of(const Scenario& scenario, const PaperPlan& paper) {
    return decisions_of(scenario, paper.plan()).at(0);
}

/// The day on which each of `decisions` provisions its first subscription, less that of `from`.
std::set<std::int32_t> days_moved(const CustomerDecision& from,
                                  const std::vector<CustomerDecision>& decisions) {
    std::set<std::int32_t> days;
    for (const CustomerDecision& d : decisions)
        days.insert(d.moves[0].provision_on - from.moves[0].provision_on);
    return days;
}

/// Contoso's subscription ends on 2026-04-01 and lapses; it is provisioned on a Wednesday before.
CustomerDecision in_march(const Scenario& scenario) {
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-25"_day);
    return decision_of(scenario, paper);
}

TEST(Nearby, FarAndWideBeginsWithWhatItIsAndGoesSixtyWorkdaysBack) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    const Scenario scenario = s.build();
    CustomerDecision decision = in_march(scenario);
    decision.invite_on = "2026-03-02"_day;
    const std::vector<CustomerDecision> far = far_from(scenario, CustomerIndex(0), decision);
    EXPECT_EQ(far.at(0), decision);
    for (std::size_t i = 1; i < far.size(); ++i)
        EXPECT_EQ(to_text(far[i].invite_on), "2026-01-05") << "whoever may be late is invited at once";
    const std::set<std::int32_t> days = days_moved(decision, far);
    EXPECT_TRUE(days.contains(-1));
    EXPECT_TRUE(days.contains(-7)) << "five workdays are a week";
    EXPECT_EQ(*days.begin(), -56) << "forty workdays; sixty would be before H0";
}

TEST(Nearby, StepsAreWorkdaysEarlierAndLater) {
    const Scenario scenario = SmallScenario().build();
    const CustomerDecision decision = in_march(scenario);
    const std::set<std::int32_t> days =
        days_moved(decision, near_to(scenario, CustomerIndex(0), decision, {}));
    EXPECT_EQ(days, (std::set{-14, -7, -5, -2, -1, 0, 1, 2, 5, 7, 14}))
        << "three workdays before a Wednesday is the Friday before";
}

TEST(Nearby, OtherWaysToEndTheOldContractAreTried) {
    const Scenario scenario = SmallScenario().build();
    const CustomerDecision decision = in_march(scenario);
    bool cancels = false, renews_once_more = false;
    for (const CustomerDecision& d : far_from(scenario, CustomerIndex(0), decision)) {
        const Move& move = d.moves[0];
        cancels |= move.exit == Exit::cancel && move.exit_on == "2026-03-31"_day;
        renews_once_more |= move.exit == Exit::lapse && move.exit_on == "2027-04-01"_day;
    }
    EXPECT_TRUE(cancels) << "a cancellation waits for the hand-over, where a lapse does not";
    EXPECT_FALSE(renews_once_more) << "that end lies behind H1";
}

TEST(Nearby, WhoStaysHasNothingToShift) {
    const Scenario scenario = SmallScenario().build();
    PaperPlan paper(scenario);
    paper.stays("contoso-e3");
    const CustomerDecision stays = decision_of(scenario, paper);
    EXPECT_EQ(far_from(scenario, CustomerIndex(0), stays), std::vector{stays});
    EXPECT_TRUE(near_to(scenario, CustomerIndex(0), stays, {}).empty());
}

TEST(Nearby, OneOfTwoSubscriptionsMayBeAsAnotherPlanHasIt) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan one(scenario), other(scenario);
    one.stays("contoso-e3");
    one.stays("contoso-f3");
    other.invites("contoso", "2026-01-12"_day);
    other.migrates("contoso-e3", "2026-03-25"_day);
    other.migrates("contoso-f3", "2026-03-25"_day);
    const CustomerDecision stays = decision_of(scenario, one), moves = decision_of(scenario, other);
    const std::vector<CustomerDecision> near =
        near_to(scenario, CustomerIndex(0), stays, std::span(&moves, 1));
    ASSERT_EQ(near.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(near[i].moves[i], moves.moves[i]);
        EXPECT_EQ(near[i].moves[1 - i], stays.moves[1 - i]);
        EXPECT_EQ(near[i].invite_on, moves.invite_on) << "who migrates has to be invited";
    }
    for (const CustomerDecision& d : near_to(scenario, CustomerIndex(0), moves, std::span(&stays, 1)))
        EXPECT_FALSE(d.invite_on.none()) << "one still migrates";
}

TEST(Nearby, OfManySubscriptionsAllAreMovedTogether) {
    SmallScenario s;
    for (std::size_t i = 1; i <= kMostTriedAlone; ++i)
        s.add_subscription("contoso", "contoso-" + std::to_string(i), "e3-open");
    const Scenario scenario = s.build();
    const CustomerDecision decision = decisions_of(scenario, plan_by(scenario, Strategy::wait).plan).at(0);
    ASSERT_GT(decision.moves.size(), kMostTriedAlone);
    for (const CustomerDecision& d : near_to(scenario, CustomerIndex(0), decision, {}))
        for (const Move& move : d.moves) EXPECT_EQ(move.provision_on, d.moves[0].provision_on);
}

/// A decision as the planner meets it.
CustomerDecision draw_decision(const Scenario& scenario) {
    const Strategy strategy = dice::pick({Strategy::wait, Strategy::cancel_now, Strategy::stay});
    return decisions_of(scenario, plan_by(scenario, strategy).plan).at(0);
}

RC_GTEST_PROP(NearbyProperty, ListsNothingTwiceAndKeepsWhatIsNoDay, ()) {
    test::Draw one;
    one.most_customers = 1;
    const Scenario scenario = test::draw_scenario(one).build();
    const CustomerDecision decision = draw_decision(scenario);
    const CustomerIndex customer(0);
    const CustomerDays days = scenario.days_of(customer);
    for (const bool far : {true, false}) {
        const std::vector<CustomerDecision> list =
            far ? far_from(scenario, customer, decision) : near_to(scenario, customer, decision, {});
        for (std::size_t i = 0; i < list.size(); ++i) {
            RC_ASSERT(std::ranges::count(list, list[i]) == 1);
            RC_ASSERT(list[i].moves.size() == decision.moves.size());
            RC_ASSERT(list[i].invite_on.none() == decision.invite_on.none());
            if (list[i] == decision) continue;
            for (std::size_t m = 0; m < decision.moves.size(); ++m) {
                const Move &is = list[i].moves[m], &was = decision.moves[m];
                RC_ASSERT(is.subscription == was.subscription && is.action == was.action);
                RC_ASSERT(is.target == was.target && is.sold_as == was.sold_as);
                if (is.action == Action::stay || is == was) continue;
                RC_ASSERT(scenario.horizon.contains(is.provision_on) || is.provision_on == was.provision_on);
                RC_ASSERT(is.provision_on == was.provision_on || days.is_workday(is.provision_on));
                if (is.exit == Exit::cancel && was.exit == Exit::lapse)
                    RC_ASSERT(days_of(scenario, scenario.at(is.subscription), is).hand_over <= is.exit_on);
            }
        }
    }
}

}  // namespace
}  // namespace termwise
