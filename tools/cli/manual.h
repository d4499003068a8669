// What the program tells about itself beside --help: completions for shells and a manual page, made from the
// same definition of verbs and options that reads the command line, so that they cannot be behind it.
#pragma once

#include <string>

#include "cli/verb.h"

namespace termwise::cli {

/// To be sourced by bash.
[[nodiscard]] std::string bash_completion(const CLI::App& app);
/// To be sourced by zsh, or as `_termwise` in a folder of its fpath.
[[nodiscard]] std::string zsh_completion(const CLI::App& app);
/// termwise(1), in the roff of man(7).
[[nodiscard]] std::string manual_page(const CLI::App& app);

void add_completion(Program program);
void add_man(Program program);

}  // namespace termwise::cli
