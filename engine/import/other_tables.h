// Files that partners have and that an import may be given by mistake: known by their columns, so that the
// message can say what the file is and where it belongs.
#pragma once

#include <span>
#include <vector>

#include "import/table.h"

namespace termwise {

/// What a reader of foreign tables reads.
enum class ForeignRole : std::uint8_t { subscriptions, customers, prices, old_prices };

/// `own`, and behind them every other kind of file that is known, with what to do with it instead.
[[nodiscard]] std::vector<ForeignTable> with_other_tables(std::span<const ForeignTable> own,
                                                          ForeignRole role);

}  // namespace termwise
