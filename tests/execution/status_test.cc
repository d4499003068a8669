// Where a schedule stands (design 6.9).
#include "execution/status.h"

#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

TEST(Status, SaysWhatStandsWhere) {
    Rehearsal r;
    r.start();
    r.run_on("2026-03-02");
    ExecutionStatus status = status_of(r.work(), r.journal, day("2026-03-03"));
    EXPECT_FALSE(status.finished);
    EXPECT_EQ(status.next_due, day("2026-03-25"));
    EXPECT_EQ(status.steps[4].standing, StepStanding::done);   // auto-renew off
    EXPECT_EQ(status.steps[0].standing, StepStanding::later);  // not its day yet
    status = status_of(r.work(), r.journal, day("2026-03-25"));
    EXPECT_EQ(status.steps[0].standing, StepStanding::due);
    r.world.agreed.clear();
    r.run_on("2026-03-25");
    status = status_of(r.work(), r.journal, day("2026-03-25"));
    ASSERT_EQ(status.stops.size(), 1U);
    EXPECT_EQ(status.stops[0].record.step_id, "contoso/agreement");
    EXPECT_EQ(status.steps[1].standing, StepStanding::stopped);
    EXPECT_EQ(status.warnings.size(), 1U);
}

}  // namespace
}  // namespace termwise
