// What a person has to do, in words: for status and runbooks.
#pragma once

#include <string>
#include <string_view>

#include "execution/executor.h"

namespace termwise {

/// One or more sentences for a step that a person does; for others what the program does, in a sentence.
[[nodiscard]] std::string instruction_text(const Assignment& work, const Step& step);

/// How a step is taken back, in a sentence; empty: there is nothing to take back.
[[nodiscard]] std::string_view rollback_text(StepKind kind);

/// The text for a customer who is to accept the relationship; `link` as the service gave it.
[[nodiscard]] std::string invitation_text(const Assignment& work, CustomerIndex customer,
                                          const std::string& link);

}  // namespace termwise
