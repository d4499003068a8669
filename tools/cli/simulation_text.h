// A simulation for people: plans side by side, what they differ by, how busy teams are, who carries the risk.
#pragma once

#include <string>

#include "cli/text_table.h"
#include "experiment/result.h"

namespace termwise::cli {

/// `all`: every bucket in which a team was over three quarters busy or had a queue, not the worst five.
[[nodiscard]] std::string simulation_text(const ExperimentResult& result, const Style& style, bool all);

}  // namespace termwise::cli
