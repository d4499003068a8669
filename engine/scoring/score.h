// What an outcome costs (M4). The same code scores what is planned and what is simulated.
#pragma once

#include <cstdint>
#include <vector>

#include "model/scenario.h"
#include "plan/plan.h"
#include "scoring/components.h"
#include "simulation/outcome.h"

namespace termwise {

/// What is told beside a total and not added to it (M4.5).
struct Readings {
    Money forfeited;
    std::int64_t overlap_days = 0;  ///< seat-days
    std::int64_t gap_days = 0;      ///< seat-days

    constexpr Readings& operator+=(const Readings& other) {
        forfeited += other.forfeited;
        overlap_days += other.overlap_days;
        gap_days += other.gap_days;
        return *this;
    }
    friend constexpr bool operator==(const Readings&, const Readings&) = default;
};

struct Score {
    Components components;
    Readings readings;
    std::int32_t first_month = 0;  ///< month_number() of months[0]
    std::vector<Money> months;     ///< cash of every calendar month that meets [H0, H1)
    Day finished_on;  ///< last hand-over or end of an old contract that migrates; none if nothing migrates
    std::int64_t migrated = 0;  ///< subscriptions

    // Filled only if asked for:
    std::vector<Components> subscriptions;  ///< by SubscriptionIndex; what is left out of the score is zero
    std::vector<Readings> subscription_readings;
    std::vector<Components> customers;  ///< by CustomerIndex; with invitations and visits

    [[nodiscard]] Money total() const { return components.total(); }
};

enum class Detail : std::uint8_t { totals, everything };

/// Adds up outcomes, one customer after the other. The sums are exact, so their order does not matter.
class Scorer {
  public:
    Scorer(const Scenario& scenario, Detail detail);

    /// Scores what became of one customer. Runtime: billing dates of its contracts in the horizon, and work
    /// items.
    void add(const CustomerOutcome& outcome);

    [[nodiscard]] Score take() { return std::move(score_); }

  private:
    const Scenario& scenario_;
    Detail detail_;
    Score score_;
};

/// What one subscription's outcome costs by itself, its own work included; `cash_by_month` (from the month of
/// H0) may be null. The labour of `work` that belongs to no subscription is not counted.
struct SubscriptionCost {
    Components components;
    Readings readings;
};
[[nodiscard]] SubscriptionCost cost_of(const Scenario& scenario, const SubscriptionOutcome& outcome,
                                       const std::vector<WorkItem>& work, std::vector<Money>* cash_by_month);

/// What became of one customer, all in all: what Scorer::add() adds, for those who add for themselves.
struct CustomerCost {
    Components components;
    Readings readings;
    Day finished_on;            ///< as Score::finished_on
    std::int64_t migrated = 0;  ///< subscriptions
};
[[nodiscard]] CustomerCost cost_of(const Scenario& scenario, const CustomerOutcome& outcome);

/// What outcomes of subscriptions cost without labour, by SubscriptionIndex: of many worlds most are like the
/// planned one for most subscriptions, and need not be settled again.
struct KnownCosts {
    std::vector<SubscriptionOutcome> outcomes;
    std::vector<SubscriptionCost> costs;
};
[[nodiscard]] KnownCosts known_costs(const Scenario& scenario, const Plan& plan);
/// The same cost; outcomes that are known are looked up.
[[nodiscard]] CustomerCost cost_of(const Scenario& scenario, const CustomerOutcome& outcome,
                                   const KnownCosts& known);

/// What a piece of work costs: its team's rate times its time (M4.3).
[[nodiscard]] Money labour_cost(const Scenario& scenario, const WorkItem& item);

/// The planned score of a plan: as_planned(), scored.
[[nodiscard]] Score score(const Scenario& scenario, const Plan& plan, Detail detail);

}  // namespace termwise
