// Whether a plan goes on with another one: what is done stays, and nothing new happens in the past.
#include "plan/keeps.h"

#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::day;
using test::Lines;

/// Contoso has to accept first; today is 2026-03-10.
class Keeps : public testing::Test {
  protected:
    Keeps() {
        test::SmallScenario s;
        s.customer("contoso").relationship = Relationship::pending;
        s.subscription("contoso-e3").auto_renew = true;
        s.add_subscription("contoso", "contoso-visio", "e3-open");
        scenario_ = s.build();
    }

    static constexpr const char* kToday = "2026-03-10";

    test::PaperPlan carried_out() {
        test::PaperPlan plan(scenario_);
        plan.invites("contoso", day("2026-03-02"));
        plan.migrates("contoso-e3", day("2026-03-09")).auto_renew_off_on = day("2026-03-06");
        plan.migrates("contoso-visio", day("2026-03-16"));
        return plan;
    }

    Lines told(const Plan& plan, const std::vector<SubscriptionIndex>& locked = {}) {
        const Commitments commitments(scenario_, carried_out().plan(), day(kToday), locked, Money(0));
        Lines lines;
        for (const NotKept& found : not_kept(scenario_, commitments, plan))
            lines.push_back(message_text(scenario_, found));
        return lines;
    }

    Scenario scenario_;
};

TEST_F(Keeps, APlanKeepsItself) { EXPECT_EQ(told(carried_out().plan()), Lines{}); }

TEST_F(Keeps, WhatIsToComeMayBeOtherwise) {
    test::PaperPlan plan(scenario_);
    plan.invites("contoso", day("2026-03-02"));
    Move& begun = plan.migrates("contoso-e3", day("2026-03-09"));
    begun.auto_renew_off_on = day("2026-03-06");
    plan.migrates("contoso-visio", day("2026-03-23"));
    EXPECT_EQ(told(plan.plan()), Lines{});
}

TEST_F(Keeps, WhatIsDoneStaysAsItIs) {
    test::PaperPlan plan(scenario_);
    plan.invites("contoso", day("2026-03-11"));
    plan.migrates("contoso-e3", day("2026-03-12")).auto_renew_off_on = day("2026-03-13");
    plan.stays("contoso-visio");
    EXPECT_EQ(told(plan.plan()),
              (Lines{"contoso: invitation on 2026-03-02 is done, the plan has 2026-03-11",
                     "contoso-e3: provisioning on 2026-03-09 is done, the plan has 2026-03-12",
                     "contoso-e3: switching off auto-renew on 2026-03-06 is done, the plan has 2026-03-13"}));
}

TEST_F(Keeps, WhatIsBoughtIsBought) {
    Plan plan = carried_out().plan();
    plan.moves[0].sold_as = test::sold("P1M", "P1M");
    EXPECT_EQ(told(plan),
              Lines{"contoso-e3: provisioning on 2026-03-09 is done in another way than the plan has it"});
    plan = carried_out().plan();
    plan.moves[1].sold_as = test::sold("P1M", "P1M");  // is not yet
    EXPECT_EQ(told(plan), Lines{});
}

TEST_F(Keeps, NothingNewHappensInThePast) {
    Plan plan = carried_out().plan();
    plan.moves[1].provision_on = day("2026-03-09");
    EXPECT_EQ(told(plan),
              Lines{"contoso-visio: provisioning on 2026-03-09 is in the past, and did not happen"});
    plan.moves[1] = carried_out().plan().moves[1];
    plan.moves[1].auto_renew_off_on = day("2026-03-03");
    EXPECT_EQ(
        told(plan),
        Lines{"contoso-visio: switching off auto-renew on 2026-03-03 is in the past, and did not happen"});
}

TEST_F(Keeps, ALockedMoveStaysWhateverItsDays) {
    const SubscriptionIndex visio = test::subscription_of(scenario_, "contoso-visio");
    Plan plan = carried_out().plan();
    EXPECT_EQ(told(plan, {visio}), Lines{});
    plan.moves[1].exit_on = plan.moves[1].exit_on + 365;
    EXPECT_EQ(told(plan, {visio}), Lines{"contoso-visio: its move is locked, the plan has another one"});
}

TEST_F(Keeps, ThoseWhoHaveAcceptedNeedNoInvitationAnyMore) {
    Scenario accepted = scenario_;
    accepted.customers[0].relationship = Relationship::active;
    Plan plan = carried_out().plan();
    const Commitments commitments(accepted, plan, day(kToday), {}, Money(0));
    plan.invitations.clear();
    EXPECT_TRUE(not_kept(accepted, commitments, plan).empty());
}

TEST_F(Keeps, AMoveHasChangedIfAnythingOfItHas) {
    Plan plan = carried_out().plan();
    const Commitments commitments(scenario_, plan, day(kToday), {}, Money(0));
    EXPECT_TRUE(changed_moves(commitments, plan).empty());
    plan.moves[1].exit_on = plan.moves[1].exit_on + 365;
    const std::vector<ChangedMove> changed = changed_moves(commitments, plan);
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed[0].was, commitments.carried_out().moves[1]);
    EXPECT_EQ(changed[0].is, plan.moves[1]);
    plan.moves.pop_back();  // a move that is not there is no other one
    EXPECT_TRUE(changed_moves(commitments, plan).empty());
}

}  // namespace
}  // namespace termwise
