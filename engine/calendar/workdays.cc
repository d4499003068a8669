#include "calendar/workdays.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace termwise {

Workdays::Workdays(WeekPattern week, std::vector<Day> holidays)
    : week_(week), holidays_(std::move(holidays)) {
    assert((week & 0b1111111) != 0);
    std::ranges::sort(holidays_);
    holidays_.erase(std::unique(holidays_.begin(), holidays_.end()), holidays_.end());
    if (holidays_.empty()) return;
    first_holiday_serial_ = holidays_.front().serial;
    is_holiday_.assign(static_cast<std::size_t>(holidays_.back() - holidays_.front()) + 1, 0);
    for (const Day day : holidays_) is_holiday_[static_cast<std::size_t>(day - holidays_.front())] = 1;
}

}  // namespace termwise
