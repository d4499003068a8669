// The little of URLs that calls need: encoding, and which host is meant.
#pragma once

#include <string>
#include <string_view>

namespace termwise::live {

/// Percent-encoded but for letters, digits and "-._~": for queries and form fields.
[[nodiscard]] std::string url_encoded(std::string_view text);

/// "https://host:port" of an absolute URL, lower case; empty if it is none.
[[nodiscard]] std::string origin_of(std::string_view url);

/// Whether a request may go there: https anywhere, http only to this machine.
[[nodiscard]] bool is_safe_origin(std::string_view url);

/// The path and query of a link in an answer, without the "/v1" that some have before them (reference 2.7).
/// Empty if it leads to another origin than `base`, or is no path.
[[nodiscard]] std::string path_of_link(std::string_view link, std::string_view base);

}  // namespace termwise::live
