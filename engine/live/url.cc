#include "live/url.h"

#include <fmt/format.h>

#include "live/json_access.h"

namespace termwise::live {

std::string url_encoded(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            result += c;
        else
            result += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return result;
}

std::string origin_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::size_t end = url.find_first_of("/?#", scheme + 3);
    const std::string_view authority =
        url.substr(scheme + 3, end == std::string_view::npos ? end : end - scheme - 3);
    // A name before an "@" looks like the host and is not.
    if (authority.empty() || authority.find('@') != std::string_view::npos) return {};
    return normal(url.substr(0, scheme + 3 + authority.size()));
}

bool is_safe_origin(std::string_view url) {
    const std::string origin = origin_of(url);
    if (origin.starts_with("https://")) return true;
    for (const std::string_view local : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (origin.starts_with(local) && (origin.size() == local.size() || origin[local.size()] == ':'))
            return true;
    return false;
}

std::string path_of_link(std::string_view link, std::string_view base) {
    std::string_view path = link;
    if (link.find("://") != std::string_view::npos) {
        if (origin_of(link) != origin_of(base)) return {};
        const std::size_t slash = link.find('/', link.find("://") + 3);
        if (slash == std::string_view::npos) return {};
        path = link.substr(slash);
    }
    if (path.starts_with("//")) return {};
    std::string result(path);
    if (!result.starts_with('/')) result.insert(result.begin(), '/');
    if (normal(result.substr(0, 4)) == "/v1/") result.erase(0, 3);
    return result;
}

}  // namespace termwise::live
