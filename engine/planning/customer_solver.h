// The cheapest option of one customer at given prices (DESIGN 5): which subscriptions move on which visit, to
// what, and how the old contracts end. Exact but for what `Answer` says.
//
// Method. What subscriptions share is the visit. So first the cheapest way to start each subscription on each
// day; then the cheapest day for each subset of subscriptions; then the cheapest partition into such visits.
// What else ties subscriptions together, base and add-on (M3.8), is left out at first, and where the answer
// breaks such a tie the search branches on it: either the one gives way or the other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "planning/choice.h"
#include "planning/family.h"
#include "planning/prices.h"

namespace termwise {

inline constexpr Scaled kNothing = std::int64_t{1} << 61U;

class CustomerSolver {
  public:
    explicit CustomerSolver(const Options& options) : options_(options) {}

    struct Answer {
        Scaled bound = kNothing;  ///< no choice costs less; kNothing: there is none
        Scaled value = kNothing;  ///< of `choice`; equal to the bound unless the search was cut short
        [[nodiscard]] bool found() const { return value < kNothing; }
    };

    /// The cheapest choice at `prices`. With `room`, what is left of each limit, the choice also fits into
    /// it; then `bound` means nothing, and a choice that fits may be missed.
    /// Runtime: starts + days * 2^n + 3^n for n subscriptions, up to kMostExact of them; beyond, a bound and
    /// a good choice.
    Answer solve(const CustomerOptions& customer, const Prices& prices, CustomerChoice& choice,
                 std::span<const std::int64_t> room = {});

    /// For a customer that shares `room` with nobody: the cheapest choice of which each part by itself fits
    /// into the teams' room. No choice that fits costs less than `bound`; `choice` itself may take too much
    /// of a limit all together. Runtime: as solve().
    Answer solve_alone(const CustomerOptions& customer, const Prices& prices, CustomerChoice& choice,
                       std::span<const std::int64_t> room);

    static constexpr std::size_t kMostExact = 11;

  private:
    struct Node {
        std::vector<Restriction> restrictions;
        Scaled bound = 0;
    };
    struct Best {
        Scaled cost = kNothing;
        std::int32_t start = -1, exit = 0;
        std::uint16_t day = 0;
    };

    struct PricedExit {
        std::int32_t serves_until = 0;
        std::int32_t exit = 0;
        Scaled cost = 0;
        Scaled least_from_here = kNothing;
        std::int32_t least_exit = -1;
        Scaled least_before = kNothing;  ///< of the exits before this one
    };

    /// Some of the subscriptions that are worth a visit on a day.
    struct Visit {
        std::size_t set = 0;
        Scaled sum = 0;
        std::int64_t load = 0;
    };

    Answer search(const CustomerOptions& customer, const Prices& prices, CustomerChoice& choice,
                  std::span<const std::int64_t> room, bool is_alone);
    Answer solve_once(const std::vector<Restriction>* restrictions, CustomerChoice& choice);
    Answer solve_branching(CustomerChoice& choice);
    void price_subscription(std::size_t s, const Restriction* restriction);
    void price_exits(const SubscriptionOptions& s, const Start& start, const Restriction* r);
    [[nodiscard]] Best exit_for(const SubscriptionOptions& s, const Start& start) const;
    Scaled off_price(const ExitOption& exit, std::int32_t* off) const;
    Answer cover(std::size_t first_day, CustomerChoice& choice);
    void price_visits(std::size_t first_day);
    Answer cover_exactly(std::size_t first_day, CustomerChoice& choice);
    Answer cover_roughly(std::size_t first_day, CustomerChoice& choice);
    void choose(std::size_t s, std::size_t day, CustomerChoice& choice) const;
    void branch_on(const Disagreement& d, const CustomerChoice& choice, const Node& node,
                   std::vector<Node>& branches) const;
    [[nodiscard]] bool fits(std::uint32_t list) const;
    [[nodiscard]] bool fits_together(const CustomerChoice& choice);
    [[nodiscard]] const Start& start_of(std::size_t s, const CustomerChoice& choice) const;

    const Options& options_;
    const CustomerOptions* customer_ = nullptr;
    const Prices* prices_ = nullptr;
    std::span<const std::int64_t> room_;
    std::span<const SubscriptionOptions> subscriptions_;
    std::span<const Day> days_;
    bool is_soft_ = false, has_room_ = false, is_alone_ = false;

    std::vector<std::vector<Best>> priced_;  // by subscription, descending by day
    std::vector<std::vector<Best>> best_;    // by subscription and day, where it is worth looking at
    std::vector<std::uint32_t> who_;         // by day: those to whom it is worth looking at, one bit each
    std::vector<Scaled> stay_;
    std::vector<PricedExit> exits_;  // for the running row of growth; ascending
    std::vector<Scaled> visit_, visit_best_, cover_best_;
    std::vector<Visit> here_;
    std::vector<std::uint16_t> visit_day_;
    std::vector<std::uint32_t> cover_arg_;
    std::vector<Use> uses_;
};

}  // namespace termwise
