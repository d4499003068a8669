// Which days are worked (M1.1): the week's pattern, less holidays, less a customer's blackouts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/interval.h"
#include "calendar/day.h"

namespace termwise {

/// Bit d is set when weekday d (0 Monday) is worked.
using WeekPattern = std::uint8_t;
inline constexpr WeekPattern kMondayToFriday = 0b0011111;

/// The days on which anybody works at all.
class Workdays {
  public:
    Workdays() = default;
    /// `holidays` in any order. At least one weekday must be worked.
    Workdays(WeekPattern week, std::vector<Day> holidays);

    [[nodiscard]] WeekPattern week() const { return week_; }
    [[nodiscard]] std::span<const Day> holidays() const { return holidays_; }

    /// Runtime: O(1) between the first and the last holiday, where a table answers.
    [[nodiscard]] bool is_workday(Day day) const {
        if (((week_ >> weekday_of(day)) & 1U) == 0) return false;
        const auto offset = static_cast<std::uint32_t>(day.serial - first_holiday_serial_);
        return offset >= is_holiday_.size() || is_holiday_[offset] == 0;
    }

  private:
    WeekPattern week_ = kMondayToFriday;
    std::vector<Day> holidays_;
    std::vector<std::uint8_t> is_holiday_;  // from the first holiday to the last
    std::int32_t first_holiday_serial_ = 0;
};

/// Why a day is not worked for a customer; the first that applies, in this order (M3.4).
enum class DayStatus : std::uint8_t { worked, not_a_workday, blackout };

/// The workdays of one customer: the scenario's, less the customer's blackouts. Refers to both, owns nothing.
class CustomerDays {
  public:
    CustomerDays(const Workdays& workdays, std::span<const Interval<Day>> blackouts)
        : workdays_(&workdays), blackouts_(blackouts) {}

    [[nodiscard]] DayStatus status(Day day) const {
        if (!workdays_->is_workday(day)) return DayStatus::not_a_workday;
        for (const Interval<Day>& blackout : blackouts_)
            if (blackout.contains(day)) return DayStatus::blackout;
        return DayStatus::worked;
    }
    [[nodiscard]] bool is_workday(Day day) const { return status(day) == DayStatus::worked; }

    /// The first workday at or after `day`; stops and returns `limit` if there is none before it.
    [[nodiscard]] Day first_at_or_after(Day day, Day limit) const {
        while (day < limit && !is_workday(day)) ++day;
        return day < limit ? day : limit;
    }
    /// The last workday at or before `day`; `Day{}` if there is none at or after `limit`.
    [[nodiscard]] Day last_at_or_before(Day day, Day limit) const {
        while (day >= limit && !is_workday(day)) --day;
        return day >= limit ? day : Day{};
    }

  private:
    const Workdays* workdays_;
    std::span<const Interval<Day>> blackouts_;
};

}  // namespace termwise
