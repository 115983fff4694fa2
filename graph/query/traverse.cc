#include "graph/query/traverse.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "graph/query/visited_marks.h"

namespace attlas::graph {

void Traverse(const View& view, const TraverseSpec& spec, Budget& budget,
              absl::FunctionRef<bool(const Visit&)> visit) {
  VisitedMarks& marks = VisitedMarks::ForThread(0, view.node_limit());
  std::vector<NodeOrdinal> frontier;
  std::vector<NodeOrdinal> next;
  bool stopped = false;
  for (const NodeOrdinal start : spec.starts) {
    if (!view.Exists(start) || !marks.Mark(start)) continue;
    if (!budget.SpendNode() || !visit({start, 0, kNoEdge, kNoNode})) return;
    frontier.push_back(start);
  }
  const uint32_t fan_out = budget.limits().max_fan_out;
  for (int depth = 1; depth <= spec.max_depth && !frontier.empty(); ++depth) {
    next.clear();
    for (const NodeOrdinal node : frontier) {
      uint32_t followed = 0;
      view.ForEachEdge(node, spec.direction, spec.edge_types, [&](const EdgeRef& edge) {
        if (!budget.SpendEdge()) {
          stopped = true;
          return false;
        }
        if (fan_out != 0 && ++followed > fan_out) {
          budget.Reach(v1::BOUND_FAN_OUT);
          return false;
        }
        if (!marks.Mark(edge.neighbor)) return true;
        if (!budget.SpendNode() || !visit({edge.neighbor, depth, edge.edge, node})) {
          stopped = true;
          return false;
        }
        next.push_back(edge.neighbor);
        return true;
      });
      if (stopped) return;
    }
    frontier.swap(next);
  }
}

Neighborhood ExtractNeighborhood(const View& view, const TraverseSpec& spec, size_t max_nodes,
                                 Budget& budget) {
  Neighborhood result;
  absl::flat_hash_map<NodeOrdinal, bool> inside;
  Traverse(view, spec, budget, [&](const Visit& visit) {
    if (result.visits.size() >= max_nodes) {
      budget.Reach(v1::BOUND_RESULTS);
      return false;
    }
    result.visits.push_back(visit);
    inside.emplace(visit.node, true);
    return true;
  });
  for (const Visit& visit : result.visits) {
    // The way there is always part of the picture, even where the fan-out hides its siblings.
    view.ForEachEdge(visit.node, v1::DIRECTION_FORWARD, spec.edge_types, [&](const EdgeRef& edge) {
      if (inside.contains(edge.neighbor)) result.edges.push_back(edge.edge);
      return budget.SpendEdge();
    });
  }
  std::sort(result.edges.begin(), result.edges.end());
  return result;
}

}  // namespace attlas::graph
