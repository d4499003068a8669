// What the tests of readers share: what was said about an input, and a file read without building anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/json_reader.h"
#include "formats/scenario_sink.h"
#include "formats/source.h"

namespace termwise::test {

/// What is said about each thing, as a user reads it; paths without `folder`.
inline std::vector<std::string> told(const Diagnostics& diagnostics, const std::string& folder = {}) {
    std::vector<std::string> all;
    for (const Diagnostic& diagnostic : diagnostics.all()) {
        std::string text = to_text(diagnostic);
        for (std::size_t at = 0; !folder.empty() && (at = text.find(folder)) != std::string::npos;)
            text.erase(at, folder.size());
        all.push_back(text);
    }
    return all;
}

/// "line:column pointer" or "line:column column" of each.
inline std::vector<std::string> places(const Diagnostics& diagnostics) {
    std::vector<std::string> all;
    for (const Diagnostic& d : diagnostics.all())
        all.push_back(std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + " " +
                      (d.place.cell.empty() ? d.place.pointer : d.place.cell));
    return all;
}

/// A scenario file read into a draft of its own.
struct DraftOf {
    explicit DraftOf(std::string_view json)
        : source(Source::of_text(json, "s.json")), reader(source, diagnostics) {
        draft.files = {{"s.json", false}};
        outcome = reader.read(kScenarioShape, &sink);
    }

    ScenarioDraft draft;
    Diagnostics diagnostics;
    Source source;
    JsonReader reader;
    ScenarioSink sink{draft, reader};
    ReadOutcome outcome = ReadOutcome::good;
};

}  // namespace termwise::test
