// Why each move of a plan is what it is, in a word: it is the cheapest that its subscription could do by
// itself, or what keeps it from that. Cheap enough for every move of a large plan; `explanation` says more
// about one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planning/choice.h"

namespace termwise {

enum class ReasonKind : std::uint8_t {
    cheapest,  ///< nothing else would cost its subscription less
    limit,     ///< what would cost its customer less has no room beside the rest of the plan
    family,    ///< what would cost it less does not go with its base, its add-ons or what a target requires
    visit,     ///< what would cost it less costs its customer more, in visits and invitations
    search     ///< what would cost less has room: it was not found in time
};
/// "cheapest", "limit", "family", "visit", "search".
[[nodiscard]] std::string_view reason_kind_name(ReasonKind kind);

struct Reason {
    SubscriptionIndex subscription;
    ReasonKind kind = ReasonKind::cheapest;
    LimitIndex limit;       ///< kind `limit`: the first that is too small
    std::int64_t more = 0;  ///< minor units: what the move costs more than the subscription's cheapest

    friend bool operator==(const Reason&, const Reason&) = default;
};

/// A reason for each move of a complete plan, ascending by subscription; `choices` by customer. Costs are the
/// options' own: where a plan is being carried out (Commitments) only what can still be decided counts, and
/// changes have their price. Of what would be cheaper, the cheapest 64 are looked at.
/// Runtime: starts times exits of every subscription that is not at its cheapest.
[[nodiscard]] std::vector<Reason> reasons_of(const Options& options, std::span<const CustomerChoice> choices);

/// "cheapest", "limit:ops 2026-W12 +12.40", "visit +3.00": for programs and people.
[[nodiscard]] std::string reason_text(const Scenario& scenario, const Limits& limits, const Reason& reason);

}  // namespace termwise
