#include "graph/snapshot/snapshot.h"

#include <cstring>
#include <new>

namespace attlas::graph {

RefPtr<AdjacencyList> AdjacencyList::Create(std::span<const HotEdge> edges,
                                            std::span<const EdgeOrdinal> ordinals) {
  if (edges.empty()) return nullptr;
  RefPtr<AdjacencyList> list =
      MakeBlock(edges.size_bytes() + ordinals.size_bytes(), static_cast<uint32_t>(edges.size()));
  auto* hot = reinterpret_cast<std::byte*>(list.get() + 1);
  std::memcpy(hot, edges.data(), edges.size_bytes());
  std::memcpy(hot + edges.size_bytes(), ordinals.data(), ordinals.size_bytes());
  return list;
}

size_t AdjacencyList::memory_bytes() const {
  return sizeof(*this) + edges().size_bytes() + ordinals().size_bytes();
}

size_t Snapshot::MemoryBytes() const {
  size_t bytes = sizeof(*this) + pages_.capacity() * sizeof(pages_[0]);
  for (const RefPtr<Page>& page : pages_) {
    bytes += sizeof(Page);
    for (uint32_t i = 0; i < Page::kNodes; ++i) {
      if (page->out[i]) bytes += page->out[i]->memory_bytes();
      if (page->in[i]) bytes += page->in[i]->memory_bytes();
    }
  }
  return bytes;
}

}  // namespace attlas::graph
