// JSON as the service sends it: names in any case, numbers as texts, unknown members everywhere
// (partner-center reference 2.5). For live/ only.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace termwise::live {

/// Keeps the order of members, so that what is sent back looks like what was read.
using Json = nlohmann::ordered_json;

/// Parses a body: a byte order mark before it is left out. Nothing if it is no JSON, or nested deeper than
/// anything the service sends.
[[nodiscard]] std::optional<Json> parse_body(std::string_view body);

/// The member of that name, whatever its case; null JSON if there is none or `object` is none.
[[nodiscard]] const Json& member(const Json& object, std::string_view name);

/// A text, or a number as one; empty for anything else.
[[nodiscard]] std::string text_of(const Json& value);
[[nodiscard]] std::string text_in(const Json& object, std::string_view name);
/// A text; empty for anything else: ids are never numbers, whatever an answer that went wrong holds.
[[nodiscard]] std::string id_in(const Json& object, std::string_view name);
/// A number, or a text that is one; 0 for anything else, and what does not fit is cut to what does.
[[nodiscard]] std::int32_t number_in(const Json& object, std::string_view name);
/// A truth value, or the text "true"; false for anything else.
[[nodiscard]] bool truth_in(const Json& object, std::string_view name);

/// The rows of a collection: its `items`, or the array itself where the service leaves the envelope out.
[[nodiscard]] const Json& items_of(const Json& body);

/// Lower case, blanks at the ends left out: ids and states compare like that.
[[nodiscard]] std::string normal(std::string_view text);
/// As normal(), and without blanks, `_` and `-` inside: for words of closed lists.
[[nodiscard]] std::string normal_word(std::string_view text);

}  // namespace termwise::live
