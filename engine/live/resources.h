// Resources of the API as the executor's plain values (partner-center reference 2.5, 2.6, 3.7 to 3.9). Read
// with patience for how they are written, and with none for what is missing.
#pragma once

#include "execution/remote.h"
#include "live/json_access.h"

namespace termwise::live {

/// Whether a subscription was read whole: what a decision rests on is there, and of its type or a text that
/// is.
[[nodiscard]] bool is_whole(const Json& row);

/// Whether a licence and its services can be told from others.
[[nodiscard]] bool is_whole(const LiveLicence& licence);

/// "monthly" of a billing period, as catalogue and carts write it.
[[nodiscard]] std::string billing_word(Period billing);

/// The period of such a word; none if it is no billing of licences.
[[nodiscard]] std::optional<Period> billing_of(std::string_view word);

[[nodiscard]] LiveSubscription subscription_of(const Json& row);
/// Of a user, or in the tenant's stock.
[[nodiscard]] LiveLicence licence_of(const Json& row);
/// With the first error of its lines.
[[nodiscard]] LiveCart cart_of(const Json& body);
/// With the first subscription of its lines.
[[nodiscard]] LiveOrder order_of(const Json& body);

/// The body that asks for a migration, or whether there could be one; of a schedule its add-ons have another
/// name (reference 3.16).
[[nodiscard]] Json body_of(const MigrationRequest& request, std::string_view add_ons = "addOnMigrations");
[[nodiscard]] MigrationEligibility eligibility_of(const Json& body);
[[nodiscard]] LiveMigration migration_of(const Json& row);
[[nodiscard]] LiveSchedule schedule_of(const Json& row);

}  // namespace termwise::live
