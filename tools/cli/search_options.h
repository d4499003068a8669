// How hard the cheapest plan is looked for: the options that all verbs share which look for it, and the words
// for what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/stop.h"
#include "cli/verb.h"
#include "planning/optimal.h"

namespace termwise::cli {

/// How far it is looked for: the plan depends on nothing else.
struct SearchDepth {
    std::optional<double> gap_percent;
    std::optional<std::int64_t> effort;

    /// As PlanningOptions has it.
    [[nodiscard]] std::optional<double> gap() const {
        return gap_percent ? std::optional(*gap_percent / 100) : std::nullopt;
    }
};
/// Adds --gap and --effort.
void add_search_depth(CLI::App& verb, SearchDepth& depth);

struct SearchOptions : SearchDepth {
    std::optional<double> time_limit_seconds;
    int threads = 1;

    /// Whether it is said how far to look.
    [[nodiscard]] bool is_asked() const { return gap_percent || effort || time_limit_seconds; }
};
void add_search(CLI::App& verb, SearchOptions& search);

/// The same for the planner. Tells `progress` how far it is; both, and `stop`, must outlive the search.
[[nodiscard]] PlanningOptions planning_options(const SearchOptions& search, const Scenario& scenario,
                                               Progress& progress, const StopRequest& stop);

/// "0.340%".
[[nodiscard]] std::string percent_text(double share);

/// How the search ended, a sentence: "Optimal: no plan costs less." With `keeps_fixed` it speaks of plans
/// that keep what is fixed of another one, with `weighs_changes` changes are in the sum.
[[nodiscard]] std::string search_text(const Scenario& scenario, const OptimalPlan& answer, const Style& style,
                                      bool keeps_fixed = false, bool weighs_changes = false);

/// How many moves are the cheapest by themselves, and what keeps the others from that: a line, or none.
[[nodiscard]] std::string reasons_text(const Scenario& scenario, const std::vector<Reason>& reasons);

}  // namespace termwise::cli
