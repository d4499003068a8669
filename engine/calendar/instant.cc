#include "calendar/instant.h"

#include <fmt/format.h>

namespace termwise {
namespace {

/// Reads text from its front. Each function takes away what it read, or says that it could not.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }

    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// A number of exactly `count` digits in [least, most].
    bool number(int count, int least, int most, int& value) {
        if (rest_.size() < static_cast<std::size_t>(count)) return false;
        int result = 0;
        for (int i = 0; i < count; ++i) {
            const char c = rest_[static_cast<std::size_t>(i)];
            if (c < '0' || c > '9') return false;
            result = result * 10 + (c - '0');
        }
        rest_.remove_prefix(static_cast<std::size_t>(count));
        value = result;
        return least <= result && result <= most;
    }

    /// One or more digits, whose value does not matter.
    bool skip_digits() {
        std::size_t count = 0;
        while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
        rest_.remove_prefix(count);
        return count > 0;
    }

  private:
    std::string_view rest_;
};

}  // namespace

std::string to_text(Instant instant) {
    const Day day = day_of(instant);
    const CivilDate date = to_civil(day);
    const std::int64_t second = instant - start_of(day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", date.year, date.month, date.day, second / 3600,
                       second / 60 % 60, second % 60);
}

std::optional<Instant> parse_instant(std::string_view text) {
    Cursor in(text);
    CivilDate date;
    if (!in.number(4, 0, 9999, date.year) || !in.take('-') || !in.number(2, 1, 12, date.month) ||
        !in.take('-') || !in.number(2, 1, days_in_month(date.year, date.month), date.day))
        return std::nullopt;
    Instant instant = start_of(to_day(date));
    if (in.done()) return instant;
    if (!in.take('T') && !in.take('t') && !in.take(' ')) return std::nullopt;

    int hour = 0;
    int minute = 0;
    int second = 0;
    // 60: a leap second, which is the next minute's first.
    if (!in.number(2, 0, 23, hour) || !in.take(':') || !in.number(2, 0, 59, minute)) return std::nullopt;
    if (in.take(':')) {
        if (!in.number(2, 0, 60, second)) return std::nullopt;
        if (in.take('.') && !in.skip_digits()) return std::nullopt;
    }
    instant = instant + (hour * 3600 + minute * 60 + second);

    if (in.done() || in.take('Z') || in.take('z')) return in.done() ? std::optional(instant) : std::nullopt;
    const bool east = in.take('+');
    if (!east && !in.take('-')) return std::nullopt;
    int offset_hours = 0;
    int offset_minutes = 0;
    if (!in.number(2, 0, 23, offset_hours)) return std::nullopt;
    in.take(':');
    if (!in.number(2, 0, 59, offset_minutes) || !in.done()) return std::nullopt;
    const int offset = offset_hours * 3600 + offset_minutes * 60;
    return east ? instant - offset : instant + offset;
}

}  // namespace termwise
