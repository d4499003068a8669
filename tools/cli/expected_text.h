// What was planned for an uncertain world, for people: whom to invite and move how long ahead, what that
// costs, and what it is worth in worlds that it was not chosen by.
#pragma once

#include <string>

#include "cli/text_table.h"
#include "formats/expected_writer.h"

namespace termwise::cli {

[[nodiscard]] std::string expected_text(const Scenario& scenario, const ExpectedReport& report,
                                        const Style& style);

}  // namespace termwise::cli
