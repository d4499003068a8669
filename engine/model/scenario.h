// The scenario (M1) as plain values, complete and checked: whatever holds one need not ask whether it makes
// sense. Built once by model/build.h and never changed. Things refer to each other by index; lists of
// identified things are sorted by id (teams excepted, whose order has a meaning), so that no result depends
// on the order of the input (M0.6). A portfolio may hold millions of subscriptions: they are small fixed-size
// records, and what only some of them have (demand, targets, terms) lies in shared lists to which they refer
// by range.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.h"
#include "base/text_pool.h"
#include "calendar/day.h"
#include "calendar/period.h"
#include "calendar/workdays.h"
#include "model/demand.h"
#include "model/kinds.h"
#include "model/uncertainty.h"
#include "money/money.h"

namespace termwise {

struct Cancellation {
    CancellationAllowed allowed = CancellationAllowed::always;
    Refund refund = Refund::none;
    std::optional<std::int32_t> refund_window_days;  ///< none: no limit
    Remaining remaining = Remaining::due;
    Money fee;

    /// Whether day `c` of a term that started on `term_start` lies in the refund window (M2.6).
    [[nodiscard]] bool in_window(Day term_start, Day c) const {
        return !refund_window_days || c - term_start <= *refund_window_days;
    }
};

struct Programme {
    std::string id;
    Day renewals_until = kAfterAllDays;  ///< last day on which a renewal may start
    Cancellation cancellation;
    std::int32_t grace_days = 0;
    std::int32_t renewal_notice_days = 0;
};

/// How a subscription is bought: a term and how often it is billed. `billing` divides `term`.
struct TermBilling {
    Period term;
    Period billing;

    friend constexpr auto operator<=>(const TermBilling&, const TermBilling&) = default;
};

/// A price row (M1.2): per seat and billing period, for terms that start in `days`.
struct Price {
    TermBilling sold_as;
    Money unit_price;
    Interval<Day> days{kBeforeAllDays, kAfterAllDays};
};

struct Offer {
    std::string id;
    std::string name;
    std::string sku;  ///< empty: not known; two unknown ones differ
    ProgrammeIndex programme;
    std::int32_t max_seats = std::numeric_limits<std::int32_t>::max();
    std::vector<OfferIndex> requires_any;  ///< ascending; empty: stands alone
    std::vector<Price> prices;             ///< ascending by (term, billing, from)

    /// The rows for one way of buying, ascending by day. Runtime: logarithmic in the rows.
    [[nodiscard]] std::span<const Price> prices_for(TermBilling sold_as) const;
};

/// The row that holds on `day`, of rows for one way of buying; null if none does.
[[nodiscard]] inline const Price* price_on(std::span<const Price> rows, Day day) {
    for (const Price& row : rows)
        if (row.days.contains(day)) return &row;
    return nullptr;
}

struct Transition {
    OfferIndex from;
    OfferIndex to;
    bool reassigns = true;
};

struct CapacityException {
    Day on;
    std::int32_t minutes = 0;
};

/// Minutes of work in each bucket: an ISO week or a day (M1.8).
struct Capacity {
    CapacityPer per = CapacityPer::week;
    std::int32_t minutes = 0;
    std::vector<CapacityException> exceptions;  ///< ascending by day, at most one a bucket
};

struct Team {
    std::string id;
    Money labour_rate;                 ///< per hour
    std::optional<Capacity> capacity;  ///< none: unlimited
};

struct EffortItem {
    std::int32_t minutes = 0;
    TeamIndex team;  ///< none only if the scenario has no team
};

struct ReassignEffort {
    std::int32_t seconds_per_seat = 0;
    std::int32_t seats_per_day = 0;  ///< 0: no limit
    TeamIndex team;
};

struct Effort {
    EffortItem invite, visit, provision, auto_renew_off, cancel;
    ReassignEffort reassign;
};

struct Budget {
    Interval<Day> days;
    Money max;
};

/// Range in one of the scenario's shared lists.
struct ListRange {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
};

struct Customer {
    Text id;
    Text name;
    Relationship relationship = Relationship::pending;
    std::int32_t given_plan_days = -1;  ///< as given for this customer; -1: not given
    std::int32_t plan_days = 0;         ///< what holds: given, or the scenario's, or by quantile (M7), or 0
    ListRange blackouts;
    ListRange subscriptions;        ///< positions in Scenario::subscriptions
    std::int32_t uncertainty = -1;  ///< position in Scenario::customer_uncertainties; -1: none of its own
};

struct Subscription {
    Text id;
    CustomerIndex customer;
    OfferIndex offer;
    std::int32_t seats = 1;
    TermBilling sold_as;
    Day term_start;
    Money unit_price;  ///< locked in the current term (M1.3)
    SubscriptionIndex parent;
    Day move_from;  ///< none: free
    Day move_by;    ///< none: free
    ListRange demand;
    ListRange targets;       ///< its own list; empty: the offer's transitions (M1.6)
    ListRange target_terms;  ///< its own list; empty: the scenario's
    bool auto_renew = false;
    bool must_move = true;

