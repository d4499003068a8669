// ISO 8601 weeks: Monday to Sunday; week 1 holds the year's first Thursday.
#pragma once

#include <cstdint>
#include <string>

#include "calendar/day.h"

namespace termwise {

/// Weeks counted on from the one of 1970-01-01, so that weeks of two years compare and subtract.
[[nodiscard]] constexpr std::int32_t week_number(Day day) {
    const std::int32_t shifted = day.serial + 3;  // days since the Monday of that week
    return (shifted >= 0 ? shifted : shifted - 6) / 7;
}

[[nodiscard]] constexpr Day monday_of(std::int32_t week_number) { return Day(week_number * 7 - 3); }

/// "2026-W53".
[[nodiscard]] std::string week_text(std::int32_t week_number);

}  // namespace termwise
