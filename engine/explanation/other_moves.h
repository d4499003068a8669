// What else could be done about one subscription, all other moves of the plan fixed: for each day of the
// horizon the cheapest way to provision on it, or why there is none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "explanation/customer_case.h"
#include "explanation/trial.h"
#include "options/list_starts.h"
#include "options/options.h"

namespace termwise {

/// One day of the horizon. Where no move is feasible, the one that breaks least, like the plan's own.
struct DayCost {
    Day day;
    TriedMove tried;
};

/// Finds moves of one subscription of the customer that `of` looks at. Every move it returns is judged by the
/// judge and priced by the scorer; options/ says in which order to try them.
class OtherMoves {
  public:
    /// Runtime: workdays times targets and terms, plus terms and billing dates of the old contract.
    OtherMoves(const CustomerCase& of, const Trial& trial);

    /// The cheapest feasible move provisioned on `day`, in the space of M6.1: any target, term, billing and
    /// exit; nothing if there is none.
    [[nodiscard]] std::optional<TriedMove> best_on(Day day) const;

    /// Every day of the horizon; on the plan's own day stands the plan's own move.
    /// Runtime: days times (ways times exits, plus a few judgements).
    [[nodiscard]] std::vector<DayCost> by_day() const;

    /// The cheapest feasible move that differs from the plan's own in day, target, term, billing or kind of
    /// exit, or, if that migrates, stays. Ties: nearest to the plan's day, earlier ones first.
    [[nodiscard]] std::optional<TriedMove> next_best() const;

  private:
    /// A move and what it costs by the options' arithmetic, but for what is the same for all moves of a day.
    struct Candidate {
        std::int64_t cost = 0;
        Move move;
    };

    [[nodiscard]] std::vector<Candidate> candidates_on(Day day) const;
    [[nodiscard]] std::optional<Candidate> cheapest(const Start& start, Day day, Exit kind) const;
    [[nodiscard]] Day exit_day(const Start& start, const ExitOption& exit) const;
    [[nodiscard]] bool fits(std::initializer_list<std::uint32_t> lists) const;
    [[nodiscard]] Day off_day(const Start& start, const ExitOption& exit, const ExitCost& cost,
                              std::uint32_t visit) const;
    [[nodiscard]] std::int64_t visit_cost(Day day) const;
    [[nodiscard]] std::uint32_t visit_uses(Day day) const;
    [[nodiscard]] TriedMove nearest_to_feasible(Day day) const;

    const CustomerCase& case_;
    const Trial& trial_;
    SubscriptionIndex own_;
    const Limits own_limits_;
    Options options_;
    ContractTables tables_;
    SubscriptionOptions out_;
    std::vector<Day> days_;           // of the horizon on which the customer works
    std::vector<std::int64_t> room_;  // left of each limit beside all other moves
    Day exit_from_ = kBeforeAllDays;  // add-ons' old contracts end by then ...
    Day exit_to_ = kAfterAllDays;     // ... and the parent's not before
    std::vector<Day> visited_;        // on which others of the customer are provisioned
};

}  // namespace termwise
