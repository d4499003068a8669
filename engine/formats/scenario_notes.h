// What a scenario says of itself: the files it is made of, where they say their figures come from, and what
// they leave to the model's defaults.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/overrides.h"

namespace termwise {

/// A source that a file names, as `x-source` or `x-sources`; `of`: what of, "programmes/open", empty for the
/// whole file.
struct NotedSource {
    std::string of, text;
};

struct NotedFile {
    std::string path, sha256;
    std::uint64_t bytes = 0;
    std::string title, note;  ///< `x-title`, `x-note`; empty: none
    std::vector<NotedSource> sources;
};

struct ScenarioNotes {
    std::vector<NotedFile> files;  ///< the scenario itself first
    /// Fields that no file gives, so that the model's default holds: "continuity", "plan_days", ...
    std::vector<std::string_view> defaulted;
};

/// Of a scenario that was read without a mistake, with what `overrides` set. Runtime: reading it once more.
/// Of files larger than 4 MiB only name and digest are told.
[[nodiscard]] ScenarioNotes notes_of_scenario(const std::string& path, std::span<const Override> overrides);

}  // namespace termwise
