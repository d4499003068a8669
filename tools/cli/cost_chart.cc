#include "cli/cost_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace termwise::cli {
namespace {

constexpr int kRows = 5;
constexpr std::int64_t kMostColumns = 76;
constexpr std::array<std::string_view, 9> kEighths{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

struct Column {
    std::optional<std::int64_t> cost;
    bool chosen = false;
};

std::vector<Column> columns_of(const std::vector<DayCost>& days, Day chosen, std::int64_t most) {
    const auto count = static_cast<std::int64_t>(days.size());
    const std::int64_t in_one = std::max<std::int64_t>(1, (count + most - 1) / most);
    std::vector<Column> columns(static_cast<std::size_t>((count + in_one - 1) / in_one));
    for (std::int64_t i = 0; i < count; ++i) {
        const DayCost& row = days[static_cast<std::size_t>(i)];
        Column& column = columns[static_cast<std::size_t>(i / in_one)];
        column.chosen = column.chosen || row.day == chosen;
        if (!row.tried.feasible()) continue;
        const std::int64_t cost = row.tried.difference.minor;
        column.cost = column.cost ? std::min(*column.cost, cost) : cost;
    }
    return columns;
}

}  // namespace

std::string cost_chart(const std::vector<DayCost>& days, Day chosen, int minor_digits, const Style& style) {
    std::optional<std::int64_t> least, most;
    int feasible = 0;
    for (const DayCost& row : days) {
        if (!row.tried.feasible()) continue;
        ++feasible;
        const std::int64_t cost = row.tried.difference.minor;
        least = least ? std::min(*least, cost) : cost;
        most = most ? std::max(*most, cost) : cost;
    }
    if (feasible < 2) return "";
    const auto label = [&](std::int64_t minor) {
        return (minor > 0 ? "+" : "") + grouped(Money(minor), minor_digits);
    };
    const std::size_t margin = std::max(label(*least).size(), label(*most).size());
    const std::int64_t room = std::max<std::int64_t>(10, style.width - static_cast<std::int64_t>(margin) - 4);
    const std::vector<Column> columns = columns_of(days, chosen, std::min(kMostColumns, room));

    const int steps = style.unicode ? 8 : 1;
    const std::int64_t span = std::max<std::int64_t>(1, *most - *least);
    // The cheapest day still has a bar, of one step, so that it can be told from a day that is not feasible.
    const auto height = [&](std::int64_t cost) {
        const double part = static_cast<double>(cost - *least) / static_cast<double>(span);
        return 1 + static_cast<int>(part * (kRows * steps - 1) + 0.5);
    };
    std::string text;
    for (int row = kRows - 1; row >= 0; --row) {
        std::string line;
        for (const Column& column : columns) {
            const int filled = column.cost ? std::clamp(height(*column.cost) - row * steps, 0, steps) : 0;
            const std::string_view bar = style.unicode ? kEighths[static_cast<std::size_t>(filled)]
                                         : filled > 0  ? "#"
                                                       : " ";
            line += column.chosen && filled > 0 ? style.good(bar) : std::string(bar);
        }
        const std::string scale = row == kRows - 1 ? label(*most) : row == 0 ? label(*least) : "";
        line.erase(line.find_last_not_of(' ') + 1);
        std::string shown = fmt::format("  {:>{}} |{}", scale, margin, line);
        shown.erase(shown.find_last_not_of(' ') + 1);
        text += shown + "\n";
    }
    std::string axis = fmt::format("  {:>{}}  ", "", margin);
    const std::string first = to_text(days.front().day);
    const std::string last = to_text(days.back().day);
    std::string marks(columns.size(), ' ');
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].chosen) marks[i] = '^';
    marks.erase(marks.find_last_not_of(' ') + 1);
    if (!marks.empty()) text += axis + marks + "\n";
    const std::size_t between =
        columns.size() > first.size() + last.size() ? columns.size() - first.size() - last.size() : 1;
    return text + axis + first + std::string(between, ' ') + last + "\n";
}

}  // namespace termwise::cli
