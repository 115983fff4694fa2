#include "graph/snapshot/snapshot.h"

#include <cstring>
#include <new>

namespace attlas::graph {

RefPtr<AdjacencyList> AdjacencyList::Create(std::span<const HotEdge> edges,
                                            std::span<const EdgeOrdinal> ordinals,
                                            SlabWriter* slabs) {
  if (edges.empty()) return nullptr;
  const size_t bytes = sizeof(AdjacencyList) + edges.size_bytes() + ordinals.size_bytes();
  void* memory = slabs == nullptr ? nullptr : slabs->Allocate(bytes);
  const bool in_slab = memory != nullptr;
  if (!in_slab) memory = ::operator new(bytes);
  auto* const list = new (memory) AdjacencyList(static_cast<uint32_t>(edges.size()), in_slab);
  auto* const hot = reinterpret_cast<std::byte*>(list + 1);
  std::memcpy(hot, edges.data(), edges.size_bytes());
  std::memcpy(hot + edges.size_bytes(), ordinals.data(), ordinals.size_bytes());
  return RefPtr<AdjacencyList>::Adopt(list);
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
  size_t bytes = sizeof(*this) + pages_.capacity() * sizeof(pages_[0]) +
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
