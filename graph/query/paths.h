// Shortest and k best paths between two nodes.
//
// Complexity: unit costs and one path: bidirectional breadth-first search. Otherwise one search
// back from the goal within max_hops, then Yen's algorithm over a best-first search that this one
// leads: O(k * path length * (edges examined * log nodes)), in practice the edges near the paths
// found. Costs are compared in steps of 1e-9 (coarser where a hop costs over 10,000,000), so that
// sums that differ by rounding alone are equal. Threads: functions; each call uses its own thread's
// marks.
#ifndef ATTLAS_GRAPH_QUERY_PATHS_H_
#define ATTLAS_GRAPH_QUERY_PATHS_H_

#include <functional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "graph/query/budget.h"
#include "graph/query/pattern.h"
#include "graph/snapshot/view.h"

namespace attlas::graph {

struct ScoredPath {
  std::vector<NodeOrdinal> nodes;
  std::vector<EdgeOrdinal> edges;
  double cost = 0;
};

struct PathSpec {
  NodeOrdinal from = 0;
  NodeOrdinal to = 0;
  const TypeSet* edge_types = nullptr;  // Null for any.
  v1::Direction direction = v1::DIRECTION_EITHER;
  int max_hops = 6;
  int max_paths = 1;
  std::vector<double> type_costs;         // By edge type, above 0; empty for 1 each.
  double confidence_penalty = 0;          // For each grade below `seen`.
  std::vector<uint8_t> avoid_node_types;  // By node type; empty for none.

  bool unit_costs() const { return type_costs.empty() && confidence_penalty == 0; }
};

// The best paths without repeated nodes, cheapest first; of equal cost fewer hops first, then by
// edge ordinals. With unit costs and max_paths 1: one with the fewest hops, always the same one.
// From a node to itself: one path of no hops. Notes BOUND_DEPTH where a longer path could belong to
// the answer, BOUND_FAN_OUT where edges were left out.
std::vector<ScoredPath> FindPaths(const View& view, const PathSpec& spec, Budget& budget);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_PATHS_H_
