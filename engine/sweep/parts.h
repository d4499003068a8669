// Shards of a sweep, joined to the bytes of one run (M7.4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "formats/canonical.h"

namespace termwise {

/// Whether the file begins like a part of a sweep; false as well if it cannot be read.
[[nodiscard]] bool is_sweep_part(const std::string& path);

/// All parts of one sweep, in the order of their shards. Nothing if one is missing, there twice, of another
/// sweep, not finished or no part; `diagnostics` then names it. Runtime: the files, read twice.
class SweepParts {
  public:
    [[nodiscard]] static std::optional<SweepParts> read(const std::vector<std::string>& files,
                                                        Diagnostics& diagnostics);

    /// Writes the table. Runtime: the files, read once more. Memory: one of them.
    void write(const TextSink& sink) const;
    [[nodiscard]] bool any_feasible() const { return any_feasible_; }

  private:
    std::vector<std::string> files_;
    bool any_feasible_ = false;
};

}  // namespace termwise
