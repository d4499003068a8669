// JSON that goes from one file into another as it stands.
#include "formats/json_copy.h"

#include <gtest/gtest.h>

#include <string>

namespace termwise {
namespace {

TEST(JsonCopy, KeepsEveryKindOfValueAndTheOrder) {
    const std::string text =
        R"({"z":[1,-2,2.5,true,false,null,"a \"b\""],"a":{"nested":{},"list":[[]]},"big":9007199254740993})";
    std::string copied;
    JsonWriter json(JsonWriter::Layout::compact, [&](std::string_view piece) { copied += piece; });
    copy_json(nlohmann::ordered_json::parse(text), json);
    json.finish();
    EXPECT_EQ(copied, text);
}

}  // namespace
}  // namespace termwise
