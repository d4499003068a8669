// The ways to end an old contract (M3.7, M2.6), listed for list_options().
#pragma once

#include <vector>

#include "options/options.h"

namespace termwise {

/// The days on which the old contract's growth may be bought or not, depending on the start: ascending.
[[nodiscard]] std::vector<Day> growth_days(const Scenario& scenario, const Subscription& s);

/// Appends the exits of `s` and their costs, a row for each number of growth days before provisioning, and
/// its option to stay. If a plan is being carried out that migrates it, one row more: that of the same start,
/// in which every exit but the same one carries the cost of a change. `in_family`: an exit is not dropped for
/// another that ends later, since add-ons must end before bases.
void list_exits(Options& options, SubscriptionOptions& out, bool in_family);

/// Appends the first workday of each bucket of `work` in [from, to), `but` left out; of the whole stretch if
/// the team has no limit or the work takes no time.
ListRange list_work_days(Options& options, const CustomerDays& workdays, const EffortItem& work,
                         Interval<Day> days, Day but = {});

}  // namespace termwise
