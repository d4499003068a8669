// The valid name that a misspelt one probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace termwise {

/// Number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal
/// string alignment), compared without regard to ASCII case; stops counting beyond `most` and then returns
/// `most + 1`. Runtime: product of the lengths.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// The member of `known` nearest to `name`, if it is near enough to be a slip (a third of the name's length,
/// at least one); ties go to the one that stands first. Empty if none is.
[[nodiscard]] std::string nearest_name(std::string_view name, std::span<const std::string_view> known);

}  // namespace termwise
