// The rule sets of the programmes that an import may need, by era: the same as scenarios/rules, built in
// because an imported scenario has to stand for itself. A test compares the two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "calendar/day.h"
#include "formats/json_writer.h"
#include "model/kinds.h"

namespace termwise {

/// A programme's rules in an era; for what the fields mean see scenarios/README.md.
struct ProgrammeRules {
    std::string_view id;
    std::string_view name;
    bool is_new_commerce = false;
    Day from;            ///< first day of the era; none: always
    Day renewals_until;  ///< none: open
    CancellationAllowed allowed = CancellationAllowed::always;
    Refund refund = Refund::none;
    std::optional<std::int32_t> refund_window_days;
    Remaining remaining = Remaining::due;
    std::int32_t grace_days = 0;
    std::int32_t renewal_notice_days = 0;
};

[[nodiscard]] std::span<const ProgrammeRules> programme_rules();

/// Null if there is none.
[[nodiscard]] const ProgrammeRules* find_rules(std::string_view id);

/// The rules of new commerce in force on a day; those of its first era for days before.
[[nodiscard]] const ProgrammeRules& new_commerce_rules_on(Day day);

/// The rules of the old CSP programme for a term: 36 and 72 months had their own.
[[nodiscard]] const ProgrammeRules& old_rules_for(std::int32_t term_months);

/// As a member of `programmes`.
void write_rules(JsonWriter& json, const ProgrammeRules& rules);

}  // namespace termwise
