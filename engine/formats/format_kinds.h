// The kinds of files and documents that we write or read: what stands before the "/" of their `format`.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace termwise {

/// All that has a published schema (scenarios/schema), and what only this program reads again.
inline constexpr std::array<std::string_view, 25> kFormatKinds{
    "termwise-agenda",        "termwise-approval",     "termwise-binding",       "termwise-comparison",
    "termwise-explanation",   "termwise-import",       "termwise-import-prices", "termwise-import-settings",
    "termwise-journal",       "termwise-journal-head", "termwise-keys",          "termwise-plan",
    "termwise-planning",      "termwise-profile",      "termwise-report",        "termwise-scenario",
    "termwise-scenario-part", "termwise-score",        "termwise-simulation",    "termwise-simulation-part",
    "termwise-status",        "termwise-threshold",    "termwise-tornado",       "termwise-trust",
    "termwise-validation"};

/// "termwise-plan" of "termwise-plan/1".
[[nodiscard]] constexpr std::string_view format_kind(std::string_view format) {
    return format.substr(0, format.find('/'));
}

[[nodiscard]] constexpr bool is_format_kind(std::string_view kind) {
    return std::ranges::find(kFormatKinds, kind) != kFormatKinds.end();
}

}  // namespace termwise
