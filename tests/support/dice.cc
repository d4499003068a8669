#include "support/dice.h"

#include <rapidcheck.h>

namespace termwise::dice {

std::int32_t roll(std::int32_t least, std::int32_t most) { return *rc::gen::inRange(least, most + 1); }

}  // namespace termwise::dice
