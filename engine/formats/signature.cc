#include "formats/signature.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "formats/json_reader.h"
#include "formats/json_shape.h"
#include "formats/json_writer.h"
#include "formats/locate.h"
#include "formats/output.h"
#include "formats/sha256.h"
#include "formats/source.h"

namespace termwise {
namespace {

constexpr std::size_t kPublicKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kMostKeyFileBytes = 16 * 1024;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

[[nodiscard]] std::string to_base64(const unsigned char* bytes, std::size_t size) {
    std::vector<unsigned char> text(4 * ((size + 2) / 3) + 1);
    const int length = EVP_EncodeBlock(text.data(), bytes, static_cast<int>(size));
    return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)};
}

/// Exactly `size` bytes; nothing if it is something else.
[[nodiscard]] std::optional<std::vector<unsigned char>> from_base64(std::string_view text, std::size_t size) {
    if (text.size() != 4 * ((size + 2) / 3)) return std::nullopt;
    std::vector<unsigned char> bytes(text.size() / 4 * 3);
    const int length = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length < 0 || static_cast<std::size_t>(length) < size) return std::nullopt;
    bytes.resize(size);
    // Blocks decode in several ways: only the one that is written back counts.
    if (to_base64(bytes.data(), size) != text) return std::nullopt;
    return bytes;
}

[[nodiscard]] std::string public_key_of(EVP_PKEY* key) {
    std::array<unsigned char, kPublicKeyBytes> bytes{};
    std::size_t size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key, bytes.data(), &size) != 1 || size != bytes.size())
        throw KeyError("this is no Ed25519 key");
    return to_base64(bytes.data(), bytes.size());
}

[[nodiscard]] Key parse_key(const std::string& pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free_all);
    // A password would be asked for on the terminal: none is.
    const auto no_password = [](char*, int, int, void*) { return -1; };
    return {PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr), EVP_PKEY_free};
}

}  // namespace

SigningKey SigningKey::generate() {
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
    const Bio bio(BIO_new(BIO_s_mem()), BIO_free_all);
    if (!key || !bio ||
        PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        throw KeyError("no key could be made");
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {std::string(text, static_cast<std::size_t>(size)), public_key_of(key.get())};
}

SigningKey SigningKey::read(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw KeyError(fmt::format("{}: cannot read the key: {}", path, std::strerror(errno)));
    const std::unique_ptr<const int, void (*)(const int*)> closer(&file, [](const int* f) { close(*f); });
    struct stat info {};
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode))
        throw KeyError(fmt::format("{}: this is no file", path));
    if ((info.st_mode & 077) != 0)
        throw KeyError(fmt::format(
            "{}: others may read this key (mode {:03o}); whoever did may sign in your name. Make it "
            "yours alone (chmod 600), or better a new one",
            path, static_cast<unsigned>(info.st_mode & 0777)));
    std::string pem(kMostKeyFileBytes, '\0');
    const ssize_t size = ::read(file, pem.data(), pem.size());
    pem.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    const Key key = parse_key(pem);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519)
        throw KeyError(fmt::format("{}: this is no Ed25519 key without a password in PEM form", path));
    std::string public_key = public_key_of(key.get());
    return {std::move(pem), std::move(public_key)};
}

void SigningKey::write(const std::string& path) const {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        throw KeyError(errno == EEXIST
                           ? fmt::format("{}: there is a file of that name; a key is never replaced", path)
                           : fmt::format("{}: cannot write the key: {}", path, std::strerror(errno)));
    const bool good = fchmod(file, 0600) == 0 &&
                      ::write(file, pem_.data(), pem_.size()) == static_cast<ssize_t>(pem_.size()) &&
                      fsync(file) == 0;
    const int why = errno;
    close(file);
    if (good) return;
    unlink(path.c_str());
    throw KeyError(fmt::format("{}: cannot write the key: {}", path, std::strerror(why)));
}

