// The kinds of files that we have.
#include "formats/format_kinds.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

namespace termwise {
namespace {

TEST(FormatKinds, AreThoseThatHaveASchemaAndTwoThatOnlyWeRead) {
    std::set<std::string> with_schema, known(kFormatKinds.begin(), kFormatKinds.end());
    for (const auto& file : std::filesystem::directory_iterator(TERMWISE_SOURCE_DIR "/scenarios/schema")) {
        const std::string name = file.path().stem().string();  // "termwise-plan-1"
        with_schema.insert(name.substr(0, name.rfind('-')));
    }
    EXPECT_EQ(known.size(), kFormatKinds.size());
    for (const std::string ours : {"termwise-journal-head", "termwise-simulation-part"})
        EXPECT_EQ(known.erase(ours), 1U);
    EXPECT_EQ(known, with_schema);
    EXPECT_TRUE(is_format_kind(format_kind("termwise-plan/1")));
    EXPECT_FALSE(is_format_kind(format_kind("termwise-plna/1")));
}

}  // namespace
}  // namespace termwise
