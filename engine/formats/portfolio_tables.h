// The portfolio as two tables (M1.5).
#pragma once

#include <cstdint>

#include "base/diagnostic.h"
#include "formats/reporter.h"
#include "formats/source.h"
#include "model/draft.h"

namespace termwise {

/// The tables, and their positions in ScenarioDraft::files.
struct PortfolioSources {
    Source* customers = nullptr;  ///< none: the customers are those that the subscriptions name
    std::int32_t customers_file = -1;
    Source* subscriptions = nullptr;
    std::int32_t subscriptions_file = -1;
};

/// Reads customers and subscriptions into `draft.portfolio`. The columns are the fields of M1 (nested ones
/// dotted) in any order, required or not as they are; those that begin with "x-" are ignored. An empty cell
/// is null. Rows without any content, as spreadsheets leave them behind, are passed over.
///
/// Reports every mistake with file, line of the row and column name; formats/locate.h finds line and column
/// of the cell. Runtime: linear in the tables. Memory: what is drafted, and an index of the customers.
ReadOutcome read_portfolio_tables(const PortfolioSources& sources, ScenarioDraft& draft,
                                  Diagnostics& diagnostics);

}  // namespace termwise
