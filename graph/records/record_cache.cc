#include "graph/records/record_cache.h"

#include "absl/hash/hash.h"
#include "graph/base/strings.h"

namespace attlas::graph {
namespace {

// What is usual for an entry, which says how many slots there are for the bytes: more slots than
// entries, so that few share one.
constexpr size_t kUsualNodeBytes = 1024;
constexpr size_t kUsualEdgeBytes = 1024;
constexpr size_t kUsualNameBytes = 64;

uint64_t KeyOf(std::string_view name) { return absl::HashOf(ToAbsl(name)); }

}  // namespace

RecordCache::RecordCache(size_t max_bytes)
    : nodes_(max_bytes / 4, kUsualNodeBytes),
      edges_(max_bytes / 8 * 5, kUsualEdgeBytes),
      names_(max_bytes / 8, kUsualNameBytes) {}

std::optional<EntityId> RecordCache::FindName(std::string_view name) const {
  const RefPtr<const NamedEntity> found = names_.Find(KeyOf(name));
  if (!found || found->name() != name) return std::nullopt;
  return found->id();
}

uint64_t RecordCache::NameGeneration(std::string_view name) const {
  return names_.Generation(KeyOf(name));
}

void RecordCache::InsertName(std::string_view name, EntityId id, uint64_t generation) {
  names_.Insert(KeyOf(name), MakeRef<const NamedEntity>(name, id), generation);
}

void RecordCache::Erase(std::span<const EntityId> superseded) {
  for (const EntityId& id : superseded) {
    if (id.kind == EntityKind::kNode) {
      nodes_.Erase(id.ordinal);
    } else {
      edges_.Erase(id.ordinal);
    }
  }
}

void RecordCache::Clear() {
  nodes_.Clear();
  edges_.Clear();
  names_.Clear();
}

}  // namespace attlas::graph
