#include "graph/snapshot/snapshot_builder.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

namespace attlas::graph {
namespace {

struct SortedEdge {
  HotEdge hot;
  EdgeOrdinal edge;
};

bool Before(const SortedEdge& a, const SortedEdge& b) {
  if (a.hot.type != b.hot.type) return a.hot.type < b.hot.type;
  if (a.hot.neighbor != b.hot.neighbor) return a.hot.neighbor < b.hot.neighbor;
  return a.edge < b.edge;
}

// Before which edge of the list this one belongs.
size_t PlaceOf(const SortedEdge& edge, const AdjacencyList* list) {
  if (list == nullptr) return 0;
  const std::span<const HotEdge> edges = list->edges();
  // The first of the edges that does not come before it; clang 14 cannot do this with views::iota.
  size_t first = 0;
  size_t last = edges.size();
  while (first < last) {
    const size_t middle = first + (last - first) / 2;
    if (Before({edges[middle], list->ordinals()[middle]}, edge)) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

// Makes lists, one after another.
class ListMaker {
 public:
  // In blocks of `slabs`, unless that is null.
  explicit ListMaker(SlabWriter* slabs) : slabs_(slabs) {}

  RefPtr<AdjacencyList> Make(std::span<const SortedEdge> edges) {
    hot_.clear();
    ordinals_.clear();
    for (const SortedEdge& edge : edges) {
      hot_.push_back(edge.hot);
      ordinals_.push_back(edge.edge);
    }
    return AdjacencyList::Create(hot_, ordinals_, slabs_);
  }

 private:
  SlabWriter* slabs_;
  std::vector<HotEdge> hot_;
  std::vector<EdgeOrdinal> ordinals_;
};

HotEdge HotFrom(const LinkRecord& link, NodeOrdinal neighbor) {
  return {neighbor, link.valid_from, link.valid_to, link.type, link.access};
}

// Invariant 4: what another snapshot holds too must not change.
template <typename Shared>
Shared& MakeOwn(RefPtr<Shared>& shared) {
  if (!shared->unique()) shared = RefPtr<Shared>::Adopt(new Shared(*shared));
  return *shared;
}

}  // namespace

SnapshotBuilder::SnapshotBuilder(const SnapshotPtr& base,
                                 std::shared_ptr<const OntologyIndex> ontology)
    : snapshot_(base ? RefPtr<Snapshot>::Adopt(new Snapshot(*base)) : MakeRef<Snapshot>()) {
  snapshot_->ontology_ = std::move(ontology);
  if (snapshot_->access_classes_ == nullptr) {
    access_classes_ = std::make_shared<AccessClasses>();
    snapshot_->access_classes_ = access_classes_;
  }
}

AccessClasses& SnapshotBuilder::access_classes() {
  if (access_classes_ == nullptr) {
    access_classes_ = std::make_shared<AccessClasses>(*snapshot_->access_classes_);
    snapshot_->access_classes_ = access_classes_;
  }
  return *access_classes_;
}

void SnapshotBuilder::AppendPage() {
  const size_t place = snapshot_->pages_.size() % PageGroup::kPages;
  if (place == 0) snapshot_->groups_.push_back(MakeRef<PageGroup>());
  RefPtr<Page>& page = MakeOwn(snapshot_->groups_.back()).pages[place];
  page = MakeRef<Page>();
  snapshot_->pages_.push_back(page.get());
}

Page& SnapshotBuilder::MutablePage(NodeOrdinal node) {
  const size_t index = node >> Page::kBits;
  while (snapshot_->pages_.size() <= index) AppendPage();
  snapshot_->node_limit_ = std::max(snapshot_->node_limit_, node + 1);
  PageGroup& group = MakeOwn(snapshot_->groups_[index / PageGroup::kPages]);
  Page& page = MakeOwn(group.pages[index % PageGroup::kPages]);
  snapshot_->pages_[index] = &page;
  return page;
}

void SnapshotBuilder::CountNode(AccessId access, int delta) {
  std::vector<uint32_t>& counts = snapshot_->node_access_counts_;
  if (counts.size() <= access) counts.resize(size_t{access} + 1, 0);
  counts[access] += static_cast<uint32_t>(delta);
  snapshot_->node_count_ += static_cast<uint64_t>(static_cast<int64_t>(delta));
}

void SnapshotBuilder::Mark(NodeOrdinal node, bool marked) {
  const size_t index = node >> Page::kBits;
  uint64_t& bits = snapshot_->groups_[index / PageGroup::kPages]->marked[index % PageGroup::kPages];
  const uint64_t bit = uint64_t{1} << (node & Snapshot::kMask);
  bits = marked ? bits | bit : bits & ~bit;
}

void SnapshotBuilder::PutNode(NodeOrdinal node, TypeId type, AccessId access) {
  HotNode& hot = MutablePage(node).nodes[node & Snapshot::kMask];
  if (hot.exists()) CountNode(hot.access, -1);
  hot = {type, access};
  CountNode(access, 1);
  Mark(node, !snapshot_->access_classes_->IsOpen(access));
}

void SnapshotBuilder::RemoveNode(NodeOrdinal node) {
  HotNode& hot = MutablePage(node).nodes[node & Snapshot::kMask];
  if (hot.exists()) CountNode(hot.access, -1);
  hot = HotNode();
  Mark(node, false);
}

void SnapshotBuilder::Note(NodeOrdinal node, bool out, EdgeOrdinal edge, bool put,
                           const HotEdge& hot) {
  edits_[KeyOf(node, out)].push_back({edge, put, hot});
}

void SnapshotBuilder::PutEdge(EdgeOrdinal edge, const LinkRecord& link) {
  if (snapshot_->edge_count_ == 0 && edits_.empty()) {
    first_links_.push_back({edge, link});
    return;
  }
  Note(link.from, true, edge, true, HotFrom(link, link.to));
  Note(link.to, false, edge, true, HotFrom(link, link.from));
  ++snapshot_->edge_count_;
}

void SnapshotBuilder::SettleFirstLinks() {
  if (first_links_.empty()) return;
  std::vector<NumberedLink> links = std::exchange(first_links_, {});
  // PutAllEdges looks at every page, which a few edges in a large graph would not be worth.
  if (links.size() >= snapshot_->pages_.size()) {
    std::vector<Links> parts;
    parts.push_back(std::move(links));
    return PutAllEdges(std::move(parts));
  }
  for (const NumberedLink& entry : links) {
    Note(entry.link.from, true, entry.edge, true, HotFrom(entry.link, entry.link.to));
    Note(entry.link.to, false, entry.edge, true, HotFrom(entry.link, entry.link.from));
  }
  snapshot_->edge_count_ += links.size();
}

void SnapshotBuilder::RemoveEdge(EdgeOrdinal edge, const LinkRecord& link) {
  SettleFirstLinks();
  Note(link.from, true, edge, false, HotFrom(link, link.to));
  Note(link.to, false, edge, false, HotFrom(link, link.from));
  --snapshot_->edge_count_;
}

RefPtr<AdjacencyList>& SnapshotBuilder::MutableList(ListKey key) {
  const auto node = static_cast<NodeOrdinal>(key >> 1);
  Page& page = MutablePage(node);
  return ((key & 1) != 0 ? page.out : page.in)[node & Snapshot::kMask];
}

void SnapshotBuilder::FlushList(ListKey key, std::vector<Edit>& edits) {
  RefPtr<AdjacencyList>& list = MutableList(key);
  // Most commits put one edge.
  if (edits.size() == 1 && edits[0].put) {
    const size_t place = PlaceOf({edits[0].hot, edits[0].edge}, list.get());
    list = AdjacencyList::WithEdge(list.get(), place, edits[0].hot, edits[0].edge);
    return;
  }
  // The last edit of an edge counts.
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.edge < b.edge; });
  std::vector<EdgeOrdinal> touched;
  std::vector<SortedEdge> merged;
  for (size_t i = 0; i < edits.size(); ++i) {
    if (i + 1 < edits.size() && edits[i + 1].edge == edits[i].edge) continue;
    touched.push_back(edits[i].edge);
    if (edits[i].put) merged.push_back({edits[i].hot, edits[i].edge});
  }
  std::sort(merged.begin(), merged.end(), Before);
  if (list) {
    const size_t added = merged.size();
    const auto edges = list->edges();
    const auto ordinals = list->ordinals();
    merged.reserve(added + edges.size());
    for (size_t i = 0; i < edges.size(); ++i) {
      if (std::binary_search(touched.begin(), touched.end(), ordinals[i])) continue;
      merged.push_back({edges[i], ordinals[i]});
    }
    std::inplace_merge(merged.begin(), merged.begin() + static_cast<std::ptrdiff_t>(added),
                       merged.end(), Before);
  }
  list = ListMaker(nullptr).Make(merged);
}

void SnapshotBuilder::Flush() {
  SettleFirstLinks();
  for (auto& [key, edits] : edits_) FlushList(key, edits);
  edits_.clear();
}

void SnapshotBuilder::FillDirection(const std::vector<Links>& parts, size_t edge_count, bool out) {
  const NodeOrdinal limit = snapshot_->node_limit_;
  std::vector<uint64_t> offsets(size_t{limit} + 1, 0);
  for (const Links& links : parts) {
    for (const NumberedLink& entry : links) {
      ++offsets[size_t{out ? entry.link.from : entry.link.to} + 1];
    }
  }
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  // Every place is written to below.
  const auto sorted = std::make_unique_for_overwrite<SortedEdge[]>(edge_count);
  std::vector<uint64_t> next(offsets.begin(), offsets.end() - 1);
  for (const Links& links : parts) {
    for (const NumberedLink& entry : links) {
      const NodeOrdinal node = out ? entry.link.from : entry.link.to;
      const NodeOrdinal neighbor = out ? entry.link.to : entry.link.from;
      sorted[next[node]++] = {HotFrom(entry.link, neighbor), entry.edge};
    }
  }
  SlabWriter slabs;
  // A small graph would leave most of a block empty.
  ListMaker maker(edge_count * sizeof(SortedEdge) < ListSlab::kBytes ? nullptr : &slabs);
  for (NodeOrdinal node = 0; node < limit; ++node) {
    const std::span<SortedEdge> edges(sorted.get() + offsets[node],
                                      sorted.get() + offsets[node + 1]);
    if (edges.empty()) continue;
    std::sort(edges.begin(), edges.end(), Before);
    Page& page = *snapshot_->pages_[node >> Page::kBits];
    (out ? page.out : page.in)[node & Snapshot::kMask] = maker.Make(edges);
  }
}

void SnapshotBuilder::PutAllEdges(std::vector<Links> parts) {
  size_t edges = 0;
  NodeOrdinal highest = 0;
  for (const Links& links : parts) {
    edges += links.size();
    for (const NumberedLink& entry : links) {
      highest = std::max({highest, entry.link.from, entry.link.to});
    }
  }
  if (edges == 0) return;
  // Each page is made writable before the two directions are filled side by side.
  for (NodeOrdinal node = 0; node < highest; node += Page::kNodes) MutablePage(node);
  MutablePage(highest);
  std::thread incoming([&] { FillDirection(parts, edges, false); });
  FillDirection(parts, edges, true);
  incoming.join();
  snapshot_->edge_count_ += edges;
}

const Snapshot& SnapshotBuilder::Working() {
  Flush();
  return *snapshot_;
}

SnapshotPtr SnapshotBuilder::Build(uint64_t revision) && {
  Flush();
  snapshot_->revision_ = revision;
  return std::move(snapshot_);
}

}  // namespace attlas::graph
