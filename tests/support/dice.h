// Drawing small values one after the other inside a rapidcheck property. What is drawn shrinks towards the
// first choice.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "calendar/day.h"

namespace termwise::dice {

/// A number of [least, most].
std::int32_t roll(std::int32_t least, std::int32_t most);

/// True this often in a hundred.
inline bool chance(std::int32_t percent) { return roll(0, 99) >= 100 - percent; }

template <class T>
T pick(std::initializer_list<T> choices) {
    return choices.begin()[roll(0, static_cast<std::int32_t>(choices.size()) - 1)];
}
template <class T>
T pick(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(roll(0, static_cast<std::int32_t>(choices.size()) - 1))];
}

/// A day of [first, last].
inline Day day(Day first, Day last) { return first + roll(0, last - first); }

}  // namespace termwise::dice
