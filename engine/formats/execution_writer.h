// What execution has to say, as JSON: where a schedule stands, and its journal as lines.
#pragma once

#include "execution/approval.h"
#include "execution/status.h"
#include "formats/canonical.h"

namespace termwise {

/// `termwise-status/1`.
void write_status(const Assignment& work, const ExecutionStatus& status, const TextSink& sink);

/// `termwise-journal/1`: an entry a line, in order, each with its digest and the one before, so that a copy
/// can be checked by itself.
void write_journal(const Journal& journal, const TextSink& sink);

}  // namespace termwise
