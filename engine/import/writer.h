// Writes an imported scenario as files that stand for themselves: scenario.json with the rules and the
// catalogue that it includes, the portfolio as tables, what was left out, and every assumption in words.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "execution/binding.h"
#include "formats/canonical.h"
#include "import/make_scenario.h"
#include "import/notes.h"

namespace termwise {

/// In the order in which they take their names: the scenario, which names the others, is last.
inline constexpr std::array<std::string_view, 7> kImportFiles{
    "rules.json",   "catalogue.json", "customers.csv", "subscriptions.csv",
    "left-out.csv", "assumptions.md", "scenario.json"};

/// A binding to write beside them.
struct BindingFile {
    std::string path;
    const Binding& binding;
};

/// Writes all of them into `folder`, which is made if it is not there: whole, and all of them or none, with
/// scenario.json only after all the others, and `binding`, if it is asked for, too. Throws OutputError.
void write_import(const std::string& folder, const ImportInput& input, const ImportedScenario& made,
                  const ImportNotes& notes, const std::optional<BindingFile>& binding = std::nullopt);

// The single files.

void write_import_scenario(const ImportSettings& settings, const ImportedScenario& made,
                           const TextSink& sink);
void write_import_rules(const ImportedScenario& made, const TextSink& sink);
void write_import_catalogue(const ImportedScenario& made, const TextSink& sink);
void write_import_customers(const ImportInput& input, const ImportedScenario& made, const TextSink& sink);
void write_import_subscriptions(const ImportInput& input, const ImportedScenario& made, const TextSink& sink);
void write_left_out(const ImportNotes& notes, const TextSink& sink);

/// A catalogue of its own: offers with prices, for scenarios to include.
void write_price_catalogue(const PriceList& prices, const std::string& programme, const TextSink& sink);

}  // namespace termwise
