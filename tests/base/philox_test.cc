#include "base/philox.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <vector>

namespace termwise {
namespace {

// The three known answers that the generator's authors publish for philox4x32 with ten rounds.
TEST(Philox, GivesThePublishedAnswers) {
    EXPECT_EQ(philox_4x32_10({0, 0, 0, 0}, {0, 0}),
              (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox_4x32_10({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
              (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox_4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomBits, AreTheFirstTwoWordsOfTheBlock) {
    EXPECT_EQ(random_bits(0, {}), 0xe169c58d6627e8d5U);
    EXPECT_EQ(
        random_bits(
            0x299f31d0a4093822,
            {.entity = 0x243f6a88, .purpose = 0x85a308d3, .replication = 0x13198a2e, .attempt = 0x03707344}),
        0x94fdccebd16cfe09U);
}

// One bit more or less in any word of the counter or of the seed turns about half of the bits, so that
// neighbours in any direction (the next customer, the next world) have nothing to do with each other.
TEST(RandomBits, ChangeAltogetherWithAnyBitOfSeedOrPlace) {
    std::int64_t turned = 0, pairs = 0;
    for (std::uint32_t n = 0; n < 200; ++n) {
        const std::array<std::uint32_t, 6> words{n, n * 7, n * 13 + 1, n / 3, n * 31, n};
        const auto bits = [](const std::array<std::uint32_t, 6>& w) {
            return random_bits(std::uint64_t{w[5]} << 32 | w[4], {w[0], w[1], w[2], w[3]});
        };
        for (std::size_t word = 0; word < 6; ++word)
            for (int bit = 0; bit < 32; ++bit, ++pairs) {
                std::array<std::uint32_t, 6> other = words;
                other[word] ^= std::uint32_t{1} << bit;
                turned += std::popcount(bits(words) ^ bits(other));
            }
    }
    // 38,400 pairs of 64 bits: a standard deviation of 784 around half of them.
    EXPECT_NEAR(static_cast<double>(turned), static_cast<double>(pairs) * 32, 5 * 784);
}

TEST(ScaledTo, SharesTheBitsOutEvenly) {
    EXPECT_EQ(scaled_to(0, 10), 0U);
    EXPECT_EQ(scaled_to(~std::uint64_t{0}, 10), 9U);
    EXPECT_EQ(scaled_to(~std::uint64_t{0}, 1), 0U);
    EXPECT_EQ(scaled_to(std::uint64_t{1} << 63, 2), 1U);
    EXPECT_EQ(scaled_to((std::uint64_t{1} << 63) - 1, 2), 0U);

    constexpr std::uint64_t kFaces = 6;
    constexpr int kThrows = 60'000;
    std::array<int, kFaces> seen{};
    for (std::uint32_t n = 0; n < kThrows; ++n) ++seen[scaled_to(random_bits(1, {.entity = n}), kFaces)];
    double chi_square = 0;
    for (const int count : seen) {
        const double off = count - kThrows / static_cast<double>(kFaces);
        chi_square += off * off / (kThrows / static_cast<double>(kFaces));
    }
    EXPECT_LT(chi_square, 20.5);  // 5 degrees of freedom: above that once in a thousand
}

}  // namespace
}  // namespace termwise
