// The page that tools/report makes, as it is built into the program.
#pragma once

#include <string_view>

namespace termwise::cli {

/// HTML with the places of formats/report_page.h; empty if the program was built without it.
[[nodiscard]] std::string_view report_template();

}  // namespace termwise::cli
