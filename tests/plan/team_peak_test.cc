// When a team is busiest.
#include "plan/team_peak.h"

#include <gtest/gtest.h>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::day;
using test::SmallScenario;

TEST(PeakOf, IsTheBucketWithTheLargestShareOfItsLimit) {
    SmallScenario s;
    CapacityDraft& capacity = s.team("ops").capacity.emplace();
    capacity.minutes = 100;
    capacity.exceptions.push_back({day("2026-02-02"), 30});
    const Scenario scenario = s.build();
    TeamLoad load(scenario);
    EXPECT_FALSE(peak_of(load, TeamIndex(0)));
    load.add(TeamIndex(0), day("2026-01-13"), 40 * 60);  // 40 of 100
    load.add(TeamIndex(0), day("2026-02-03"), 20 * 60);  // 20 of 30
    const auto peak = peak_of(load, TeamIndex(0));
    ASSERT_TRUE(peak);
    EXPECT_EQ(load.bucket_name(TeamIndex(0), peak->bucket), "ops 2026-W06");
    EXPECT_EQ(peak->limit_seconds, 30 * 60);
}

}  // namespace
}  // namespace termwise
