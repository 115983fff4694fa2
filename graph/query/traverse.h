// Breadth-first visits and neighbourhoods.
//
// Complexity: O(nodes visited + edges examined). Visited marks are pooled per thread, so that a
// small visit of a large graph costs nothing for the size of the graph.
// Threads: functions; each call uses its own thread's marks.
#ifndef ATTLAS_GRAPH_QUERY_TRAVERSE_H_
#define ATTLAS_GRAPH_QUERY_TRAVERSE_H_

#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "graph/query/budget.h"
#include "graph/snapshot/view.h"

namespace attlas::graph {

inline constexpr EdgeOrdinal kNoEdge = 0xffffffff;
inline constexpr NodeOrdinal kNoNode = 0xffffffff;

// A node met by a visit.
struct Visit {
  NodeOrdinal node;
  int depth;                // Hops from the nearest start.
  NodeOrdinal from;         // The node from which it was first met; kNoNode for a start.
  const EdgeOrdinal* edge;  // Where the snapshot keeps what via() answers; null for a start.

  // The edge by which the node was first met; kNoEdge for a start. Its number lies elsewhere in
  // memory than what a visit reads, and is fetched only here. REQUIRES: the snapshot is there.
  EdgeOrdinal via() const { return edge == nullptr ? kNoEdge : *edge; }
};

struct TraverseSpec {
  std::vector<NodeOrdinal> starts;
  const TypeSet* edge_types = nullptr;  // Null for any.
  v1::Direction direction = v1::DIRECTION_FORWARD;
  int max_depth = 1;
};

// Calls `visit` for each node within max_depth, nearest first, starts included, each once; stops
// when it returns false or the budget is spent. Notes BOUND_DEPTH where an edge leads on from the
// last level to a node not met, BOUND_FAN_OUT where edges of a node were left out.
// REQUIRES: `visit` starts no other visit on this thread.
void Traverse(const View& view, const TraverseSpec& spec, Budget& budget,
              absl::FunctionRef<bool(const Visit&)> visit);

// The nodes of a neighbourhood, nearest first, with the edges among them.
struct Neighborhood {
  std::vector<Visit> visits;
  std::vector<EdgeOrdinal> edges;  // Each once, sorted.
};

// Extracts the neighbourhood: at most `max_nodes` nodes (BOUND_RESULTS when cut).
Neighborhood ExtractNeighborhood(const View& view, const TraverseSpec& spec, size_t max_nodes,
                                 Budget& budget);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_TRAVERSE_H_
