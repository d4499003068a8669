// Results of earlier runs, joined for a report: a comparison, a simulation, what a search or a sweep found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "formats/report_writer.h"

namespace termwise {

/// What results say together. Plans are those of the comparison, then those of the simulation that the
/// comparison has not. A plan by its results alone has no moves.
struct JoinedResults {
    std::optional<ReportFrame> frame;  ///< none: the results do not say whose they are (sweeps alone)
    std::vector<ReportedPlan> plans;
    std::vector<std::string> customers, subscriptions;  ///< for which plans of the comparison have amounts
    ReportResults results;
};

/// Reads termwise-comparison/1, -planning/1, -simulation/1, -tornado/1, -threshold/1 and tables of sweeps,
/// one of each of the first three at most. All have to be about one scenario: that of `scenario_digest` if it
/// is not empty. Else nothing, and why in `diagnostics`. Runtime and memory: the files as trees.
[[nodiscard]] std::optional<JoinedResults> read_results(const std::vector<std::string>& paths,
                                                        const std::string& scenario_digest,
                                                        Diagnostics& diagnostics);

/// Brings amounts by customer and subscription, which results list by id, in the order of `scenario`, which
/// they are about.
void order_by(const Scenario& scenario, JoinedResults& joined);

}  // namespace termwise
