#include "live/json_access.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/lower_case.h"

namespace termwise::live {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr int kMostNesting = 64;

[[nodiscard]] char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

[[nodiscard]] bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// A parser recurses no deeper than its input nests: this counts before it starts.
[[nodiscard]] bool is_too_deep(std::string_view text) {
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_text) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMostNesting) return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

[[nodiscard]] const Json& nothing() {
    static const Json kNull;
    return kNull;
}

}  // namespace

std::optional<Json> parse_body(std::string_view body) {
    if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
    if (is_too_deep(body)) return std::nullopt;
    Json parsed = Json::parse(body, nullptr, false);
    if (parsed.is_discarded()) return std::nullopt;
    return parsed;
}

const Json& member(const Json& object, std::string_view name) {
    if (!object.is_object()) return nothing();
    for (const auto& [key, value] : object.items())
        if (std::ranges::equal(key, name, {}, lower, lower)) return value;
    return nothing();
}

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return value.dump();
    return {};
}

std::string text_in(const Json& object, std::string_view name) { return text_of(member(object, name)); }

std::string id_in(const Json& object, std::string_view name) {
    const Json& value = member(object, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::int32_t number_in(const Json& object, std::string_view name) {
    const Json& value = member(object, name);
    std::int64_t number = 0;
    if (value.is_number_unsigned())
        number = static_cast<std::int64_t>(
            std::min<std::uint64_t>(value.get<std::uint64_t>(), std::numeric_limits<std::int32_t>::max()));
    else if (value.is_number_integer())
        number = value.get<std::int64_t>();
    else if (value.is_number_float())
        number = static_cast<std::int64_t>(std::clamp(value.get<double>(), -2e9, 2e9));
    else if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        std::from_chars(text.data(), text.data() + text.size(), number);
    }
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(
        number, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
}

bool truth_in(const Json& object, std::string_view name) {
    const Json& value = member(object, name);
    return value.is_boolean() ? value.get<bool>() : normal(text_of(value)) == "true";
}

const Json& items_of(const Json& body) { return body.is_array() ? body : member(body, "items"); }

std::string normal(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return lower_case(text);
}

std::string normal_word(std::string_view text) {
    std::string result = normal(text);
    std::erase_if(result, [](char c) { return is_blank(c) || c == '_' || c == '-'; });
    return result;
}

}  // namespace termwise::live
