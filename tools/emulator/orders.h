// Orders: how lines are bought, whatever call asks for it.
#pragma once

#include <optional>
#include <vector>

#include "emulator/api.h"

namespace termwise::emulator {

/// Why this customer cannot buy anything now, if so: no agreement, or an account that is not validated.
[[nodiscard]] std::optional<HttpResponse> buying_blocked(const World& world, const Tenant& tenant);

/// Buys the lines in a new order, with the faults of the call; says so in the call's effect.
const Order& place_order(World& world, ApiCall& call, const std::vector<OrderLine>& lines);

[[nodiscard]] Json order_json(const World& world, const Tenant& tenant, const Order& order);

}  // namespace termwise::emulator
