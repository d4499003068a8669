// What an access token says of itself (partner-center reference 1.4). Only read, never believed: whoever the
// token is for checks its signature, and nothing is allowed here because of what stands in it. It spares
// calls that will be refused.
#pragma once

#include <string_view>

namespace termwise::live {

/// Whether the token's claim `amr` says how its user signed in, and a second factor is not among it. False
/// too for what is no JWT or lacks the claim: then the service has to say.
[[nodiscard]] bool lacks_second_factor(std::string_view token);

}  // namespace termwise::live
