#include "formats/locate.h"

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/json_reader.h"
#include "formats/source.h"

namespace termwise {
namespace {

using Wanted = std::vector<Diagnostic*>;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

void put(Place& place, TextPosition at) {
    place.line = at.line;
    place.column = at.column;
}

/// The bytes of a source one by one, with their positions.
class Scanner {
  public:
    explicit Scanner(Source& source) : source_(source) {}

    [[nodiscard]] bool at_end() {
        if (next_ < block_.size()) return false;
        next_ = 0;
        block_ = source_.next_block() ? source_.block() : std::string_view();
        return block_.empty();
    }
    /// The next byte; there has to be one.
    [[nodiscard]] char peek() const { return block_[next_]; }
    char take() {
        const char byte = block_[next_++];
        ++here_.column;
        if (byte == '\n') here_ = {here_.line + 1, 1};
        return byte;
    }
    [[nodiscard]] TextPosition here() const { return here_; }

  private:
    Source& source_;
    std::string_view block_;
    std::size_t next_ = 0;
    TextPosition here_;
};

/// Finds values by their pointers. It only follows the structure: that the file is JSON was the reader's
/// business, and where it is not, what was found until there has to do.
class JsonLocator {
  public:
    JsonLocator(Source& source, const Wanted& wanted) : bytes_(source) {
        for (Diagnostic* const diagnostic : wanted)
            targets_.emplace_back(diagnostic, node_of(diagnostic->place.pointer));
    }

    void run() {
        scan();
        for (const auto& [diagnostic, target] : targets_) {
            std::size_t node = target;
            while (!nodes_[node].at && node != kRoot) node = nodes_[node].parent;
            if (nodes_[node].at) put(diagnostic->place, *nodes_[node].at);
        }
    }

  private:
    static constexpr std::size_t kRoot = 0;
    static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
    static constexpr std::size_t kMostKeyBytes = 4'096;

    /// A step of one of the pointers; together they are a tree, which the scan descends as the file does.
    struct Node {
        std::size_t parent = kRoot;
        std::map<std::string, std::size_t, std::less<>> children = {};
        std::optional<TextPosition> at = std::nullopt;
    };

    /// An object or a list that is open.
    struct Level {
        std::size_t node = kNowhere;
        bool is_object = false;
        bool expects_key = false;
        std::size_t members = 0;
    };

    std::size_t node_of(std::string_view pointer) {
        std::size_t node = kRoot;
        while (pointer.starts_with('/')) {
            pointer.remove_prefix(1);
            const std::string_view step = pointer.substr(0, pointer.find('/'));
            pointer.remove_prefix(step.size());
            const std::size_t known = nodes_.size();
            const std::size_t child = nodes_[node].children.try_emplace(unescaped(step), known).first->second;
            if (child == known) nodes_.push_back({node});
            node = child;
        }
        return node;
    }

    static std::string unescaped(std::string_view step) {
        std::string out;
        for (std::size_t i = 0; i < step.size(); ++i) {
            if (step[i] == '~' && i + 1 < step.size()) {
                out += step[++i] == '1' ? '/' : '~';
            } else {
                out += step[i];
            }
        }
        return out;
    }

    [[nodiscard]] std::size_t child(std::size_t node, std::string_view step) const {
        if (node == kNowhere) return kNowhere;
        const auto found = nodes_[node].children.find(step);
        return found == nodes_[node].children.end() ? kNowhere : found->second;
    }

