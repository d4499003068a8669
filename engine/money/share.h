// The one place where an amount is divided and rounded.
#pragma once

#include <cstdint>

#include "money/money.h"

namespace termwise {

/// round(amount * numerator / denominator), halves away from zero, computed exactly (M0.4).
/// Wants 0 <= numerator and 0 < denominator, and a result that fits 64 bits.
[[nodiscard]] Money share(Money amount, std::int64_t numerator, std::int64_t denominator);

}  // namespace termwise
