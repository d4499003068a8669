// Random numbers as a pure function (M7.4): Philox 4x32-10, the counter-based generator of Salmon, Moraes,
// Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). There is no state to share, to seed
// or to step: who draws, and for what, is the counter. So the number that belongs to one thing does not
// depend on what else is drawn, in which order, on which thread or machine.
#pragma once

#include <array>
#include <cstdint>

#include "base/wide.h"

namespace termwise {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// The 128 random bits that belong to `counter` under `key`. Runtime: ten rounds of two multiplications.
[[nodiscard]] constexpr PhiloxCounter philox_4x32_10(PhiloxCounter counter, PhiloxKey key) {
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
                   static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9;  // the golden ratio's fraction
        key[1] += 0xBB67AE85;  // that of the square root of 3
    }
    return counter;
}

/// Which numbers a thing draws: the counter, by what its words mean to whoever draws. Two draws that differ
/// in a word are independent.
struct DrawPlace {
    std::uint32_t entity = 0;       ///< who draws: a customer, a subscription
    std::uint32_t purpose = 0;      ///< for what
    std::uint32_t replication = 0;  ///< in which world
    std::uint32_t attempt = 0;      ///< which time
};

/// 64 random bits: a pure function of seed and place.
[[nodiscard]] constexpr std::uint64_t random_bits(std::uint64_t seed, DrawPlace place) {
    const PhiloxCounter bits =
        philox_4x32_10({place.entity, place.purpose, place.replication, place.attempt},
                       {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
    return std::uint64_t{bits[1]} << 32 | bits[0];
}

/// A number in [0, `count`), each equally likely but for at most one part in 2^64 / `count`; `count` above 0.
[[nodiscard]] constexpr std::uint64_t scaled_to(std::uint64_t bits, std::uint64_t count) {
    return static_cast<std::uint64_t>(static_cast<UnsignedWide>(bits) * count >> 64);
}

}  // namespace termwise
