// JSON as the service sends it (partner-center reference 2.5): read whatever its dress, lost never.
#include "live/json_access.h"

#include <gtest/gtest.h>

namespace termwise::live {
namespace {

TEST(JsonAccess, ParsesBodiesAndNothingElse) {
    EXPECT_EQ(parse_body("\xEF\xBB\xBF{\"a\":1}").value()["a"], 1);
    EXPECT_TRUE(parse_body("[]").has_value());
    for (const char* body : {"", " ", "<html>", "{\"a\":1", "{\"a\":1}x", "{\"a\":1,}", "\xEF\xBB\xBF"})
        EXPECT_FALSE(parse_body(body).has_value()) << body;
    EXPECT_FALSE(parse_body(std::string(100'000, '[')).has_value());
    EXPECT_TRUE(parse_body("\"" + std::string(100, '[') + "\\\"[\"").has_value());  // in a text nothing nests
    const std::string deep = std::string(64, '[') + std::string(64, ']');
    EXPECT_TRUE(parse_body(deep).has_value());
    EXPECT_FALSE(parse_body("[" + deep + "]").has_value());
}

TEST(JsonAccess, FindsMembersWhateverTheirCase) {
    const Json object = Json::parse(R"({"AutoRenewEnabled":true,"x":null})");
    EXPECT_EQ(member(object, "autoRenewEnabled"), true);
    EXPECT_TRUE(member(object, "autoRenew").is_null());
    EXPECT_TRUE(member(Json(), "x").is_null());
    EXPECT_TRUE(member(Json::parse("[1]"), "x").is_null());
    EXPECT_TRUE(member(Json("x"), "x").is_null());
}

TEST(JsonAccess, TakesNumbersForTextsAndTextsForNumbers) {
    const Json object = Json::parse(
        R"({"n":60012,"t":"60012","f":12.9,"big":99999999999,"bigt":"99999999999","neg":-99999999999,
            "huge":18446744073709551615,"e":1e300,"b":true,"bt":" TRUE ","bad":"x1","part":"12x","o":{},"z":null})");
    EXPECT_EQ(text_in(object, "n"), "60012");
    EXPECT_EQ(text_in(object, "t"), "60012");
    for (const char* none : {"b", "o", "z", "missing"}) EXPECT_EQ(text_in(object, none), "") << none;
    EXPECT_EQ(number_in(object, "n"), 60012);
    EXPECT_EQ(number_in(object, "t"), 60012);
    EXPECT_EQ(number_in(object, "f"), 12);
    for (const char* large : {"big", "bigt", "huge"})
        EXPECT_EQ(number_in(object, large), 2'147'483'647) << large;
    EXPECT_GE(number_in(object, "e"), 2'000'000'000);
    EXPECT_EQ(number_in(object, "neg"), -2'147'483'648);
    for (const char* none : {"b", "bad", "o", "z", "missing"}) EXPECT_EQ(number_in(object, none), 0) << none;
    EXPECT_TRUE(truth_in(object, "b"));
    EXPECT_TRUE(truth_in(object, "bt"));
    for (const char* no : {"n", "bad", "z", "missing"}) EXPECT_FALSE(truth_in(object, no)) << no;
}

TEST(JsonAccess, KnowsTheRowsWithAndWithoutEnvelope) {
    EXPECT_EQ(items_of(Json::parse(R"({"Items":[1,2]})")).size(), 2U);
    EXPECT_EQ(items_of(Json::parse("[1,2,3]")).size(), 3U);
    EXPECT_TRUE(items_of(Json::parse("{}")).is_null());
}

TEST(JsonAccess, ComparesWordsByWhatTheySay) {
    EXPECT_EQ(normal(" \r\nAbC-Def "), "abc-def");
    EXPECT_EQ(normal_word("Started "), "started");
    EXPECT_EQ(normal_word("partial success"), normal_word("Partial_Success"));
    EXPECT_EQ(normal_word("one-time"), "onetime");
    EXPECT_EQ(normal(""), "");
}

}  // namespace
}  // namespace termwise::live
