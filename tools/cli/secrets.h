// What proves that we are who we are: from the environment, or from a file that nobody else can read.
#pragma once

#include <optional>
#include <string>

#include "live/token.h"

namespace termwise::cli {

/// From `path`, else from TERMWISE_CLIENT_ID, TERMWISE_CLIENT_SECRET and TERMWISE_REFRESH_TOKEN, which are
/// taken out of the environment. Keeps them out of core dumps. Nothing, and why on standard error, if
/// something is missing or the file is open to others.
[[nodiscard]] std::optional<live::Credentials> read_credentials(const std::string& path);

/// Writes the credentials back with another refresh token, whole or not at all, mode 0600.
void keep_refresh_token(const std::string& path, live::Credentials credentials,
                        const std::string& refresh_token);

}  // namespace termwise::cli
