// Signing keys (Ed25519, OpenSSL) and the files they live in.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace termwise {

/// A key that cannot be made, read or trusted; the message says why to a person.
struct KeyError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A key that signs: a PEM file (PKCS #8) that nobody but its owner may read.
class SigningKey {
  public:
    /// Makes a new one. Throws KeyError.
    [[nodiscard]] static SigningKey generate();
    /// Throws KeyError if the file cannot be read, holds no Ed25519 key, or others may read it (any mode but
    /// 0600 and 0400).
    [[nodiscard]] static SigningKey read(const std::string& path);

    /// Writes it with mode 0600 to a file that must not exist yet. Throws KeyError.
    void write(const std::string& path) const;

    /// 64 bytes as base64.
    [[nodiscard]] std::string sign(std::string_view text) const;
    /// 32 bytes as base64: what others check signatures with.
    [[nodiscard]] const std::string& public_key() const { return public_key_; }
    /// Names the key: 16 hexadecimal digits of the public key's SHA-256.
    [[nodiscard]] std::string id() const;

  private:
    SigningKey(std::string pem, std::string public_key)
        : pem_(std::move(pem)), public_key_(std::move(public_key)) {}
    std::string pem_;
    std::string public_key_;
};

/// Whether it is a public key's base64.
[[nodiscard]] bool is_public_key(std::string_view text);
[[nodiscard]] std::string key_id_of(std::string_view public_key);

/// Whether `signature` (base64) of `text` was made by the key of `public_key` (base64).
[[nodiscard]] bool is_signed_by(std::string_view text, std::string_view signature,
                                std::string_view public_key);

/// Whom we trust, `termwise-trust/1`: public keys by id, with the name of who holds each.
struct TrustedKey {
    std::string name;
    std::string public_key;
};
using Trust = std::map<std::string, TrustedKey>;

/// Nothing if anything is wrong, which `diagnostics` then says with line and column.
[[nodiscard]] std::optional<Trust> read_trust(const std::string& path, Diagnostics& diagnostics);
/// Whole or not at all. Throws OutputError.
void write_trust(const Trust& trust, const std::string& path);

}  // namespace termwise
