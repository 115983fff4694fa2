// What was made of the graph before, found again by what it was made for, within so many bytes.
//
// What: holds values of any one type by a key that names everything they depend on (answer_key.h).
// A revision never changes but by a redaction, which clears all; what was used longest ago makes
// room. When not: for errors, and for what the time at hand cut short; for a few things that a
// class makes of its own tables (services/domain/recently_used.h). Complexity: Find and Insert
// O(key), under the lock of one shard for as long as it takes to look a key up; a value is shared,
// never copied. Threads: thread-safe.
//
// Example:
//   BoundedCache cache({.max_bytes = size_t{16} << 20, .shards = 1});
//   if (const BoundedCache::Value value = cache.Find(key)) return value;
//   cache.Insert(key, {.value = made, .bytes = BytesOf(*made)}, generation);
#ifndef ATTLAS_SERVICES_COMMON_BOUNDED_CACHE_H_
#define ATTLAS_SERVICES_COMMON_BOUNDED_CACHE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace attlas::services {

class BoundedCache {
 public:
  // An immutable value; null for none.
  using Value = std::shared_ptr<const void>;

  // How much is held. `max_bytes` are spread over `shards`, each with a lock of its own; a value
  // that is larger than its shard is not held.
  struct Options {
    size_t max_bytes = 0;  // 0 turns it off.
    size_t shards = 1;
  };
  // A value and the memory that it takes.
  struct Sized {
    Value value;
    size_t bytes = 0;
  };

  struct Statistics {
    uint64_t hits = 0;
    uint64_t misses = 0;
    uint64_t evicted = 0;  // Values that made room for others.
    size_t values = 0;     // Held now.
    size_t bytes = 0;      // Of these, with their keys and the keeping of them.
  };

  explicit BoundedCache(const Options& options);
  BoundedCache(const BoundedCache&) = delete;
  BoundedCache& operator=(const BoundedCache&) = delete;

  bool enabled() const { return !shards_.empty(); }

  // The value of this key, or null. Counts a hit or a miss.
  Value Find(std::string_view key);

  // Holds a value, unless the key is held already, or the cache was cleared since `generation`.
  void Insert(std::string_view key, Sized sized, uint64_t generation = 0);

  // Drops everything, also what is being made now: for a redaction, which changes the past.
  void Clear();
  // How often it was cleared: taken before the graph is read, given to Insert.
  uint64_t generation() const { return generation_.load(); }

  Statistics statistics() const;

 private:
  struct Entry {
    std::string key;
    Value value;
    size_t bytes = 0;
  };
  // One part of the keys, with a lock of its own.
  struct Shard {
    mutable absl::Mutex mutex;
    std::list<Entry> entries ABSL_GUARDED_BY(mutex);  // The last used first.
    absl::flat_hash_map<std::string_view, std::list<Entry>::iterator> by_key ABSL_GUARDED_BY(mutex);
    Statistics statistics ABSL_GUARDED_BY(mutex);
  };

  Shard& ShardOf(std::string_view key);

  std::atomic<uint64_t> generation_{0};
  size_t shard_bytes_ = 0;
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_BOUNDED_CACHE_H_
