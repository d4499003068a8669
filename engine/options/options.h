// Everything that may be decided about a portfolio (M6.1), with what it costs and what it uses of the limits
// that customers share. A migration is a start (target, term, provisioning day) and an exit (a lapse, or a
// cancellation in a stretch of days that cost the same); the two meet in three things only: the old
// contract's growth, which depends on the start; continuity, which forbids early exits; and, where continuity
// is soft, the gap. So starts and exits are kept apart, and their combinations are never listed.
//
// Planners' arithmetic: made from the same contracts as the score, summed by hand here. A plan made from it
// is still judged by plan/check and scoring/score, which know nothing of options.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/scenario.h"
#include "options/contract_table.h"
#include "options/limits.h"
#include "plan/commitments.h"
#include "plan/plan.h"

namespace termwise {

/// What to move to.
struct Way {
    OfferIndex target;
    TermBilling sold_as;
    Day reassign_on;  ///< of a move that is being carried out; none: the first workday (M6.1), or not at all
    bool as_before = false;  ///< the start of a move that is being carried out, on its day alone
};

/// How to begin. Costs are minor units: new contract, disruption, and labour of provisioning and reassigning;
/// and the cost of a change, if a plan is being carried out that does not begin so.
struct Start {
    std::int64_t cost = 0;
    std::uint32_t uses = 0;        ///< list in Options::uses
    std::int32_t hand_over = 0;    ///< serial of h (M3.5)
    std::uint16_t day = 0;         ///< position in the customer's days
    std::uint16_t way = 0;         ///< position in the subscription's ways
    std::uint16_t first_exit = 0;  ///< exits from this position on keep service going (M3.6)
    std::uint16_t growth = 0;      ///< row of exit costs: how much of its growth the old contract has bought;
                                   ///< the start of a move that is being carried out has a row of its own
};

/// How to end: a lapse on `last`; or a cancellation on any of the customer's workdays of [first, last], all
/// in one bucket and at one cost.
struct ExitOption {
    Exit exit = Exit::lapse;
    Day first, last;
    Day serves_until;  ///< last hand-over day that it allows: `last`, with grace where that counts (M3.6)
    ListRange off;     ///< days on which auto-renew can be switched off, in Options::work_days; or empty
    bool needs_off = false;
};

/// Minor units: the old contract, with fees and refunds, and labour of cancelling or switching off; and the
/// cost of a change, if the start is that of a move being carried out and the exit is not.
struct ExitCost {
    std::int64_t cost = 0;
    std::uint32_t uses = 0;
};

/// A day for a piece of work: the first workday of its bucket.
struct WorkDay {
    Day day;
    std::uint32_t uses = 0;
};

/// All that may be decided about one subscription by itself.
struct SubscriptionOptions {
    SubscriptionIndex subscription;
    std::int32_t parent = -1;  ///< position among the customer's subscriptions
    ListRange ways;
    ListRange starts;              ///< ascending by day, then way
    ListRange exits;               ///< ascending by serves_until
    std::uint32_t exit_costs = 0;  ///< row `growth`, column exit, from this position on
    bool may_stay = false;
    ExitCost stay;
    std::int64_t least_cost =
        0;  ///< of any option of its own (M6.2's floor); none: kNoOption. Of what is left
            ///< to decide, with the cost of a change, if a plan is being carried out
};

inline constexpr std::int64_t kNoOption = std::int64_t{1} << 62U;

struct CustomerOptions {
    CustomerIndex customer;
    ListRange subscriptions;
    ListRange days;         ///< provisioning days, ascending
    ListRange invite_days;  ///< in work_days, ascending; empty: no invitation is needed
    std::int64_t invite_cost = 0;
    std::int32_t plan_days = 0;
    bool needs_invitation = false;
    bool is_invited = false;    ///< that is done: somebody has to move (M3.3)
    bool has_families = false;  ///< whether one may move so depends on the others: bases and add-ons, or all
                                ///< of them may stay although the customer is invited
};

/// A day on which somebody is provisioned at a customer.
struct VisitDay {
    std::int64_t cost = 0;
    std::uint32_t uses = 0;
};

class Options {
  public:
    Options(const Scenario& scenario, const Limits& limits);

    const Scenario* scenario;
    const Limits* limits;
    const Commitments* commitments = nullptr;  ///< null: nothing is fixed
    UseLists uses;
    std::vector<CustomerOptions> customers;
    std::vector<SubscriptionOptions> subscriptions;
    std::vector<Day> days;
    std::vector<Way> ways;
    std::vector<Start> starts;
    std::vector<ExitOption> exits;
    std::vector<ExitCost> exit_costs;
    std::vector<WorkDay> work_days;
    std::vector<VisitDay> visits;  ///< by day of the horizon
    std::int64_t slack = 0;        ///< a plan may be cheaper by so much than these options say (reduce.h)

    [[nodiscard]] std::span<const SubscriptionOptions> subscriptions_of(const CustomerOptions& c) const {
        return {subscriptions.data() + c.subscriptions.begin, c.subscriptions.size};
    }
    [[nodiscard]] std::span<const Day> days_of(const CustomerOptions& c) const {
        return {days.data() + c.days.begin, c.days.size};
    }
    [[nodiscard]] std::span<const Start> starts_of(const SubscriptionOptions& s) const {
        return {starts.data() + s.starts.begin, s.starts.size};
    }
    [[nodiscard]] std::span<const ExitOption> exits_of(const SubscriptionOptions& s) const {
        return {exits.data() + s.exits.begin, s.exits.size};
    }
    [[nodiscard]] std::span<const ExitCost> exit_costs_of(const SubscriptionOptions& s,
                                                          const Start& start) const {
        return {exit_costs.data() + s.exit_costs + std::size_t{start.growth} * s.exits.size, s.exits.size};
    }
    [[nodiscard]] const Way& way_of(const SubscriptionOptions& s, const Start& start) const {
        return ways[s.ways.begin + start.way];
    }
    [[nodiscard]] std::span<const WorkDay> days_of(ListRange range) const {
        return {work_days.data() + range.begin, range.size};
    }
    [[nodiscard]] const VisitDay& visit_on(Day day) const {
        return visits[static_cast<std::size_t>(day - scenario->h0())];
    }
    /// The gap, in minor units, between handing over and the end of service after an exit on `exit_on`
    /// (M3.6); zero unless continuity is soft.
    [[nodiscard]] std::int64_t gap_cost(const SubscriptionOptions& s, const Start& start,
                                        const ExitOption& exit) const;

    /// Sum of the least costs (M6.2); kNoOption if a subscription has no option at all.
    [[nodiscard]] std::int64_t floor() const;
};

/// Lists every option of every customer, but for provisioning days that reduce_days() proves unnecessary, and
/// targets that are no cheaper than another one with the same uses on the same day.
/// `tolerance`: minor units by which a day left out may be cheaper than its neighbours; 0: none is lost.
/// `commitments`: only what keeps them is listed (keeps.h), beside M6.1 each move that is being carried out,
/// as it is; and whatever is not one of these moves costs so much more. They must outlive the options.
/// Runtime: subscriptions times (workdays times targets and terms, plus terms and billing dates of the old
/// contract); memory: 24 bytes a start.
[[nodiscard]] Options list_options(const Scenario& scenario, const Limits& limits, std::int64_t tolerance = 0,
                                   const Commitments* commitments = nullptr);

}  // namespace termwise
