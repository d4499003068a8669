// A small chart of the cost by provisioning day, in characters.
#pragma once

#include <string>
#include <vector>

#include "cli/text_table.h"
#include "explanation/other_moves.h"

namespace termwise::cli {

/// Bars over the horizon, a column a day or several, each as high as the cheapest feasible day of it costs
/// more than the cheapest of all; empty where no day is feasible. `^` marks the column of `chosen`, if that
/// is a day. Blocks of eighths where the locale has them, else '#'. Empty if fewer than two days are
/// feasible.
[[nodiscard]] std::string cost_chart(const std::vector<DayCost>& days, Day chosen, int minor_digits,
                                     const Style& style);

}  // namespace termwise::cli
