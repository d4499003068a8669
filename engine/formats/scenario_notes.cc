#include "formats/scenario_notes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "formats/scenario_files.h"
#include "formats/sha256.h"
#include "formats/source.h"

namespace termwise {
namespace {

using nlohmann::ordered_json;

constexpr std::uint64_t kMostBytesRead = std::uint64_t{4} << 20U;

std::string text_in(const ordered_json& object, const char* field) {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Texts of a text, of a list of texts, or of an object of texts.
void add_sources(const std::string& of, const ordered_json& value, std::vector<NotedSource>& sources) {
    if (value.is_string()) sources.push_back({of, value.get<std::string>()});
    if (value.is_array() || value.is_object())
        for (const ordered_json& member : value)
            if (member.is_string()) sources.push_back({of, member.get<std::string>()});
}

void add_sources_of(const std::string& of, const ordered_json& object, std::vector<NotedSource>& sources) {
    for (const char* field : {"x-source", "x-sources"})
        if (const auto found = object.find(field); found != object.end()) add_sources(of, *found, sources);
}

void read_notes(const std::string& text, NotedFile& file) {
    const ordered_json json = ordered_json::parse(text, nullptr, false);
    if (!json.is_object()) return;
    file.title = text_in(json, "x-title");
    file.note = text_in(json, "x-note");
    add_sources_of("", json, file.sources);
    for (const auto& [list, members] : json.items()) {
        if (!members.is_array()) continue;
        for (const ordered_json& member : members)
            if (member.is_object() && member.contains("id"))
                add_sources_of(list + "/" + text_in(member, "id"), member, file.sources);
    }
}

NotedFile noted(const SourceFile& file) {
    NotedFile result;
    result.path = file.path;
    Diagnostics unused;  // it was read before
    std::optional<Source> source = Source::open(file.path, {}, unused);
    if (!source) return result;
    Sha256 digest;
    std::string text;
    while (source->next_block()) {
        digest.add(source->block());
        if (!file.is_table && source->bytes_read() <= kMostBytesRead) text += source->block();
    }
    result.bytes = source->bytes_read();
    result.sha256 = digest.hex();
    if (!file.is_table && result.bytes <= kMostBytesRead) read_notes(text, result);
    return result;
}

bool says_plan_days(const ScenarioDraft& draft) {
    return draft.plan_days.has_value() ||
           std::ranges::any_of(draft.portfolio.customers,
                               [](const CustomerDraft& c) { return c.plan_days >= 0; });
}

}  // namespace

ScenarioNotes notes_of_scenario(const std::string& path, std::span<const Override> overrides) {
    Diagnostics unused;
    const ScenarioDraft draft = read_scenario_files(path, unused).draft;
    ScenarioNotes notes;
    for (const SourceFile& file : draft.files) notes.files.push_back(noted(file));
    struct Field {
        std::string_view code, pointer;
        bool given;
    };
    const auto& disruption = draft.disruption;
    for (const Field& field : {
             Field{"perspective", "/perspective", draft.perspective.has_value()},
             Field{"workdays", "/calendar/workdays", draft.calendar && draft.calendar->workdays},
             Field{"holidays", "/calendar/holidays", !draft.holidays.empty()},
             Field{"teams", "/teams", !draft.teams.empty()},
             Field{"effort", "/effort", draft.effort.has_value()},
             Field{"reassign_per_seat", "/disruption/reassign_per_seat",
                   disruption && disruption->reassign_per_seat},
             Field{"gap_per_seat_day", "/disruption/gap_per_seat_day",
                   disruption && disruption->gap_per_seat_day},
             Field{"continuity", "/continuity", draft.continuity.has_value()},
             Field{"provision_days", "/provision_days", draft.provision_days.has_value()},
             Field{"plan_days", "/acceptance", says_plan_days(draft)},
             Field{"overlap_days", "/strategy", draft.overlap_days.has_value()},
             Field{"target_terms", "/target_terms", draft.target_terms.has_value()},
             Field{"budgets", "/budgets", !draft.budgets.empty()},
             Field{"uncertainty", "/uncertainty", draft.uncertainty.has_value()},
         }) {
        const bool set = std::ranges::any_of(overrides, [&](const Override& o) {
            return o.pointer.starts_with(field.pointer) && o.value != "null";
        });
        if (!field.given && !set) notes.defaulted.push_back(field.code);
    }
    return notes;
}

}  // namespace termwise
