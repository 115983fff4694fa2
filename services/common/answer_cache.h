// Answers that were given before, as the bytes that go to the caller.
//
// What: holds serialized answers by a key that names everything they depend on (answer_key.h). A
// revision never changes but by a redaction, which clears all; what was used longest ago makes
// room. When not: for errors, and for answers that the time at hand cut short. Complexity: Find and
// Insert O(key), under the lock of one shard for as long as it takes to look a key up; the bytes of
// an answer are shared, never copied. Threads: thread-safe.
//
// Example:
//   AnswerCache cache(size_t{64} << 20);
//   if (const AnswerCache::Answer answer = cache.Find(key)) return *answer;
//   cache.Insert(key, std::make_shared<const grpc::ByteBuffer>(bytes));
#ifndef ATTLAS_SERVICES_COMMON_ANSWER_CACHE_H_
#define ATTLAS_SERVICES_COMMON_ANSWER_CACHE_H_

#include <grpcpp/support/byte_buffer.h>

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

class AnswerCache {
 public:
  // An immutable answer; null for none.
  using Answer = std::shared_ptr<const grpc::ByteBuffer>;

  struct Statistics {
    uint64_t hits = 0;
    uint64_t misses = 0;
    uint64_t evicted = 0;  // Answers that made room for others.
    size_t answers = 0;    // Held now.
    size_t bytes = 0;      // Of these, with their keys and the keeping of them.
  };

  // Holds at most `max_bytes`, spread over shards; 0 turns it off. An answer that is larger than
  // its shard is not held.
  explicit AnswerCache(size_t max_bytes);
  AnswerCache(const AnswerCache&) = delete;
  AnswerCache& operator=(const AnswerCache&) = delete;

  bool enabled() const { return !shards_.empty(); }

  // The answer of this key, or null. Counts a hit or a miss.
  Answer Find(std::string_view key);

  // Holds `answer`, unless the key is held already, or the cache was cleared since `generation`.
  void Insert(std::string_view key, Answer answer, uint64_t generation = 0);

  // Drops everything, also what is being answered now: for a redaction, which changes the past.
  void Clear();
  // How often it was cleared: taken before the graph is read, given to Insert.
  uint64_t generation() const { return generation_.load(); }

  Statistics statistics() const;

 private:
  struct Entry {
    std::string key;
    Answer answer;
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

#endif  // ATTLAS_SERVICES_COMMON_ANSWER_CACHE_H_
