// The comparison, broken down: by customer, subscription, month or component; for people and as CSV.
#pragma once

#include <string>

#include "cli/text_table.h"
#include "formats/canonical.h"
#include "formats/csv_writer.h"
#include "planning/comparison.h"
#include "scoring/score.h"

namespace termwise::cli {

enum class Breakdown { none, customer, subscription, month, component };

/// From the option's word; `none` for an empty one.
[[nodiscard]] Breakdown breakdown_of(const std::string& word);

/// A row an item, a column a strategy; items by id, months and components in their order.
void print_breakdown(const Scenario& scenario, const Comparison& comparison, Breakdown by,
                     const Style& style);

/// Tidy rows: a row a strategy (and item). By customer and subscription the scores need Detail::everything.
void write_breakdown_csv(const Scenario& scenario, const Comparison& comparison, Breakdown by,
                         CsvDialect dialect, const TextSink& sink);

}  // namespace termwise::cli
