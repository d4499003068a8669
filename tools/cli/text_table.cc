#include "cli/text_table.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "money/decimal.h"

namespace termwise::cli {
namespace {

constexpr int kLeastWidth = 40;
constexpr std::size_t kLeastNameWidth = 12;

int terminal_width() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char* columns = std::getenv("COLUMNS");
    const int given = columns == nullptr ? 0 : std::atoi(columns);
    return given > 0 ? given : 100;
}

/// The first of the variables that name the character set, as POSIX has it.
bool shows_utf8() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        std::string set(value);
        std::ranges::transform(set, set.begin(), [](unsigned char c) { return std::tolower(c); });
        return set.find("utf-8") != std::string::npos || set.find("utf8") != std::string::npos;
    }
    return true;
}

}  // namespace

Style Style::of_terminal() {
    Style style;
    const char* no_colour = std::getenv("NO_COLOR");
    style.colour = ::isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
    style.blocks = shows_utf8();
    style.width = std::max(kLeastWidth, terminal_width());
    return style;
}

std::string Style::painted(std::string_view code, std::string_view text) const {
    return colour ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
}

std::string grouped(Money amount, int minor_digits) {
    std::string text = to_decimal_text(amount, minor_digits);
    const std::size_t first = text.front() == '-' ? 1 : 0;
    std::size_t position = std::min(text.find('.'), text.size());
    while (position > first + 3) {
        position -= 3;
        text.insert(position, ",");
    }
    return text;
}

std::string grouped(std::int64_t number) { return grouped(Money(number), 0); }

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    if (number == 1) return fmt::format("1 {}", one);
    return many.empty() ? fmt::format("{} {}s", grouped(number), one)
                        : fmt::format("{} {}", grouped(number), many);
}

std::size_t shown_width(std::string_view text) {
    std::size_t width = 0;
    bool in_escape = false;
    for (const char c : text) {
        if (c == '\033') in_escape = true;
        const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (!in_escape && !continues) ++width;
        if (in_escape && c == 'm') in_escape = false;
    }
    return width;
}

std::string cut(std::string_view text, std::size_t width) {
    if (shown_width(text) <= width) return std::string(text);
    std::string kept;
    std::size_t shown = 0;
    for (const char c : text) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (!continues && ++shown >= width) break;
        kept += c;
    }
    return kept + "…";
}

std::string TextTable::text(int width) const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_)
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (widths.size() <= c) widths.push_back(0);
            widths[c] = std::max(widths[c], shown_width(row[c]));
        }
    std::size_t others = 0;
    for (std::size_t c = 1; c < widths.size(); ++c) others += widths[c] + 2;
    const auto room = static_cast<std::size_t>(width);
    if (!widths.empty() && widths[0] + others > room)
        widths[0] = std::max(kLeastNameWidth, room > others ? room - others : 0);
    std::string text;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string cell = c == 0 ? cut(row[c], widths[0]) : row[c];
            const std::string blanks(widths[c] - std::min(widths[c], shown_width(cell)), ' ');
            const bool left = c == 0 || std::ranges::find(left_, c) != left_.end();
            line += (c == 0 ? "" : "  ") + (left ? cell + blanks : blanks + cell);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

}  // namespace termwise::cli
