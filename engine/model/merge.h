// Joining included parts into one scenario (M1.9).
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/draft.h"

namespace termwise {

/// Adds to `into` what `part` says and `into` does not: the including file wins. Identified objects are
/// joined by id, transitions by (from, to); holidays and budgets are united; every other value is replaced
/// whole, a calendar's workdays by themselves. Teams keep their order: those of the including file first,
/// because the first team does what names none. `part.files` must be the same list as `into.files`.
void merge_included(ScenarioDraft& into, ScenarioDraft&& part);

/// Adds to `into`, the join of the files included so far, another file included beside them. Where both say
/// something and it differs, that is an error at the later one (M1.9), which names the earlier.
void merge_sibling(ScenarioDraft& into, ScenarioDraft&& part, Diagnostics& diagnostics);

}  // namespace termwise
