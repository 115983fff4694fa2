// What the path searches share. Private to graph/query.
#ifndef ATTLAS_GRAPH_QUERY_PATHS_INTERNAL_H_
#define ATTLAS_GRAPH_QUERY_PATHS_INTERNAL_H_

#include <vector>

#include "graph/query/paths.h"
#include "graph/query/traverse.h"

namespace attlas::graph {

// Bidirectional breadth-first search; one path or none. REQUIRES from != to and unit costs.
std::vector<ScoredPath> FindShortestPath(const View& view, const PathSpec& spec, Budget& budget);

// Yen's algorithm. REQUIRES from != to and max_paths above 0.
std::vector<ScoredPath> FindBestPaths(const View& view, const PathSpec& spec, Budget& budget);

inline v1::Direction Opposite(v1::Direction direction) {
  if (direction == v1::DIRECTION_EITHER) return direction;
  return direction == v1::DIRECTION_BACKWARD ? v1::DIRECTION_FORWARD : v1::DIRECTION_BACKWARD;
}

// Whether a path may not pass through the node.
inline bool IsAvoided(const View& view, const PathSpec& spec, NodeOrdinal node) {
  if (spec.avoid_node_types.empty() || node == spec.from || node == spec.to) return false;
  return spec.avoid_node_types[view.NodeType(node)] != 0;
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_PATHS_INTERNAL_H_
