// What check() says of small plans, for its tests. The stage, unless a test changes it: H0 is Monday
// 2026-01-05, H1 2027-01-05; Contoso's ten prepaid seats end on Wednesday 2026-04-01.
#pragma once

#include "plan/check.h"
#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise::test {

inline const Lines kFeasible{};

/// What check() says if Contoso's one subscription is provisioned on `provision_on` and lapses on 2026-04-01.
template <class Change>
Lines said(const SmallScenario& s, Day provision_on, Change change) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    change(plan.migrates("contoso-e3", provision_on));
    return violations(scenario, plan);
}
inline Lines said(const SmallScenario& s, Day provision_on = "2026-03-25"_day) {
    return said(s, provision_on, [](Move&) {});
}
/// The same, cancelled on `exit_on`.
inline Lines said_of_cancelling(const SmallScenario& s, Day exit_on, Day provision_on = "2026-01-05"_day) {
    return said(s, provision_on, [&](Move& move) {
        move.exit = Exit::cancel;
        move.exit_on = exit_on;
    });
}
/// The same, lapsing on `exit_on`.
inline Lines said_of_lapsing(const SmallScenario& s, Day exit_on, Day provision_on = "2026-01-05"_day) {
    return said(s, provision_on, [&](Move& move) { move.exit_on = exit_on; });
}
inline Lines said_of_staying(const SmallScenario& s) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.stays("contoso-e3");
    return violations(scenario, plan);
}

/// Contoso has not accepted yet, and takes ten days to.
inline SmallScenario pending() {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.draft.plan_days = 10;
    return s;
}

inline Lines said_of_inviting(const SmallScenario& s, Day invite_on, Day provision_on) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", provision_on);
    plan.invites("contoso", invite_on);
    return violations(scenario, plan);
}

/// To an offer of another sku: 20 seats a day.
inline SmallScenario reassigning(std::int32_t seats = 45) {
    SmallScenario s;
    s.add_offer("m365-e3-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.draft.transitions.clear();
    s.add_transition("e3-open", "m365-e3-csp");
    s.subscription("contoso-e3").seats = seats;
    s.draft.effort.emplace().reassign.seats_per_day = 20;
    return s;
}

/// A visit of 40 and provisioning of 15 minutes; `ops` has this many minutes a week.
inline SmallScenario limited_to(std::int32_t minutes) {
    SmallScenario s;
    s.draft.effort.emplace().visit.minutes = 40;
    s.draft.effort->provision.minutes = 15;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, minutes, {}};
    return s;
}

}  // namespace termwise::test
