// Parts of a simulation that is split over machines (termwise-simulation-part/1): a shard's replications,
// exactly, and the frame in which all shards agree. Written by programs for programs; the order of nothing
// matters in which parts are joined.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "experiment/result.h"
#include "formats/canonical.h"
#include "formats/shard.h"

namespace termwise {

struct SimulationPart {
    std::string file;  ///< where it was read from
    Shard shard;
    std::uint32_t replications = 0;  ///< of all shards together
    ExperimentFrame frame;
    Replications worlds;
};

void write_simulation_part(const SimulationPart& part, const TextSink& sink);

/// Reads a part. Nothing if it is none; `diagnostics` then says what is wrong with it.
[[nodiscard]] std::optional<SimulationPart> read_simulation_part(const std::string& path,
                                                                 Diagnostics& diagnostics);
[[nodiscard]] std::optional<SimulationPart> read_simulation_part_text(std::string_view json,
                                                                      const std::string& name,
                                                                      Diagnostics& diagnostics);

/// Joins all shards of one simulation, in any order. Nothing if one is missing, there twice, or belongs to
/// another simulation; `diagnostics` then names it.
[[nodiscard]] std::optional<ExperimentResult> join_parts(std::vector<SimulationPart> parts,
                                                         Diagnostics& diagnostics);

}  // namespace termwise
