// Conflicts (M6.3) as text: who or what, what is in the way, and what would help.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "planning/conflict.h"

namespace termwise::cli {

/// A paragraph each, indented; beyond `most` of them a line says how many there are.
[[nodiscard]] std::string conflicts_text(const Scenario& scenario, const std::vector<Conflict>& conflicts,
                                         std::size_t most);

}  // namespace termwise::cli
