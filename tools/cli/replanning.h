// Planning again while a plan is being carried out: the options for it, what is read for it, and what
// changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/verb.h"
#include "formats/planning_writer.h"
#include "plan/commitments.h"

namespace termwise::cli {

struct ReplanningOptions {
    std::string plan;  ///< empty: none is being carried out
    std::optional<Day> from;
    std::vector<std::string> locks;
    std::optional<Decimal> stability;
};

/// `--fix` and what goes with it.
void add_replanning(CLI::App& verb, ReplanningOptions& options);

struct Fixed {
    Commitments commitments;
    Replanning asked;
};

/// Reads the plan for `scenario` and finds what is named; prints whatever is wrong. Nothing if something is.
[[nodiscard]] std::optional<Fixed> read_fixed(const Scenario& scenario, const ReplanningOptions& options,
                                              bool quiet);

/// How many moves changed, and which, from what to what.
[[nodiscard]] std::string changes_text(const Scenario& scenario, const Fixed& fixed,
                                       const OptimalPlan& answer);

}  // namespace termwise::cli
