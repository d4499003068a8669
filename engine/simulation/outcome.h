// What happened to a customer: dated facts, whether as planned or in a simulated world. The only thing that
// is scored: planned and simulated costs come from the same code (scoring/score.h).
#pragma once

#include <cstdint>
#include <vector>

#include "contract/contract.h"
#include "model/scenario.h"
#include "plan/work.h"

namespace termwise {

/// What became of one subscription.
struct SubscriptionOutcome {
    SubscriptionIndex subscription;
    bool migrated = false;
    OfferIndex target;  ///< of the new contract, if migrated; so are the next five
    TermBilling sold_as;
    Day provisioned_on;
    std::int32_t seats_provisioned = 0;
    std::int32_t seats_reassigned = 0;
    Day handed_over_on;
    Ending old_ending;            ///< how the old contract was ended; none: it went on
    std::int32_t grace_days = 0;  ///< days of service after its end

    // Never so as planned:
    bool not_moved = false;  ///< was to migrate, and was not provisioned before H1; then not `migrated`
    std::int32_t unwanted_renewals = 0;  ///< of the old contract, after its planned end (M7.1)

    friend bool operator==(const SubscriptionOutcome&, const SubscriptionOutcome&) = default;
};

/// What became of one customer. Work belongs to a subscription or to the customer; each lists the time it
/// really took.
struct CustomerOutcome {
    CustomerIndex customer;
    std::vector<SubscriptionOutcome> subscriptions;  ///< ascending; those left out of the score are missing
    std::vector<WorkItem> work;

    void clear(CustomerIndex next) {
        customer = next;
        subscriptions.clear();
        work.clear();
    }
};

}  // namespace termwise
