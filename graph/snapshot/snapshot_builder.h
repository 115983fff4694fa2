// Makes the next snapshot out of the last one and what a commit changed.
//
// What: changes are noted with Put and Remove; each adjacency list is rewritten once, when it is
// looked at or when the snapshot is built, however many of its edges changed.
// Complexity: O(changes * log + sizes of the touched lists + pages touched * 64 + pages / 64).
// Threads: single-thread. The snapshot that it builds may be shared.
//
// Example:
//   SnapshotBuilder builder(latest, latest->ontology());
//   builder.PutNode(node, type, access);
//   SnapshotPtr next = std::move(builder).Build(latest->revision() + 1);
#ifndef ATTLAS_GRAPH_SNAPSHOT_SNAPSHOT_BUILDER_H_
#define ATTLAS_GRAPH_SNAPSHOT_SNAPSHOT_BUILDER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/snapshot/snapshot.h"

namespace attlas::graph {

// An edge as the snapshot knows it.
struct LinkRecord {
  NodeOrdinal from = 0;
  NodeOrdinal to = 0;
  DayNumber valid_from = kBeginningOfTime;
  DayNumber valid_to = kEndOfTime;
  TypeId type = 0;
  AccessId access = 0;
};

struct NumberedLink {
  EdgeOrdinal edge;
  LinkRecord link;
};

class SnapshotBuilder {
 public:
  // Starts from `base`; null for the empty graph.
  SnapshotBuilder(const SnapshotPtr& base, std::shared_ptr<const OntologyIndex> ontology);

  // The access classes, for looking up and adding.
  AccessClasses& access_classes();

  // The node as every change so far leaves it; absent where there is none.
  HotNode Node(NodeOrdinal node) const {
    return node < snapshot_->node_limit() ? snapshot_->node(node) : HotNode();
  }

  void PutNode(NodeOrdinal node, TypeId type, AccessId access);
  // REQUIRES: no edge touches the node by the time of Build.
  void RemoveNode(NodeOrdinal node);
  // REQUIRES: the edge is not there. Its ends must be put before Build.
  void PutEdge(EdgeOrdinal edge, const LinkRecord& link);
  // REQUIRES: the edge is there, as `link`.
  void RemoveEdge(EdgeOrdinal edge, const LinkRecord& link);

  // Adds many edges to a graph that has none, faster than PutEdge: O(edges * log(degree)). They may
  // come in several parts, whose order makes no difference. Where the base has no edges, what
  // PutEdge is given goes this way too.
  using Links = std::vector<NumberedLink>;
  void PutAllEdges(std::vector<Links> parts);

  // The graph with every change so far, for checks before the build. The reference is good until
  // the next change.
  const Snapshot& Working();

  // The finished snapshot. The builder is used up.
  SnapshotPtr Build(uint64_t revision) &&;

 private:
  struct Edit {
    EdgeOrdinal edge;
    bool put;
    HotEdge hot;
  };
  // Key of a list: node and direction.
  using ListKey = uint64_t;
  static ListKey KeyOf(NodeOrdinal node, bool out) { return (ListKey{node} << 1) | (out ? 1 : 0); }

  Page& MutablePage(NodeOrdinal node);
  void AppendPage();
  void CountNode(AccessId access, int delta);
  // Invariant 5. REQUIRES: the page of the node is this builder's own.
  void Mark(NodeOrdinal node, bool marked);
  void Note(NodeOrdinal node, bool out, EdgeOrdinal edge, bool put, const HotEdge& hot);
  void SettleFirstLinks();
  void Flush();
  RefPtr<AdjacencyList>& MutableList(ListKey key);
  void FlushList(ListKey key, std::vector<Edit>& edits);
  void FillDirection(const std::vector<Links>& parts, size_t edges, bool out);

  RefPtr<Snapshot> snapshot_;
  std::shared_ptr<AccessClasses> access_classes_;  // Set once it differs from the base's.
  // Edges put into a graph that has none, until they are settled.
  std::vector<NumberedLink> first_links_;
  absl::flat_hash_map<ListKey, std::vector<Edit>> edits_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_SNAPSHOT_BUILDER_H_
