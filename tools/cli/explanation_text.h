// An explanation for people.
#pragma once

#include <string>

#include "cli/text_table.h"
#include "explanation/explain.h"

namespace termwise::cli {

/// `all`: every day of the horizon, not those where something changes.
[[nodiscard]] std::string explanation_text(const Scenario& scenario, const Explanation& explanation,
                                           const Style& style, bool all);

/// `all`: every decision and every priced limit, not the ten worth most.
[[nodiscard]] std::string explanation_text(const Scenario& scenario, const PortfolioExplanation& explanation,
                                           const Style& style, bool all);

}  // namespace termwise::cli
