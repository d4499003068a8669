#include "cli/text_table.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>

#include "money/decimal.h"

namespace termwise::cli {
namespace {

constexpr int kLeastWidth = 40;
constexpr std::size_t kLeastNameWidth = 12;

/// Nothing if standard output is no terminal, or one that does not say.
std::optional<int> terminal_width() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return std::nullopt;
}

int width_asked_for() {
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
    style.unicode = shows_utf8();
    const std::optional<int> terminal = terminal_width();
    style.width = std::max(kLeastWidth, terminal ? *terminal : width_asked_for());
    style.folds = terminal.has_value();
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

std::string cut(std::string_view text, std::size_t width, const Style& style) {
    if (shown_width(text) <= width) return std::string(text);
    const std::string_view ellipsis = style.ellipsis();
    const std::size_t room = width - std::min(width, shown_width(ellipsis));
    std::string kept;
    std::size_t shown = 0;
    for (const char c : text) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (!continues && shown++ >= room) break;
        kept += c;
    }
    return kept.append(ellipsis);
}

TextTable::Layout TextTable::layout(const Style& style) const {
    Layout found;
    for (const auto& row : rows_)
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (found.widths.size() <= c) found.widths.push_back(0);
            found.widths[c] = std::max(found.widths[c], shown_width(row[c]));
        }
    if (found.widths.empty()) return found;
    std::size_t others = 0;
    for (std::size_t c = 1; c < found.widths.size(); ++c) others += found.widths[c] + 2;
    const auto room = static_cast<std::size_t>(style.width);
    std::size_t& first = found.widths[0];
    if (first + others > room && !keeps_names_)
        first = std::min(first, std::max(kLeastNameWidth, room > others ? room - others : 0));
    std::size_t used = first;
    for (std::size_t c = 1; c < found.widths.size(); ++c) {
        const std::size_t wanted = found.widths[c] + 2;
        if (style.folds && used + wanted > room && used > first) {
            found.ends.push_back(c);
            used = first;
        }
        used += wanted;
    }
    found.ends.push_back(found.widths.size());
    return found;
}

bool TextTable::has_line_a_row(const Style& style) const { return layout(style).ends.size() <= 1; }

std::string TextTable::line(const std::vector<std::string>& row, std::size_t from, std::size_t to,
                            const Layout& layout, const Style& style) const {
    std::string line;
    const auto add = [&](std::size_t c) {
        const std::size_t width = layout.widths[c];
        const std::string cell = c == 0 ? cut(row[c], width, style) : row[c];
        const std::string blanks(width - std::min(width, shown_width(cell)), ' ');
        const bool left = c == 0 || std::ranges::find(left_, c) != left_.end();
        line += (c == 0 ? "" : "  ") + (left ? cell + blanks : blanks + cell);
    };
    if (!row.empty()) add(0);
    for (std::size_t c = std::max<std::size_t>(from, 1); c < std::min(to, row.size()); ++c) add(c);
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
}

std::string TextTable::text(const Style& style) const {
    const Layout found = layout(style);
    std::string text;
    std::size_t from = 0;
    for (const std::size_t to : found.ends) {
        if (from > 0) text += '\n';
        for (const auto& row : rows_) text += line(row, from, to, found, style);
        from = to;
    }
    return text;
}

}  // namespace termwise::cli
