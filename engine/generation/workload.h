// The work that a generated portfolio will make, and the time that its teams need for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/interval.h"
#include "generation/portfolio.h"
#include "generation/profile.h"

namespace termwise {

/// Time of a team: so many minutes in one week out of `every`, none in the others.
struct TimeOfTeam {
    std::int64_t minutes = 0;
    std::int32_t every = 1;
};

/// The work by team, roughly (M4.4): each subscription moves to its first target at the end of its term, with
/// a visit for each of a customer's ends.
class Workload {
  public:
    /// Refers to the profile.
    explicit Workload(const Profile& profile);

    /// Runtime: the customer's subscriptions.
    void add(const DrawnCustomer& customer);

    /// What makes the work fill `load.percent` of the minutes in the weeks to the last end of a term; at
    /// least what one subscription asks for in a week, at least `load.least_minutes`, so that a team works in
    /// fewer weeks rather than less in each. With `load.in_time` as much more, by 2% at a time, as it takes
    /// for all that has to be done by some day to fit into the weeks before it.
    [[nodiscard]] TimeOfTeam time_of(const LoadTarget& load) const;

    /// Whether the team of `time` works in the week that is `position` weeks after that of the horizon's
    /// start.
    [[nodiscard]] static bool works_in(std::int32_t position, const TimeOfTeam& time) {
        return position % time.every == 0;
    }

  private:
    struct OfTeam {
        std::int64_t seconds = 0;
        std::int64_t most = 0;                ///< that one subscription takes in a week
        std::int64_t once = 0;                ///< of the subscription at hand
        std::vector<std::int64_t> due_until;  ///< seconds that have to be done before a day of the horizon
    };

    [[nodiscard]] std::size_t team(const std::string& id) const;
    void add_seconds(const std::string& team_id, std::int64_t all, std::int64_t in_a_week);
    void add(const EffortItemDraft& item, bool counts = true);
    void reassign(std::int32_t seats);
    [[nodiscard]] bool is_in_time(const OfTeam& team, const TimeOfTeam& time) const;

    const Profile& profile_;
    EffortDraft effort_;
    std::vector<OfTeam> teams_;
    std::vector<Day> days_;  // on which terms of the customer end
    std::size_t due_ = 0;    // of the subscription at hand: day of the horizon
    Interval<Day> ends_;
};

}  // namespace termwise
