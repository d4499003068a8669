#include "import/rules.h"

#include <algorithm>
#include <array>

#include "formats/names.h"

namespace termwise {
namespace {

using enum CancellationAllowed;
using enum Refund;
using enum Remaining;

constexpr Day day(std::int32_t year, std::int32_t month, std::int32_t day_of_month) {
    return to_day({year, month, day_of_month});
}

constexpr Day kNone{};
constexpr Day kLastOldRenewal = day(2024, 1, 10);

// Sources, with their certainty, stand with each programme in scenarios/rules/old-csp.json and
// scenarios/rules/new-commerce-*.json.
constexpr std::array kRules{
    ProgrammeRules{"old-csp", "CSP before new commerce, 12 months", false, kNone, kLastOldRenewal, always,
                   prorated, std::nullopt, waived, 0, 1},
    ProgrammeRules{"old-csp-36m", "CSP before new commerce, 36 months (Dynamics)", false, kNone,
                   kLastOldRenewal, always, prorated, std::nullopt, waived, 0, 1},
    ProgrammeRules{"old-csp-72m-a1", "CSP before new commerce, 72 months (A1 for devices)", false, kNone,
                   kLastOldRenewal, never, none, std::nullopt, due, 0, 1},
    ProgrammeRules{"nce-2022-01", "New commerce in CSP, 72 hours", true, day(2022, 1, 10), kNone, window,
                   prorated, 2, due, 30, 1},
    ProgrammeRules{"nce-2022-03-18", "New commerce in CSP, 7 days", true, day(2022, 3, 18), kNone, window,
                   prorated, 6, due, 30, 1},
    ProgrammeRules{"nce-2025-04-01", "New commerce in CSP, 7 days, 5 % on monthly billing", true,
                   day(2025, 4, 1), kNone, window, prorated, 6, due, 30, 1},
    ProgrammeRules{"nce-2026-05-04", "New commerce in CSP, no free days", true, day(2026, 5, 4), kNone,
                   window, prorated, 6, due, 0, 1}};

}  // namespace

std::span<const ProgrammeRules> programme_rules() { return kRules; }

const ProgrammeRules* find_rules(std::string_view id) {
    const auto found = std::ranges::find(kRules, id, &ProgrammeRules::id);
    return found == kRules.end() ? nullptr : &*found;
}

const ProgrammeRules& new_commerce_rules_on(Day day_of_rules) {
    const ProgrammeRules* in_force = nullptr;
    for (const ProgrammeRules& rules : kRules)
        if (rules.is_new_commerce && (in_force == nullptr || rules.from <= day_of_rules)) in_force = &rules;
    return *in_force;
}

const ProgrammeRules& old_rules_for(std::int32_t term_months) {
    if (term_months == 36) return kRules[1];
    return term_months == 72 ? kRules[2] : kRules[0];
}

void write_rules(JsonWriter& json, const ProgrammeRules& rules) {
    json.begin_object();
    json.field("id", rules.id);
    json.field("x-name", rules.name);
    if (!rules.renewals_until.none())
        json.field("renewals_until", std::string_view(to_text(rules.renewals_until)));
    json.key("cancellation").begin_object();
    json.field("allowed", word(kAllowedNames, rules.allowed));
    json.field("refund", word(kRefundNames, rules.refund));
    if (rules.refund_window_days) json.field("refund_window_days", *rules.refund_window_days);
    json.field("remaining", word(kRemainingNames, rules.remaining));
    json.end_object();
    json.field("grace_days", rules.grace_days);
    json.field("renewal_notice_days", rules.renewal_notice_days);
    json.end_object();
}

}  // namespace termwise
