#include "calendar/period.h"

#include <fmt/format.h>

namespace termwise {

std::optional<Period> parse_period(std::string_view text) {
    if (text.size() < 3 || text.size() > 6 || text.front() != 'P' || text[1] == '0') return std::nullopt;
    std::int32_t count = 0;
    for (const char c : text.substr(1, text.size() - 2)) {
        if (c < '0' || c > '9') return std::nullopt;
        count = count * 10 + (c - '0');
    }
    const char unit = text.back();
    if (unit != 'M' && unit != 'Y') return std::nullopt;
    const std::int32_t months = unit == 'Y' ? count * 12 : count;
    if (months > kMostPeriodMonths) return std::nullopt;
    return Period{static_cast<std::int16_t>(months)};
}

std::string to_text(Period period) { return fmt::format("P{}M", period.months); }

std::string to_short_text(Period period) {
    return period.months % 12 == 0 ? fmt::format("P{}Y", period.months / 12) : to_text(period);
}

}  // namespace termwise
