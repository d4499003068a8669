// What a plan leads to if nothing goes otherwise: the dated facts that are scored.
#include "simulation/as_planned.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::Lines;
using test::PaperPlan;
using test::SmallScenario;

/// All work takes time; the open programme has 30 days of grace.
SmallScenario busy() {
    SmallScenario s;
    s.programme("open").grace_days = 30;
    s.all_work_takes_time();
    return s;
}

std::vector<CustomerOutcome> outcomes(const Scenario& scenario, const PaperPlan& plan) {
    std::vector<CustomerOutcome> all;
    for_each_as_planned(scenario, plan.plan(),
                        [&](const CustomerOutcome& outcome) { all.push_back(outcome); });
    return all;
}

/// "2026-03-25 visit" for each piece of work, in order of their days.
Lines work_of(const CustomerOutcome& outcome) {
    Lines lines;
    for (const WorkItem& item : outcome.work)
        lines.push_back(fmt::format("{} {}", to_text(item.day), test::told(item.kind)));
    std::ranges::sort(lines);
    return lines;
}

TEST(AsPlanned, ALapseHasGraceAndACancellationHasNone) {
    SmallScenario s = busy();
    s.draft.provision_days = 2;
    s.demand("contoso-e3", {{"2026-03-16", 12}});
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    Move& move = plan.migrates("contoso-e3", "2026-03-16"_day);
    const SubscriptionOutcome lapse = outcomes(scenario, plan).at(0).subscriptions.at(0);
    EXPECT_TRUE(lapse.migrated);
    EXPECT_EQ(lapse.target, scenario.find_offer("e3-csp"));
    EXPECT_EQ(lapse.provisioned_on, "2026-03-16"_day);
    EXPECT_EQ(lapse.handed_over_on, "2026-03-18"_day);
    EXPECT_EQ(lapse.seats_provisioned, 12);
    EXPECT_EQ(lapse.seats_reassigned, 0);
    EXPECT_EQ(lapse.old_ending.kind, Ending::Kind::lapse);
    EXPECT_EQ(lapse.old_ending.on, "2026-04-01"_day);
    EXPECT_EQ(lapse.grace_days, 30);
    move.exit = Exit::cancel;
    move.exit_on = "2026-03-19"_day;
    const SubscriptionOutcome cancelled = outcomes(scenario, plan).at(0).subscriptions.at(0);
    EXPECT_EQ(cancelled.old_ending.kind, Ending::Kind::cancel);
    EXPECT_EQ(cancelled.old_ending.on, "2026-03-19"_day);
    EXPECT_EQ(cancelled.grace_days, 0);
}

TEST(AsPlanned, OneThatStaysGoesOnWithTheGraceOfItsProgramme) {
    const Scenario scenario = busy().build();
    PaperPlan plan(scenario);
    plan.stays("contoso-e3");
    const CustomerOutcome outcome = outcomes(scenario, plan).at(0);
    EXPECT_FALSE(outcome.subscriptions.at(0).migrated);
    EXPECT_EQ(outcome.subscriptions.at(0).old_ending.kind, Ending::Kind::none);
    EXPECT_EQ(outcome.subscriptions.at(0).grace_days, 30);
    EXPECT_EQ(work_of(outcome), Lines{});
}

TEST(AsPlanned, ReassignedAreTheSeatsAsProvisioned) {
    SmallScenario s = busy();
    s.draft.transitions[0].reassign = true;
    s.subscription("contoso-e3").seats = 25;
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    Move& move = plan.migrates("contoso-e3", "2026-03-19"_day);
    move.reassign_on = "2026-03-20"_day;
    const CustomerOutcome outcome = outcomes(scenario, plan).at(0);
    EXPECT_EQ(outcome.subscriptions.at(0).seats_reassigned, 25);
    EXPECT_EQ(outcome.subscriptions.at(0).handed_over_on, "2026-03-24"_day);
    EXPECT_EQ(work_of(outcome), (Lines{"2026-03-19 provision", "2026-03-19 visit", "2026-03-20 reassign",
                                       "2026-03-23 reassign"}));
    move.reassign_on = {};  // a violation; nothing is reassigned then
    EXPECT_EQ(outcomes(scenario, plan).at(0).subscriptions.at(0).seats_reassigned, 0);
}

TEST(AsPlanned, OneVisitForAllThatIsProvisionedOnOneDay) {
    SmallScenario s = busy();
    for (const std::string_view id : {"contoso-f3", "contoso-k1", "contoso-p1"})
        s.add_subscription("contoso", id, "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    plan.migrates("contoso-f3", "2026-03-24"_day);
    plan.migrates("contoso-k1", "2026-03-25"_day);
    plan.stays("contoso-p1");
    EXPECT_EQ(work_of(outcomes(scenario, plan).at(0)),
              (Lines{"2026-03-24 provision", "2026-03-24 visit", "2026-03-25 provision",
                     "2026-03-25 provision", "2026-03-25 visit"}));
}

TEST(AsPlanned, AnInvitationIsWorkAlsoWhereItIsSuperfluous) {
    const Scenario scenario = busy().build();
    PaperPlan plan(scenario);
    plan.stays("contoso-e3");
    plan.invites("contoso", "2026-01-06"_day);
    EXPECT_EQ(work_of(outcomes(scenario, plan).at(0)), (Lines{"2026-01-06 invite"}));
}

TEST(AsPlanned, WithoutExactlyOneMoveASubscriptionIsLeftOut) {
    // M3.1, and so is its work.
    SmallScenario s = busy();
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    s.add_subscription("contoso", "contoso-k1", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-f3", "2026-03-25"_day);
    plan.migrates("contoso-k1", "2026-03-25"_day);
    plan.migrates("contoso-k1", "2026-03-26"_day);
    const CustomerOutcome outcome = outcomes(scenario, plan).at(0);
    ASSERT_EQ(outcome.subscriptions.size(), 1U);
    EXPECT_EQ(outcome.subscriptions[0].subscription, test::subscription_of(scenario, "contoso-f3"));
    EXPECT_EQ(work_of(outcome), (Lines{"2026-03-25 provision", "2026-03-25 visit"}));
}

TEST(AsPlanned, TellsEveryCustomerInOrder) {
    SmallScenario s = busy();
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    s.add_customer("fabrikam");  // without a subscription
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    plan.migrates("adatum-e3", "2026-03-24"_day);
    const std::vector<CustomerOutcome> all = outcomes(scenario, plan);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].customer, test::customer_of(scenario, "adatum"));
    EXPECT_EQ(work_of(all[0]), (Lines{"2026-03-24 provision", "2026-03-24 visit"}));
    EXPECT_EQ(work_of(all[1]), (Lines{"2026-03-25 provision", "2026-03-25 visit"}));
    EXPECT_TRUE(all[2].subscriptions.empty());
    EXPECT_TRUE(all[2].work.empty());
}

}  // namespace
}  // namespace termwise
