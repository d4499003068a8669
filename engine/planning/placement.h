// Finding a day for one subscription's move: the building block of the named strategies. A move brings its
// work along (visit, provisioning, reassignment, invitation, switching auto-renew off, cancelling); it is
// placed only where all of it fits into what is left of the teams' time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/scenario.h"
#include "plan/days.h"
#include "plan/plan.h"
#include "plan/work.h"
#include "planning/strategies.h"

namespace termwise {

/// What a subscription may be moved to.
struct Option {
    OfferIndex target;
    TermBilling sold_as;

    friend constexpr auto operator<=>(const Option&, const Option&) = default;
};

/// What other moves of the family, and the strategy, ask of a move.
struct PlacementLimits {
    Day earliest_provision = kBeforeAllDays;  ///< the parent's provisioning day
    Day latest_wanted = kAfterAllDays;        ///< when an add-on would like the parent to be there: a wish
    Day latest_exit = kAfterAllDays;          ///< the parent's exit
};

/// The plan under construction: moves placed so far, the work they bring, the invitations. Changes are kept
/// in a journal, so that a family of subscriptions is placed as a whole or not at all.
class Placement {
  public:
    /// `strategy` is `wait` or `cancel_now`.
    Placement(const Scenario& scenario, Strategy strategy);

    /// The move that the strategy wants for `option` if nobody else needed the teams (M5); nothing, and why
    /// in `obstacle`, if no day serves.
    [[nodiscard]] std::optional<Move> wanted_move(SubscriptionIndex s, Option option,
                                                  const PlacementLimits& limits, NotPlaced& obstacle) const;

    /// Places `wanted` on its day or on the nearest with room: earlier ones first for `wait`, later ones
    /// first for `cancel_now` (M5.1). False, and why in `obstacle`, if there is none.
    bool place(const Move& wanted, const PlacementLimits& limits, NotPlaced& obstacle);

    /// Lets the old contract of a placed subscription end at or as soon after `day` as can be. False if it
    /// cannot.
    bool postpone_exit(SubscriptionIndex s, Day day);

    /// The move of a placed subscription, else null.
    [[nodiscard]] const Move* placed(SubscriptionIndex s) const {
        return placed_[s.at()] != 0 ? &moves_[s.at()] : nullptr;
    }

    /// Changes made so far; `rollback(mark)` undoes those made since.
    [[nodiscard]] std::size_t mark() const { return journal_.size(); }
    void rollback(std::size_t mark);
    /// Forgets how to undo: what is placed stays placed.
    void commit() { journal_.clear(); }

    /// Moves of all subscriptions (those not placed stay) and the invitations.
    [[nodiscard]] Plan take_plan();

  private:
    struct Change {
        Move before;
        bool was_placed = false;
        Day invited_before;
        std::vector<WorkItem> taken;     // from the teams' time
        std::vector<WorkItem> released;  // given back to it
    };

    [[nodiscard]] std::optional<Move> move_on(SubscriptionIndex s, Option option, Day provision_on,
                                              const PlacementLimits& limits, NotPlaced& obstacle) const;
    [[nodiscard]] Day first_day(const Subscription& s, const PlacementLimits& limits) const;
    [[nodiscard]] bool may_be_cancelled_on(const Subscription& s, Day day) const;
    [[nodiscard]] bool choose_exit(Move& move, const Subscription& s, Day from, Day latest_exit,
                                   NotPlaced& obstacle) const;
    [[nodiscard]] bool lapse_at_term_end(Move& move, const Subscription& s, Day latest_exit,
                                         NotPlaced& obstacle) const;
    [[nodiscard]] Interval<Day> auto_renew_off_days(const Subscription& s, const Move& move) const;
    [[nodiscard]] bool keeps_service(const Subscription& s, const Move& move, Day hand_over,
                                     NotPlaced& obstacle) const;
    [[nodiscard]] bool contract_can_run(const Subscription& s, const Move& move) const;
    [[nodiscard]] bool may_be_sooner_later(const Subscription& s, Option option) const;
    [[nodiscard]] Day last_day(const Subscription& s, const PlacementLimits& limits) const;

    [[nodiscard]] bool is_full(const Subscription& s, Day day, NotPlaced& obstacle) const;
    bool try_place(Move move, const PlacementLimits& limits, NotPlaced& obstacle);
    bool take(Change& change, const WorkItem& item, NotPlaced& obstacle);
    void release(Change& change, const WorkItem& item);
    void undo(const Change& change);
    bool take_exit_work(Change& change, Move& move, const Subscription& s, Day from, Day latest_exit,
                        NotPlaced& obstacle);
    bool take_auto_renew_off(Change& change, Move& move, const Subscription& s, NotPlaced& obstacle);
    bool take_invitation(Change& change, const Subscription& s, const Move& move, NotPlaced& obstacle);
    [[nodiscard]] bool is_visited(const Subscription& s, Day day) const;

    const Scenario& scenario_;
    const Strategy strategy_;
    TeamLoad load_;
    std::vector<Move> moves_;  // by subscription; `stay` where not placed
    std::vector<std::uint8_t> placed_;
    std::vector<Day> invited_;  // by customer
    std::vector<Change> journal_;
};

}  // namespace termwise
