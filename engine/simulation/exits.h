// How the old contract of a subscription ends when things did not go as planned (M7.1, M7.2): a lapse whose
// switch-off came late, a cancellation that had to wait, a customer who declined. Pure functions of what
// happened.
#pragma once

#include <cstdint>

#include "contract/contract.h"
#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// The first of the customer's workdays at or after `from` on which the old contract of a subscription that
/// is to be cancelled under `move` can be cancelled: inside a term, where the programme allows it and with
/// the notice that automatic renewal needs. Overtaken by the end of its term, a contract without automatic
/// renewal lapses instead, one with it is cancelled in the renewed term (M7.1). None: not before H1. Runtime:
/// terms until then.
[[nodiscard]] Day cancellation_day(const Scenario& scenario, const Move& move, Day from);

/// What happened to a subscription that was to migrate, as far as its old contract is concerned. Days are
/// none where a thing did not happen before H1.
struct ExitFacts {
    Day switched_off_on;  ///< the work of switching automatic renewal off was done
    Day cancelled_on;     ///< the work of cancelling was done
    Day declined_on;      ///< the customer declined
};

/// How the old contract ended.
struct OldEnd {
    Ending ending;                       ///< none: in service at H1, or until a renewal does not take place
    std::int32_t unwanted_renewals = 0;  ///< renewals after the planned end, before anybody knew of a decline
};

/// Runtime: terms between the planned end and the real one.
[[nodiscard]] OldEnd old_end(const Scenario& scenario, const Move& move, const ExitFacts& facts);

}  // namespace termwise
