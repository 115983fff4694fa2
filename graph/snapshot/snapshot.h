// An immutable in-memory view of who is linked to whom at one revision.
//
// What: nodes in pages of 64, each with its type, its access class and its adjacency in both
// directions; pages in groups of 64. A new snapshot shares every group that a commit did not touch,
// within a touched group every page, and within a touched page every adjacency list. Hence what a
// small commit costs hardly grows with the graph.
// When not: it holds no properties, texts or citations; those are read from the store by ordinal.
// Threads: immutable once published. Reading takes no lock. Pages and lists are reference counted;
// whichever thread lets go of the last reference frees them.
//
// Invariants (kept by SnapshotBuilder):
//   1. A list is sorted by (type, neighbour, edge ordinal).
//   2. Every edge stands once in the out list of its start and once in the in list of its end.
//   3. A node that does not exist has no lists.
//   4. A published page or list never changes.
//   5. A node whose class is not open (AccessClasses::IsOpen) is marked, no other node is.
//
// Memory: 16 B of hot record and 4 B of edge ordinal for each edge and direction; 8 B header and a
// pointer for each list; 4 B a node.
#ifndef ATTLAS_GRAPH_SNAPSHOT_SNAPSHOT_H_
#define ATTLAS_GRAPH_SNAPSHOT_SNAPSHOT_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "graph/base/prefetch.h"
#include "graph/base/ref_counted.h"
#include "graph/model/date.h"
#include "graph/ontology/ontology.h"
#include "graph/snapshot/access.h"
#include "graph/snapshot/list_slab.h"

namespace attlas::graph {

// Dense numbers of nodes and edges, given by the store in the order of creation, never reused.
using NodeOrdinal = uint32_t;
using EdgeOrdinal = uint32_t;

// What a traversal needs to know of an edge, seen from one end.
struct HotEdge {
  NodeOrdinal neighbor;
  DayNumber valid_from;  // kBeginningOfTime where not known.
  DayNumber valid_to;    // kEndOfTime where no end is known.
  TypeId type;
  AccessId access;
};
static_assert(sizeof(HotEdge) == 16);

// The edges of one node in one direction: a header, the hot records, then the edge ordinals. It
// lies in an allocation of its own or in a block with others.
class AdjacencyList final {
 public:
  // Null for no edges. In a block of `slabs` where one is given and a block has room for it.
  static RefPtr<AdjacencyList> Create(std::span<const HotEdge> edges,
                                      std::span<const EdgeOrdinal> ordinals,
                                      SlabWriter* slabs = nullptr);
  // What `list` (null for no edges) is with one edge more, which stands before that at `place`.
  static RefPtr<AdjacencyList> WithEdge(const AdjacencyList* list, size_t place,
                                        const HotEdge& edge, EdgeOrdinal ordinal);

  std::span<const HotEdge> edges() const { return {hot(), size()}; }
  std::span<const EdgeOrdinal> ordinals() const {
    return {reinterpret_cast<const EdgeOrdinal*>(hot() + size()), size()};
  }
  size_t memory_bytes() const;

  void AddRef() const { references_.fetch_add(1, std::memory_order_relaxed); }
  void DropRef() const {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) Free();
  }

 private:
  static constexpr uint32_t kInSlab = uint32_t{1} << 31;

  // Room for so many edges, not filled.
  static AdjacencyList* Allocate(size_t count, SlabWriter* slabs);
  // The parts of it, to be filled before the list is shown to anyone.
  HotEdge* mutable_edges() { return reinterpret_cast<HotEdge*>(this + 1); }
  EdgeOrdinal* mutable_ordinals() {
    return reinterpret_cast<EdgeOrdinal*>(mutable_edges() + size());
  }

  AdjacencyList(uint32_t count, bool in_slab) : count_(count | (in_slab ? kInSlab : 0)) {}
  uint32_t size() const { return count_ & ~kInSlab; }
  const HotEdge* hot() const { return reinterpret_cast<const HotEdge*>(this + 1); }
  void Free() const;