    void scan() {
        while (found_ < nodes_.size() && !bytes_.at_end()) {
            const char byte = bytes_.peek();
            const bool is_in_object = !levels_.empty() && levels_.back().is_object;
            if (byte == '{' || byte == '[') {
                const std::size_t node = begin_value();
                if (levels_.size() == kMostNesting) return;
                bytes_.take();
                levels_.push_back({node, byte == '{', byte == '{'});
            } else if (byte == '}' || byte == ']') {
                bytes_.take();
                if (levels_.empty()) return;
                levels_.pop_back();
            } else if (byte == '"') {
                if (is_in_object && levels_.back().expects_key) {
                    levels_.back().expects_key = false;
                    next_ = child(levels_.back().node, take_text());
                } else {
                    static_cast<void>(begin_value());
                    static_cast<void>(take_text());
                }
            } else if (byte == ',') {
                bytes_.take();
                if (is_in_object) levels_.back().expects_key = true;
            } else if (byte == ':' || byte == '\n' || byte == '\r' || is_blank(byte)) {
                bytes_.take();
            } else {
                static_cast<void>(begin_value());
                take_word();
            }
        }
    }

    /// The node of the value that starts here.
    std::size_t begin_value() {
        std::size_t node = next_;
        if (!levels_.empty() && !levels_.back().is_object) {
            const std::size_t index = levels_.back().members++;
            node = levels_.back().node == kNowhere ? kNowhere
                                                   : child(levels_.back().node, std::to_string(index));
        }
        next_ = kNowhere;
        if (node != kNowhere && !nodes_[node].at) {
            nodes_[node].at = bytes_.here();
            ++found_;
        }
        return node;
    }

    /// A number, or a word such as `true`.
    void take_word() {
        do bytes_.take();
        while (!bytes_.at_end() &&
               std::string_view("{}[]\",: \t\r\n").find(bytes_.peek()) == std::string_view::npos);
    }

    /// A text, read to its end; empty if it is longer than any key that is looked for.
    std::string take_text() {
        std::string raw(1, bytes_.take());
        bool is_escaped = false;
        while (!bytes_.at_end()) {
            const char byte = bytes_.take();
            if (raw.size() <= kMostKeyBytes) raw += byte;
            if (byte == '"' && !is_escaped) break;
            is_escaped = byte == '\\' && !is_escaped;
        }
        if (raw.size() > kMostKeyBytes || raw.size() < 2) return {};
        if (raw.find('\\') == std::string::npos) return raw.substr(1, raw.size() - 2);
        const auto text = nlohmann::json::parse(raw, nullptr, false);
        return text.is_string() ? text.get<std::string>() : std::string();
    }

    Scanner bytes_;
    std::vector<Node> nodes_ = std::vector<Node>(1);
    std::size_t found_ = 0;  // nodes with a position
    std::vector<std::pair<Diagnostic*, std::size_t>> targets_;
    std::vector<Level> levels_;
    std::size_t next_ = kRoot;  // the node of the value that follows a key; at first, of the whole
};

/// Finds cells by the line of their row and the name of their column.
class TableLocator {
  public:
    TableLocator(Source& source, const Wanted& wanted, TableOrigin origin)
        : bytes_(source),
          wanted_(wanted),
          origin_(origin),
          separator_(origin == TableOrigin::ours ? ',' : '\0') {
        std::ranges::stable_sort(wanted_, {}, [](const Diagnostic* d) { return d->place.line; });
    }

    void run() {
        auto next = wanted_.begin();
        while (next != wanted_.end() && read_row()) {
            const bool is_header = names_.empty();
            if (is_header && std::ranges::any_of(cells_, [](const Cell& cell) { return !cell.text.empty(); }))
                for (const Cell& cell : cells_) names_.push_back(cell.text);
            // A row that is asked for does not start here if the file is not what it was: then nothing is
            // found.
            while (next != wanted_.end() && (*next)->place.line < row_line_) ++next;
            for (; next != wanted_.end() && (*next)->place.line == row_line_; ++next)
                fill((*next)->place, is_header);
        }
    }

  private:
    struct Cell {
        TextPosition at;
        std::string text;
    };

    /// In the header a name that stands there twice is wrong the second time.
    void fill(Place& place, bool is_header) const {
        std::size_t index = cells_.size();
        for (std::size_t i = 0; i < names_.size() && i < cells_.size(); ++i)
            if (names_[i] == place.cell && (is_header || index == cells_.size())) index = i;
        put(place, index < cells_.size() ? cells_[index].at : TextPosition{row_line_, 1});
    }

