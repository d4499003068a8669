// The peer of the planner: the same portfolio as a mixed-integer program, solved by COIN-OR CBC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "options/options.h"

namespace termwise::bench {

struct MixedIntegerProgram {
    std::string mps;
    std::int64_t rows = 0, binaries = 0;
};

/// A binary for each way to start a subscription and for each day of visit at a customer; each start with its
/// cheapest exit, and only the days that the planner looks at as well, which spares the solver four fifths of
/// them. Costs are above the floor (M6.2), in minor units. Nothing if the portfolio has what the benchmark's
/// has not: invitations, add-ons, subscriptions that may stay, work on ending the old contract.
[[nodiscard]] std::optional<MixedIntegerProgram> mixed_integer_program(const Options& options);

struct CbcAnswer {
    bool proven = false;          ///< optimal, to 0.01%
    double total = 0, bound = 0;  ///< above the floor, in minor units
    double seconds = 0;           ///< of processor time
    double memory_mb = 0;
};

/// Runs `cbc` on the file, for at most so many seconds of processor time. Nothing if there is no such
/// program.
[[nodiscard]] std::optional<CbcAnswer> run_cbc(const std::string& mps_file, int seconds);

}  // namespace termwise::bench
