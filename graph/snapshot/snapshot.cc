#include "graph/snapshot/snapshot.h"

#include <algorithm>
#include <new>

namespace attlas::graph {

AdjacencyList* AdjacencyList::Allocate(size_t count, SlabWriter* slabs) {
  const size_t bytes = sizeof(AdjacencyList) + count * (sizeof(HotEdge) + sizeof(EdgeOrdinal));
  void* memory = slabs == nullptr ? nullptr : slabs->Allocate(bytes);
  const bool in_slab = memory != nullptr;
  if (!in_slab) memory = ::operator new(bytes);
  return new (memory) AdjacencyList(static_cast<uint32_t>(count), in_slab);
}

RefPtr<AdjacencyList> AdjacencyList::Create(std::span<const HotEdge> edges,
                                            std::span<const EdgeOrdinal> ordinals,
                                            SlabWriter* slabs) {
  if (edges.empty()) return nullptr;
  AdjacencyList* const made = Allocate(edges.size(), slabs);
  std::copy(edges.begin(), edges.end(), made->mutable_edges());
  std::copy(ordinals.begin(), ordinals.end(), made->mutable_ordinals());
  return RefPtr<AdjacencyList>::Adopt(made);
}

RefPtr<AdjacencyList> AdjacencyList::WithEdge(const AdjacencyList* list, size_t place,
                                              const HotEdge& edge, EdgeOrdinal ordinal) {
  const auto edges = list == nullptr ? std::span<const HotEdge>() : list->edges();
  const auto ordinals = list == nullptr ? std::span<const EdgeOrdinal>() : list->ordinals();
  AdjacencyList* const made = Allocate(edges.size() + 1, nullptr);
  const auto insert = [place](const auto& from, const auto& value, auto* to) {
    const auto middle = from.begin() + static_cast<std::ptrdiff_t>(place);
    to = std::copy(from.begin(), middle, to);
    *to++ = value;
    std::copy(middle, from.end(), to);
  };
  insert(edges, edge, made->mutable_edges());
  insert(ordinals, ordinal, made->mutable_ordinals());
  return RefPtr<AdjacencyList>::Adopt(made);
}

void AdjacencyList::Free() const {
  auto* const memory = const_cast<AdjacencyList*>(this);
  if ((count_ & kInSlab) != 0) {
    ListSlab::Of(memory)->Drop();
  } else {
    ::operator delete(memory);
  }
}

size_t AdjacencyList::memory_bytes() const {
  return sizeof(*this) + edges().size_bytes() + ordinals().size_bytes();
}

size_t Snapshot::MemoryBytes() const {
  size_t bytes = sizeof(*this) + pages_.capacity() * sizeof(void*) +
                 groups_.size() * (sizeof(groups_[0]) + sizeof(PageGroup));
  for (const Page* const page : pages_) {
    bytes += sizeof(Page);
    for (uint32_t i = 0; i < Page::kNodes; ++i) {
      if (page->out[i]) bytes += page->out[i]->memory_bytes();
      if (page->in[i]) bytes += page->in[i]->memory_bytes();
    }
  }
  return bytes;
}

size_t Snapshot::HotBytes() const {
  size_t bytes = MemoryBytes() - pages_.size() * sizeof(Page::nodes);
  for (const Page* const page : pages_) {
    for (uint32_t i = 0; i < Page::kNodes; ++i) {
      if (page->out[i]) bytes -= page->out[i]->ordinals().size_bytes();
      if (page->in[i]) bytes -= page->in[i]->ordinals().size_bytes();
    }
  }
  return bytes;
}

}  // namespace attlas::graph
