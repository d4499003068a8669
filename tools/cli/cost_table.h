// How totals are shown to people: components with subtotals (M8), then what is told beside the total (M4.5).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/text_table.h"
#include "model/scenario.h"
#include "plan/check.h"
#include "scoring/score.h"

namespace termwise::cli {

/// One column: a plan, scored and judged.
struct CostColumn {
    std::string name;
    const Score* score = nullptr;
    const CheckResult* judgement = nullptr;
};

/// Adds the rows from `cash` to `gap days` to `table`, a column each. Amounts of a plan that is not feasible
/// are shown like any other; its total is not (see total_text).
void add_cost_rows(TextTable& table, const Scenario& scenario, const std::vector<CostColumn>& columns);

/// The busiest bucket of each team, and the hours of work in it.
void add_team_rows(TextTable& table, const Scenario& scenario, const std::vector<CostColumn>& columns);

/// The total; in brackets if the plan is not feasible (M5.2).
[[nodiscard]] std::string total_text(const Scenario& scenario, const CostColumn& column);

/// Violations grouped by rule, `most` of each (0: all) and a count of the rest.
[[nodiscard]] std::string violations_text(const Scenario& scenario, const std::vector<Violation>& violations,
                                          std::size_t most);

/// "customer's prices, USD, 2022-01-10 to 2023-07-10".
[[nodiscard]] std::string frame_text(const Scenario& scenario);

}  // namespace termwise::cli
