// An approved plan as steps (design 6.4): what has to happen, after what, on which day, by whom.
#include "execution/step.h"

#include <gtest/gtest.h>

#include "support/migration_rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// "contoso/provision/contoso-e3 2026-03-25", in order.
Lines told(const StepGraph& graph) {
    Lines lines;
    for (const Step& step : graph.steps())
        lines.push_back(step.id + " " + to_text(step.due) +
                        (step.actor == Actor::person ? " by a person" : ""));
    return lines;
}

void expect_order(const StepGraph& graph) {
    for (std::size_t i = 0; i < graph.steps().size(); ++i)
        for (const std::size_t before : graph.needed_by(i)) EXPECT_LT(before, i) << graph.at(i).id;
}

TEST(Steps, ALegacySubscriptionLapsesWithASuspensionToFallBackOn) {  // design 6.7
    Rehearsal r;
    r.start();
    EXPECT_EQ(told(*r.graph),
              (Lines{"contoso/agreement 2026-03-25", "contoso/provision/contoso-e3 2026-03-25",
                     "contoso/await-active/contoso-e3 2026-03-25", "contoso/verify/contoso-e3 2026-03-25",
                     "contoso/auto-renew-off/contoso-e3 2026-03-02", "contoso/suspend/contoso-e3 2026-03-31",
                     "contoso/check-end/contoso-e3 2026-04-01", "contoso/final-check 2026-04-01"}));
    expect_order(*r.graph);
    EXPECT_TRUE(missing_bindings(*r.scenario, r.plan, r.binding).empty());
}

TEST(Steps, WhatTheServiceMigratesItEndsItself) {  // reference 3.16
    MigrationRehearsal r;
    r.start();
    EXPECT_EQ(told(*r.graph),
              (Lines{"contoso/agreement 2026-03-18", "contoso/eligibility/contoso-e3 2026-03-18",
                     "contoso/migrate/contoso-e3 2026-03-24", "contoso/await-active/contoso-e3 2026-03-25",
                     "contoso/verify/contoso-e3 2026-03-25", "contoso/check-end/contoso-e3 2026-03-25",
                     "contoso/final-check 2026-03-25"}));
    expect_order(*r.graph);
}

TEST(Steps, ACustomerWhoIsNotOursYetIsInvited) {  // reference 3.1
    Rehearsal r;
    r.draft.customer("contoso").relationship = Relationship::pending;
    r.start([](PaperPlan& plan, Move&) { plan.invites("contoso", day("2026-02-02")); });
    const Lines lines = told(*r.graph);
    EXPECT_EQ(Lines(lines.begin(), lines.begin() + 4),
              (Lines{"contoso/invitation-link 2026-02-02", "contoso/send-invitation 2026-02-02 by a person",
                     "contoso/await-acceptance 2026-02-02", "contoso/agreement 2026-03-25"}));
    expect_order(*r.graph);
}

TEST(Steps, WhereThereIsNoApiAPersonEndsTheOldOne) {
    Rehearsal r;
    r.binding.programmes["open"] = Channel::person;
    r.binding.subscriptions.clear();  // and no portal shows an id
    r.start();
    EXPECT_TRUE(missing_bindings(*r.scenario, r.plan, r.binding).empty());
    EXPECT_EQ(r.step("contoso/auto-renew-off/contoso-e3").actor, Actor::person);
    EXPECT_EQ(r.step("contoso/check-end/contoso-e3").actor, Actor::person);
    EXPECT_LT(r.graph->find("contoso/suspend/contoso-e3"), 0);
    EXPECT_EQ(r.step("contoso/provision/contoso-e3").key, "provision/" + guid(1) + "/id:contoso-e3");
}

TEST(Steps, AKeyIsWhatAStepIsInTheWorld) {  // design 6.3
    Rehearsal r;
    r.start();
    EXPECT_EQ(r.step("contoso/provision/contoso-e3").key, "provision/" + guid(1) + "/" + guid(101));
    EXPECT_EQ(r.step("contoso/final-check").key, "final-check/" + guid(1));
    EXPECT_EQ(r.graph->find("final-check/" + guid(1)), r.graph->find("contoso/final-check"));
}

TEST(Steps, TheCriticalPathEndsWithTheCustomer) {
    Rehearsal r;
    r.start();
    const auto path = r.graph->critical_path(customer_of(*r.scenario, "contoso"));
    ASSERT_FALSE(path.empty());
    EXPECT_EQ(r.graph->at(path.back()).id, "contoso/final-check");
    for (std::size_t i = 1; i < path.size(); ++i)
        EXPECT_TRUE(std::ranges::binary_search(r.graph->needed_by(path[i]), path[i - 1]));
}

TEST(MissingBindings, NamesAllThatIsNotTied) {  // design 6.1
    Rehearsal r;
    r.users(1);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    Binding bare;
    bare.programmes = {{"open", Channel::nce}};
    EXPECT_EQ(
        missing_bindings(*r.scenario, r.plan, bare),
        (Lines{"the customer \"contoso\" has no tenant", "the subscription \"contoso-e3\" has no live id",
               "the programme \"csp\" has no channel", "the offer \"e3-csp\" has no product, sku and segment",
               "the offer \"e3-csp\" has no licence sku, and users get its licences",
               "the offer \"e3-open\" has no licence sku, and users give its licences back",
               "the subscription \"contoso-e3\" has no users, and their licences are to be reassigned"}));
}

}  // namespace
}  // namespace termwise
