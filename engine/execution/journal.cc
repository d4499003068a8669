#include "execution/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace termwise {
namespace {

constexpr std::array<std::string_view, kEntryKinds> kNames{"opened",  "approved", "intent",   "answer",
                                                           "learnt",  "waiting",  "done",     "skipped",
                                                           "stopped", "warned",   "confirmed"};

}  // namespace

std::string_view entry_kind_name(EntryKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<EntryKind> entry_kind_of(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<EntryKind>(found - kNames.begin());
}

std::string_view field(const Fields& fields, std::string_view name) {
    for (const auto& [key, value] : fields)
        if (key == name) return value;
    return {};
}

std::string fields_text(const Fields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
        text += name;
        text += '=';
        for (const char c : value) {
            if (c == '\n')
                text += "\\n";
            else if (c == '\r')
                text += "\\r";
            else if (c == '\\')
                text += "\\\\";
            else
                text += c;
        }
        text += '\n';
    }
    return text;
}

Fields parse_fields(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        std::string value;
        for (std::size_t i = equals + 1; i < line.size(); ++i) {
            if (line[i] != '\\' || i + 1 == line.size()) {
                value += line[i];
                continue;
            }
            ++i;
            value += line[i] == 'n' ? '\n' : line[i] == 'r' ? '\r' : line[i];
        }
        fields.emplace_back(std::string(line.substr(0, equals)), std::move(value));
    }
    return fields;
}

std::string digested_text(const JournalEntry& entry) {
    const std::string fields = fields_text(entry.fields);
    // Lengths before texts: no text can pass for another's end.
    return fmt::format("{}\n{}\n{}\n{} {}\n{} {}\n{} {}{}\n", entry.number, to_text(entry.at),
                       entry_kind_name(entry.kind), entry.step.size(), entry.step, entry.step_id.size(),
                       entry.step_id, fields.size(), fields, entry.previous);
}

const JournalEntry& Journal::add(Instant at, EntryKind kind, std::string step, std::string step_id,
                                 Fields fields) {
    JournalEntry entry;
    entry.number = static_cast<std::int64_t>(entries().size()) + 1;
    entry.at = at;
    entry.kind = kind;
    entry.step = std::move(step);
    entry.step_id = std::move(step_id);
    entry.fields = std::move(fields);
    if (!entries().empty()) entry.previous = entries().back().digest;
    entry.digest = digest_(digested_text(entry));
    append(std::move(entry));
    return entries().back();
}

std::string Journal::problem_with_chain(const std::vector<JournalEntry>& entries) const {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const JournalEntry& entry = entries[i];
        if (entry.number != static_cast<std::int64_t>(i) + 1)
            return fmt::format("entry {} is missing: after {} comes {}", i + 1, i, entry.number);
        if (i > 0 && entry.previous != entries[i - 1].digest)
            return fmt::format("entry {} does not follow entry {}: one of them was changed", entry.number,
                               entries[i - 1].number);
        if (i == 0 && !entry.previous.empty())
            return "the first entry follows another one: the beginning is missing";
        if (entry.digest != digest_(digested_text(entry)))
            return fmt::format(
                "entry {} was changed after it was written ({} of {})", entry.number, to_text(entry.at),
                entry.step_id.empty() ? entry_kind_name(entry.kind) : std::string_view(entry.step_id));
    }
    return {};
}

}  // namespace termwise
