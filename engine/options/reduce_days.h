// Leaving out provisioning days that no cheapest plan needs. Between two days that use the same limits and
// allow the same exits, costs mostly follow a straight line, and of a straight line only the ends matter.
#pragma once

#include <cstdint>

#include "options/options.h"

namespace termwise {

/// Drops days and starts of the customer listed last in `options`.
///
/// A day d between two kept days a and b is dropped if visits, provisioning, reassigning, exits, growth and
/// the choice of invitations are the same on all three, and every subscription that can start on d costs at
/// least the weighted mean of a and b, weights by distance, less `tolerance` minor units. Then moving all
/// that is provisioned on d to one of a and b costs at most the tolerances together: the costs add up, so
/// their sum keeps below the chord too, and the least of the two ends is no dearer than a mean of them. With
/// several such days between a and b, an order among them (add-ons not before bases) is kept by one of the
/// ordered choices of ends, of which the given days are a mean as well.
///
/// Returns by how much, summed over the subscriptions, a plan over all days may be cheaper than the cheapest
/// over the days that are left; 0 with `tolerance` 0. Runtime: n log n in the starts.
std::int64_t reduce_days(Options& options, CustomerOptions& customer,
                         std::vector<SubscriptionOptions>& subscriptions, std::int64_t tolerance);

}  // namespace termwise
