// The graphs of offers and subscriptions (M1.4): cycles, and requirements nobody can meet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace termwise {

/// Every cycle of a directed graph, one per strongly connected component that has one: its vertices in order
/// of the arrows, starting at the smallest; a loop is a cycle of one. Components ascend by that vertex.
/// Runtime: linear.
[[nodiscard]] std::vector<std::vector<std::int32_t>> find_cycles(
    std::size_t vertices, const std::vector<std::pair<std::int32_t, std::int32_t>>& arrows);

}  // namespace termwise
