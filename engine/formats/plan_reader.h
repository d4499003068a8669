// Reads plans (M3): ids become indices of the scenario the plan is for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// Reads the plan at `path` for `scenario`, sorted. Nothing if anything is wrong; every mistake is then added
/// to `diagnostics` with line and column: one of form, an id that the scenario lacks (M3.1), a customer
/// listed twice (M0.5), a stay that decides what only a migration can. Whether the plan is any good is
/// check.h's business, and so are subscriptions that are missing or occur twice; whether it was made for this
/// scenario, its digest's.
///
/// Runtime: linear in the file, logarithmic in the scenario for ids that do not come in its order.
[[nodiscard]] std::optional<Plan> read_plan(const std::string& path, const Scenario& scenario,
                                            Diagnostics& diagnostics);

/// Reads a plan from memory, called `name` in messages.
[[nodiscard]] std::optional<Plan> read_plan_text(std::string_view json, const std::string& name,
                                                 const Scenario& scenario, Diagnostics& diagnostics);

}  // namespace termwise
