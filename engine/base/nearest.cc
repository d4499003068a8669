#include "base/nearest.h"

#include <algorithm>
#include <vector>

namespace termwise {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > most) return most + 1;
    std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
            least = std::min(least, current[j]);
        }
        if (least > most) return most + 1;
        std::swap(before_last, last);
        std::swap(last, current);
    }
    return std::min(last[b.size()], most + 1);
}

std::string nearest_name(std::string_view name, std::span<const std::string_view> known) {
    std::size_t best = std::max<std::size_t>(1, name.size() / 3);
    std::string_view nearest;
    bool found = false;
    for (const std::string_view candidate : known) {
        const std::size_t distance = edit_distance(name, candidate, best);
        if (distance < best || (distance == best && !found)) {
            best = distance;
            nearest = candidate;
            found = true;
        }
    }
    return std::string(nearest);
}

}  // namespace termwise
