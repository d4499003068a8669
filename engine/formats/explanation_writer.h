// Why a plan does what it does, as `termwise-explanation/1`, and the costs by day as a table.
#pragma once

#include "explanation/explain.h"
#include "formats/csv_writer.h"
#include "formats/result_writer.h"

namespace termwise {

void write_explanation(const Scenario& scenario, const Explanation& explanation, const TextSink& sink);
void write_explanation(const Scenario& scenario, const PortfolioExplanation& explanation,
                       const TextSink& sink);

/// A row a day of the horizon.
void write_cost_by_day_csv(const Scenario& scenario, const Explanation& explanation, CsvDialect dialect,
                           const TextSink& sink);
/// A row a decision, worth most first.
void write_decisions_csv(const Scenario& scenario, const PortfolioExplanation& explanation,
                         CsvDialect dialect, const TextSink& sink);

}  // namespace termwise
