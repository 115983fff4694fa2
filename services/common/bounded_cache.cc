#include "services/common/bounded_cache.h"

#include <iterator>
#include <utility>

#include "absl/hash/hash.h"

namespace attlas::services {
namespace {

// What an entry costs beside its key and its value: list and map nodes, the shared pointer.
constexpr size_t kEntryOverheadBytes = 256;

}  // namespace

BoundedCache::BoundedCache(const Options& options) {
  if (options.max_bytes == 0) return;
  shard_bytes_ = options.max_bytes / options.shards;
  for (size_t i = 0; i < options.shards; ++i) shards_.push_back(std::make_unique<Shard>());
}

BoundedCache::Shard& BoundedCache::ShardOf(std::string_view key) {
  return *shards_[absl::HashOf(key) % shards_.size()];
}

BoundedCache::Value BoundedCache::Find(std::string_view key) {
  if (!enabled()) return nullptr;
  Shard& shard = ShardOf(key);
  absl::MutexLock lock(&shard.mutex);
  const auto found = shard.by_key.find(key);
  if (found == shard.by_key.end()) {
    ++shard.statistics.misses;
    return nullptr;
  }
  ++shard.statistics.hits;
  shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
  return found->second->value;
}

void BoundedCache::Insert(std::string_view key, Sized sized, uint64_t generation) {
  if (!enabled() || sized.value == nullptr) return;
  const size_t bytes = key.size() + sized.bytes + kEntryOverheadBytes;
  if (bytes > shard_bytes_) return;
  std::list<Entry> gone;  // Freed after the lock.
  std::list<Entry> fresh;
  fresh.push_back({std::string(key), std::move(sized.value), bytes});
  Shard& shard = ShardOf(key);
  absl::MutexLock lock(&shard.mutex);
  if (shard.by_key.contains(key) || generation != generation_.load()) return;
  while (shard.statistics.bytes + bytes > shard_bytes_) {
    const Entry& oldest = shard.entries.back();
    shard.statistics.bytes -= oldest.bytes;
    ++shard.statistics.evicted;
    shard.by_key.erase(oldest.key);
    gone.splice(gone.begin(), shard.entries, std::prev(shard.entries.end()));
  }
  shard.statistics.bytes += bytes;
  shard.entries.splice(shard.entries.begin(), fresh);
  shard.by_key.emplace(shard.entries.front().key, shard.entries.begin());
}

void BoundedCache::Clear() {
  generation_.fetch_add(1);
  for (const std::unique_ptr<Shard>& shard : shards_) {
    std::list<Entry> gone;  // Freed after the lock.
    absl::MutexLock lock(&shard->mutex);
    shard->by_key.clear();
    gone.swap(shard->entries);
    shard->statistics.bytes = 0;
  }
}

BoundedCache::Statistics BoundedCache::statistics() const {
  Statistics sum;
  for (const std::unique_ptr<Shard>& shard : shards_) {
    absl::MutexLock lock(&shard->mutex);
    sum.hits += shard->statistics.hits;
    sum.misses += shard->statistics.misses;
    sum.evicted += shard->statistics.evicted;
    sum.bytes += shard->statistics.bytes;
    sum.values += shard->entries.size();
  }
  return sum;
}

}  // namespace attlas::services
