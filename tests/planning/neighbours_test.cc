// Who is looked at together.
#include "planning/neighbours.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <span>

#include "options/limits.h"

namespace termwise {
namespace {

/// Customers 0 to 9 use limit 0, 10 to 19 limit 1, and nobody else anything.
struct TwoCrowds {
    std::vector<Use> first{{LimitIndex(0), 1}}, second{{LimitIndex(1), 1}};
    std::vector<std::vector<std::uint32_t>> users_of{3};
    TwoCrowds() {
        for (std::uint32_t c = 0; c < 20; ++c) users_of[c < 10 ? 0 : 1].push_back(c);
    }
    [[nodiscard]] std::span<const Use> uses(std::uint32_t c) const {
        if (c >= 20) return {};
        return c < 10 ? first : second;
    }
    [[nodiscard]] std::vector<std::uint32_t> draw(SearchDice& dice, std::size_t customers) const {
        std::vector<std::uint32_t> drawn{99};
        draw_neighbours(
            dice, customers, users_of, [&](std::uint32_t c) { return uses(c); }, drawn);
        return drawn;
    }
};

TEST(Neighbours, AreThoseWhoUseTheSameLimit) {
    const TwoCrowds crowds;
    SearchDice dice(1);
    std::set<std::size_t> sizes;
    for (int i = 0; i < 500; ++i) {
        const std::vector<std::uint32_t> drawn = crowds.draw(dice, 20);
        sizes.insert(drawn.size());
        EXPECT_EQ(std::set(drawn.begin(), drawn.end()).size(), drawn.size()) << "nobody twice";
        for (const std::uint32_t c : drawn) EXPECT_EQ(c < 10, drawn[0] < 10);
    }
    EXPECT_EQ(sizes, (std::set<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST(Neighbours, OfOneWhoUsesNothingAreAnyUsers) {
    const TwoCrowds crowds;
    SearchDice dice(1);
    for (int i = 0; i < 500; ++i)
        for (const std::uint32_t c : crowds.draw(dice, 30)) EXPECT_LT(c, 30U);
}

TEST(Neighbours, TheSameDiceDrawTheSame) {
    const TwoCrowds crowds;
    SearchDice one(7), other(7);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(crowds.draw(one, 20), crowds.draw(other, 20));
}

}  // namespace
}  // namespace termwise