    /// Reads the next row that is not blank.
    bool read_row() {
        while (!bytes_.at_end()) {
            row_line_ = bytes_.here().line;
            const std::size_t first_column = bytes_.here().column;
            take_raw_row();
            if (std::ranges::all_of(raw_, [](char c) { return is_blank(c) || is_line_end(c); })) continue;
            if (separator_ == '\0') {
                const SeparatorLine first = separator_of(raw_);
                separator_ = first.separator;
                if (!first.is_row) continue;
            }
            split({row_line_, first_column});
            return true;
        }
        return false;
    }

    /// Takes a row as it stands, without what ends it.
    void take_raw_row() {
        raw_.clear();
        bool is_quoted = false;
        while (!bytes_.at_end()) {
            const char byte = bytes_.take();
            if (!is_quoted && is_line_end(byte)) return;
            if (byte == '"') is_quoted = !is_quoted;
            raw_ += byte;
        }
    }

    /// Splits the raw row, which starts at `here`, into cells.
    void split(TextPosition here) {
        cells_.clear();
        bool is_quoted = false, is_begun = false;
        cells_.push_back({here, {}});
        for (const char byte : raw_) {
            Cell& cell = cells_.back();
            const bool is_end = !is_quoted && byte == separator_;
            if (!is_end && !is_begun && !is_blank(byte)) {
                is_begun = true;
                cell.at = here;
            }
            if (byte == '"') is_quoted = !is_quoted;
            if (names_.empty() && byte != '"' && !is_end) cell.text += byte;
            here = byte == '\n' ? TextPosition{here.line + 1, 1} : TextPosition{here.line, here.column + 1};
            if (!is_end) continue;
            is_begun = false;
            cells_.push_back({here, {}});
        }
        for (Cell& cell : cells_) cell.text = std::string(trimmed_cell(cell.text, origin_));
    }

    static bool is_line_end(char byte) { return byte == '\n' || byte == '\r'; }

    Scanner bytes_;
    Wanted wanted_;
    TableOrigin origin_;
    char separator_;
    std::string raw_;                 // the current row
    std::vector<std::string> names_;  // of the columns
    std::vector<Cell> cells_;         // of the current row
    std::size_t row_line_ = 0;
};

void locate_in(Source& source, const Wanted& wanted, TableOrigin tables) {
    const bool is_table = !wanted.front()->place.cell.empty();
    is_table ? TableLocator(source, wanted, tables).run() : JsonLocator(source, wanted).run();
}

/// What can be looked for, by file.
std::map<std::string, Wanted> wanted_of(Diagnostics& diagnostics) {
    std::map<std::string, Wanted> wanted;
    for (Diagnostic& diagnostic : diagnostics.all()) {
        const Place& place = diagnostic.place;
        const bool is_cell = !place.cell.empty() && place.line > 0 && place.column == 0;
        const bool is_value = place.cell.empty() && place.line == 0;
        if (is_cell || is_value) wanted[place.file].push_back(&diagnostic);
    }
    return wanted;
}

}  // namespace

void locate(Diagnostics& diagnostics, TableOrigin tables) {
    for (const auto& [file, wanted] : wanted_of(diagnostics)) {
        Diagnostics unreadable;  // that has been said already
        if (auto source = Source::open(file, {}, unreadable)) locate_in(*source, wanted, tables);
    }
}

void locate_in(std::string_view text, std::string_view name, Diagnostics& diagnostics, TableOrigin tables) {
    const auto wanted = wanted_of(diagnostics);
    const auto found = wanted.find(std::string(name));
    if (found == wanted.end()) return;
    Source source = Source::of_text(text, std::string(name));
    locate_in(source, found->second, tables);
}

}  // namespace termwise
