// The binding as a file, `termwise-binding/1`: execution/binding.h says what it holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "execution/binding.h"
#include "formats/canonical.h"
#include "model/scenario.h"

namespace termwise {

/// Reads a binding for `scenario`. Nothing if anything is wrong; every mistake is then added to `diagnostics`
/// with line and column: one of form, a GUID that is none, an id that the scenario lacks, or that is listed
/// twice, two things bound to one of the live world, a route that its subscription cannot go.
[[nodiscard]] std::optional<Binding> read_binding(const std::string& path, const Scenario& scenario,
                                                  Diagnostics& diagnostics);
[[nodiscard]] std::optional<Binding> read_binding_text(std::string_view json, const std::string& name,
                                                       const Scenario& scenario, Diagnostics& diagnostics);

/// Lists ascending by id; what is empty is left out.
void write_binding(const Binding& binding, const TextSink& sink);

}  // namespace termwise
