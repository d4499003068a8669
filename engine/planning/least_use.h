// What customers cannot help using of the limits that they share, whatever it costs them. If all of them
// together must use more than there is, no plan exists, and nobody need try them all: that is the proof.
//
// At a price on each limit, what a customer would use at the least is exact (CustomerSolver, money left out);
// the sum over customers is what any plan pays. More than the whole room is worth means that none fits in
// (Farkas). Prices of one for some buckets of a team and none for others count minutes.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "planning/customer_solver.h"
#include "planning/prices.h"

namespace termwise {

/// A subscription that has no day even if its team had nothing else to do.
struct CrowdedOut {
    SubscriptionIndex subscription;
    LimitIndex limit;                 ///< on its best day, the first bucket that is too small
    std::int64_t room = 0, need = 0;  ///< of it, seconds; the visit included
    bool only_one = true;             ///< no other bucket is too small on that day
};

/// Weighed limits that hold less than what has to go into them.
struct Shortage {
    std::vector<LimitIndex> limits;     ///< ascending
    std::vector<std::int64_t> weights;  ///< of each, above 0; all 1: seconds, or minor units, add up
    std::int64_t room = 0, need = 0;    ///< sums by weight, of all customers; need > room

    /// Those who need some of it: most first, then by index; and how much.
    std::vector<CustomerIndex> customers;
    std::vector<std::int64_t> needs;
    /// The first so many of them need more than the room already; with fewer of anybody it could be enough.
    std::size_t enough = 0;

    [[nodiscard]] std::int64_t missing() const { return need - room; }
    [[nodiscard]] bool is_plain() const;
};

class LeastUse {
  public:
    /// Each subscription must have an option. Runtime and memory: list_options().
    explicit LeastUse(Scenario scenario);
    LeastUse(const LeastUse&) = delete;
    LeastUse& operator=(const LeastUse&) = delete;

    [[nodiscard]] const Limits& limits() const { return limits_; }
    [[nodiscard]] const Options& options() const { return options_; }

    /// Subscriptions that must move and that no day's work has room for, ascending.
    [[nodiscard]] std::span<const CrowdedOut> crowded_out() const { return crowded_out_; }

    /// Needs of all customers less the room, at these prices: above 0, no plan exists. Also if some customer
    /// has no choice; then `possible` is false. Runtime: that of every customer's solver.
    [[nodiscard]] ScaledSum excess(std::span<const Scaled> prices, int threads, bool& possible) const;

    /// The shortage at prices at which the excess is above 0.
    [[nodiscard]] Shortage shortage_at(std::span<const Scaled> prices) const;

  private:
    void leave_out_money();
    void leave_out_what_never_fits();

    Scenario scenario_;
    Limits limits_;
    Options options_;
    std::vector<CrowdedOut> crowded_out_;
};

/// Looks for shortages: for each team a run of buckets that misses most, then budgets one by one; if there
/// are none, for prices at which all limits together do. Empty: none was found, which proves nothing.
/// Deterministic; ends early when `is_over`. Runtime: at most `most_solves` runs of a customer's solver, or
/// forty of each.
[[nodiscard]] std::vector<Shortage> find_shortages(const LeastUse& least, std::int64_t most_solves,
                                                   int threads, const std::function<bool()>& is_over);

}  // namespace termwise
