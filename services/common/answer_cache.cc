#include "services/common/answer_cache.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"

namespace attlas::services {
namespace {

// Shards are large enough for the largest answers, and no more than callers can keep busy.
constexpr size_t kLeastShardBytes = size_t{4} << 20;
constexpr size_t kMostShards = 16;

// What an entry costs beside its key and its answer: list and map nodes, the shared buffer.
constexpr size_t kEntryOverheadBytes = 256;

}  // namespace

AnswerCache::AnswerCache(size_t max_bytes) {
  if (max_bytes == 0) return;
  const size_t shards = std::clamp<size_t>(max_bytes / kLeastShardBytes, 1, kMostShards);
  shard_bytes_ = max_bytes / shards;
  for (size_t i = 0; i < shards; ++i) shards_.push_back(std::make_unique<Shard>());
}

AnswerCache::Shard& AnswerCache::ShardOf(std::string_view key) {
  return *shards_[absl::HashOf(key) % shards_.size()];
}

AnswerCache::Answer AnswerCache::Find(std::string_view key) {
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
  return found->second->answer;
}

void AnswerCache::Insert(std::string_view key, Answer answer, uint64_t generation) {
  if (!enabled() || answer == nullptr) return;
  const size_t bytes = key.size() + answer->Length() + kEntryOverheadBytes;
  if (bytes > shard_bytes_) return;
  std::list<Entry> gone;  // Freed after the lock.
  std::list<Entry> fresh;
  fresh.push_back({std::string(key), std::move(answer), bytes});
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

void AnswerCache::Clear() {
  generation_.fetch_add(1);
  for (const std::unique_ptr<Shard>& shard : shards_) {
    std::list<Entry> gone;  // Freed after the lock.
    absl::MutexLock lock(&shard->mutex);
    shard->by_key.clear();
    gone.swap(shard->entries);
    shard->statistics.bytes = 0;
  }
}

AnswerCache::Statistics AnswerCache::statistics() const {
  Statistics sum;
  for (const std::unique_ptr<Shard>& shard : shards_) {
    absl::MutexLock lock(&shard->mutex);
    sum.hits += shard->statistics.hits;
    sum.misses += shard->statistics.misses;
    sum.evicted += shard->statistics.evicted;
    sum.bytes += shard->statistics.bytes;
    sum.answers += shard->entries.size();
  }
  return sum;
}

}  // namespace attlas::services
