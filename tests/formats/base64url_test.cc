// Base64 for URLs (RFC 4648 section 5, the vectors of section 10 without their padding).
#include "formats/base64url.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(Base64Url, GivesTheBytes) {
    for (const auto& [text, bytes] :
         {std::pair{"", ""}, std::pair{"Zg", "f"}, std::pair{"Zm8", "fo"}, std::pair{"Zm9v", "foo"},
          std::pair{"Zm9vYg", "foob"}, std::pair{"Zm9vYmE", "fooba"}, std::pair{"Zm9vYmFy", "foobar"}})
        EXPECT_EQ(from_base64url(text), bytes) << text;
    EXPECT_EQ(from_base64url("-_-_"), "\xFB\xFF\xBF");  // the two letters that differ from usual base64
}

TEST(Base64Url, WhatIsNoneIsNothing) {
    for (const char* text : {"Z", "Zm9vY", "Zg==", "Zm9v\n", "+/+/", "Zm 9v", "Zm9!", "Zm9vYmF\xC3"})
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
    EXPECT_EQ(from_base64url(std::string(2'000'000, 'A')), std::nullopt);
}

}  // namespace
}  // namespace termwise
