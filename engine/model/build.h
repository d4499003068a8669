// The only way to a Scenario: resolves names to indices, sorts, fills in defaults, and reports every mistake.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "model/draft.h"
#include "model/scenario.h"

namespace termwise {

/// Builds the scenario of a merged draft (portfolio included). Nothing if something is wrong; `diagnostics`
/// then holds every mistake found (rules M0.3, M0.5, M1.1 to M1.9) with file and pointer or cell, lines to be
/// filled in by the reader. Also adds warnings: a gap price below a day's share of a seat price (M1.7), a
/// notice as long as a term (M1.8), a horizon that outlives the price rows or the renewals of a programme in
/// use. Refuses amounts so large that a sum over the portfolio could leave 64 bits. Takes the draft apart as
/// it goes. Runtime: n log n in the subscriptions; memory: the draft and the scenario side by side at the
/// peak.
[[nodiscard]] std::optional<Scenario> build(ScenarioDraft&& draft, Diagnostics& diagnostics);

/// The same scenario with another end of the horizon, for the question what a longer view would say. `end` >
/// H0.
[[nodiscard]] Scenario with_horizon_end(Scenario scenario, Day end);

}  // namespace termwise