    /// End of the current term, term 0 (M1.3).
    [[nodiscard]] Day current_term_end() const { return Boundaries(term_start, sold_as.term).at(1); }
};

struct Scenario {
    std::string name;
    Perspective perspective = Perspective::customer;
    bool perspective_given = false;
    std::string currency;
    int minor_digits = 2;
    Interval<Day> horizon;  ///< [H0, H1)
    Workdays workdays;
    std::vector<Team> teams;  ///< in the order given: the first is the one that does what names no team
    Effort effort;
    Money reassign_per_seat;
    Money gap_per_seat_day;
    Continuity continuity = Continuity::strict;
    std::int32_t provision_days = 0;
    std::int32_t given_plan_days = -1;  ///< the scenario's acceptance.plan_days; -1: not given
    std::int32_t overlap_days = 0;      ///< strategy.overlap_days
    std::vector<Programme> programmes;
    std::vector<Offer> offers;
    std::vector<Transition> transitions;    ///< ascending by (from, to)
    std::vector<TermBilling> target_terms;  ///< ascending; empty: whatever the target has a price for
    std::vector<Budget> budgets;            ///< ascending
    std::optional<Uncertainty> uncertainty;
    std::vector<Uncertainty> customer_uncertainties;

    std::vector<Customer> customers;          ///< ascending by id
    std::vector<Subscription> subscriptions;  ///< ascending by (customer, id)
    std::vector<SubscriptionIndex> subscriptions_by_id;

    TextPool texts;
    std::vector<DemandStep> demand_steps;
    std::vector<OfferIndex> targets;
    std::vector<TermBilling> own_target_terms;
    std::vector<Interval<Day>> blackouts;

    [[nodiscard]] Day h0() const { return horizon.from; }
    [[nodiscard]] Day h1() const { return horizon.to; }

    [[nodiscard]] const Customer& at(CustomerIndex i) const { return customers[i.at()]; }
    [[nodiscard]] const Subscription& at(SubscriptionIndex i) const { return subscriptions[i.at()]; }
    [[nodiscard]] const Offer& at(OfferIndex i) const { return offers[i.at()]; }
    [[nodiscard]] const Programme& at(ProgrammeIndex i) const { return programmes[i.at()]; }
    [[nodiscard]] const Team& at(TeamIndex i) const { return teams[i.at()]; }
    [[nodiscard]] const Programme& programme_of(OfferIndex i) const { return at(at(i).programme); }

    [[nodiscard]] std::string_view id(CustomerIndex i) const { return texts.view(at(i).id); }
    [[nodiscard]] std::string_view id(SubscriptionIndex i) const { return texts.view(at(i).id); }

    [[nodiscard]] std::span<const Subscription> subscriptions_of(CustomerIndex i) const {
        const ListRange range = at(i).subscriptions;
        return {subscriptions.data() + range.begin, range.size};
    }
    [[nodiscard]] Demand demand(const Subscription& s) const {
        return {s.seats, {demand_steps.data() + s.demand.begin, s.demand.size}};
    }
    [[nodiscard]] CustomerDays days_of(CustomerIndex i) const {
        const ListRange range = at(i).blackouts;
        return {workdays, {blackouts.data() + range.begin, range.size}};
    }

    /// The transitions from an offer, ascending by target. Runtime: logarithmic.
    [[nodiscard]] std::span<const Transition> transitions_from(OfferIndex offer) const;

    /// Whether moving from one offer to another means new licences for users: what the transition says, else
    /// whether the skus differ (M1.6).
    [[nodiscard]] bool reassigns(OfferIndex from, OfferIndex to) const;

    /// The allowed targets of a subscription (M1.6), ascending: its own, else its offer's transitions.
    [[nodiscard]] std::vector<OfferIndex> allowed_targets(const Subscription& s) const;
    [[nodiscard]] bool is_allowed_target(const Subscription& s, OfferIndex target) const;

    /// The allowed ways to buy `target` (M1.6), ascending: the subscription's, else the scenario's, else
    /// every one the target has a price row for.
    [[nodiscard]] std::vector<TermBilling> allowed_terms(const Subscription& s, OfferIndex target) const;
    [[nodiscard]] bool is_allowed_term(const Subscription& s, OfferIndex target, TermBilling sold_as) const;

    /// By id; none if there is no such thing. Runtime: logarithmic.
    [[nodiscard]] CustomerIndex find_customer(std::string_view id) const;
    [[nodiscard]] SubscriptionIndex find_subscription(std::string_view id) const;
    [[nodiscard]] OfferIndex find_offer(std::string_view id) const;

    /// Whether the subscription has to move (M3.1): unless told otherwise, if its term ends at or before H1
    /// or it has a `move_by`.
    [[nodiscard]] bool has_to_move(const Subscription& s) const {
        return s.must_move && (!s.move_by.none() || s.current_term_end() <= h1());
    }
};

}  // namespace termwise
