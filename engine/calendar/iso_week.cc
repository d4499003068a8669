#include "calendar/iso_week.h"

#include <fmt/format.h>

namespace termwise {

std::string week_text(std::int32_t week_number) {
    const Day thursday = monday_of(week_number) + 3;  // an ISO week belongs to the year of its Thursday
    const std::int32_t year = to_civil(thursday).year;
    const std::int32_t week = (thursday - to_day({year, 1, 1})) / 7 + 1;
    return fmt::format("{:04}-W{:02}", year, week);
}

}  // namespace termwise
