#include "sweep/threshold.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/wide.h"

namespace termwise {
namespace {

/// Neighbours among the positions seen between which the better strategy changes, and which are further apart
/// than one step: what lies in the middle of each.
std::vector<std::uint64_t> middles(const std::map<std::uint64_t, Contest>& seen) {
    std::vector<std::uint64_t> found;
    for (auto after = std::next(seen.begin()); after != seen.end(); ++after) {
        const auto before = std::prev(after);
        if (after->first - before->first > 1 && before->second.better() != after->second.better())
            found.push_back(before->first + (after->first - before->first) / 2);
    }
    return found;
}

bool is_monotone(const std::map<std::uint64_t, Contest>& seen) {
    bool grows = true, falls = true;
    for (auto after = std::next(seen.begin()); after != seen.end(); ++after) {
        const auto from = std::prev(after)->second.difference(), to = after->second.difference();
        if (!from || !to) return false;
        grows = grows && *from <= *to;
        falls = falls && *from >= *to;
    }
    return grows || falls;
}

}  // namespace

Threshold find_threshold(
    std::uint64_t size,
    const std::function<std::vector<Contest>(const std::vector<std::uint64_t>&)>& referee) {
    std::vector<std::uint64_t> positions;
    const std::uint64_t scanned = std::min(size, kThresholdScan);
    for (std::uint64_t i = 0; i < scanned; ++i)
        positions.push_back(scanned == 1 ? 0
                                         : static_cast<std::uint64_t>(static_cast<UnsignedWide>(size - 1) *
                                                                      i / (scanned - 1)));
    Threshold found;
    while (!positions.empty()) {
        std::vector<Contest> contests = referee(positions);
        for (std::size_t i = 0; i < positions.size(); ++i)
            found.seen.emplace(positions[i], std::move(contests[i]));
        positions = middles(found.seen);
    }
    for (auto after = std::next(found.seen.begin()); after != found.seen.end(); ++after)
        if (std::prev(after)->second.better() != after->second.better())
            found.changes.push_back(after->first);
    found.everywhere = found.seen.size() == size;
    found.monotone = is_monotone(found.seen);
    return found;
}

}  // namespace termwise
