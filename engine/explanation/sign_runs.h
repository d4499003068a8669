// Where a difference of two rising functions of a whole number changes its sign: every change, none sampled.
#pragma once

#include <cstdint>
#include <vector>

namespace termwise {

/// Which of two moves costs less.
enum class Preferred : std::uint8_t { chosen, same, other };

/// The same answer for every whole number of [from, to].
struct PreferredRun {
    std::int64_t from = 0;
    std::int64_t to = 0;
    Preferred preferred = Preferred::same;

    friend bool operator==(const PreferredRun&, const PreferredRun&) = default;
};

/// A difference, as what makes it larger less what makes it smaller. Both must never fall as the number
/// rises.
struct RisingParts {
    std::int64_t dearer = 0;   ///< what the chosen move costs, and what the other one gets back
    std::int64_t cheaper = 0;  ///< what the other move costs, and what the chosen one gets back

    [[nodiscard]] std::int64_t difference() const { return dearer - cheaper; }
    friend bool operator==(const RisingParts&, const RisingParts&) = default;
};

[[nodiscard]] constexpr Preferred preferred_at(std::int64_t difference) {
    return difference < 0 ? Preferred::chosen : difference > 0 ? Preferred::other : Preferred::same;
}

/// Appends a run, or prolongs the last one.
void append_run(std::vector<PreferredRun>& runs, PreferredRun run);

namespace detail {
template <class F>
class SignSearch {
  public:
    SignSearch(F& parts, std::vector<PreferredRun>& runs) : parts_(parts), runs_(runs) {}

    /// Between its ends the difference lies between `dearer` here less `cheaper` there, and the reverse.
    /// Where both are of one sign, so is all between; else each half is looked at, down to single numbers.
    void look(std::int64_t from, const RisingParts& at_from, std::int64_t to, const RisingParts& at_to) {
        const Preferred least = preferred_at(at_from.dearer - at_to.cheaper);
        const Preferred most = preferred_at(at_to.dearer - at_from.cheaper);
        if (least == most) {
            append_run(runs_, {from, to, least});
            return;
        }
        const std::int64_t middle = from + (to - from) / 2;
        look(from, at_from, middle, middle == from ? at_from : parts_(middle));
        look(middle + 1, middle + 1 == to ? at_to : parts_(middle + 1), to, at_to);
    }

  private:
    F& parts_;
    std::vector<PreferredRun>& runs_;
};
}  // namespace detail

/// The runs of [from, to], ascending; `parts(number)` gives RisingParts.
/// Runtime: a few calls per sign change and bisection; where the two parts nearly cancel over a stretch, up
/// to one call for each number of it.
template <class F>
[[nodiscard]] std::vector<PreferredRun> sign_runs(std::int64_t from, std::int64_t to, F&& parts) {
    std::vector<PreferredRun> runs;
    if (from > to) return runs;
    const RisingParts at_from = parts(from);
    const RisingParts at_to = from == to ? at_from : parts(to);
    detail::SignSearch<F>(parts, runs).look(from, at_from, to, at_to);
    return runs;
}

}  // namespace termwise
