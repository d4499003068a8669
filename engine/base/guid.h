// Identifiers as Microsoft's services write them.
#pragma once

#include <string>
#include <string_view>

namespace termwise {

/// Hexadecimal digits of either case and dashes, 8-4-4-4-12.
[[nodiscard]] constexpr bool is_guid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (is_dash ? c != '-' : !is_digit) return false;
    }
    return true;
}

/// A GUID of version 8 (RFC 9562: made in a way of our own) from at least 32 hexadecimal digits, such as a
/// digest's.
[[nodiscard]] inline std::string guid_from(std::string_view hex) {
    std::string guid;
    for (std::size_t i = 0; i < 32; ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) guid += '-';
        guid += i == 12 ? '8' : i == 16 ? "89ab"[static_cast<unsigned char>(hex[i]) % 4] : hex[i];
    }
    return guid;
}

}  // namespace termwise
