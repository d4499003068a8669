// Whether a plan keeps what is fixed of another one, and where it differs from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/commitments.h"

namespace termwise {

/// What a plan changes although it may not.
enum class Fixed : std::uint8_t {
    invitation,    ///< of a customer
    locked,        ///< the whole move
    provisioning,  ///< whether it migrates, target, term and billing, provision_on
    reassignment,
    switching_off,  ///< of auto-renew
    exit            ///< how and on which day
};

struct NotKept {
    Fixed what = Fixed::locked;
    CustomerIndex customer;
    SubscriptionIndex subscription;  ///< none: an invitation
    Day was, is;                     ///< none: does not happen; what is `locked` has none
    Day from;                        ///< what is before it is the past

    friend bool operator==(const NotKept&, const NotKept&) = default;
};

/// Everything fixed that `plan`, sorted, does otherwise, and everything new that it does in the past;
/// ascending by customer, then subscription, an invitation first. A subscription without exactly one move is
/// check()'s business. Runtime: linear.
[[nodiscard]] std::vector<NotKept> not_kept(const Scenario& scenario, const Commitments& commitments,
                                            const Plan& plan);

/// "contoso-e3: exit on 2026-04-01 is done, the plan has 2026-05-01".
[[nodiscard]] std::string message_text(const Scenario& scenario, const NotKept& not_kept);

/// A move that is not what it was in any of its fields.
struct ChangedMove {
    Move was, is;
};

/// The changed moves of `plan`, sorted, ascending by subscription. What only one of the plans has a move for
/// has not changed. Runtime: linear.
[[nodiscard]] std::vector<ChangedMove> changed_moves(const Commitments& commitments, const Plan& plan);

}  // namespace termwise
