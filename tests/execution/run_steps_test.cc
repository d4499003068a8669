// Single steps and their traps: batches over days, what counts as an end.
#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// Leaves what is not ready to the next run.
ExecutorOptions impatient() {
    ExecutorOptions options;
    options.patience_s = 0;
    return options;
}

// Three users, one a day: that the third day brings a wait is no day of waiting.
TEST(Batches, AWaitOnALaterDayStopsNobody) {
    Rehearsal r;
    r.users(3);
    r.draft.all_work_takes_time().reassign.seats_per_day = 1;
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    for (const char* on : {"2026-03-25", "2026-03-26"}) r.run_on(on);
    r.world.faults["read_user"].push_back({ReplyClass::not_ready});
    r.run_on("2026-03-27", impatient());
    EXPECT_EQ(r.stop(), "");
    r.world.faults.clear();
    r.run_on("2026-03-28");
    EXPECT_TRUE(r.is_done("contoso/reassign/contoso-e3")) << r.stop();
}

// A day of waiting, a person who sees to it, and another wait: the day begins anew.
TEST(Batches, AStopThatIsSettledBeginsItsWaitAnew) {
    Rehearsal r;
    r.users(1);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    r.world.free_licences = 0;
    for (const char* on : {"2026-03-25", "2026-03-27"}) r.run_on(on, impatient());
    EXPECT_NE(r.stop().find("for a day now"), std::string::npos) << r.stop();
    EXPECT_EQ(confirm_step(r.work(), r.journal, r.clock.now(), "contoso/reassign/contoso-e3", "P",
                           "bought more", false),
              "");
    r.run_on("2026-03-27", impatient());
    EXPECT_EQ(r.stop(), "");
}

// Suspended, new commerce goes on being billed (reference 0.3): that is not cancelled.
TEST(Exits, ASuspendedSubscriptionOfNewCommerceIsNotCancelled) {
    Rehearsal r;
    r.binding.programmes["open"] = Channel::nce;
    r.binding.offers["e3-open"].offer_id.clear();
    r.start([](PaperPlan&, Move& move) {
        move.exit = Exit::cancel;
        move.exit_on = day("2026-03-27");
        move.auto_renew_off_on = {};
    });
    r.run_on("2026-03-25");
    r.world.find(guid(1), guid(101))->status = "suspended";
    r.run_on("2026-03-27");
    EXPECT_FALSE(r.is_done("contoso/cancel/contoso-e3"));
    EXPECT_NE(r.stop().find("status: the plan has active, the tenant suspended"), std::string::npos)
        << r.stop();
}

/// Whether contoso's old subscription is gone by the time of the change `name`, and what came of it.
struct DeletedFirst {
    Rehearsal r;
    void run(std::string_view name, std::string_view step, bool is_deleted = true) {
        bool struck = false;
        r.world.before = [&, name](const FakePartner::Call& call) {
            if (struck || call.name != "change_subscription" || !call.subject.ends_with(name)) return;
            struck = true;
            if (is_deleted) r.world.find(guid(1), guid(101))->status = "deleted";
            r.world.faults["change_subscription"] = {{ReplyClass::permanent, false, "2011"}};
        };
        for (const char* on : {"2026-03-02", "2026-03-25", "2026-03-27", "2026-03-31"}) r.run_on(on);
        r.world.before = {};
        EXPECT_TRUE(struck);
        EXPECT_EQ(r.is_done(step), is_deleted) << r.stop();
    }
    [[nodiscard]] bool is_warned() const {
        for (const JournalEntry& entry : r.entries_of(EntryKind::warned))
            if (field(entry.fields, "why").find("somebody else deleted") != std::string_view::npos)
                return true;
        return false;
    }
};

// "The subscription is deleted" (400, code 2011) is what the step is for, if reading says so, too.
TEST(Exits, WhatIsDeletedAlreadyIsEnded) {  // reference 3.10
    {
        DeletedFirst off;
        off.r.start();
        off.run("auto-renew-off", "contoso/auto-renew-off/contoso-e3");
        EXPECT_TRUE(off.is_warned());
        // What was to be replaced is gone too early: that is a difference to the plan, for a person.
        EXPECT_NE(off.r.stop().find("status: the plan has active, the tenant deleted"), std::string::npos)
            << off.r.stop();
    }
    {
        DeletedFirst suspend;
        suspend.r.world.ignores_auto_renew = true;
        suspend.r.start();
        suspend.run("suspend", "contoso/suspend/contoso-e3");
        EXPECT_TRUE(suspend.is_warned());
    }
    DeletedFirst cancel;
    cancel.r.binding.programmes["open"] = Channel::nce;
    cancel.r.binding.offers["e3-open"].offer_id.clear();
    cancel.r.start([](PaperPlan&, Move& move) {
        move.exit = Exit::cancel;
        move.exit_on = day("2026-03-27");
        move.auto_renew_off_on = {};
    });
    cancel.run("cancel", "contoso/cancel/contoso-e3");
    EXPECT_TRUE(cancel.is_warned());
}

// A refusal alone proves nothing.
TEST(Exits, WhatIsOnlySaidToBeDeletedStopsTheCustomer) {
    DeletedFirst off;
    off.r.start();
    off.run("auto-renew-off", "contoso/auto-renew-off/contoso-e3", false);
    EXPECT_NE(off.r.stop().find("code 2011"), std::string::npos) << off.r.stop();
}

}  // namespace
}  // namespace termwise
