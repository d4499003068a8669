#include "model/offer_graph.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace termwise {
namespace {

using Arrows = std::vector<std::pair<std::int32_t, std::int32_t>>;
using Cycles = std::vector<std::vector<std::int32_t>>;

TEST(FindCycles, FindsNoneInATree) {
    EXPECT_EQ(find_cycles(0, {}), Cycles{});
    EXPECT_EQ(find_cycles(3, {}), Cycles{});
    EXPECT_EQ(find_cycles(5, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}}), Cycles{});
}

TEST(FindCycles, StartsAtTheSmallestAndFollowsTheArrows) {
    EXPECT_EQ(find_cycles(4, {{3, 1}, {1, 2}, {2, 3}, {0, 1}}), (Cycles{{1, 2, 3}}));
    EXPECT_EQ(find_cycles(4, {{1, 3}, {3, 2}, {2, 1}}), (Cycles{{1, 3, 2}}));
}

TEST(FindCycles, ALoopIsACycleOfOne) {
    EXPECT_EQ(find_cycles(2, {{1, 1}}), (Cycles{{1}}));
    EXPECT_EQ(find_cycles(2, {{1, 1}, {0, 0}}), (Cycles{{0}, {1}}));
}

TEST(FindCycles, NamesOneOfATangle) {
    // 0 -> 1 -> 2 -> 0 and 1 -> 0: the shorter one through 0.
    EXPECT_EQ(find_cycles(3, {{0, 1}, {1, 2}, {2, 0}, {1, 0}}), (Cycles{{0, 1}}));
    // The same arrow twice changes nothing.
    EXPECT_EQ(find_cycles(3, {{0, 1}, {0, 1}, {1, 0}}), (Cycles{{0, 1}}));
}

TEST(FindCycles, NamesOneOfEachComponent) {
    EXPECT_EQ(find_cycles(6, {{4, 5}, {5, 4}, {0, 1}, {1, 0}, {1, 4}}), (Cycles{{0, 1}, {4, 5}}));
}

TEST(FindCycles, FollowsALongChainWithoutRunningOutOfStack) {
    constexpr std::int32_t kLength = 300'000;
    Arrows arrows;
    for (std::int32_t i = 0; i < kLength; ++i) arrows.emplace_back(i, (i + 1) % kLength);
    const Cycles cycles = find_cycles(kLength, arrows);
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_EQ(cycles[0].size(), static_cast<std::size_t>(kLength));
    arrows.pop_back();
    EXPECT_EQ(find_cycles(kLength, arrows), Cycles{});
}

/// Which vertices reach which, by trying.
std::vector<std::vector<bool>> reachable(std::size_t vertices, const Arrows& arrows) {
    std::vector<std::vector<bool>> reach(vertices, std::vector<bool>(vertices));
    for (const auto& [from, to] : arrows)
        reach[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)] = true;
    for (std::size_t via = 0; via < vertices; ++via)
        for (std::size_t from = 0; from < vertices; ++from)
            for (std::size_t to = 0; to < vertices; ++to)
                if (reach[from][via] && reach[via][to]) reach[from][to] = true;
    return reach;
}

RC_GTEST_PROP(FindCycles, NamesARealCycleOfEveryKnotWhateverTheOrderOfTheArrows, ()) {
    const auto vertices = *rc::gen::inRange<std::size_t>(1, 9);
    const auto vertex = rc::gen::inRange<std::int32_t>(0, static_cast<std::int32_t>(vertices));
    Arrows arrows = *rc::gen::container<Arrows>(rc::gen::pair(vertex, vertex));
    const Cycles cycles = find_cycles(vertices, arrows);

    const auto reach = reachable(vertices, arrows);
    std::set<std::int32_t> expected_starts;  // the first vertex of each knot
    for (std::size_t v = 0; v < vertices; ++v) {
        if (!reach[v][v]) continue;
        std::size_t first = v;
        for (std::size_t w = 0; w < v; ++w)
            if (reach[v][w] && reach[w][v]) {
                first = w;
                break;
            }
        expected_starts.insert(static_cast<std::int32_t>(first));
    }
    std::set<std::int32_t> starts;
    for (const auto& cycle : cycles) {
        starts.insert(cycle.front());
        RC_ASSERT(std::ranges::min(cycle) == cycle.front());
        for (std::size_t i = 0; i < cycle.size(); ++i) {
            const std::pair arrow(cycle[i], cycle[(i + 1) % cycle.size()]);
            RC_ASSERT(std::ranges::find(arrows, arrow) != arrows.end());
        }
    }
    RC_ASSERT(starts == expected_starts);
    RC_ASSERT(cycles.size() == starts.size());

    std::ranges::reverse(arrows);
    RC_ASSERT(find_cycles(vertices, arrows) == cycles);
}

}  // namespace
}  // namespace termwise
