// Decisions about each customer, tried in sampled worlds as if teams had time for everybody, and the choice
// of one for each that makes the portfolio's objective least. Without queues customers do not touch each
// other: all are tried at once, and what is decided about one changes the portfolio's total by a difference
// of rows.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "model/scenario.h"
#include "options/limits.h"
#include "planning/customer_decision.h"
#include "planning/risk_objective.h"
#include "planning/sampled_worlds.h"

namespace termwise {

/// A decision, what it costs in each world, and what it takes of shared limits.
struct TriedDecision {
    CustomerDecision decision;
    std::vector<std::int64_t> costs;
    std::vector<Use> uses;
    Wide objective = 0;  ///< of the customer by itself
};

class DecisionPool {
  public:
    /// Of each customer so many are kept beside the chosen one, those best by themselves.
    static constexpr std::size_t kKept = 12;

    /// `chosen`, by customer: a feasible plan. Refers to `scenario`.
    DecisionPool(const Scenario& scenario, std::span<const CustomerDecision> chosen,
                 std::int64_t cvar_weight_thousandths, std::uint64_t seed, std::uint32_t worlds,
                 unsigned threads);

    /// Tries decisions, by customer; those that have been tried, and those that break a rule of the
    /// customer's own (all but `capacity` and `budget`), are left out. Returns how many were tried. Lists are
    /// gone through side by side; `go_on(done, of)` is asked before each of their places, and may end it.
    /// Runtime: the longest list times the portfolio, and decisions times worlds of a customer.
    std::int64_t try_out(std::span<const std::vector<CustomerDecision>> lists,
                         const std::function<bool(std::size_t done, std::size_t of)>& go_on);

    /// Chooses anew, customer by customer, until nothing improves: of those for whom there is room the one
    /// with the least objective of the portfolio, the first of equals. Returns whose choice changed,
    /// ascending. Runtime: for each pass decisions kept times worlds.
    std::vector<std::size_t> choose();

    [[nodiscard]] const TriedDecision& chosen(std::size_t customer) const { return chosen_[customer]; }
    [[nodiscard]] std::span<const TriedDecision> kept(std::size_t customer) const { return kept_[customer]; }

  private:
    [[nodiscard]] std::vector<const CustomerDecision*> untried(
        std::span<const std::vector<CustomerDecision>> lists, std::size_t slot);
    void leave_out_bad(std::vector<const CustomerDecision*>& tried) const;
    [[nodiscard]] TriedDecision tried(std::size_t customer, const CustomerDecision& decision,
                                      std::span<const std::int64_t> costs);
    void keep(std::size_t customer, TriedDecision decision);
    bool exchange_room(const TriedDecision& out, const TriedDecision& in);
    bool choose_for(std::size_t customer);

    const Scenario& scenario_;
    const Scenario without_queues_;
    const Limits limits_;
    const SampledWorlds worlds_;
    RiskObjective objective_;
    std::vector<std::int64_t> room_;    // left of each limit
    std::vector<std::int64_t> totals_;  // of what is chosen, by world
    std::vector<TriedDecision> chosen_;
    std::vector<std::vector<TriedDecision>> kept_;
    std::vector<std::vector<CustomerDecision>> seen_;
};

}  // namespace termwise
