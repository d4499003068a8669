// Where a schedule stands, for people.
#pragma once

#include <string>

#include "cli/text_table.h"
#include "execution/status.h"

namespace termwise::cli {

/// What is done, what a person must do in plain words, what is stopped, what falls due next; `all`: every
/// step.
[[nodiscard]] std::string status_text(const Assignment& work, const ExecutionStatus& status,
                                      const Style& style, bool all);

}  // namespace termwise::cli
