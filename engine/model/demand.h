// How many seats are needed when (M1.3).
#pragma once

#include <cstdint>
#include <span>

#include "calendar/day.h"

namespace termwise {

/// From this day on, `seats` are needed.
struct DemandStep {
    Day from;
    std::int32_t seats = 1;

    friend constexpr auto operator<=>(DemandStep, DemandStep) = default;
};

/// The demand of one subscription: a step function of the day. Refers to the scenario's steps, ascending by
/// day.
class Demand {
  public:
    Demand(std::int32_t seats_before, std::span<const DemandStep> steps)
        : seats_before_(seats_before), steps_(steps) {}

    /// Seats needed on `day`. Runtime: linear in the steps, of which there are few.
    [[nodiscard]] std::int32_t at(Day day) const {
        std::int32_t seats = seats_before_;
        for (const DemandStep& step : steps_) {
            if (step.from > day) break;
            seats = step.seats;
        }
        return seats;
    }

    [[nodiscard]] std::span<const DemandStep> steps() const { return steps_; }

    /// Sum of the demand over the days of [from, to).
    [[nodiscard]] std::int64_t seat_days(Day from, Day to) const {
        std::int64_t sum = 0;
        Day day = from;
        for (const DemandStep& step : steps_) {
            if (step.from <= day) continue;
            if (step.from >= to) break;
            sum += std::int64_t{step.from - day} * at(day);
            day = step.from;
        }
        return day < to ? sum + std::int64_t{to - day} * at(day) : sum;
    }

  private:
    std::int32_t seats_before_;
    std::span<const DemandStep> steps_;
};

}  // namespace termwise
