#include "live/claims.h"

#include <algorithm>
#include <string>

#include "formats/base64url.h"
#include "live/json_access.h"

namespace termwise::live {

bool lacks_second_factor(std::string_view token) {
    const std::size_t first = token.find('.');
    if (first == std::string_view::npos) return false;
    const std::size_t second = token.find('.', first + 1);
    if (second == std::string_view::npos) return false;
    const std::optional<std::string> text = from_base64url(token.substr(first + 1, second - first - 1));
    const std::optional<Json> claims = text ? parse_body(*text) : std::nullopt;
    if (!claims || !claims->is_object()) return false;
    const Json& amr = member(*claims, "amr");
    if (amr.is_string()) return normal(amr.get<std::string>()) != "mfa";
    if (!amr.is_array()) return false;
    return std::ranges::none_of(amr, [](const Json& way) { return normal(text_of(way)) == "mfa"; });
}

}  // namespace termwise::live
