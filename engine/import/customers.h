// What the customers of an imported scenario are called. For make_scenario.cc.
#pragma once

#include <vector>

#include "import/make_scenario.h"
#include "import/notes.h"

namespace termwise {

/// The customers of the rows that are kept, by id. A domain is easier to read than a GUID: it is the id if
/// the settings want that and the customers' file gives each of them one of its own; else the tenant's GUID
/// is. Notes customers that are in one of the files alone.
[[nodiscard]] std::vector<ImportedCustomer> name_customers(const ImportInput& input,
                                                           const std::vector<bool>& is_kept,
                                                           ImportNotes& notes);

}  // namespace termwise
