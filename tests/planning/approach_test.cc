// How a plan can be made, by name.
#include "planning/approach.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(Approach, HasAName) {
    for (const std::string_view name : approach_names())
        EXPECT_EQ(approach_name(parse_approach(name).value()), name);
    EXPECT_EQ(approach_names().size(), kStrategies.size() + 1);
    EXPECT_FALSE(parse_approach("best"));
    EXPECT_FALSE(parse_approach(""));
}

TEST(Approach, IsANamedStrategyOrTheCheapestPlan) {  // M5, M6
    EXPECT_EQ(parse_approach("wait"), Approach{Strategy::wait});
    EXPECT_EQ(parse_approach("optimal"), kOptimal);
    EXPECT_TRUE(kOptimal.is_optimal());
    EXPECT_FALSE(Approach{Strategy::stay}.is_optimal());
}

}  // namespace
}  // namespace termwise