  mutable std::atomic<uint32_t> references_{1};
  const uint32_t count_;  // With kInSlab where it lies in a block.
};
static_assert(std::is_trivially_destructible_v<AdjacencyList>);

struct HotNode {
  TypeId type = 0;
  AccessId access = kAbsent;

  static constexpr AccessId kAbsent = 0xffff;  // The node does not exist at this revision.
  bool exists() const { return access != kAbsent; }
};

class Page final : public RefCounted<Page> {
 public:
  // Few nodes, since a commit copies two pages or more and counts a reference to each list in them.
  static constexpr uint32_t kBits = 6;
  static constexpr uint32_t kNodes = 1u << kBits;

  std::array<HotNode, kNodes> nodes;
  std::array<RefPtr<AdjacencyList>, kNodes> out;
  std::array<RefPtr<AdjacencyList>, kNodes> in;
};

// Pages in a row, which snapshots share as one.
class PageGroup final : public RefCounted<PageGroup> {
 public:
  static constexpr uint32_t kBits = 6;
  static constexpr size_t kPages = size_t{1} << kBits;

  std::array<RefPtr<Page>, kPages> pages;
  // By page: a bit for each node that is there and not open to everyone. A bit a node lies close
  // together, where a loop over edges meets it in the cache; the nodes themselves do not.
  std::array<uint64_t, kPages> marked{};
};
static_assert(Page::kNodes == 64);

class Snapshot final : public RefCounted<Snapshot> {
 public:
  uint64_t revision() const { return revision_; }
  NodeOrdinal node_limit() const { return node_limit_; }
  const HotNode& node(NodeOrdinal node) const { return page(node).nodes[node & kMask]; }
  // Whether the node is there and its marking keeps it from someone. REQUIRES: below node_limit.
  bool IsMarked(NodeOrdinal node) const {
    const PageGroup& group = *groups_[node >> (Page::kBits + PageGroup::kBits)];
    return (group.marked[(node >> Page::kBits) % PageGroup::kPages] >> (node & kMask) & 1) != 0;
  }
  const AdjacencyList* out(NodeOrdinal node) const { return page(node).out[node & kMask].get(); }
  const AdjacencyList* in(NodeOrdinal node) const { return page(node).in[node & kMask].get(); }
  // Asks the processor to fetch what `out` and `in` of the node will look at; for a loop that knows
  // which nodes come next.
  void PrefetchLists(NodeOrdinal node, bool out, bool in) const {
    if (out) Prefetch(&page(node).out[node & kMask]);
    if (in) Prefetch(&page(node).in[node & kMask]);
  }
  const AccessClasses& access_classes() const { return *access_classes_; }
  const std::shared_ptr<const AccessClasses>& shared_access_classes() const {
    return access_classes_;
  }
  // How many existing nodes there are of each access class, by access id.
  std::span<const uint32_t> node_access_counts() const { return node_access_counts_; }
  uint64_t node_count() const { return node_count_; }
  uint64_t edge_count() const { return edge_count_; }
  const std::shared_ptr<const OntologyIndex>& ontology() const { return ontology_; }
  // Bytes held by pages and lists, shared ones included. O(nodes).
  size_t MemoryBytes() const;
  // The part of them that a traversal reads: the lists' headers and hot records, and where they
  // are; not the nodes' types and the numbers of edges.
  size_t HotBytes() const;

 private:
  friend class SnapshotBuilder;
  static constexpr uint32_t kMask = Page::kNodes - 1;
  const Page& page(NodeOrdinal node) const { return *pages_[node >> Page::kBits]; }

  uint64_t revision_ = 0;
  NodeOrdinal node_limit_ = 0;
  uint64_t node_count_ = 0;
  uint64_t edge_count_ = 0;
  std::vector<RefPtr<PageGroup>> groups_;
  // The same pages in one array, so that a read finds one in a step.
  std::vector<Page*> pages_;
  std::vector<uint32_t> node_access_counts_;
  std::shared_ptr<const AccessClasses> access_classes_;
  std::shared_ptr<const OntologyIndex> ontology_;
};

using SnapshotPtr = RefPtr<const Snapshot>;

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_SNAPSHOT_H_
