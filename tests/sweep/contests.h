// Contests whose outcome a test says itself.
#pragma once

#include "sweep/contest.h"

namespace termwise::test {

/// A run that comes to so many minor units; `feasible` or not.
inline RunResult run_of(std::int64_t total, bool feasible = true) {
    RunResult run;
    run.has_plan = true;
    run.feasible = feasible;
    run.planned[Component::old_charges] = Money(total);
    return run;
}

inline Contest contest_of(std::int64_t first, std::int64_t second) { return {run_of(first), run_of(second)}; }

}  // namespace termwise::test
