// The only interval there is: half-open, [from, to). An "end" is the first day without service (M0.1).
#pragma once

namespace termwise {

template <class T>
struct Interval {
    T from{};
    T to{};

    [[nodiscard]] constexpr bool contains(const T& value) const { return from <= value && value < to; }
    [[nodiscard]] constexpr bool empty() const { return !(from < to); }
    [[nodiscard]] constexpr bool overlaps(const Interval& other) const {
        return from < other.to && other.from < to;
    }
    friend constexpr bool operator==(const Interval&, const Interval&) = default;
    friend constexpr auto operator<=>(const Interval&, const Interval&) = default;
};

}  // namespace termwise
