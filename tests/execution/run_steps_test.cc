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

}  // namespace
}  // namespace termwise
