#include "base/text_pool.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace termwise {
namespace {

TEST(TextPool, AnEmptyTextIsATextToo) {
    TextPool pool;
    const Text nothing = pool.add("");
    const Text something = pool.add("contoso");
    EXPECT_EQ(pool.view(nothing), "");
    EXPECT_EQ(pool.view(something), "contoso");
    EXPECT_EQ(pool.view(Text{}), "");
}

RC_GTEST_PROP(TextPool, GivesBackWhatWasPutIn, (const std::vector<std::string>& texts)) {
    TextPool pool;
    std::vector<Text> stored;
    std::size_t bytes = 0;
    for (const std::string& text : texts) {
        stored.push_back(pool.add(text));
        bytes += text.size();
    }
    for (std::size_t i = 0; i < texts.size(); ++i) RC_ASSERT(pool.view(stored[i]) == texts[i]);
    RC_ASSERT(pool.size_bytes() == bytes);
}

}  // namespace
}  // namespace termwise
