// The read side of the graph: a snapshot seen through one caller's filter.
//
// What: a View answers 'which nodes and edges are there, and how do they hang together' at one
// revision, for one caller, at one date. The filter is applied here, in the lowest layer; nothing
// above it can see an edge or a node that it hides.
// Threads: a View is immutable and may be shared by threads. Reading takes no lock.
// Cost: Exists and NodeType are O(1); ForEachEdge is O(degree) of the node, or of the matching
// types where `types` is narrow.
//
// Example:
//   view.ForEachEdge(node, v1::DIRECTION_FORWARD, nullptr, [&](const EdgeRef& edge) {
//     visit(edge.neighbor);
//     return true;  // go on
//   });
#ifndef ATTLAS_GRAPH_SNAPSHOT_VIEW_H_
#define ATTLAS_GRAPH_SNAPSHOT_VIEW_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/container/flat_hash_map.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "attlas/graph/v1/subgraph.pb.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"
#include "graph/ontology/ontology.h"
#include "graph/snapshot/filter.h"
#include "graph/snapshot/snapshot.h"

namespace attlas::graph {

// An edge as seen from one of its ends.
struct EdgeRef {
  NodeOrdinal neighbor;  // The node at the other end.
  EdgeOrdinal edge;      // The edge.
  TypeId type;           // Its type.
  bool forward;          // Whether it leads away from the node that was asked about.
  AccessId access;       // Its access class, which tells its confidence.
};

// The edges that one caller sees as less sure than they are, because it does not see their surest
// sources, each with the confidence of those that it sees.
using LoweredConfidences = absl::flat_hash_map<EdgeOrdinal, Confidence>;

class View {
 public:
  // `lowered` is null where the caller sees every source, or where no confidence is asked about.
  View(SnapshotPtr snapshot, ReadFilter filter,
       std::shared_ptr<const LoweredConfidences> lowered = nullptr);

  const Snapshot& snapshot() const { return *snapshot_; }
  const SnapshotPtr& shared_snapshot() const { return snapshot_; }
  const ReadFilter& filter() const { return filter_; }
  uint64_t revision() const { return snapshot_->revision(); }

  // One more than the highest ordinal of a node; for sizing arrays and for scans.
  NodeOrdinal node_limit() const { return snapshot_->node_limit(); }

  // Whether the node is there for this caller.
  bool Exists(NodeOrdinal node) const;

  // Whether the node is kept from this caller; false for one that is not there. A loop asks this of
  // neighbours, which are there: it looks at the node itself only where something is marked.
  // REQUIRES: below node_limit.
  bool Hides(NodeOrdinal node) const {
    return !filter_.all_nodes_visible() && snapshot_->IsMarked(node) &&
           !filter_.NodeVisible(snapshot_->node(node).access);
  }

  // The node's type. REQUIRES: Exists(node).
  TypeId NodeType(NodeOrdinal node) const { return snapshot_->node(node).type; }

  // How sure an edge of this view is, by the sources that the caller sees.
  Confidence ConfidenceOf(const EdgeRef& edge) const;

  // Calls `visit(EdgeRef)` for each visible edge of the node (both ends visible), by type, then
  // neighbour; with DIRECTION_EITHER outgoing edges first. Stops when it returns false. `types`
  // narrows to those edge types; null for all that the filter lets through.
  template <typename Visit>
  void ForEachEdge(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                   Visit&& visit) const;

  // The same as `visit(const HotEdge&, const EdgeOrdinal* edge, bool forward)`, for loops that
  // seldom need to know which edge it is: the number lies elsewhere in memory and is not fetched.
  template <typename Visit>
  void ForEachLink(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                   Visit&& visit) const;

  // The same for a loop that passes over most neighbours, such as those it met before: `wanted(
  // neighbour)` is asked for each edge before it is looked at whether the neighbour is visible.
  // It may count and compare; what it is asked about may be hidden.
  template <typename Wanted, typename Visit>
  void ForEachWantedLink(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                         Wanted&& wanted, Visit&& visit) const;

  // Whether there is such an edge: `wanted` is asked, as above, until it says yes of a neighbour
  // that is visible.
  template <typename Wanted>
  bool HasWantedLink(NodeOrdinal node, v1::Direction direction, const TypeSet* types,
                     Wanted&& wanted) const;

  // Hints for a loop that will soon ask ForEachEdge about a node: first where its lists are, some
  // nodes later the lists themselves. They change nothing but the time. REQUIRES: below node_limit.
  void PrefetchSlots(NodeOrdinal node, v1::Direction direction) const;
  void PrefetchLists(NodeOrdinal node, v1::Direction direction) const;

 private:
  // Whether the caller sees the neighbour, and enough of what the edge rests on.
  bool ShowsRest(NodeOrdinal neighbor, const EdgeOrdinal* edge) const {
    return !Hides(neighbor) && (lowered_ == nullptr || IsSureEnough(*edge));
  }
  bool IsSureEnough(EdgeOrdinal edge) const {
    const auto lowered = lowered_->find(edge);
    return lowered == lowered_->end() || lowered->second >= filter_.request().min_confidence;
  }

  // Both are inlined into each loop together with its `visit`, so that what this counts stays in
  // registers. `at_once` edges are put through the filter together.
  template <int at_once, typename Wanted, typename Visit>
  ABSL_ATTRIBUTE_ALWAYS_INLINE void VisitLists(NodeOrdinal node, v1::Direction direction,
                                               const TypeSet* types, Wanted& wanted,
                                               Visit& visit) const;
  // False where `visit` stopped it.
  template <int at_once, typename Wanted, typename Visit>
  ABSL_ATTRIBUTE_ALWAYS_INLINE bool VisitList(const AdjacencyList& list, bool forward,
                                              std::span<const TypeRun> runs, Wanted& wanted,
                                              Visit& visit) const;

  SnapshotPtr snapshot_;
  ReadFilter filter_;
  std::shared_ptr<const LoweredConfidences> lowered_;
};

}  // namespace attlas::graph

#include "graph/snapshot/view_inline.h"

#endif  // ATTLAS_GRAPH_SNAPSHOT_VIEW_H_
