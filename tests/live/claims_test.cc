// What a token says of how its user signed in (partner-center reference 1.4).
#include "live/claims.h"

#include <gtest/gtest.h>

#include <string>

namespace termwise::live {
namespace {

// Header and signature are nobody's business here; the payloads were encoded by Python's base64 module.
std::string token(const std::string& payload) { return "eyJhbGciOiJub25lIn0." + payload + ".c2ln"; }

TEST(Claims, ATokenWithoutASecondFactorIsKnown) {
    EXPECT_TRUE(lacks_second_factor(token("eyJhbXIiOlsicHdkIl19")));           // {"amr":["pwd"]}
    EXPECT_TRUE(lacks_second_factor(token("eyJhbXIiOltdfQ")));                 // {"amr":[]}
    EXPECT_TRUE(lacks_second_factor(token("eyJhbXIiOiJwd2QifQ")));             // {"amr":"pwd"}
    EXPECT_FALSE(lacks_second_factor(token("eyJhbXIiOlsicHdkIiwibWZhIl19")));  // {"amr":["pwd","mfa"]}
    EXPECT_FALSE(lacks_second_factor(token("eyJhbXIiOlsiTUZBIl19")));          // {"amr":["MFA"]}
}

TEST(Claims, BytesThatOnlyUrlsEncodeOtherwiseAreRead) {
    // {"n":"??>>~~","amr":["pwd"]}: with the two letters in which the alphabets differ.
    EXPECT_TRUE(lacks_second_factor(token("eyJuIjoiPz8-Pn5-IiwiYW1yIjpbInB3ZCJdfQ")));
    // {"n":"\u00ff\u00fe?","amr":["pwd"]} in UTF-8.
    EXPECT_TRUE(lacks_second_factor(token("eyJuIjoiw7_Dvj8iLCJhbXIiOlsicHdkIl19")));
}

TEST(Claims, WhatCannotBeReadIsForTheServiceToSay) {
    for (const char* text :
         {"", "token-1", "a.b", "a.b.c", "..", "a.!!!!.c", "a.eyJh.c", "a.eyJhbXIiOlsicHdkIl19"})
        EXPECT_FALSE(lacks_second_factor(text)) << text;
    EXPECT_FALSE(lacks_second_factor(token("e30")));                    // {}
    EXPECT_FALSE(lacks_second_factor(token("W10")));                    // []
    EXPECT_FALSE(lacks_second_factor(token("eyJhbXIiOjd9")));           // {"amr":7}
    EXPECT_FALSE(lacks_second_factor(token("eyJhbXIiOlsicHdkIl19=")));  // padding does not belong there
    EXPECT_FALSE(lacks_second_factor(token(std::string(2'000'000, 'A'))));
}

}  // namespace
}  // namespace termwise::live
