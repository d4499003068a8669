#include "live/http.h"

#include <algorithm>

namespace termwise {
namespace {

[[nodiscard]] bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::string_view header_value(const std::vector<HttpHeader>& headers, std::string_view name) {
    for (const HttpHeader& header : headers) {
        if (!same_name(header.name, name)) continue;
        std::string_view value = header.value;
        // Dates hold a comma of their own: "Mon, 03 Feb 2031 04:05:06 GMT".
        if (!same_name(name, "Date")) value = value.substr(0, value.find(','));
        const std::size_t first = value.find_first_not_of(" \t");
        if (first == std::string_view::npos) return {};
        return value.substr(first, value.find_last_not_of(" \t") - first + 1);
    }
    return {};
}

}  // namespace termwise
