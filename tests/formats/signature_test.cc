// Keys and signatures (Ed25519): what was signed is what was meant, and keys stay their owners'.
#include "formats/signature.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "formats/reading.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using namespace test;

std::string refusal(const std::string& path) {
    try {
        (void)SigningKey::read(path);
        return {};
    } catch (const KeyError& error) {
        return error.what();
    }
}

TEST(Signature, HoldsForItsTextAndItsKeyOnly) {
    const SigningKey key = SigningKey::generate();
    const SigningKey other = SigningKey::generate();
    const std::string text = "approved: 25 seats";
    const std::string signature = key.sign(text);
    EXPECT_TRUE(is_signed_by(text, signature, key.public_key()));
    EXPECT_EQ(key.sign(text), signature);  // the same input gives the same bytes
    EXPECT_FALSE(is_signed_by(text, signature, other.public_key()));
    EXPECT_NE(key.id(), other.id());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] ^= 1;
        EXPECT_FALSE(is_signed_by(changed, signature, key.public_key())) << i;
    }
    for (std::size_t i = 0; i < signature.size(); ++i) {
        std::string changed = signature;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(is_signed_by(text, changed, key.public_key())) << i;
    }
    for (const std::string& bad :
         {std::string(), std::string("="), signature + "=", signature + "\n", " " + signature})
        EXPECT_FALSE(is_signed_by(text, bad, key.public_key())) << bad;
    EXPECT_FALSE(is_signed_by(text, signature, ""));
}

TEST(Signature, IsTheOneOfTheStandard) {  // RFC 8032, section 7.1, test 1: the empty message
    const char* public_key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    const char* signature =
        "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc"
        "+bRr0lv18FlbviRlUUFDjnoQCw==";
    EXPECT_TRUE(is_signed_by("", signature, public_key));
    EXPECT_FALSE(is_signed_by("x", signature, public_key));
}

TEST(SigningKey, IsReadBackFromAFileOfItsOwnersAlone) {
    const Scratch scratch;
    const SigningKey key = SigningKey::generate();
    const std::string path = scratch.path("key.pem");
    const mode_t before = umask(0);
    key.write(path);
    umask(before);
    struct stat info {};
    ASSERT_EQ(stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
    const SigningKey again = SigningKey::read(path);
    EXPECT_EQ(again.public_key(), key.public_key());
    EXPECT_EQ(again.id(), key.id());
    EXPECT_EQ(again.sign("x"), key.sign("x"));
    chmod(path.c_str(), 0400);
    EXPECT_EQ(refusal(path), "");
    for (const mode_t mode : {0644U, 0640U, 0604U, 0660U, 0610U, 0602U}) {
        chmod(path.c_str(), mode);
        EXPECT_NE(refusal(path).find("others may read this key"), std::string::npos) << mode;
    }
}

TEST(SigningKey, NeverReplacesAFile) {
    const Scratch scratch;
    const std::string path = scratch.write("key.pem", "precious");
    EXPECT_THROW(SigningKey::generate().write(path), KeyError);
    std::string kept;
    std::ifstream(path) >> kept;
    EXPECT_EQ(kept, "precious");
    EXPECT_THROW(SigningKey::generate().write(scratch.path("no/such/folder/key.pem")), KeyError);
}

TEST(SigningKey, KnowsWhatIsNoKey) {
    const Scratch scratch;
    EXPECT_NE(refusal(scratch.path("missing")), "");
    EXPECT_NE(refusal("/"), "");
    for (const char* text : {"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}) {
        const std::string path = scratch.write("key.pem", text);
        chmod(path.c_str(), 0600);
        EXPECT_NE(refusal(path).find("no Ed25519 key"), std::string::npos) << text;
    }
}

TEST(Trust, ComesBackAsItWasWritten) {
    const Scratch scratch;
    const SigningKey ann = SigningKey::generate();
    const Trust trust{{ann.id(), {"Ann \"A\" \xC3\xA9", ann.public_key()}}};
    write_trust(trust, scratch.path("trust.json"));
    Diagnostics diagnostics;
    const auto read = read_trust(scratch.path("trust.json"), diagnostics);
    ASSERT_TRUE(read.has_value()) << told(diagnostics).front();
    ASSERT_EQ(read->size(), 1U);
    EXPECT_EQ(read->at(ann.id()).name, "Ann \"A\" \xC3\xA9");
    EXPECT_EQ(read->at(ann.id()).public_key, ann.public_key());
}

TEST(Trust, RefusesKeysUnderAnotherName) {
    const Scratch scratch;
    const SigningKey ann = SigningKey::generate();
    const SigningKey bob = SigningKey::generate();
    const auto said = [&](const std::string& keys) {
        Diagnostics diagnostics;
        const auto read = read_trust(
            scratch.write("trust.json", "{\"format\": \"termwise-trust/1\",\n\"keys\": [" + keys + "]}"),
            diagnostics);
        EXPECT_FALSE(read.has_value());
        return diagnostics.all().empty() ? std::string() : to_text(diagnostics.all().front());
    };
    const auto key = [](const std::string& id, const std::string& public_key) {
        return R"({"id": ")" + id + R"(", "name": "n", "public_key": ")" + public_key + "\"}";
    };
    const std::string wrong = said(key(bob.id(), ann.public_key()));
    EXPECT_NE(wrong.find("the id of this key is \"" + ann.id()), std::string::npos) << wrong;
    EXPECT_NE(wrong.find(":2:"), std::string::npos) << wrong;  // the line
    EXPECT_NE(said(key(ann.id(), "AAAA")).find("no public key"), std::string::npos);
    const std::string twice = key(ann.id(), ann.public_key());
    EXPECT_NE(said(twice + "," + twice).find("twice"), std::string::npos);
}

}  // namespace
}  // namespace termwise
