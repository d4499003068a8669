// Access tokens (partner-center reference 1): asked for in time, kept in memory, never shown.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "calendar/instant.h"
#include "execution/remote.h"
#include "live/http.h"

namespace termwise::live {

/// What a partner's application proves itself with. Secret, all but the client's id.
struct Credentials {
    std::string client_id;
    std::string client_secret;
    std::string refresh_token;  ///< empty: only what an application may do without a user
};

struct TokenSettings {
    std::string authority = "https://login.microsoftonline.com";
    std::string partner_tenant;
    std::string user_resource = "https://api.partnercenter.microsoft.com";
    std::string app_resource = "https://graph.windows.net";
};

/// Which kind a call takes (reference 1.5).
enum class TokenKind { app, user };

class TokenSource {
  public:
    /// `now` is asked for the time; `keep` gets each new refresh token, which replaces the one before.
    TokenSource(Transport& transport, TokenSettings settings, Credentials credentials,
                std::function<Instant()> now, std::function<void(const std::string&)> keep);

    /// A token that is good for five minutes at least, or why there is none. Without a refresh token every
    /// call gets the application's own.
    [[nodiscard]] Reply<std::string> token(TokenKind kind);
    /// The service refused it: the next call asks for a new one.
    void forget(TokenKind kind);

    /// Whether a text holds one of the secrets, plain or percent-encoded: they must not leave the process but
    /// in a request.
    [[nodiscard]] bool holds_secret(std::string_view text) const;

  private:
    struct Kept {
        std::string token;
        Instant good_until;
    };
    [[nodiscard]] Reply<std::string> ask(TokenKind kind);

    Transport& transport_;
    TokenSettings settings_;
    Credentials credentials_;
    std::function<Instant()> now_;
    std::function<void(const std::string&)> keep_;
    std::optional<Kept> app_, user_;
};

}  // namespace termwise::live
