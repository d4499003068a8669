// How long work still takes, as far as can be told from how it went so far.
#pragma once

#include <cstdint>
#include <string>

namespace termwise::cli {

/// "run 30 of 120, 4.1 a second, 22 s left": `done` pieces after `seconds`. Says nothing of what is not known
/// yet.
[[nodiscard]] std::string pace_text(std::uint64_t done, std::uint64_t of, double seconds);

}  // namespace termwise::cli
