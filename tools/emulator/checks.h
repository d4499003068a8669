// What a good client never does, written down when it happens (partner-center reference 6.4).
#pragma once

#include <string>

#include "emulator/api.h"

namespace termwise::emulator {

void violate(World& world, const ApiCall& call, std::string_view what);
/// Headers, and request ids that may not come again.
void check_headers(World& world, const ApiCall& call);
/// A change's body holds what the client last read, but for what may be meant to change.
void check_patch(World& world, const ApiCall& call, const Sub& sub);
/// New subscriptions that no subscription of the scenario can have asked for: more than one for one.
[[nodiscard]] std::vector<std::string> unmatched_purchases(const World& world);

}  // namespace termwise::emulator
