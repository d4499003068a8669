// Results as JSON (M8 and the other verbs' formats): termwise-score/1, -comparison/1, -validation/1, -plan/1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "formats/canonical.h"
#include "formats/json_writer.h"
#include "model/scenario.h"
#include "plan/check.h"
#include "plan/plan.h"
#include "plan/team_peak.h"
#include "planning/comparison.h"
#include "scoring/score.h"

namespace termwise {

/// M8, fields in its order; `score` with Detail::everything.
void write_score(const Scenario& scenario, const CheckResult& judgement, const Score& score,
                 const TextSink& sink);

/// The plan as people read it: M3's fields in M3's order, moves sorted by id. `reasons` for its moves,
/// ascending by subscription, may be missing.
void write_plan(const Scenario& scenario, const Plan& plan, const TextSink& sink,
                std::span<const Reason> reasons = {});

/// What a longer view says: the named strategies, planned anew with a later end of the horizon.
struct LongerView {
    Day horizon_end;
    std::optional<Comparison> comparison;  ///< none if the horizon cannot be that long
};

/// All that `compare` knows: per strategy total, components, readings, team peaks, violations, what was not
/// placed; how the search for the cheapest plan ended and what it does otherwise than the cheapest strategy.
/// With scores of Detail::everything also per customer and subscription.
void write_comparison(const Scenario& scenario, const Comparison& comparison, const LongerView& longer,
                      const TextSink& sink);

/// Its object `longer_horizon`, for results that have it beside others.
void write_longer_view(const Scenario& scenario, const Comparison& comparison, const LongerView& longer,
                       JsonWriter& out);

/// What `validate` found: errors and warnings with their places, a summary of what was understood (if there
/// is a scenario), the plan's violations (if there is a plan).
void write_validation(const Diagnostics& diagnostics, const Scenario* scenario, const CheckResult* judgement,
                      const TextSink& sink);

}  // namespace termwise
