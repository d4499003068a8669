// Base64 as URLs and tokens write it (RFC 4648 section 5), without padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace termwise {

/// The bytes that `text` stands for. Nothing if it is no base64url, or longer than a megabyte.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace termwise
