// How long work still takes, as far as can be told from how it went so far.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace termwise::cli {

/// "run 30 of 120, 4.1 a second, 22 s left": `done` pieces of `what` after `seconds`. Says nothing of what is
/// not known yet.
[[nodiscard]] std::string pace_text(std::string_view what, std::uint64_t done, std::uint64_t of,
                                    double seconds);

}  // namespace termwise::cli
