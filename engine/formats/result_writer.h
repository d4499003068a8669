// Results as JSON (M8 and the other verbs' formats): termwise-score/1, -comparison/1, -validation/1, -plan/1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "formats/canonical.h"
#include "model/scenario.h"
#include "plan/check.h"
#include "plan/plan.h"
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

/// What `validate` found: errors and warnings with their places, a summary of what was understood (if there
/// is a scenario), the plan's violations (if there is a plan).
void write_validation(const Diagnostics& diagnostics, const Scenario* scenario, const CheckResult* judgement,
                      const TextSink& sink);

/// The bucket in which a team is busiest: the largest share of its limit, without limit the most work; the
/// first of equals.
struct TeamPeak {
    TeamIndex team;
    std::int32_t bucket = 0;
    std::int64_t used_seconds = 0;
    std::int64_t limit_seconds = TeamLoad::kUnlimited;
};
/// None for a team without work.
[[nodiscard]] std::optional<TeamPeak> peak_of(const TeamLoad& load, TeamIndex team);

}  // namespace termwise
