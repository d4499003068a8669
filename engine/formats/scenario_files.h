// Reads the files of a scenario into one draft (M1.5, M1.9); for scenario_reader.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/reporter.h"
#include "model/draft.h"

namespace termwise {

/// What was read, and how well. A draft with harmless mistakes can be built, to see what else is wrong with
/// it.
struct DraftReading {
    ScenarioDraft draft;
    ReadOutcome outcome = ReadOutcome::good;
};

/// The scenario at `path`, merged with all that it includes, its tables read.
[[nodiscard]] DraftReading read_scenario_files(const std::string& path, Diagnostics& diagnostics);

/// The scenario that `json` holds, which is called `name` and may not name other files.
[[nodiscard]] DraftReading read_single_scenario(std::string_view json, const std::string& name,
                                                Diagnostics& diagnostics);

/// A part of a scenario from memory, to be merged with the rest, which `files` are: so what it does not say
/// is not missing. The part counts as one more file, called `name`.
[[nodiscard]] DraftReading read_scenario_part(std::string_view json, const std::string& name,
                                              std::vector<SourceFile> files, Diagnostics& diagnostics);

}  // namespace termwise
