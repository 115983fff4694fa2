// The inner loop of every read. Included by view.h alone.
#ifndef ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_
#define ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "graph/base/prefetch.h"
#include "graph/snapshot/view.h"

namespace attlas::graph {

inline bool View::Exists(NodeOrdinal node) const {
  if (node >= snapshot_->node_limit()) return false;
  const HotNode& hot = snapshot_->node(node);
  return hot.exists() && filter_.NodeVisible(hot.access);
}

// The first edge at or after `edge` whose type is at least `type`: O(log of the distance), and next
// to nothing where it is `edge` itself.
inline const HotEdge* FindType(const HotEdge* edge, const HotEdge* end, TypeId type) {
  if (edge == end || edge->type >= type) return edge;
  std::ptrdiff_t step = 1;
  while (end - edge > step && edge[step].type < type) {
    edge += step;
    step *= 2;
  }
  return std::partition_point(edge, edge + std::min(step, end - edge),
                              [type](const HotEdge& e) { return e.type < type; });
}

template <int at_once, typename Wanted, typename Visit>
inline bool View::VisitList(const AdjacencyList& list, bool forward, std::span<const TypeRun> runs,
                            Wanted& wanted, Visit& visit) const {
  static_assert(at_once <= 64);
  const std::span<const HotEdge> edges = list.edges();
  const HotEdge* const end = edges.data() + edges.size();
  const EdgeOrdinal* const ordinals = list.ordinals().data();
  // A local copy stays in registers, whatever `visit` writes to.
  const ReadFilter::EdgeTest test = filter_.edge_test();
  const bool check_rest = !filter_.all_nodes_visible() || lowered_ != nullptr;
  const HotEdge* edge = edges.data();
  for (const TypeRun& run : runs) {
    edge = FindType(edge, end, run.first);
    while (edge != end && edge->type <= run.last) {
      // Whether an edge passes is what a processor cannot guess, so that it is noted, for some
      // edges at once, without a branch.
      const HotEdge* const first = edge;
      const HotEdge* const stop = end - edge > at_once ? edge + at_once : end;
      uint64_t passing = 0;
      for (int i = 0; edge != stop && edge->type <= run.last; ++edge, ++i) {
        passing |= uint64_t{test.LetsThrough(edge->access, edge->valid_from, edge->valid_to)} << i;
      }
      for (; passing != 0; passing &= passing - 1) {
        const HotEdge& hot = first[std::countr_zero(passing)];
        const EdgeOrdinal* const ordinal = ordinals + (&hot - edges.data());
        if (!wanted(hot.neighbor)) continue;
        if (check_rest && !ShowsRest(hot.neighbor, ordinal)) continue;
        if (!visit(hot, ordinal, forward)) return false;
      }
    }
    if (edge == end) break;
  }
  return true;
}

template <typename Visit>
void View::ForEachLink(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                       Visit&& visit) const {
  ForEachWantedLink(
      node, direction, types, [](NodeOrdinal) { return true; }, std::forward<Visit>(visit));
}

template <typename Wanted, typename Visit>
void View::ForEachWantedLink(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                             Wanted&& wanted, Visit&& visit) const {
  VisitLists<16>(node, direction, types, wanted, visit);
}

template <typename Wanted>
bool View::HasWantedLink(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                         Wanted&& wanted) const {
  bool found = false;
  auto stop = [&found](const HotEdge&, const EdgeOrdinal*, bool) {
    found = true;
    return false;
  };
  // Mostly one of the first edges is such.
  VisitLists<1>(node, direction, types, wanted, stop);
  return found;
}

template <int at_once, typename Wanted, typename Visit>
inline void View::VisitLists(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                             Wanted& wanted, Visit& visit) const {
  // A node that does not exist has no edges, so that only a hidden one must be told apart.
  if (node >= snapshot_->node_limit()) return;
  if (Hides(node)) return;
  static constexpr TypeRun kAnyType;
  const std::span<const TypeRun> runs =
      types == nullptr ? std::span<const TypeRun>(&kAnyType, 1) : types->runs();
  const bool both = direction == v1::DIRECTION_EITHER;
  bool forward = direction != v1::DIRECTION_BACKWARD;
  while (true) {
    const AdjacencyList* const list = forward ? snapshot_->out(node) : snapshot_->in(node);
    if (list != nullptr && !VisitList<at_once>(*list, forward, runs, wanted, visit)) return;
    if (!both || !forward) return;
    forward = false;
  }
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
  if (direction != v1::DIRECTION_BACKWARD) Prefetch(snapshot_->out(node));
  if (direction == v1::DIRECTION_BACKWARD || direction == v1::DIRECTION_EITHER) {
    Prefetch(snapshot_->in(node));
  }
}

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_VIEW_INLINE_H_
