// Results of simulations: JSON (termwise-simulation/1) and tidy CSV.
#pragma once

#include "experiment/result.h"
#include "formats/canonical.h"
#include "formats/csv_writer.h"
#include "formats/json_writer.h"

namespace termwise {

/// Everything that is reported (M7.3): by plan totals and components with interval, quantiles and CVaR,
/// probabilities, the finishing day, teams by bucket, the riskiest customers; the differences of all pairs of
/// plans.
void write_simulation(const ExperimentResult& result, const TextSink& sink);
/// The same object as a value of a larger result.
void write_simulation(const ExperimentResult& result, JsonWriter& out);

/// A row for each plan and quantity (total, components, readings), then one for each pair of plans
/// (`difference:OTHER`): what is planned, mean, interval, deviation, quantiles, CVaR.
void write_simulation_csv(const ExperimentResult& result, CsvDialect dialect, const TextSink& sink);

/// "2026-W12" or "2026-03-16": a bucket of a team, counted from that of H0.
[[nodiscard]] std::string bucket_text(const TeamFrame& team, std::size_t bucket);

}  // namespace termwise
