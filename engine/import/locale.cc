#include "import/locale.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/scalar.h"
#include "money/share.h"

namespace termwise {
namespace {

constexpr std::int32_t kNeverYear = 2999;
constexpr std::size_t kGroupDigits = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads along a text.
class Scan {
  public:
    explicit Scan(std::string_view text) : rest_(text) {}

    /// From `least` to `most` digits, all that follow; the number and how many there were.
    [[nodiscard]] std::optional<std::pair<std::int32_t, std::size_t>> digits(std::size_t least,
                                                                             std::size_t most) {
        std::size_t count = 0;
        std::int32_t number = 0;
        while (count < rest_.size() && is_digit(rest_[count]) && count <= most)
            number = number * 10 + (rest_[count++] - '0');
        if (count < least || count > most) return std::nullopt;
        rest_.remove_prefix(count);
        return std::pair(number, count);
    }
    [[nodiscard]] bool take(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    [[nodiscard]] char take_any(std::string_view of) {
        if (rest_.empty() || of.find(rest_.front()) == std::string_view::npos) return 0;
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    void skip_digits() {
        while (!rest_.empty() && is_digit(rest_.front())) rest_.remove_prefix(1);
    }
    [[nodiscard]] bool is_done() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

std::optional<DateShape> shape_of(char separator) {
    if (separator == '/') return DateShape::slashes;
    if (separator == '.') return DateShape::dots;
    if (separator == '-') return DateShape::dashes;
    return std::nullopt;
}

bool is_month(int number) { return number >= 1 && number <= 12; }
bool is_day_of_month(int number) { return number >= 1 && number <= 31; }

std::optional<WrittenDate> parse_date_part(Scan& scan) {
    WrittenDate date;
    const auto set = [&date](DateShape shape, std::int32_t year, std::int32_t first, std::int32_t second) {
        date.shape = shape;
        date.year = static_cast<std::int16_t>(year);
        date.first = static_cast<std::uint8_t>(first);
        date.second = static_cast<std::uint8_t>(second);
    };
    const auto start = scan.digits(1, 8);
    if (!start) return std::nullopt;
    const auto [number, count] = *start;
    if (count == 8) {
        set(DateShape::compact, number / 10000, number / 100 % 100, number % 100);
    } else if (count == 1 || count == 2 || count == 4) {
        const char separator = scan.take_any("/.-");
        if (separator == 0) return std::nullopt;
        const auto middle = scan.digits(1, 2);
        if (!middle || scan.take_any({&separator, 1}) == 0) return std::nullopt;
        const auto last = count == 4 ? scan.digits(1, 2) : scan.digits(4, 4);
        if (!last) return std::nullopt;
        if (count == 4)
            set(DateShape::year_first, number, middle->first, last->first);
        else
            set(*shape_of(separator), last->first, number, middle->first);
    } else {
        return std::nullopt;
    }
    const bool is_ordered = date.shape == DateShape::year_first || date.shape == DateShape::compact;
    const bool is_month_first = is_month(date.first) && is_day_of_month(date.second);
    const bool is_day_first = is_month(date.second) && is_day_of_month(date.first) && !is_ordered;
    if (date.year < 1 || !(is_month_first || is_day_first)) return std::nullopt;
    return date;
}

/// "12:00:00 AM", "23:59", "06:57:30.0682597Z"; false if it is no time of a UTC day.
bool parse_time_part(Scan& scan, WrittenDate& date) {
    const auto hour = scan.digits(1, 2);
    if (!hour || !scan.take(":")) return false;
    const auto minute = scan.digits(2, 2);
    if (!minute || minute->first > 59) return false;
    std::int32_t seconds = 0;
    if (scan.take(":")) {
        const auto second = scan.digits(2, 2);
        if (!second || second->first > 59) return false;
        seconds = second->first;
        if (scan.take(".")) scan.skip_digits();
    }
    std::int32_t hours = hour->first;
    static_cast<void>(scan.take(" "));
    const bool is_morning = scan.take("AM") || scan.take("am");
    const bool is_afternoon = !is_morning && (scan.take("PM") || scan.take("pm"));
    if (is_morning || is_afternoon) {
        if (hours < 1 || hours > 12) return false;
        hours = hours % 12 + (is_afternoon ? 12 : 0);
    } else if (!scan.take("Z")) {
        static_cast<void>(scan.take("+00:00"));
    }
    if (hours > 23) return false;
    date.second_of_day = hours * 3600 + minute->first * 60 + seconds;
    return true;
}

std::string_view order_text(DayOrder order) {
    return order == DayOrder::month_first ? "the month first" : "the day first";
}

}  // namespace

std::optional<WrittenDate> parse_written_date(std::string_view text) {
    Scan scan(text);
    std::optional<WrittenDate> date = parse_date_part(scan);
    if (!date || scan.is_done()) return date;
    if (scan.take_any(" T") == 0 || !parse_time_part(scan, *date) || !scan.is_done()) return std::nullopt;
    return date;
}

std::optional<Day> day_of(const WrittenDate& date, DayOrder order) {
    const bool is_ordered = date.shape == DateShape::year_first || date.shape == DateShape::compact;
    const bool is_month_first = is_ordered || order == DayOrder::month_first;
    const std::int32_t month = is_month_first ? date.first : date.second;
    const std::int32_t day = is_month_first ? date.second : date.first;
    if (!is_month(month) || day < 1 || day > days_in_month(date.year, month)) return std::nullopt;
    if (date.year >= kNeverYear) return kAfterAllDays;
    if (date.year < kFirstYear) return kBeforeAllDays;
    return to_day({date.year, month, day});
}

void DateColumn::see(const WrittenDate& date, std::string_view text, std::size_t line) {
    ++count_;
    Seen& first = first_[static_cast<std::size_t>(date.shape)];
    if (first.none()) first = {std::string(text), line};
    if (date.shape == DateShape::year_first || date.shape == DateShape::compact) return;
    std::optional<DayOrder> proves;
    if (!is_month(date.first)) proves = DayOrder::day_first;
    if (!is_month(date.second)) proves = DayOrder::month_first;
    if (!proves) return;
    Seen& proof = proof_[static_cast<std::size_t>(*proves)];
    if (proof.none()) proof = {std::string(text), line};
}

bool DateColumn::has_order() const {
    return !first_[static_cast<std::size_t>(DateShape::slashes)].none() ||
           !first_[static_cast<std::size_t>(DateShape::dots)].none() ||
           !first_[static_cast<std::size_t>(DateShape::dashes)].none();
}

std::optional<DayOrder> DateColumn::proven() const {
    for (const DayOrder order : {DayOrder::month_first, DayOrder::day_first})
        if (!proof_[static_cast<std::size_t>(order)].none()) return order;
    return std::nullopt;
}

void DateColumn::report(const Seen& seen, std::string message, const std::string& file,
                        Diagnostics& diagnostics) const {
    diagnostics.error("", {file, {}, name_, seen.line, 0}, std::move(message));
}

bool DateColumn::is_mixed(const std::string& file, Diagnostics& diagnostics) const {
    constexpr std::string_view kCure =
        "; a spreadsheet may have converted the dates that it understood: export the file again, without "
        "opening it";
    std::vector<const Seen*> seen;
    for (const Seen& first : first_)
        if (!first.none()) seen.push_back(&first);
    const auto by_place = [](const Seen* a, const Seen* b) { return a->line < b->line; };
    std::ranges::sort(seen, by_place);
    if (seen.size() > 1) {
        report(*seen[1],
               fmt::format("the date {} is written in another way than {} in line {}{}",
                           quoted(seen[1]->text), quoted(seen[0]->text), seen[0]->line, kCure),
               file, diagnostics);
        return true;
    }
    const Seen* early = &proof_[0];
    const Seen* late = &proof_[1];
    if (early->none() || late->none()) return false;
    if (by_place(late, early)) std::swap(early, late);
    report(*late,
           fmt::format("{} has {}, but {} in line {} has {}{}", quoted(late->text),
                       order_text(late == &proof_[0] ? DayOrder::month_first : DayOrder::day_first),
                       quoted(early->text), early->line,
                       order_text(early == &proof_[0] ? DayOrder::month_first : DayOrder::day_first), kCure),
           file, diagnostics);
    return true;
}

bool settle_dates(std::span<DateColumn> columns, std::optional<DayOrder> asked, const std::string& file,
                  ImportNotes& notes, Diagnostics& diagnostics) {
    bool is_good = true;
    for (const DateColumn& column : columns) is_good = !column.is_mixed(file, diagnostics) && is_good;
    if (!is_good) return false;
    for (DateColumn& column : columns) {
        if (!column.has_order()) continue;
        std::optional<DayOrder> order = column.proven();
        for (const DateColumn& other : columns) {
            const auto slot = [](const DateColumn& c) {
                return std::ranges::find_if(c.first_, [](const auto& seen) { return !seen.none(); }) -
                       c.first_.begin();
            };
            if (!order && other.proven() && slot(other) == slot(column)) order = other.proven();
        }
        if (!order) order = asked;
        if (!order) {
            const auto& dots = column.first_[static_cast<std::size_t>(DateShape::dots)];
            const auto& seen = *std::ranges::find_if(column.first_, [](const auto& s) { return !s.none(); });
            order = dots.none() ? DayOrder::month_first : DayOrder::day_first;
            notes.assume(
                fmt::format(
                    "dates in column {}, such as {}, are read with {}; nothing in the file settles it",
                    column.name_, seen.text, order_text(*order)),
                "dates", {file, seen.line}, column.count_);
        }
        column.order_ = *order;
    }
    return true;
}

// Amounts

std::optional<ExactAmount> parse_amount(std::string_view text, DecimalMark mark) {
    const char decimal = mark == DecimalMark::point ? '.' : ',';
    const char group = mark == DecimalMark::point ? ',' : '.';
    const std::size_t end = std::min(text.find(decimal), text.size());
    ExactAmount amount;
    std::size_t digits = 0, since_group = 0;
    bool has_groups = false;
    for (const char c : text.substr(0, end)) {
        if (c == group || c == '\'' || c == ' ') {
            const bool is_good =
                has_groups ? since_group == kGroupDigits : digits >= 1 && digits <= kGroupDigits;
            if (!is_good) return std::nullopt;
            has_groups = true;
            since_group = 0;
        } else if (is_digit(c)) {
            amount.digits = amount.digits * 10 + (c - '0');
            ++since_group;
            if (++digits > kMostAmountDigits) return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0 || (has_groups && since_group != kGroupDigits)) return std::nullopt;
    if (end == text.size()) return amount;
    const std::string_view fraction = text.substr(end + 1);
    if (fraction.empty() || fraction.size() > kMostAmountDecimals) return std::nullopt;
    for (const char c : fraction) {
        if (!is_digit(c)) return std::nullopt;
        amount.digits = amount.digits * 10 + (c - '0');
        ++amount.decimals;
    }
    return amount;
}

void AmountColumn::see(std::string_view text, std::size_t line) {
    const std::size_t last = text.find_last_of(".,");
    if (last == std::string_view::npos) return;
    const DecimalMark last_mark = text[last] == '.' ? DecimalMark::point : DecimalMark::comma;
    const DecimalMark other = last_mark == DecimalMark::point ? DecimalMark::comma : DecimalMark::point;
    const bool has_both = text.find(text[last] == '.' ? ',' : '.') != std::string_view::npos;
    const bool is_repeated = text.find(text[last]) != last;
    const bool is_group_like =
        text.size() - last - 1 == kGroupDigits && last >= 1 && last <= kGroupDigits && text.front() != '0';
    std::optional<DecimalMark> proves;
    if (has_both || (!is_repeated && !is_group_like)) proves = last_mark;
    if (!has_both && is_repeated) proves = other;  // marks between groups of digits, as in 1.036.800
    if (!proves) {
        if (unclear_count_++ == 0) unclear_ = line;
        return;
    }
    const auto slot = static_cast<std::size_t>(*proves);
    if (proof_[slot] != 0) return;
    proof_[slot] = line;
    proof_text_[slot] = text;
}

bool AmountColumn::settle(char separator, const std::string& file, ImportNotes& notes,
                          Diagnostics& diagnostics) {
    if (proof_[0] != 0 && proof_[1] != 0) {
        const std::size_t late = proof_[0] > proof_[1] ? 0 : 1;
        diagnostics.error(
            "", {file, {}, name_, proof_[late], 0},
            fmt::format("the amount {} has another decimal mark than {} in line {}",
                        quoted(proof_text_[late]), quoted(proof_text_[1 - late]), proof_[1 - late]));
        return false;
    }
    if (proof_[0] != 0 || proof_[1] != 0) {
        mark_ = proof_[0] != 0 ? DecimalMark::point : DecimalMark::comma;
        return true;
    }
    mark_ = separator == ';' ? DecimalMark::comma : DecimalMark::point;
    if (unclear_count_ > 0)
        notes.assume(
            fmt::format("amounts in column {} are read with a decimal {}; nothing in the file settles it",
                        name_, mark_ == DecimalMark::point ? "point" : "comma"),
            "", {file, unclear_}, unclear_count_);
    return true;
}

namespace {

constexpr std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

}  // namespace

bool is_more(ExactAmount amount, ExactAmount than) {
    return amount.digits * power_of_ten(kMostAmountDecimals - amount.decimals) >
           than.digits * power_of_ten(kMostAmountDecimals - than.decimals);
}

Money to_minor(ExactAmount amount, std::int64_t numerator, std::int64_t denominator, int minor_digits) {
    return share(Money(amount.digits), numerator * power_of_ten(minor_digits),
                 denominator * power_of_ten(amount.decimals));
}

std::int64_t rounding_difference(ExactAmount whole, Money rounded, std::int64_t parts, int minor_digits) {
    const std::int64_t exact = whole.digits * power_of_ten(kMostAmountDecimals - whole.decimals);
    const std::int64_t made = rounded.minor * parts * power_of_ten(kMostAmountDecimals - minor_digits);
    return made > exact ? made - exact : exact - made;
}

std::string difference_text(std::int64_t difference) {
    std::string text = to_decimal_text(Money(difference), kMostAmountDecimals);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
}

}  // namespace termwise
