// "Did you mean": for lists of identifiers, which may be long.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest.h"

namespace termwise {

/// Looks for the nearest of many names, and stops doing so when that begins to take longer than reading the
/// file: a column of a million wrong names is not a million slips.
class Suggestions {
  public:
    /// The name nearest to `name` among name_of(0) to name_of(count - 1); empty if none is near, or enough
    /// was looked for.
    template <class NameOf>
    [[nodiscard]] std::string nearest(std::string_view name, std::size_t count, NameOf name_of) {
        if (compared_ > kMostCompared) return {};
        compared_ += count;
        std::vector<std::string_view> names;
        names.reserve(count);
        for (std::size_t i = 0; i < count; ++i) names.push_back(name_of(i));
        return nearest_name(name, names);
    }

  private:
    static constexpr std::size_t kMostCompared = 500'000;

    std::size_t compared_ = 0;
};

}  // namespace termwise
