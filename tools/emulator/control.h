// What tests and people do with an emulator from outside of their process, as JSON over the same port:
// everything of emulator.h that is no call of Partner Center's. README.md lists the paths.
#pragma once

#include <string>

#include "emulator/emulator.h"

namespace termwise::emulator {

/// Whether the request is one of these: its path begins with /emulator.
[[nodiscard]] bool is_control(const HttpRequest& request);

/// Answers it. What is wrong is a 400 with `error` in words.
[[nodiscard]] HttpResponse control(Emulator& emulator, const HttpRequest& request);

}  // namespace termwise::emulator
