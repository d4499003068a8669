// How long work still takes.
#include "cli/pace.h"

#include <gtest/gtest.h>

namespace termwise::cli {
namespace {

TEST(Pace, SaysRateAndTimeLeft) {
    EXPECT_EQ(pace_text("run", 30, 120, 7.5), "run 30 of 120, 4.0 a second, 23 s left");
    EXPECT_EQ(pace_text("run", 3, 1200, 60), "run 3 of 1,200, 3.0 a minute, 6 h 39 min left");
    EXPECT_EQ(pace_text("run", 1000, 100'000, 10), "run 1,000 of 100,000, 100.0 a second, 17 min left");
    EXPECT_EQ(pace_text("run", 120, 120, 10), "run 120 of 120, 12.0 a second, 0 s left");
}

TEST(Pace, SaysNothingOfWhatIsNotKnown) {
    EXPECT_EQ(pace_text("run", 0, 12, 5), "run 0 of 12");
    EXPECT_EQ(pace_text("run", 1, 12, 0), "run 1 of 12");
}

}  // namespace
}  // namespace termwise::cli
