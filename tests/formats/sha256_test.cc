// Known answers of SHA-256 (FIPS 180-4).
#include "formats/sha256.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

std::string digest(std::initializer_list<std::string_view> pieces) {
    Sha256 sha;
    for (const std::string_view piece : pieces) sha.add(piece);
    return sha.hex();
}

TEST(Sha256, KnowsThePublishedAnswers) {
    EXPECT_EQ(digest({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(digest({"abc"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(digest({"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"}),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, DoesNotCareHowTheTextIsCut) { EXPECT_EQ(digest({"a", "", "bc"}), digest({"abc"})); }

}  // namespace
}  // namespace termwise
