// plan --objective expected: its options, and the answer that they ask for (M7.5).
#pragma once

#include <optional>
#include <string>

#include "cli/stop.h"
#include "cli/verb.h"
#include "formats/expected_writer.h"

namespace termwise::cli {

struct ExpectedOptionsGiven {
    std::string objective = "planned";
    std::string cvar_weight;
    std::optional<std::uint32_t> replications;
    std::optional<std::int64_t> seed;

    [[nodiscard]] bool expected() const { return objective == "expected"; }
};

/// Adds --objective and what belongs to it.
void add_objective(CLI::App& verb, ExpectedOptionsGiven& given);

/// Wrong usage, thrown as the command line's own: options that belong to another objective.
void check_objective(const ExpectedOptionsGiven& given);

/// Whether there is anything to expect in this scenario; else says on standard error what to add to it.
[[nodiscard]] bool can_be_expected(const Scenario& scenario, const std::string& path);

/// Plans, and tries the plan, `cheapest` and `wait` in worlds that it was not chosen by.
[[nodiscard]] ExpectedReport expected_answer(const Scenario& scenario, const Plan& cheapest,
                                             const ExpectedOptionsGiven& given, unsigned threads,
                                             Progress& progress, const StopRequest& stop);

}  // namespace termwise::cli
