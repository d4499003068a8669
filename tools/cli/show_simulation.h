// How the result of a simulation is shown and where it goes: what simulate and merge share.
#pragma once

#include <optional>
#include <string>

#include "cli/verb.h"
#include "experiment/result.h"

namespace termwise::cli {

struct SimulationShowing {
    CommonOptions common;
    bool csv = false;
    CsvDialect dialect = CsvDialect::plain;
    bool all = false;
    std::optional<std::string> output;
};

/// Adds --csv, --spreadsheet, --all and --output; returns --csv.
CLI::Option* add_showing(CLI::App& verb, SimulationShowing& showing);

/// Shows the result; returns the exit status.
int show(const ExperimentResult& result, const SimulationShowing& showing);

}  // namespace termwise::cli
