// The answer of the planner (M6) as `termwise-planning/1`; the plan itself is a file of its own.
#pragma once

#include <string>
#include <vector>

#include "formats/canonical.h"
#include "formats/expected_writer.h"
#include "formats/json_writer.h"
#include "planning/optimal.h"

namespace termwise {

/// What was asked for where a plan is being carried out.
struct Replanning {
    std::string path;  ///< of that plan
    Day from;
    std::vector<SubscriptionIndex> locks;  ///< ascending by id
    Money stability;                       ///< for each changed move
};

/// `replanning`: null if no plan is being carried out. Then the bound is on the objective, the total with the
/// cost of changes. `expected`: what was planned instead of the cheapest plan, in an uncertain world; null:
/// nothing.
void write_planning(const Scenario& scenario, const OptimalPlan& answer, const Replanning* replanning,
                    const ExpectedReport* expected, const TextSink& sink);

/// Fields of an object that is begun: how the search ended, totals, gaps, conflicts.
void write_search(const Scenario& scenario, const OptimalPlan& answer, JsonWriter& out);

}  // namespace termwise
