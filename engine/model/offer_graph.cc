#include "model/offer_graph.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

namespace termwise {
namespace {

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;

/// Finds the shortest way from a vertex back to itself inside its component; of several, the one that a
/// search in the order of the arrows meets first.
class CycleSearch {
  public:
    CycleSearch(const Graph& graph, const std::vector<std::uint32_t>& component)
        : graph_(graph), component_(component), reached_from_(component.size(), kNowhere) {}

    /// The cycle through `start`; empty if there is none.
    std::vector<std::int32_t> through(std::uint32_t start) {
        std::vector<std::uint32_t> queue{start};
        std::vector<std::int32_t> cycle;
        for (std::size_t head = 0; head < queue.size() && cycle.empty(); ++head) {
            const std::uint32_t here = queue[head];
            for (auto [next, end] = adjacent_vertices(here, graph_); next != end; ++next) {
                if (*next == start) {
                    cycle = way_to(here, start);
                    break;
                }
                if (component_[*next] != component_[start] || reached_from_[*next] != kNowhere) continue;
                reached_from_[*next] = here;
                queue.push_back(*next);
            }
        }
        for (const std::uint32_t vertex : queue) reached_from_[vertex] = kNowhere;
        return cycle;
    }

  private:
    static constexpr std::uint32_t kNowhere = 0xffff'ffff;

    std::vector<std::int32_t> way_to(std::uint32_t last, std::uint32_t start) const {
        std::vector<std::int32_t> way;
        for (std::uint32_t vertex = last; vertex != start; vertex = reached_from_[vertex])
            way.push_back(static_cast<std::int32_t>(vertex));
        way.push_back(static_cast<std::int32_t>(start));
        std::ranges::reverse(way);
        return way;
    }

    const Graph& graph_;
    const std::vector<std::uint32_t>& component_;
    std::vector<std::uint32_t> reached_from_;
};

}  // namespace

std::vector<std::vector<std::int32_t>> find_cycles(
    std::size_t vertices, const std::vector<std::pair<std::int32_t, std::int32_t>>& arrows) {
    std::vector<std::vector<std::int32_t>> cycles;
    if (arrows.empty()) return cycles;
    // Sorted, so that which of several cycles is named does not depend on the order of the input.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted(arrows.begin(), arrows.end());
    std::ranges::sort(sorted);
    const Graph graph(boost::edges_are_sorted, sorted.begin(), sorted.end(),
                      static_cast<std::uint32_t>(vertices));

    std::vector<std::uint32_t> component(vertices);
    const auto by_vertex = get(boost::vertex_index, graph);
    const auto count =
        boost::strong_components(graph, boost::make_iterator_property_map(component.begin(), by_vertex));

    // A component's first vertex lies on a cycle if any of it does.
    CycleSearch search(graph, component);
    std::vector<bool> seen(static_cast<std::size_t>(count));
    for (std::size_t vertex = 0; vertex < vertices; ++vertex) {
        if (seen[component[vertex]]) continue;
        seen[component[vertex]] = true;
        std::vector<std::int32_t> cycle = search.through(static_cast<std::uint32_t>(vertex));
        if (!cycle.empty()) cycles.push_back(std::move(cycle));
    }
    return cycles;
}

}  // namespace termwise
