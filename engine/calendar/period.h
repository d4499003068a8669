// Terms and billing periods: whole months, and the boundaries they draw from an anchor day (M0.2).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/day.h"

namespace termwise {

/// A duration of whole months. P12M and P1Y are the same (M1.6).
struct Period {
    std::int16_t months = 0;

    friend constexpr auto operator<=>(Period, Period) = default;
};

inline constexpr std::int32_t kMostPeriodMonths = 1200;

/// Reads `PnM` and `PnY`, n from 1 without leading zero, at most kMostPeriodMonths months; anything else is
/// nothing.
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);

/// "P12M": the canonical form counts in months (M0.6).
[[nodiscard]] std::string to_text(Period period);
/// "P1Y" for whole years, else "P18M": as planners write it.
[[nodiscard]] std::string to_short_text(Period period);

/// The boundaries of a series anchored at a day: boundary k is the anchor plus k periods, computed from the
/// anchor, its day of the month clamped to the month's last day. So an anchor on 31 January gives 28 February
/// and then 31 March: a short month does not shorten those that follow.
class Boundaries {
  public:
    Boundaries(Day anchor, Period period)
        : anchor_(anchor), date_(to_civil(anchor)), first_month_(month_number(date_)), step_(period.months) {}

    [[nodiscard]] Day anchor() const { return anchor_; }

    /// Boundary `k`; k may be negative.
    [[nodiscard]] Day at(std::int32_t k) const { return in_month(month_of(k)); }

    /// The calendar month in which boundary `k` falls, see month_number().
    [[nodiscard]] std::int32_t month_of(std::int32_t k) const { return first_month_ + k * step_; }

    /// The last k whose boundary is at or before `day`.
    [[nodiscard]] std::int32_t last_at_or_before(Day day) const {
        const std::int32_t months = month_number(day) - first_month_;
        std::int32_t k = months >= 0 ? months / step_ : -((-months + step_ - 1) / step_);
        if (at(k) > day) --k;
        return k;
    }

    /// Whether some boundary (of any k) is `day`.
    [[nodiscard]] bool has(Day day) const { return at(last_at_or_before(day)) == day; }

  private:
    [[nodiscard]] Day in_month(std::int32_t month) const {
        const std::int32_t year = month / 12;
        const std::int32_t month_of_year = month % 12 + 1;
        std::int32_t day = date_.day;
        if (day > 28) {
            const std::int32_t last = days_in_month(year, month_of_year);
            if (day > last) day = last;
        }
        return to_day({year, month_of_year, day});
    }

    Day anchor_;
    CivilDate date_;
    std::int32_t first_month_;
    std::int32_t step_;
};

}  // namespace termwise
