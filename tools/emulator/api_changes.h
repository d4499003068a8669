// What calls set going and time finishes: planned changes, changes answered with 202, transitions,
// migrations.
#pragma once

#include <string>

#include "emulator/world.h"

namespace termwise::emulator {

/// scheduledNextTermInstructions, understood.
struct PlannedChange {
    OfferIndex offer;
    std::string item;
    TermBilling sold_as;
    std::int32_t quantity = 1;
};
[[nodiscard]] PlannedChange planned_change(const World& world, const Sub& sub, const Json& instructions);

/// The body of a change that was answered with 202.
void carry_out_change(World& world, Sub& sub, const std::string& body);
void finish_transition(World& world, Tenant& tenant, Sub& sub, const std::string& operation);
void step_migration(World& world, Tenant& tenant, const std::string& migration);
void run_schedule(World& world, Tenant& tenant, const std::string& schedule);

/// The offer of "PRODUCT:SKU:AVAILABILITY" or "PRODUCT:SKU"; none if there is no such product or sku.
[[nodiscard]] OfferIndex offer_of_item(const World& world, std::string_view item);
/// Whether the availability of the item is the current one of a segment that this partner sells.
[[nodiscard]] bool is_current_item(const World& world, std::string_view item);

}  // namespace termwise::emulator
