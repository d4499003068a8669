// Tornado and threshold for people.
#pragma once

#include <string>

#include "cli/text_table.h"
#include "sweep/contest_writer.h"

namespace termwise::cli {

/// A table of inputs with bars around the difference at base.
[[nodiscard]] std::string tornado_text(const ContestFrame& frame, const std::vector<Axis>& axes,
                                       const BaseValues& base, const Tornado& found, const Style& style);

/// What is better at the ends and at each change, and what that says.
[[nodiscard]] std::string threshold_text(const ContestFrame& frame, const Axis& axis, const std::string& base,
                                         const Threshold& found, const Style& style);

}  // namespace termwise::cli
