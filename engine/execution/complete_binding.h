// What of a binding can be found out by reading the live world: which subscription there is which of the
// scenario.
#pragma once

#include <string>
#include <vector>

#include "execution/binding.h"
#include "execution/remote.h"
#include "model/scenario.h"

namespace termwise {

/// Gives customers without a tenant the one whose name or domain is theirs, ids of tenants being ids as well.
/// What is not clear is left open, and said in `open`, a sentence each.
void complete_customers(const Scenario& scenario, const std::vector<LiveCustomerRow>& live, Binding& binding,
                        std::vector<std::string>& open);

/// Gives the customer's subscriptions without a live id the one that has their offer, seats and term end. One
/// that could be several, or several that could be one, are left open.
void complete_subscriptions(const Scenario& scenario, CustomerIndex customer,
                            const std::vector<LiveSubscription>& live, Binding& binding,
                            std::vector<std::string>& open);

}  // namespace termwise
