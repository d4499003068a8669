#include "formats/base64url.h"

#include <openssl/evp.h>

#include <algorithm>

namespace termwise {

std::optional<std::string> from_base64url(std::string_view text) {
    constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
    if (text.size() > kMostBytes || text.size() % 4 == 1) return std::nullopt;
    if (text.find_first_of("+/= \t\r\n") != std::string_view::npos) return std::nullopt;
    std::string padded(text);
    std::ranges::replace(padded, '-', '+');
    std::ranges::replace(padded, '_', '/');
    const std::size_t padding = (4 - text.size() % 4) % 4;
    padded.append(padding, '=');
    std::string bytes(padded.size() / 4 * 3, '\0');
    const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                       reinterpret_cast<const unsigned char*>(padded.data()),
                                       static_cast<int>(padded.size()));
    if (length < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(length) - padding);
    return bytes;
}

}  // namespace termwise
