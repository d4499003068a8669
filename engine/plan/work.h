// The work that a plan implies (M4.4), and the buckets of a team's time in which it falls (M1.8).
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calendar/iso_week.h"
#include "model/scenario.h"
#include "plan/days.h"
#include "plan/plan.h"

namespace termwise {

enum class WorkKind : std::uint8_t { invite, visit, provision, reassign, auto_renew_off, cancel };

/// One piece of work for one team on one day. Items without duration are not listed.
struct WorkItem {
    WorkKind kind = WorkKind::visit;
    TeamIndex team;
    Day day;
    std::int64_t seconds = 0;
    CustomerIndex customer;
    SubscriptionIndex subscription;  ///< none for `invite` and `visit`
};

/// Calls `f(WorkItem)` for the work on one subscription: provisioning, reassignment day by day, switching
/// auto-renew off (also where that is superfluous), cancelling.
template <class F>
void for_each_work_item(const Scenario& scenario, const Move& move, const MoveDays& days, F&& f) {
    const Subscription& s = scenario.at(move.subscription);
    const Effort& effort = scenario.effort;
    const auto item = [&](WorkKind kind, const EffortItem& work, Day day) {
        if (work.minutes > 0)
            f(WorkItem{kind, work.team, day, std::int64_t{work.minutes} * 60, s.customer, move.subscription});
    };
    if (!move.auto_renew_off_on.none())
        item(WorkKind::auto_renew_off, effort.auto_renew_off, move.auto_renew_off_on);
    if (move.action == Action::stay) return;
    item(WorkKind::provision, effort.provision, move.provision_on);
    if (days.reassigns && effort.reassign.seconds_per_seat > 0)
        for_each_batch(scenario.days_of(s.customer), move.reassign_on, days.seats,
                       effort.reassign.seats_per_day, [&](Day day, std::int32_t seats) {
                           f(WorkItem{WorkKind::reassign, effort.reassign.team, day,
                                      std::int64_t{seats} * effort.reassign.seconds_per_seat, s.customer,
                                      move.subscription});
                       });
    if (move.exit == Exit::cancel) item(WorkKind::cancel, effort.cancel, move.exit_on);
}

/// The invitation of a customer as work; nothing if it takes no time.
[[nodiscard]] std::optional<WorkItem> invite_work(const Scenario& scenario, CustomerIndex customer, Day day);

/// A visit to a customer as work; nothing if it takes no time.
[[nodiscard]] std::optional<WorkItem> visit_work(const Scenario& scenario, CustomerIndex customer, Day day);

/// How much of each team's time is taken, bucket by bucket. Buckets are numbered by week_number() or by
/// Day::serial.
class TeamLoad {
  public:
    /// No limit on a bucket.
    static constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

    explicit TeamLoad(const Scenario& scenario);

    /// Adds (or, with negative seconds, takes back) work on `day`. Work of no team, or of a team without
    /// limit, is counted by ISO week, for the reader's sake.
    void add(TeamIndex team, Day day, std::int64_t seconds);
    void add(const WorkItem& item) { add(item.team, item.day, item.seconds); }

    [[nodiscard]] std::int32_t bucket_of(TeamIndex team, Day day) const {
        return teams_[team.at()].per == CapacityPer::day ? day.serial : week_number(day);
    }
    [[nodiscard]] std::int64_t used_seconds(TeamIndex team, std::int32_t bucket) const;
    [[nodiscard]] std::int64_t limit_seconds(TeamIndex team, std::int32_t bucket) const;
    /// What is left of a bucket, negative if it is overdrawn; kUnlimited without limit.
    [[nodiscard]] std::int64_t free_seconds(TeamIndex team, std::int32_t bucket) const;

    /// Every bucket of `team` in which there is work, ascending, with its seconds.
    [[nodiscard]] std::vector<std::pair<std::int32_t, std::int64_t>> used_buckets(TeamIndex team) const;

    /// "ops 2026-W12" or "ops 2026-03-16" (M8).
    [[nodiscard]] std::string bucket_name(TeamIndex team, std::int32_t bucket) const;
    /// The same without the team.
    [[nodiscard]] std::string bucket_text(TeamIndex team, std::int32_t bucket) const;

  private:
    struct TeamBuckets {
        CapacityPer per = CapacityPer::week;
        std::int64_t limit = kUnlimited;
        std::vector<std::pair<std::int32_t, std::int64_t>> exceptions;  // bucket, seconds; ascending
        std::int32_t first = 0;                                         // bucket of H0
        std::vector<std::int64_t> used;                                 // of the horizon's buckets
        std::vector<std::pair<std::int32_t, std::int64_t>>
            outside;  // of others, ascending; none in a good plan
    };

    const Scenario* scenario_;
    std::vector<TeamBuckets> teams_;
};

}  // namespace termwise
