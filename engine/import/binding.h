// What the files of an import know of the live world, as a binding: tenants, live ids and catalogue ids that
// stand in them. What they do not say is not guessed; it is told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "execution/binding.h"
#include "import/make_scenario.h"

namespace termwise {

struct ImportedBinding {
    Binding binding;
    std::vector<std::string> open;  ///< what is not bound yet and who can say it, a sentence each
};

/// Binds what `made` and its files have ids for. `partner_tenant` says whose customers they are where the
/// file does not; empty: only the file says. Nothing if that is not known, or is more than one: an error in
/// `diagnostics` then. Runtime: n log n in the subscriptions.
[[nodiscard]] std::optional<ImportedBinding> make_binding(const ImportInput& input,
                                                          const ImportedScenario& made,
                                                          const std::string& partner_tenant,
                                                          Diagnostics& diagnostics);

}  // namespace termwise
