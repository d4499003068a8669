// The moves being carried out as a choice of the planner, so that a search can begin with them.
#pragma once

#include <optional>

#include "planning/choice.h"

namespace termwise {

/// What the customer does in the plan being carried out; nothing if options do not have it any more, or it
/// has no move for one of the subscriptions. Options must have commitments. Runtime: the customer's starts
/// and exits.
[[nodiscard]] std::optional<CustomerChoice> choice_as_before(const Options& options,
                                                             const CustomerOptions& customer);

}  // namespace termwise
