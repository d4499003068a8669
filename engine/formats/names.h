// The words for the model's closed lists, in every format we read or write.
#pragma once

#include <array>
#include <string_view>

#include "model/kinds.h"
#include "plan/plan.h"

namespace termwise {

inline constexpr std::array<std::string_view, 2> kPerspectiveNames{"customer", "partner"};
inline constexpr std::array<std::string_view, 3> kContinuityNames{"strict", "grace", "soft"};
inline constexpr std::array<std::string_view, 3> kAllowedNames{"always", "window", "never"};
inline constexpr std::array<std::string_view, 2> kRefundNames{"none", "prorated"};
inline constexpr std::array<std::string_view, 2> kRemainingNames{"due", "waived"};
inline constexpr std::array<std::string_view, 2> kCapacityPerNames{"week", "day"};
inline constexpr std::array<std::string_view, 2> kRelationshipNames{"pending", "active"};
inline constexpr std::array<std::string_view, 2> kActionNames{"stay", "migrate"};
inline constexpr std::array<std::string_view, 2> kExitNames{"lapse", "cancel"};
inline constexpr std::array<std::string_view, 7> kWeekdayNames{"mon", "tue", "wed", "thu",
                                                               "fri", "sat", "sun"};

/// The word for a value, from its list above.
template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::string_view word(const std::array<std::string_view, N>& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

}  // namespace termwise
