// Why a plan is not feasible (M3), small enough to keep a million of them; words are made when somebody reads
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"
#include "plan/work.h"

namespace termwise {

/// The rules of M3 by the name they report; in alphabetical order, which is the order of results (M8).
enum class Rule : std::uint8_t {
    acceptance,
    auto_renew,
    blackout,
    budget,
    capacity,
    continuity,
    deadline,
    exit_date,
    horizon,
    invite,
    move,
    must_move,
    not_cancellable,
    parent,
    price,
    reassign,
    renewal_closed,
    seats,
    target,
    workday
};
inline constexpr int kRuleCount = 20;

/// The rule's name in results: "auto-renew".
[[nodiscard]] std::string_view rule_name(Rule rule);
/// Where the model states it: "M3.7".
[[nodiscard]] std::string_view rule_reference(Rule rule);

/// What in particular is wrong; says how to read Violation's days and numbers.
enum class Cause : std::uint8_t {
    accepted_too_late,  ///< day: provision_on; other: first day allowed
    auto_renew_off_missing,
    auto_renew_off_superfluous,
    auto_renew_off_too_late,   ///< day: auto_renew_off_on; other: last day allowed
    auto_renew_off_too_early,  ///< day: auto_renew_off_on; other: first day allowed
    cancelled_after_notice,    ///< day: exit_on; other: last day allowed
    day_in_blackout,
    day_not_worked,
    day_outside_horizon,        ///< day; field: which
    over_budget,                ///< number: cash, limit: max, minor units
    over_capacity,              ///< number, limit: seconds; index: team; bucket
    gap_in_service,             ///< day: hand-over; other: last day allowed
    handed_over_after_horizon,  ///< day: hand-over
    moved_too_early,            ///< day: provision_on; other: move_from
    handed_over_after_move_by,  ///< day: hand-over; other: move_by
    lapse_not_on_boundary,
    lapse_outside_horizon,
    cancelled_on_boundary,  ///< day: exit_on
    invitation_missing,
    invitation_superfluous,
    no_move,
    several_moves,  ///< number: how many
    must_not_stay,
    not_cancellable,  ///< day: exit_on
    parent_acts_otherwise,
    before_parent,
    outlives_parent,
    requirement_not_met,  ///< day, other: own, parent's
    no_price,             ///< day: of the term's start; number: 1 old contract, 2 new
    reassign_day_missing,
    reassign_day_superfluous,
    reassigned_before_usable,  ///< day: reassign_on; other: first day allowed
    renewals_closed,           ///< day: of the renewal; other: renewals_until; number: as above
    too_many_seats,            ///< number: most seats; limit: max_seats
    target_not_allowed,
    term_not_allowed
};

/// Which day of a plan is meant.
enum class DayField : std::uint8_t {
    invite_on,
    provision_on,
    reassign_on,
    auto_renew_off_on,
    exit_on,
    reassignment
};

enum class SubjectKind : std::uint8_t { subscription, customer, bucket, budget };

struct Violation {
    Rule rule = Rule::move;
    Cause cause = Cause::no_move;
    SubjectKind subject = SubjectKind::subscription;
    DayField field = DayField::provision_on;
    std::int32_t index = -1;  ///< of the subscription, customer, team or budget
    std::int32_t bucket = 0;  ///< of a capacity bucket
    Day day, other;
    std::int64_t number = 0, limit = 0;
};

/// The thing concerned, as results name it (M8): an id, "team YYYY-Www", "from/to".
[[nodiscard]] std::string subject_text(const Scenario& scenario, const Violation& violation);

/// One sentence that a planner can act on.
[[nodiscard]] std::string message_text(const Scenario& scenario, const Violation& violation);

/// Sorts by rule, then subject; of several for one rule and subject the first stays (M8). Runtime: n log n.
void sort_violations(const Scenario& scenario, std::vector<Violation>& violations);

}  // namespace termwise
