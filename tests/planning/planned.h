// Plans of the named strategies in words, for their tests. The stage, unless a test changes it: H0 is Monday
// 2026-01-05, H1 2027-01-05; Contoso's ten prepaid seats end on Wednesday 2026-04-01, its relationship is
// active.
#pragma once

#include <string>

#include "planning/strategies.h"
#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise::test {

/// The plan of a strategy in words, then whom it left where he was: "contoso-e3 not placed: why".
inline Lines planned(const SmallScenario& s, Strategy strategy) {
    const Scenario scenario = s.build();
    const StrategyPlan made = plan_by(scenario, strategy);
    Lines lines = test::told(scenario, made.plan);
    for (const NotPlaced& n : made.not_placed)
        lines.push_back(std::string(scenario.id(n.subscription)) +
                        " not placed: " + obstacle_text(scenario, n));
    return lines;
}
inline Lines waits(const SmallScenario& s) { return planned(s, Strategy::wait); }
inline Lines cancels_now(const SmallScenario& s) { return planned(s, Strategy::cancel_now); }

/// To an offer of another sku: `seats_per_day` seats are reassigned a day.
inline SmallScenario reassigning(std::int32_t seats, std::int32_t seats_per_day) {
    SmallScenario s;
    s.draft.transitions[0].reassign = true;
    s.subscription("contoso-e3").seats = seats;
    s.draft.effort.emplace().reassign.seats_per_day = seats_per_day;
    return s;
}

}  // namespace termwise::test
