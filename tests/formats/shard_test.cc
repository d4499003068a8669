// Which part of split work is which, and whether all parts are there (M7.4).
#include "formats/shard.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace termwise {
namespace {

TEST(Shard, IsWrittenAsANumberOfANumber) {
    EXPECT_EQ(parse_shard("3/8"), (Shard{3, 8}));
    EXPECT_EQ(to_text(Shard{3, 8}), "3/8");
    for (const char* text :
         {"", "3", "0/8", "9/8", "3/", "/8", "-1/8", "3/8/9", "1.0/2", "1/9999999", " 1/2"})
        EXPECT_FALSE(parse_shard(text)) << text;
}

RC_GTEST_PROP(Shard, SplitsWorkEvenlyAndLosesNone, ()) {
    const std::uint32_t count = *rc::gen::inRange(1U, 10'000'001U), of = *rc::gen::inRange(1U, 200U);
    std::uint32_t next = 0, least = count, most = 0;
    for (std::uint32_t k = 1; k <= of; ++k) {
        const Interval<std::uint32_t> range = range_of({k, of}, count);
        RC_ASSERT(range.from == next);
        next = range.to;
        least = std::min(least, range.to - range.from);
        most = std::max(most, range.to - range.from);
    }
    RC_ASSERT(next == count);
    RC_ASSERT(most - least <= 1);
}

std::vector<std::string> complaints(const std::vector<ShardFile>& files) {
    Diagnostics diagnostics;
    const bool complete = are_complete(files, diagnostics);
    EXPECT_EQ(complete, !diagnostics.has_errors());
    std::vector<std::string> said;
    for (const Diagnostic& d : diagnostics.all()) said.push_back(to_text(d));
    return said;
}

TEST(Shards, ThatAreMissingOrDoubledAreNamed) {
    EXPECT_TRUE(complaints({{"a", {1, 2}}, {"b", {2, 2}}}).empty());
    EXPECT_EQ(complaints({{"b", {2, 4}}, {"c", {2, 4}}, {"d", {3, 4}}}),
              (std::vector<std::string>{"error: shard 1/4 is missing [M7.4]",
                                        "c: error: shard 2/4 is there twice, also in b [M7.4]",
                                        "error: shard 4/4 is missing [M7.4]"}));
}

}  // namespace
}  // namespace termwise
