// What others do in the partner's world, outside of the calls that are being answered.
#pragma once

#include <string>

#include "emulator/world.h"

namespace termwise::emulator {

void seats_changed_by_other(World& world, Sub& sub, std::int32_t seats);
/// Nothing happens if there is no such user.
void delete_user_by_other(World& world, Tenant& tenant, const std::string& user);

}  // namespace termwise::emulator
