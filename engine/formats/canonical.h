// The canonical form of scenarios and plans (M0.6), on which digests rest, and the digests.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// Receives text in pieces, in order.
using TextSink = std::function<void(std::string_view)>;

/// The scenario as RFC 8785 JSON: one object, everything merged, fields that hold their default left out,
/// amounts with the minor unit's decimals, durations in months, lists sorted. Reading it gives the same
/// scenario, and writing that the same bytes.
void write_canonical(const Scenario& scenario, const TextSink& sink);
[[nodiscard]] std::string canonical_text(const Scenario& scenario);

/// The same with no customers but these: everything that is not the portfolio, to be looked at or changed.
[[nodiscard]] std::string canonical_frame_text(const Scenario& scenario,
                                               std::span<const CustomerIndex> customers);

/// The plan in the same manner: customers and moves sorted by id.
void write_canonical(const Scenario& scenario, const Plan& plan, const TextSink& sink);
[[nodiscard]] std::string canonical_text(const Scenario& scenario, const Plan& plan);

/// SHA-256 of the canonical form, 64 hex digits.
[[nodiscard]] std::string digest_of(const Scenario& scenario);
[[nodiscard]] std::string digest_of(const Scenario& scenario, const Plan& plan);

}  // namespace termwise
