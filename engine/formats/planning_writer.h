// The answer of the planner (M6) as `termwise-planning/1`; the plan itself is a file of its own.
#pragma once

#include "formats/canonical.h"
#include "formats/json_writer.h"
#include "planning/optimal.h"

namespace termwise {

void write_planning(const Scenario& scenario, const OptimalPlan& answer, const TextSink& sink);

/// Fields of an object that is begun: how the search ended, totals, gaps, conflicts.
void write_search(const Scenario& scenario, const OptimalPlan& answer, JsonWriter& out);

}  // namespace termwise
