#include "planning/search_dice.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(SearchDice, IsOneFixedSequence) {
    SearchDice a(1), b(1);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(a.next(), b.next());
    EXPECT_EQ(SearchDice(0).next(), 0xE220A8397B1DCDAFU);  // SplitMix64's first number from seed 0
    for (int i = 0; i < 100; ++i) EXPECT_LT(a.below(3), 3U);
}

}  // namespace
}  // namespace termwise
