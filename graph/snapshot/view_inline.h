// The inner loop of every read. Included by view.h alone.
#ifndef ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_
#define ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_

#include <algorithm>
#include <cstddef>
#include <span>

#include "graph/snapshot/view.h"

namespace attlas::graph {

inline bool View::Exists(NodeOrdinal node) const {
  if (node >= snapshot_->node_limit()) return false;
  const HotNode& hot = snapshot_->node(node);
  return hot.exists() && filter_.NodeVisible(hot.access);
}

// The first edge at or after `begin` whose type is at least `type`: O(log of the distance), and
// next to nothing where it is `begin` itself.
inline size_t FindType(std::span<const HotEdge> edges, size_t begin, TypeId type) {
  size_t step = 1;
  size_t end = begin;
  while (end < edges.size() && edges[end].type < type) {
    begin = end + 1;
    end += step;
    step *= 2;
  }
  const auto at = [&](size_t i) { return edges.begin() + static_cast<std::ptrdiff_t>(i); };
  const auto found = std::partition_point(at(begin), at(std::min(end, edges.size())),
                                          [type](const HotEdge& e) { return e.type < type; });
  return static_cast<size_t>(found - edges.begin());
}

template <bool check_nodes, typename Visit>
bool View::VisitRuns(const AdjacencyList& list, bool forward, std::span<const TypeRun> runs,
                     Visit& visit) const {
  const std::span<const HotEdge> edges = list.edges();
  const EdgeOrdinal* const ordinals = list.ordinals().data();
  // A local copy stays in registers, whatever `visit` writes to.
  const ReadFilter::EdgeTest test = filter_.edge_test();
  size_t i = 0;
  for (const TypeRun& run : runs) {
    for (i = FindType(edges, i, run.first); i < edges.size() && edges[i].type <= run.last; ++i) {
      const HotEdge& edge = edges[i];
      if (!test.LetsThrough(edge.access, edge.valid_from, edge.valid_to)) continue;
      if constexpr (check_nodes) {
        if (!filter_.NodeVisible(snapshot_->node(edge.neighbor).access)) continue;
      }
      if (!visit(edge, ordinals + i, forward)) return false;
    }
    if (i == edges.size()) break;
  }
  return true;
}

template <typename Visit>
bool View::VisitList(const AdjacencyList* list, bool forward, const TypeSet* types,
                     Visit& visit) const {
  if (list == nullptr) return true;
  static constexpr TypeRun kAnyType;
  const std::span<const TypeRun> runs =
      types == nullptr ? std::span<const TypeRun>(&kAnyType, 1) : types->runs();
  return filter_.all_nodes_visible() ? VisitRuns<false>(*list, forward, runs, visit)
                                     : VisitRuns<true>(*list, forward, runs, visit);
}

template <typename Visit>
void View::ForEachLink(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                       Visit&& visit) const {
  // A node that does not exist has no edges, so that only a hidden one must be told apart.
  if (node >= snapshot_->node_limit()) return;
  if (!filter_.all_nodes_visible() && !Exists(node)) return;
  const bool backward = direction == v1::DIRECTION_BACKWARD;
  const bool either = direction == v1::DIRECTION_EITHER;
  if (!backward && !VisitList(snapshot_->out(node), true, types, visit)) return;
  if (backward || either) VisitList(snapshot_->in(node), false, types, visit);
}

template <typename Visit>
void View::ForEachEdge(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                       Visit&& visit) const {
  ForEachLink(node, direction, types,
              [&visit](const HotEdge& hot, const EdgeOrdinal* edge, bool forward) {
                return visit(EdgeRef{hot.neighbor, *edge, hot.type, forward, hot.access});
              });
}

inline void View::PrefetchSlots(NodeOrdinal node, v1::Direction direction) const {
  snapshot_->PrefetchLists(
      node, direction != v1::DIRECTION_BACKWARD,
      direction == v1::DIRECTION_BACKWARD || direction == v1::DIRECTION_EITHER);
}

inline void View::PrefetchLists(NodeOrdinal node, v1::Direction direction) const {
  if (direction != v1::DIRECTION_BACKWARD) __builtin_prefetch(snapshot_->out(node));
  if (direction == v1::DIRECTION_BACKWARD || direction == v1::DIRECTION_EITHER) {
    __builtin_prefetch(snapshot_->in(node));
  }
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_
