// Moments, for what runs in the world: planning counts days (day.h), servers and journals need seconds.
// Always UTC; none of this reads a clock.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/day.h"

namespace termwise {

inline constexpr std::int64_t kSecondsPerDay = 86'400;

/// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
struct Instant {
    std::int64_t seconds = 0;

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant instant, std::int64_t seconds) {
        return {instant.seconds + seconds};
    }
    friend constexpr Instant operator-(Instant instant, std::int64_t seconds) {
        return {instant.seconds - seconds};
    }
    friend constexpr std::int64_t operator-(Instant a, Instant b) { return a.seconds - b.seconds; }
};

[[nodiscard]] constexpr Instant start_of(Day day) { return {std::int64_t{day.serial} * kSecondsPerDay}; }

/// The civil day in UTC.
[[nodiscard]] constexpr Day day_of(Instant instant) {
    const std::int64_t days = instant.seconds / kSecondsPerDay;
    return Day(static_cast<std::int32_t>(instant.seconds % kSecondsPerDay < 0 ? days - 1 : days));
}

/// "2026-03-01T09:30:00Z". For years 0 to 9999.
[[nodiscard]] std::string to_text(Instant instant);

/// Reads ISO 8601 as servers write it (partner-center reference 2.6): a date, `T` or a blank, hours to
/// seconds, any number of digits of a fraction (dropped), `Z`, an offset or nothing, which means UTC. A date
/// alone is its first moment. Nothing if it is something else, or no such date.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

}  // namespace termwise
