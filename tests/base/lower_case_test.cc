#include "base/lower_case.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(LowerCase, ChangesLettersOfAsciiAndNothingElse) {
    EXPECT_EQ(lower_case("AbC-09_\xC3\x84Z"), "abc-09_\xC3\x84z");
    EXPECT_EQ(lower_case(""), "");
}

}  // namespace
}  // namespace termwise
