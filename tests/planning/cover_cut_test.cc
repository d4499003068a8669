// Cover cuts: no plan breaks them, and the divided solution that they were made for does.
#include "planning/cover_cut.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/random_scenarios.h"

namespace termwise {
namespace {

TEST(CoverCut, OfTwoWhoDoNotFitTogetherOnlyOneComes) {
    const auto cut =
        find_cover_cut(LimitIndex(0), 100, {{0, {{60, 0.8}, {0, 0.2}}}, {0, {{60, 0.8}, {0, 0.2}}}});
    ASSERT_TRUE(cut.has_value());
    EXPECT_EQ(cut->most, 1);
    ASSERT_EQ(cut->members.size(), 2U);
    EXPECT_EQ(cut->members[0].at_least, 60);
}

TEST(CoverCut, SomebodyElseWhoTakesAsMuchCountsToo) {
    const auto cut = find_cover_cut(LimitIndex(0), 100,
                                    {{0, {{60, 0.8}}}, {0, {{60, 0.8}}}, {0, {{70, 0.01}, {0, 0.99}}}});
    ASSERT_TRUE(cut.has_value());
    EXPECT_EQ(cut->most, 1);
    ASSERT_EQ(cut->members.size(), 3U);
    EXPECT_EQ(cut->members[2].at_least, 60);
}

TEST(CoverCut, WhatFitsIsNotCut) {
    EXPECT_FALSE(find_cover_cut(LimitIndex(0), 120, {{0, {{60, 1}}}, {0, {{60, 1}}}}).has_value());
    EXPECT_FALSE(find_cover_cut(LimitIndex(0), 10, {}).has_value());
}

// Amounts that all may choose from, with what they take at least; every way to choose that fits keeps the
// cut.
RC_GTEST_PROP(CoverCutProperty, NothingThatFitsBreaksIt, ()) {
    std::vector<UsesOfLimit> uses(static_cast<std::size_t>(dice::roll(1, 4)));
    for (UsesOfLimit& of_customer : uses) {
        const int amounts = dice::roll(1, 3);
        of_customer.least = 1'000;
        for (int i = 0; i < amounts; ++i) {
            const std::int64_t amount = dice::roll(-20, 60);
            of_customer.shares.push_back({amount, 1.0 / amounts});
            of_customer.least = std::min(of_customer.least, amount);
        }
    }
    const std::int64_t room = dice::roll(-20, 120);
    const auto cut = find_cover_cut(LimitIndex(0), room, uses);
    if (!cut) return;
    std::vector<std::size_t> at(uses.size(), 0);
    for (;;) {
        std::int64_t sum = 0, members = 0;
        for (std::size_t c = 0; c < uses.size(); ++c) {
            const std::int64_t amount = uses[c].shares[at[c]].amount;
            sum += amount;
            members += amount >= cut->members[c].at_least ? 1 : 0;
        }
        RC_ASSERT((sum > room || members <= cut->most));
        std::size_t c = 0;
        while (c < at.size() && ++at[c] == uses[c].shares.size()) at[c++] = 0;
        if (c == at.size()) break;
    }
}

}  // namespace
}  // namespace termwise
