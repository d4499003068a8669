#include "import/price_rows.h"

#include <algorithm>
#include <iterator>
#include <queue>
#include <tuple>

namespace termwise {
namespace {

/// Without zeros at the end.
ExactAmount shortest(ExactAmount amount) {
    while (amount.decimals > 0 && amount.digits % 10 == 0) {
        amount.digits /= 10;
        --amount.decimals;
    }
    return amount;
}

/// Whether `a` holds rather than `b` on a day that both cover.
bool comes_before(const PriceRow& a, const PriceRow& b) {
    return a.days.to != b.days.to ? a.days.to < b.days.to : a.days.from > b.days.from;
}

}  // namespace

bool is_same_amount(ExactAmount a, ExactAmount b) { return shortest(a) == shortest(b); }

std::optional<Interval<Day>> days_of_row(const std::optional<WrittenDate>& start, DayOrder start_order,
                                         const std::optional<WrittenDate>& end, DayOrder end_order,
                                         bool& is_date_alone) {
    const std::optional<Day> from = start ? day_of(*start, start_order) : kBeforeAllDays;
    const std::optional<Day> to = end ? day_of(*end, end_order) : kAfterAllDays;
    if (!from || !to) return std::nullopt;
    if (!end || *to == kAfterAllDays) return Interval<Day>{*from, *to};
    is_date_alone = end->second_of_day < 0;
    const bool includes_day = is_date_alone || is_end_of_day(*end);
    return Interval<Day>{*from, includes_day ? *to + 1 : *to};
}

Resolution resolve(std::vector<PriceRow> rows) {
    Resolution found;
    std::ranges::sort(rows, {}, [](const PriceRow& row) {
        return std::tuple(row.days.from, row.days.to, row.file, row.line);
    });
    const auto is_repeated = [](const PriceRow& a, const PriceRow& b) {
        return a.days == b.days && is_same_amount(a.amount, b.amount);
    };
    const auto repeated = std::ranges::unique(rows, is_repeated);
    found.repeated = repeated.size();
    rows.erase(repeated.begin(), repeated.end());
    const auto contradicts = [](const PriceRow& a, const PriceRow& b) { return a.days == b.days; };
    const auto conflict = std::ranges::adjacent_find(rows, contradicts);
    if (conflict != rows.end()) found.conflict.emplace(*conflict, *std::next(conflict));

    std::vector<Day> bounds;
    for (const PriceRow& row : rows) {
        bounds.push_back(row.days.from);
        bounds.push_back(row.days.to);
    }
    std::ranges::sort(bounds);
    bounds.erase(std::ranges::unique(bounds).begin(), bounds.end());

    // Rows that have begun, the one that holds on top; those that have ended go when they come there.
    const auto is_below = [](const PriceRow* a, const PriceRow* b) { return comes_before(*b, *a); };
    std::priority_queue<const PriceRow*, std::vector<const PriceRow*>, decltype(is_below)> begun(is_below);
    auto next = rows.begin();
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
        for (; next != rows.end() && next->days.from == bounds[i]; ++next) begun.push(&*next);
        while (!begun.empty() && begun.top()->days.to <= bounds[i]) begun.pop();
        if (begun.empty()) continue;
        const PriceRow& holds = *begun.top();
        found.had_overlap = found.had_overlap || begun.size() > 1;
        const bool goes_on = !found.rows.empty() && found.rows.back().days.to == bounds[i] &&
                             is_same_amount(found.rows.back().amount, holds.amount);
        if (goes_on) {
            found.rows.back().days.to = bounds[i + 1];
            continue;
        }
        found.rows.push_back(holds);
        found.rows.back().days = {bounds[i], bounds[i + 1]};
    }
    return found;
}

}  // namespace termwise
