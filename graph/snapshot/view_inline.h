// The inner loop of every read. Included by view.h alone.
#ifndef ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_
#define ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_

#include <algorithm>

#include "graph/snapshot/view.h"

namespace attlas::graph {

inline bool View::Exists(NodeOrdinal node) const {
  if (node >= snapshot_->node_limit()) return false;
  const HotNode& hot = snapshot_->node(node);
  return hot.exists() && filter_.NodeVisible(hot.access);
}

template <typename Visit>
bool View::VisitList(const AdjacencyList* list, bool forward, const TypeSet* types,
                     Visit& visit) const {
  if (list == nullptr) return true;
  const std::span<const HotEdge> edges = list->edges();
  const std::span<const EdgeOrdinal> ordinals = list->ordinals();
  const bool check_nodes = !filter_.all_nodes_visible();
  const auto visit_range = [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      const HotEdge& edge = edges[i];
      if (!filter_.LetsThrough(edge.access, edge.valid_from, edge.valid_to)) continue;
      if (check_nodes && !filter_.NodeVisible(snapshot_->node(edge.neighbor).access)) continue;
      if (!visit(EdgeRef{edge.neighbor, ordinals[i], edge.type, forward, edge.access})) return false;
    }
    return true;
  };
  if (types == nullptr) return visit_range(0, edges.size());
  size_t begin = 0;
  for (const TypeId type : types->types()) {
    const auto lower = std::lower_bound(
        edges.begin() + static_cast<std::ptrdiff_t>(begin), edges.end(), type,
        [](const HotEdge& edge, TypeId value) { return edge.type < value; });
    begin = static_cast<size_t>(lower - edges.begin());
    size_t end = begin;
    while (end < edges.size() && edges[end].type == type) {
      if (!visit_range(end, end + 1)) return false;
      ++end;
    }
    begin = end;
    if (begin == edges.size()) break;
  }
  return true;
}

template <typename Visit>
void View::ForEachEdge(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                       Visit&& visit) const {
  if (!Exists(node)) return;
  const bool backward = direction == v1::DIRECTION_BACKWARD;
  const bool either = direction == v1::DIRECTION_EITHER;
  if (!backward && !VisitList(snapshot_->out(node), true, types, visit)) return;
  if (backward || either) VisitList(snapshot_->in(node), false, types, visit);
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_
