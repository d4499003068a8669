// The model's small closed lists of words (M1), and the index type of each kind of thing.
#pragma once

#include <cstdint>

#include "base/index.h"

namespace termwise {

using ProgrammeIndex = Index<struct ProgrammeTag>;
using OfferIndex = Index<struct OfferTag>;
using TeamIndex = Index<struct TeamTag>;
using CustomerIndex = Index<struct CustomerTag>;
using SubscriptionIndex = Index<struct SubscriptionTag>;

/// Whose prices these are; shown with every total.
enum class Perspective : std::uint8_t { customer, partner };
/// How late the hand-over may be (M3.6).
enum class Continuity : std::uint8_t { strict, grace, soft };
enum class CancellationAllowed : std::uint8_t { always, window, never };
enum class Refund : std::uint8_t { none, prorated };
/// What becomes of a cancelled term's later charges (M2.6).
enum class Remaining : std::uint8_t { due, waived };
enum class CapacityPer : std::uint8_t { week, day };
enum class Relationship : std::uint8_t { pending, active };

}  // namespace termwise
