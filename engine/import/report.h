// An import in words: what was read, assumed and left out. assumptions.md beside the scenario, and the same
// as JSON; as JSON alone that of a catalogue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/canonical.h"
#include "import/binding.h"
#include "import/make_scenario.h"
#include "import/notes.h"

namespace termwise {

/// What an import came to.
struct ImportCounts {
    std::size_t rows = 0;  ///< of subscriptions, repeated ones once
    std::size_t subscriptions = 0, customers = 0, add_ons = 0, left_out = 0;
    std::int64_t seats = 0;  ///< held
};
[[nodiscard]] ImportCounts count_import(const ImportInput& input, const ImportedScenario& made,
                                        const ImportNotes& notes);

/// "12 rows, the first prices.csv:7; change `dates`": what stands behind an assumption.
[[nodiscard]] std::string behind_text(const Assumption& assumption);

/// Markdown: every assumption, and every row that was left out with its reason, up to a few hundred of them.
void write_import_report(const ImportInput& input, const ImportedScenario& made, const ImportNotes& notes,
                         const TextSink& sink);

/// `termwise-import/1`. `binding` null: none was asked for.
void write_import_json(const ImportInput& input, const ImportedScenario& made, const ImportNotes& notes,
                       const ImportedBinding* binding, const TextSink& sink);

/// How many prices the offers of a list have.
[[nodiscard]] std::size_t price_count(const PriceList& prices);

/// `termwise-import-prices/1`: of a catalogue from price lists alone, whose offers follow `programme`.
void write_prices_json(const PriceList& prices, std::string_view programme, const ImportNotes& notes,
                       const TextSink& sink);

}  // namespace termwise