std::string SigningKey::sign(std::string_view text) const {
    const Key key = parse_key(pem_);
    const DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::array<unsigned char, kSignatureBytes> bytes{};
    std::size_t size = bytes.size();
    if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), bytes.data(), &size,
                       reinterpret_cast<const unsigned char*>(text.data()), text.size()) != 1)
        throw KeyError("signing failed");
    return to_base64(bytes.data(), size);
}

std::string SigningKey::id() const { return key_id_of(public_key_); }

bool is_public_key(std::string_view text) { return from_base64(text, kPublicKeyBytes).has_value(); }

std::string key_id_of(std::string_view public_key) {
    Sha256 digest;
    digest.add(public_key);
    return digest.hex().substr(0, 16);
}

bool is_signed_by(std::string_view text, std::string_view signature, std::string_view public_key) {
    const auto key_bytes = from_base64(public_key, kPublicKeyBytes);
    const auto bytes = from_base64(signature, kSignatureBytes);
    if (!key_bytes || !bytes) return false;
    const Key key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key_bytes->data(), key_bytes->size()),
        EVP_PKEY_free);
    const DigestContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes->data(), bytes->size(),
                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

namespace {

using enum Presence;

struct TrustSink {
    JsonReader& reader;
    Trust trust;
    std::string id;
    TrustedKey key;

    void end_key() {
        if (reader.is_spoiled()) return;
        if (!from_base64(key.public_key, kPublicKeyBytes))
            return reader.mistake_in("public_key", "M0.5", "this is no public key: 32 bytes as base64");
        if (id != key_id_of(key.public_key))
            return reader.mistake_in("id", "M0.5",
                                     fmt::format("the id of this key is \"{}\"", key_id_of(key.public_key)));
        if (!trust.emplace(id, key).second) reader.mistake_in("id", "M0.5", "the key is listed twice");
    }
};

TrustSink& in(void* sink) { return *static_cast<TrustSink*>(sink); }

constexpr std::array<std::string_view, 1> kFormats{"termwise-trust/1"};
constexpr Scalar kFormat = scalars::one_of(kFormats, "\"termwise-trust/1\"", "M0.5");
constexpr std::array kKeyFields{
    Field{"id", required, {scalars::kId, [](void* s, const Value& v) { in(s).id = v.text; }}},
    Field{"name", required, {scalars::kName, [](void* s, const Value& v) { in(s).key.name = v.text; }}},
    Field{"public_key", required, {scalars::kName, [](void* s, const Value& v) {
                                       in(s).key.public_key = v.text;
                                   }}}};
constexpr ObjectShape kKey(
    "M0.5", kKeyFields, [](void* s) { in(s).key = {}; }, [](void* s) { in(s).end_key(); });
constexpr ListShape kKeys{"M0.5", kKey};
constexpr std::array kTrustFields{Field{"format", required, {kFormat, [](void*, const Value&) {}}},
                                  Field{"keys", required, kKeys}};
constexpr ObjectShape kTrust("M0.5", kTrustFields);

}  // namespace

std::optional<Trust> read_trust(const std::string& path, Diagnostics& diagnostics) {
    std::optional<Trust> trust;
    if (auto source = Source::open(path, {}, diagnostics)) {
        JsonReader reader(*source, diagnostics);
        TrustSink sink{reader, {}, {}, {}};
        if (reader.read(kTrust, &sink) == ReadOutcome::good) trust = std::move(sink.trust);
    }
    locate(diagnostics);
    diagnostics.sort();
    return trust;
}

void write_trust(const Trust& trust, const std::string& path) {
    OutputFile file(path);
    JsonWriter out(JsonWriter::Layout::indented, [&](std::string_view text) { file.write(text); });
    out.begin_object().field("format", kFormats.front()).key("keys").begin_list();
    for (const auto& [id, key] : trust)
        out.begin_object()
            .field("id", std::string_view(id))
            .field("name", std::string_view(key.name))
            .field("public_key", std::string_view(key.public_key))
            .end_object();
    out.end_list().end_object();
    out.finish();
    file.commit();
}

}  // namespace termwise
