#include "base/nearest.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace termwise {
namespace {

struct Distance {
    std::string a, b;
    std::size_t steps;
};

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
    const std::vector<Distance> table = {
        {"", "", 0},
        {"term", "term", 0},
        {"term", "tern", 1},          // a replacement
        {"term", "terms", 1},         // an insertion
        {"billing", "biling", 1},     // a deletion
        {"seats", "saets", 1},        // neighbours swapped
        {"Currency", "currency", 0},  // case does not count
        {"open", "csp", 4},
        {"", "abc", 3},
    };
    for (const auto& [a, b, steps] : table) EXPECT_EQ(edit_distance(a, b, 10), steps) << a << " -> " << b;
}

TEST(EditDistance, StopsCountingBeyondTheMostThatMatters) {
    EXPECT_EQ(edit_distance("programme", "offer", 2), 3U);
    EXPECT_EQ(edit_distance("a", "abcdefgh", 2), 3U);
}

RC_GTEST_PROP(EditDistance, IsTheSameBothWaysAndCutOffOnlyAbove, ()) {
    const auto letters = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c', 'A'));
    const std::string a = *letters, b = *letters;
    const std::size_t whole = edit_distance(a, b, 1000);
    RC_ASSERT(whole == edit_distance(b, a, 1000));
    RC_ASSERT(whole <= std::max(a.size(), b.size()));
    const auto most = *rc::gen::inRange<std::size_t>(0, 6);
    RC_ASSERT(edit_distance(a, b, most) == std::min(whole, most + 1));
}

TEST(NearestName, FindsASlip) {
    const std::vector<std::string_view> known = {"programmes", "offers", "transitions", "customers"};
    EXPECT_EQ(nearest_name("programs", known), "programmes");
    EXPECT_EQ(nearest_name("Offers", known), "offers");
    EXPECT_EQ(nearest_name("transtions", known), "transitions");
}

TEST(NearestName, DoesNotGuessWhatIsFarOff) {
    const std::vector<std::string_view> known = {"programmes", "offers"};
    EXPECT_EQ(nearest_name("horizon", known), "");
    EXPECT_EQ(nearest_name("x", known), "");
    EXPECT_EQ(nearest_name("anything", {}), "");
}

TEST(NearestName, TakesTheFirstOfEquallyNearOnes) {
    const std::vector<std::string_view> known = {"ops-north", "ops-south"};
    EXPECT_EQ(nearest_name("ops-morth", known), "ops-north");
    const std::vector<std::string_view> alike = {"team-a", "team-b"};
    EXPECT_EQ(nearest_name("team-c", alike), "team-a");
}

}  // namespace
}  // namespace termwise
