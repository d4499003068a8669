// The named alternatives to a move: what the strategies of M5 would do about the subscription, beside all
// other moves of the plan.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explanation/trial.h"
#include "planning/strategies.h"

namespace termwise {

enum class AlternativeKind : std::uint8_t { stay, wait, cancel_now, next_best, day };
/// "stay", "wait", "cancel-now", "next-best", "day".
[[nodiscard]] std::string_view alternative_name(AlternativeKind kind);

struct Alternative {
    AlternativeKind kind = AlternativeKind::stay;
    std::optional<TriedMove> tried;  ///< none: there is no such move, see `obstacle`
    std::string obstacle;
    Components components;   ///< of Trial::components_of()
    bool is_chosen = false;  ///< the very decision of the plan

    [[nodiscard]] bool feasible() const { return tried && tried->feasible(); }
};

/// What `wait` and `cancel-now` would do about one customer, in the time that the plan's other customers
/// leave the teams: capacity is respected, the customer's other subscriptions move by the same strategy.
class CustomerStrategies {
  public:
    explicit CustomerStrategies(const CustomerCase& of);

    /// stay, wait, cancel-now, in this order, each tried beside the plan's other moves, which may get in the
    /// way.
    [[nodiscard]] std::vector<Alternative> alternatives(const Trial& trial) const;

  private:
    const CustomerCase& case_;
    StrategyPlan wait_, cancel_now_;
};

/// The position of the cheapest feasible one that is not the plan's own decision; nothing if there is none.
[[nodiscard]] std::optional<std::size_t> cheapest_of(const std::vector<Alternative>& alternatives);

}  // namespace termwise
