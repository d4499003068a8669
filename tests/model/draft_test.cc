#include "model/draft.h"

#include <gtest/gtest.h>

#include <memory>

namespace termwise {
namespace {

TEST(NameTable, GivesTheSameNumberToTheSameName) {
    NameTable names;
    EXPECT_EQ(names.number_of("e3-open"), 0);
    EXPECT_EQ(names.number_of("e3-csp"), 1);
    EXPECT_EQ(names.number_of("e3-open"), 0);
    EXPECT_EQ(names.size(), 2U);
    EXPECT_EQ(names.name(1), "e3-csp");
}

TEST(NameTable, StandsOnItsOwnWhenCopied) {
    auto original = std::make_unique<NameTable>();
    ASSERT_EQ(original->number_of("a name that is too long to lie inside a string object"), 0);
    NameTable copy = *original;
    original.reset();
    EXPECT_EQ(copy.name(0), "a name that is too long to lie inside a string object");
    EXPECT_EQ(copy.number_of("a name that is too long to lie inside a string object"), 0);
    EXPECT_EQ(copy.number_of("another"), 1);
}

// M1.9: two files that say the same in different places agree.
TEST(Origin, MakesNoDifference) {
    TransitionDraft here{"a", "b", std::nullopt, {0, 3}};
    TransitionDraft there{"a", "b", std::nullopt, {1, 7}};
    EXPECT_EQ(here, there);
    there.reassign = true;
    EXPECT_NE(here, there);
}

}  // namespace
}  // namespace termwise
