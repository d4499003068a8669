#include "plan/violation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "money/decimal.h"

namespace termwise {
namespace {

struct RuleText {
    std::string_view name;
    std::string_view reference;
};

constexpr std::array<RuleText, kRuleCount> kRules{{
    {"acceptance", "M3.3"},      {"auto-renew", "M3.7"}, {"blackout", "M3.4"}, {"budget", "M3.10"},
    {"capacity", "M3.10"},       {"continuity", "M3.6"}, {"deadline", "M3.9"}, {"exit-date", "M3.7"},
    {"horizon", "M3.4"},         {"invite", "M3.3"},     {"move", "M3.1"},     {"must-move", "M3.1"},
    {"not-cancellable", "M2.6"}, {"parent", "M3.8"},     {"price", "M2.5"},    {"reassign", "M3.5"},
    {"renewal-closed", "M2.5"},  {"seats", "M3.2"},      {"target", "M3.2"},   {"workday", "M3.4"},
}};

std::string_view field_name(DayField field) {
    switch (field) {
        case DayField::invite_on:
            return "invite_on";
        case DayField::provision_on:
            return "provision_on";
        case DayField::reassign_on:
            return "reassign_on";
        case DayField::auto_renew_off_on:
            return "auto_renew_off_on";
        case DayField::exit_on:
            return "exit_on";
        case DayField::reassignment:
            break;
    }
    return "the last reassignment day";
}

std::string minutes_text(std::int64_t seconds) {
    if (seconds % 60 == 0) return fmt::format("{} minutes", seconds / 60);
    return fmt::format("{} minutes {} seconds", seconds / 60, seconds % 60);
}

std::string_view subject_view(const Scenario& scenario, const Violation& v, std::string& buffer) {
    switch (v.subject) {
        case SubjectKind::subscription:
            return scenario.id(SubscriptionIndex(v.index));
        case SubjectKind::customer:
            return scenario.id(CustomerIndex(v.index));
        default:
            buffer = subject_text(scenario, v);
            return buffer;
    }
}

}  // namespace

std::string_view rule_name(Rule rule) { return kRules[static_cast<std::size_t>(rule)].name; }
std::string_view rule_reference(Rule rule) { return kRules[static_cast<std::size_t>(rule)].reference; }

std::string subject_text(const Scenario& scenario, const Violation& v) {
    switch (v.subject) {
        case SubjectKind::subscription:
            return std::string(scenario.id(SubscriptionIndex(v.index)));
        case SubjectKind::customer:
            return std::string(scenario.id(CustomerIndex(v.index)));
        case SubjectKind::bucket: {
            const Team& team = scenario.at(TeamIndex(v.index));
            const bool by_day = team.capacity && team.capacity->per == CapacityPer::day;
            return team.id + ' ' + (by_day ? to_text(Day(v.bucket)) : week_text(v.bucket));
        }
        case SubjectKind::budget:
            break;
    }
    const Interval<Day>& days = scenario.budgets[static_cast<std::size_t>(v.index)].days;
    return to_text(days.from) + '/' + to_text(days.to);
}

std::string message_text(const Scenario& scenario, const Violation& v) {
    const std::string day = to_text(v.day);
    const std::string other = to_text(v.other);
    const auto money = [&](std::int64_t minor) {
        return to_decimal_text(Money(minor), scenario.minor_digits);
    };
    const std::string_view contract = v.number == 2 ? "new" : "old";
    switch (v.cause) {
        case Cause::accepted_too_late:
            return fmt::format("provisioned on {}, but the invitation is expected to be accepted by {}", day,
                               other);
        case Cause::auto_renew_off_missing:
            return "lapses, but would renew by itself: auto_renew_off_on is needed";
        case Cause::auto_renew_off_superfluous:
            return fmt::format(
                "auto_renew_off_on {} is superfluous: only a lapse of an auto-renewing contract has one",
                day);
        case Cause::auto_renew_off_too_late:
            return fmt::format("auto-renew is switched off on {}, {} is the last day in time", day, other);
        case Cause::auto_renew_off_too_early:
            return fmt::format(
                "auto-renew is switched off on {}, before the renewal on {} that the plan wants", day, other);
        case Cause::cancelled_after_notice:
            return fmt::format("cancelled on {}, but after {} the renewal can no longer be stopped", day,
                               other);
        case Cause::day_in_blackout:
            return fmt::format("{} {} lies in a blackout of the customer", field_name(v.field), day);
        case Cause::day_not_worked:
            return fmt::format("{} {} is a weekend or a holiday", field_name(v.field), day);
        case Cause::day_outside_horizon:
            return fmt::format("{} {} lies outside the horizon {} to {}", field_name(v.field), day,
                               to_text(scenario.h0()), to_text(scenario.h1()));
        case Cause::over_budget:
            return fmt::format("cash of {} against a budget of {}: {} too much", money(v.number),
                               money(v.limit), money(v.number - v.limit));
        case Cause::over_capacity:
            return fmt::format("{} of work against {}: {} short", minutes_text(v.number),
                               minutes_text(v.limit), minutes_text(v.number - v.limit));
        case Cause::gap_in_service:
            return fmt::format("handed over on {}, {} days after {}, the last day in time", day,
                               v.day - v.other, other);
        case Cause::handed_over_after_horizon:
            return fmt::format("handed over on {}, after the end of the horizon {}", day, other);
        case Cause::moved_too_early:
            return fmt::format("provisioned on {}, before move_from {}", day, other);
        case Cause::handed_over_after_move_by:
            return fmt::format("handed over on {}, after move_by {}", day, other);
        case Cause::lapse_not_on_boundary:
            return fmt::format("lapses on {}, which is no term boundary; the nearest are {} and {}", day,
                               other, to_text(Day(static_cast<std::int32_t>(v.number))));
        case Cause::lapse_outside_horizon:
            return fmt::format("lapses on {}; a lapse is after {} and at or before {}", day,
                               to_text(scenario.h0()), to_text(scenario.h1()));
        case Cause::cancelled_on_boundary:
            return fmt::format("cancelled on {}, a term boundary: that is a lapse", day);
        case Cause::invitation_missing:
            return "has a subscription that migrates and no relationship yet, but is not invited";
        case Cause::invitation_superfluous:
            return fmt::format("invited on {}, but needs no invitation", day);
        case Cause::no_move:
            return "has no move";
        case Cause::several_moves:
            return fmt::format("has {} moves", v.number);
        case Cause::must_not_stay:
            return fmt::format("must move, but stays; its term ends on {}", day);
        case Cause::not_cancellable:
            return v.limit < 0
                       ? fmt::format("cancelled on {}, but its programme allows no cancellation", day)
                       : fmt::format(
                             "cancelled on {}, day {} of the term; its programme allows it up to day {}", day,
                             v.number, v.limit);
        case Cause::parent_acts_otherwise:
            return "does not do what its parent does: both stay or both migrate";
        case Cause::before_parent:
            return fmt::format("provisioned on {}, before its parent on {}", day, other);
        case Cause::outlives_parent:
            return fmt::format("ends on {}, after its parent on {}", day, other);
        case Cause::requirement_not_met:
            return "its target requires another offer that its parent does not move to";
        case Cause::no_price:
            return fmt::format("the {} contract has no price for a term that starts on {}", contract, day);
        case Cause::reassign_day_missing:
            return "the offer differs, so licences are reassigned: reassign_on is needed";
        case Cause::reassign_day_superfluous:
            return fmt::format("reassign_on {} is superfluous: nothing is reassigned", day);
        case Cause::reassigned_before_usable:
            return fmt::format("reassigned from {}, but usable only on {}", day, other);
        case Cause::renewals_closed:
            return fmt::format("the {} contract would renew on {}, after the last renewal day {}", contract,
                               day, other);
        case Cause::too_many_seats:
            return fmt::format("{} seats, but the target sells at most {}", v.number, v.limit);
        case Cause::target_not_allowed:
            return "its target is none of the allowed ones";
        case Cause::term_not_allowed:
            return "its term and billing are none of the allowed ones";
    }
    return {};
}

void sort_violations(const Scenario& scenario, std::vector<Violation>& violations) {
    std::string a_buffer, b_buffer;
    std::ranges::stable_sort(violations, [&](const Violation& a, const Violation& b) {
        if (a.rule != b.rule) return a.rule < b.rule;
        return subject_view(scenario, a, a_buffer) < subject_view(scenario, b, b_buffer);
    });
    // A customer and a subscription may bear one id: results tell them apart by name only, and so do we.
    const auto same = [&](const Violation& a, const Violation& b) {
        return a.rule == b.rule && subject_view(scenario, a, a_buffer) == subject_view(scenario, b, b_buffer);
    };
    violations.erase(std::unique(violations.begin(), violations.end(), same), violations.end());
}

}  // namespace termwise
