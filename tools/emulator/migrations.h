// What a migration from legacy to new commerce needs, and does.
#pragma once

#include <string_view>
#include <vector>

#include "emulator/api.h"

namespace termwise::emulator {

struct MigrationError {
    int code = 0;    ///< of the validation
    int status = 0;  ///< HTTP, when it is started all the same
    int answer = 0;  ///< code, then
    std::string_view says;
};

struct MigrationPlan {
    std::vector<MovedSub> moved;  ///< the base, then its add-ons
    std::vector<MigrationError> errors;
};

/// The legacy subscription that the body names; null if there is none.
[[nodiscard]] Sub* migration_source(World& world, const ApiCall& call);
[[nodiscard]] MigrationPlan plan_migration(World& world, Tenant& tenant, const Sub& sub, const Json& body);

/// Suspends the old subscription; the new one comes when the migration is done.
Migration& start_migration(World& world, Tenant& tenant, Sub& sub, const Json& body,
                           const MigrationPlan& plan);
void complete_migration(World& world, Tenant& tenant, Migration& migration);
void note_migration_event(World& world, Tenant& tenant, Migration& migration, std::string_view name);

}  // namespace termwise::emulator
