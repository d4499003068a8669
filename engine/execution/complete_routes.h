// Which subscriptions of a binding the service could migrate, and whether it says that it would.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "execution/binding.h"
#include "execution/remote.h"
#include "model/scenario.h"

namespace termwise {

/// Asks whether the service would migrate; nothing: no answer could be had.
using AskEligibility =
    std::function<std::optional<MigrationEligibility>(const std::string& tenant, const MigrationRequest&)>;

/// Subscriptions that could go the migration route: bound, of a programme of the channel legacy_csp, and not
/// sent there yet. Ascending.
[[nodiscard]] std::vector<SubscriptionIndex> may_be_migrated(const Scenario& scenario,
                                                             const Binding& binding);

/// Sends `wanted`, of those that may_be_migrated(), the migration route with all their add-ons, as far as the
/// service says that it would migrate them and what they would become is a target of theirs. Of those that
/// stay to be bought anew, why is said in `open`. False if an answer could not be had.
[[nodiscard]] bool complete_routes(const Scenario& scenario, const std::vector<SubscriptionIndex>& wanted,
                                   const AskEligibility& ask, Binding& binding,
                                   std::vector<std::string>& open);

}  // namespace termwise
