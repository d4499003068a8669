#include "money/share.h"

#include <cassert>

#include "base/wide.h"

namespace termwise {
namespace {

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

}  // namespace

Money share(Money amount, std::int64_t numerator, std::int64_t denominator) {
    assert(numerator >= 0 && denominator > 0);
    const std::uint64_t size = magnitude(amount.minor);
    const auto part = static_cast<std::uint64_t>(numerator);
    const auto whole = static_cast<std::uint64_t>(denominator);
    std::uint64_t product = 0;
    std::uint64_t quotient = 0;
    // Nearly every product fits 64 bits, where a division costs a fifth of the wide one.
    if (!__builtin_mul_overflow(size, part, &product)) {
        quotient = product / whole;
        const std::uint64_t rest = product % whole;
        if (rest >= whole - rest) ++quotient;
    } else {
        const UnsignedWide wide = static_cast<UnsignedWide>(size) * part;
        quotient = static_cast<std::uint64_t>(wide / whole);
        const auto rest = static_cast<std::uint64_t>(wide % whole);
        if (rest >= whole - rest) ++quotient;
    }
    const auto rounded = static_cast<std::int64_t>(quotient);
    return Money(amount.minor < 0 ? -rounded : rounded);
}

}  // namespace termwise
