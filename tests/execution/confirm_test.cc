// What people say that they did, and what is not taken from them.
#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

TEST(Executor, OneCustomersStopLeavesTheOthers) {  // design 6.8
    Rehearsal r;
    r.draft.add_customer("fabrikam");
    r.draft.add_subscription("fabrikam", "fabrikam-e3", "e3-open").auto_renew = true;
    r.binding.customers["fabrikam"] = guid(2);
    r.binding.subscriptions["fabrikam-e3"] = {guid(102), false, {}};
    r.start([](PaperPlan& plan, Move&) {
        plan.migrates("fabrikam-e3", day("2026-03-25")).auto_renew_off_on = day("2026-03-02");
    });
    r.world.agreed.erase(guid(1));
    r.run_on("2026-03-25");
    EXPECT_NE(r.stop(1).find("has not agreed"), std::string::npos);
    EXPECT_EQ(r.stop(2), "");
    EXPECT_TRUE(r.world.bought(guid(1)).empty());
    EXPECT_EQ(r.world.bought(guid(2)).size(), 1U);
    // The one who is stopped is told that the clock ticks.
    const auto warnings = r.entries_of(EntryKind::warned);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(field(warnings[0].fields, "why").find("contoso-e3 ends on 2026-04-01"), std::string::npos);

    const std::size_t calls = r.world.calls.size();
    r.run_again();
    EXPECT_EQ(r.world.calls.size(), calls);  // stopped: not asked again and again

    r.world.agreed.insert(guid(1));
    EXPECT_EQ(confirm_step(r.work(), r.journal, r.clock.now(), "contoso/agreement", "ann", "signed", false),
              "");
    r.run_again();
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
}

TEST(Executor, DriftStopsBeforeAnyEffectAndNamesTheDifference) {  // design 6.6
    Rehearsal r;
    r.start();
    r.world.find(guid(1), guid(101))->quantity = 12;
    r.run_on("2026-03-02");
    EXPECT_NE(r.stop().find("seats: the plan has 10, the tenant 12"), std::string::npos) << r.stop();
    EXPECT_TRUE(r.entries_of(EntryKind::intent).empty());
    EXPECT_TRUE(r.world.find(guid(1), guid(101))->auto_renew);

    const std::string step = "contoso/auto-renew-off/contoso-e3";
    EXPECT_EQ(confirm_step(r.work(), r.journal, r.clock.now(), step, "ann", "two guests", true), "");
    r.run_again();
    EXPECT_FALSE(r.world.find(guid(1), guid(101))->auto_renew);
    // What was accepted is that difference, and no other.
    r.world.find(guid(1), guid(101))->quantity = 13;
    r.run_on("2026-03-25");
    EXPECT_NE(r.stop().find("the tenant 13"), std::string::npos) << r.stop();
    EXPECT_TRUE(r.world.bought(guid(1)).empty());
}

TEST(Executor, SettlingAStopWithoutAcceptingLooksAgain) {
    Rehearsal r;
    r.start();
    r.world.find(guid(1), guid(101))->status = "suspended";
    r.run_on("2026-03-25");
    EXPECT_NE(r.stop().find("status: the plan has active, the tenant suspended"), std::string::npos);
    ASSERT_EQ(
        confirm_step(r.work(), r.journal, r.clock.now(), "contoso/provision/contoso-e3", "ann", "", false),
        "");
    r.run_again();
    EXPECT_NE(r.stop(), "");
    EXPECT_TRUE(r.world.bought(guid(1)).empty());
}

TEST(ConfirmStep, RefusesWhatIsNotThePersonsToConfirm) {
    Rehearsal r;
    r.draft.customer("contoso").relationship = Relationship::pending;
    r.start([](PaperPlan& plan, Move&) { plan.invites("contoso", day("2026-02-02")); });
    const auto confirm = [&](std::string_view step, bool accept = false) {
        return confirm_step(r.work(), r.journal, r.clock.now(), step, "ann", "note", accept);
    };
    EXPECT_EQ(confirm("contoso/nothing"), "there is no step \"contoso/nothing\"");
    EXPECT_EQ(confirm("contoso/provision/contoso-e3"),
              "contoso/provision/contoso-e3 is not a person's step, and its customer is not stopped");
    EXPECT_EQ(confirm("contoso/send-invitation"),
              "contoso/send-invitation comes after contoso/invitation-link, which is not done");
    EXPECT_EQ(confirm("contoso/send-invitation", true),
              "contoso/send-invitation is not stopped for a difference to accept");
    EXPECT_TRUE(r.journal.entries().empty());

    r.run_on("2026-02-02");
    EXPECT_EQ(confirm("contoso/send-invitation"), "");
    EXPECT_EQ(confirm("contoso/send-invitation"), "contoso/send-invitation is done already");
    const JournalEntry& last = r.journal.entries().back();
    EXPECT_EQ(last.kind, EntryKind::confirmed);
    EXPECT_EQ(field(last.fields, "by"), "ann");
    EXPECT_EQ(field(last.fields, "note"), "note");
}

TEST(ConfirmStep, SettlesTheStopBeforeAnythingElse) {
    Rehearsal r;
    r.start();
    r.world.agreed.clear();
    r.run_on("2026-03-25");
    EXPECT_EQ(
        confirm_step(r.work(), r.journal, r.clock.now(), "contoso/provision/contoso-e3", "ann", "", false),
        "the customer is stopped at contoso/agreement: settle that first");
    EXPECT_EQ(confirm_step(r.work(), r.journal, r.clock.now(), "contoso/agreement", "ann", "", true),
              "contoso/agreement is not stopped for a difference to accept");
}

TEST(ConfirmStep, IsNotForStepsThatAreNotDue) {
    Rehearsal r;
    r.binding.programmes["open"] = Channel::person;
    r.start();
    EXPECT_EQ(confirm_step(r.work(), r.journal, r.clock.now(), "contoso/auto-renew-off/contoso-e3", "ann", "",
                           false),
              "contoso/auto-renew-off/contoso-e3 is not due before 2026-03-02");
}

}  // namespace
}  // namespace termwise
