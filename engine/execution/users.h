// Users in answers and in words, for the steps that read their licences (step_runner.h).
#pragma once

#include <string>
#include <vector>

#include "execution/remote.h"

namespace termwise::executing {

/// The user is not there any more. Other answers with status 404 say that something else is missing
/// (reference 4.5).
[[nodiscard]] inline bool has_left(const ReplyNote& reply) {
    return reply.reply_class == ReplyClass::absent && reply.code == "60002";
}

/// "5 users: a, b, c ... and 2 more".
[[nodiscard]] std::string list_text(const std::vector<std::string>& users);

}  // namespace termwise::executing
