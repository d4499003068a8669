// Civil days and nothing finer (M0.1): no clock, no time zone, no "today".
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace termwise {

/// A civil (proleptic Gregorian) day, counted from 1970-01-01. `Day{}` is "no day".
struct Day {
    std::int32_t serial = kNoSerial;

    constexpr Day() = default;
    constexpr explicit Day(std::int32_t days_since_1970) : serial(days_since_1970) {}

    [[nodiscard]] constexpr bool none() const { return serial == kNoSerial; }

    friend constexpr auto operator<=>(Day, Day) = default;
    friend constexpr Day operator+(Day day, std::int32_t days) { return Day(day.serial + days); }
    friend constexpr Day operator-(Day day, std::int32_t days) { return Day(day.serial - days); }
    friend constexpr std::int32_t operator-(Day a, Day b) { return a.serial - b.serial; }
    constexpr Day& operator++() {
        ++serial;
        return *this;
    }
    constexpr Day& operator--() {
        --serial;
        return *this;
    }

  private:
    static constexpr std::int32_t kNoSerial = std::numeric_limits<std::int32_t>::min();
};

struct CivilDate {
    std::int32_t year = 1970;
    std::int32_t month = 1;  ///< 1 to 12
    std::int32_t day = 1;    ///< 1 to 31
};

/// Days before / after every day that an input may name: an open start, an open end.
inline constexpr Day kBeforeAllDays{-1'000'000'000};
inline constexpr Day kAfterAllDays{1'000'000'000};

/// Years that an input may name.
inline constexpr std::int32_t kFirstYear = 1900;
inline constexpr std::int32_t kLastYear = 2999;

[[nodiscard]] constexpr bool is_leap_year(std::int32_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

[[nodiscard]] constexpr std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
    if (month == 2) return is_leap_year(year) ? 29 : 28;
    return 30 + ((month + (month >> 3)) & 1);
}

/// Serial of a valid date. Counts from 1 March, so that the leap day comes last, and in eras of 400 years.
[[nodiscard]] constexpr Day to_day(CivilDate date) {
    const std::int32_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int32_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int32_t year_of_era = year - era * 400;
    const std::int32_t month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int32_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const std::int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return Day(era * 146'097 + day_of_era - 719'468);
}

[[nodiscard]] constexpr CivilDate to_civil(Day day) {
    const std::int32_t shifted = day.serial + 719'468;
    const std::int32_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int32_t day_of_era = shifted - era * 146'097;
    const std::int32_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int32_t month_from_march = (5 * day_of_year + 2) / 153;
    const std::int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
            day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

/// 0 Monday to 6 Sunday.
[[nodiscard]] constexpr std::int32_t weekday_of(Day day) {
    const std::int32_t from_monday = (day.serial + 3) % 7;  // 1970-01-01 was a Thursday
    return from_monday < 0 ? from_monday + 7 : from_monday;
}

/// A calendar month as a number that counts on: year * 12 + month - 1.
[[nodiscard]] constexpr std::int32_t month_number(CivilDate date) { return date.year * 12 + date.month - 1; }
[[nodiscard]] constexpr std::int32_t month_number(Day day) { return month_number(to_civil(day)); }

/// Reads `YYYY-MM-DD` of a day that exists in the years kFirstYear to kLastYear; anything else is nothing.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);

/// `YYYY-MM-DD`.
[[nodiscard]] std::string to_text(Day day);
/// `YYYY-MM`.
[[nodiscard]] std::string month_text(std::int32_t month_number);

}  // namespace termwise
