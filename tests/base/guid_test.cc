#include "base/guid.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(Guid, IsKnownByItsShape) {
    EXPECT_TRUE(is_guid("031c9e47-4802-4248-838e-778fb1d2cc05"));
    EXPECT_TRUE(is_guid("031C9E47-4802-4248-838E-778FB1D2CC05"));
    for (const char* text : {"", "031c9e47", "031c9e47-4802-4248-838e-778fb1d2cc0",
                             "031c9e47-4802-4248-838e-778fb1d2cc055", "031c9e47-4802-4248-838e-778fb1d2cc0g",
                             "031c9e4748-02-4248-838e-778fb1d2cc05", "{31c9e47-4802-4248-838e-778fb1d2cc05"})
        EXPECT_FALSE(is_guid(text)) << text;
}

TEST(Guid, IsMadeFromADigest) {
    const std::string guid = guid_from("0123456789abcdef0123456789abcdef0123");
    EXPECT_EQ(guid, "01234567-89ab-8def-8123-456789abcdef");
    EXPECT_TRUE(is_guid(guid));
    EXPECT_NE(guid, guid_from("1123456789abcdef0123456789abcdef"));
}

}  // namespace
}  // namespace termwise
