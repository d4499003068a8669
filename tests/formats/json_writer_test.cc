// JSON as it is written: nesting, layout, and strings and numbers as RFC 8785 wants them.
#include "formats/json_writer.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace termwise {
namespace {

std::string written(JsonWriter::Layout layout, const std::function<void(JsonWriter&)>& write) {
    std::string text;
    JsonWriter out(layout, [&](std::string_view piece) { text += piece; });
    write(out);
    out.finish();
    return text;
}

void write_sample(JsonWriter& out) {
    out.begin_object().field("id", "contoso").key("days").begin_list().value(1).value(-2).end_list();
    out.key("none").begin_list().end_list().key("empty").begin_object().end_object();
    out.field("yes", true).key("nothing").null().end_object();
}

TEST(JsonWriter, CompactHasNoBlanks) {
    EXPECT_EQ(written(JsonWriter::Layout::compact, write_sample),
              R"({"id":"contoso","days":[1,-2],"none":[],"empty":{},"yes":true,"nothing":null})");
}

TEST(JsonWriter, IndentedIsWhatAPersonWouldWrite) {
    EXPECT_EQ(written(JsonWriter::Layout::indented, write_sample),
              nlohmann::ordered_json::parse(R"({"id":"contoso",
        "days":[1,-2],"none":[],"empty":{},"yes":true,"nothing":null})")
                      .dump(2) +
                  "\n");
}

TEST(JsonWriter, ADayIsItsTextAndNoDayIsNull) {
    EXPECT_EQ(
        written(JsonWriter::Layout::compact,
                [](JsonWriter& out) {
                    out.begin_object().field("on", to_day({2026, 3, 25})).field("off", Day{}).end_object();
                }),
        R"({"on":"2026-03-25","off":null})");
}

TEST(JsonWriter, LongTextComesInPieces) {
    int pieces = 0;
    std::string text;
    JsonWriter out(JsonWriter::Layout::compact, [&](std::string_view piece) {
        ++pieces;
        text += piece;
    });
    out.begin_list();
    for (int i = 0; i < 100'000; ++i) out.value(i);
    out.end_list().finish();
    EXPECT_GT(pieces, 2);
    EXPECT_EQ(nlohmann::json::parse(text).size(), 100'000U);
}

TEST(JsonString, EscapesOnlyWhatHasToBe) {
    std::string text;
    append_json_string(text, "a\"b\\c\n\t\x01 é 𝄞 /");
    EXPECT_EQ(text, "\"a\\\"b\\\\c\\n\\t\\u0001 é 𝄞 /\"");
}

TEST(JsonNumber, LooksAsEcmaScriptPrintsIt) {  // RFC 8785, appendix B
    const std::vector<std::pair<double, std::string>> cases{
        {0.0, "0"},
        {-0.0, "0"},
        {1.0, "1"},
        {0.9, "0.9"},
        {21.0, "21"},
        {-5.25, "-5.25"},
        {1e21, "1e+21"},
        {999999999999999900000.0, "999999999999999900000"},
        {1e-6, "0.000001"},
        {1e-7, "1e-7"},
        {9007199254740992.0, "9007199254740992"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {333333333.33333329, "333333333.3333333"},
        {295147905179352830000.0, "295147905179352830000"}};
    for (const auto& [number, expected] : cases) {
        std::string text;
        append_json_number(text, number);
        EXPECT_EQ(text, expected);
    }
}

RC_GTEST_PROP(JsonNumber, ReadsBackTheSame, (double number)) {
    RC_PRE(number == number && number <= std::numeric_limits<double>::max() &&
           number >= std::numeric_limits<double>::lowest());
    std::string text;
    append_json_number(text, number);
    RC_ASSERT(nlohmann::json::parse(text).get<double>() == number);
}

}  // namespace
}  // namespace termwise
