// The answer of the planner (M6) as `termwise-planning/1`; the plan itself is a file of its own.
#pragma once

#include "formats/result_writer.h"
#include "planning/optimal.h"

namespace termwise {

void write_planning(const Scenario& scenario, const OptimalPlan& answer, const TextSink& sink);

}  // namespace termwise
