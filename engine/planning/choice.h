// One option chosen for each subscription of a customer, and what that costs, uses and means as moves.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "options/options.h"
#include "plan/plan.h"

namespace termwise {

struct SubscriptionChoice {
    std::int32_t start = -1;  ///< position among the subscription's starts; -1: it stays
    std::int32_t exit = 0;    ///< position among its exits
    Day exit_on;
    std::int32_t off = -1;  ///< position among the exit's days to switch auto-renew off; -1: none needed

    [[nodiscard]] bool stays() const { return start < 0; }
    friend bool operator==(const SubscriptionChoice&, const SubscriptionChoice&) = default;
};

struct CustomerChoice {
    std::vector<SubscriptionChoice> subscriptions;
    std::int32_t invitation = -1;  ///< position among the customer's invite_days; -1: none

    friend bool operator==(const CustomerChoice&, const CustomerChoice&) = default;
};

/// Minor units, by the options' own arithmetic.
[[nodiscard]] std::int64_t cost_of(const Options& options, const CustomerOptions& customer,
                                   const CustomerChoice& choice);

/// Replaces `uses`: what the choice takes of each limit, ascending.
void list_uses(const Options& options, const CustomerOptions& customer, const CustomerChoice& choice,
               std::vector<Use>& uses);

/// Whether `a` takes no more than `b` of any limit; both ascending by limit, what they do not name is zero.
[[nodiscard]] bool uses_no_more(std::span<const Use> a, std::span<const Use> b);

/// Appends the customer's moves and invitation.
void append_moves(const Options& options, const CustomerOptions& customer, const CustomerChoice& choice,
                  Plan& plan);

}  // namespace termwise
