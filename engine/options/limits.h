// What customers share and may run out of (M3.10): the minutes of each team in each bucket, and the budgets.
// All of them are limits, numbered through, so that a planner can put one price on each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/index.h"
#include "calendar/day.h"
#include "model/scenario.h"

namespace termwise {

using LimitIndex = Index<struct LimitTag>;

/// One bucket of a team with limited capacity, or one budget.
struct Limit {
    TeamIndex team;            ///< none: a budget
    std::int32_t bucket = 0;   ///< of the team, as TeamLoad numbers them
    std::int32_t budget = -1;  ///< position in Scenario::budgets
    std::int64_t room = 0;     ///< seconds, or minor units

    [[nodiscard]] bool is_budget() const { return team.none(); }
};

/// So much of a limit is used. Seconds, never negative; or minor units of cash, negative for a refund.
struct Use {
    LimitIndex limit;
    std::int64_t amount = 0;

    friend bool operator==(const Use&, const Use&) = default;
};

/// The limits of a scenario: the buckets that meet the horizon of teams with limited capacity, then budgets.
class Limits {
  public:
    explicit Limits(const Scenario& scenario);

    [[nodiscard]] std::size_t size() const { return limits_.size(); }
    [[nodiscard]] const Limit& at(LimitIndex i) const { return limits_[i.at()]; }
    [[nodiscard]] std::span<const Limit> all() const { return limits_; }
    [[nodiscard]] bool has_budgets() const { return has_budgets_; }

    /// The bucket of `team` that holds `day`, a day of the horizon; none without limit. Runtime: O(1).
    [[nodiscard]] LimitIndex bucket(TeamIndex team, Day day) const;
    [[nodiscard]] LimitIndex budget(std::size_t position) const {
        return LimitIndex(limits_.size() - budgets_ + position);
    }

    /// "ops 2026-W12", "budget 2026-03-01/2026-04-01" (M8).
    [[nodiscard]] std::string name(const Scenario& scenario, LimitIndex i) const;

  private:
    struct TeamBuckets {
        bool limited = false;
        bool by_day = false;
        std::int32_t first_bucket = 0;
        std::int32_t first_limit = 0;
    };
    std::vector<Limit> limits_;
    std::vector<TeamBuckets> teams_;
    std::size_t budgets_ = 0;
    bool has_budgets_ = false;
};

/// Adds `amount` to the use of `limit` in a list kept ascending by limit; a limit of none is not counted.
void add_use(std::vector<Use>& uses, LimitIndex limit, std::int64_t amount);

/// Lists of uses, each kept once: thousands of options differ in cost alone. List 0 is empty.
class UseLists {
  public:
    UseLists();

    /// The number of the list with these uses, ascending by limit. Runtime: linear in the list, expected.
    std::uint32_t number_of(std::span<const Use> uses);

    [[nodiscard]] std::span<const Use> at(std::uint32_t list) const {
        return {uses_.data() + begins_[list], begins_[list + 1] - begins_[list]};
    }
    [[nodiscard]] std::size_t size() const { return begins_.size() - 1; }

  private:
    std::vector<Use> uses_;
    std::vector<std::uint32_t> begins_;
    std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;  // only looked up, never walked
};

}  // namespace termwise
