// Answers that were given before, as the bytes that go to the caller.
//
// What: holds serialized answers by a key that names everything they depend on (answer_key.h). When
// not: for errors, and for answers that the time at hand cut short. The bytes of an answer are
// shared, never copied. Complexity, threads: those of BoundedCache.
//
// Example:
//   AnswerCache cache(size_t{64} << 20);
//   if (const AnswerCache::Answer answer = cache.Find(key)) return *answer;
//   cache.Insert(key, std::make_shared<const grpc::ByteBuffer>(bytes));
#ifndef ATTLAS_SERVICES_COMMON_ANSWER_CACHE_H_
#define ATTLAS_SERVICES_COMMON_ANSWER_CACHE_H_

#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "services/common/bounded_cache.h"

namespace attlas::services {

class AnswerCache {
 public:
  // An immutable answer; null for none.
  using Answer = std::shared_ptr<const grpc::ByteBuffer>;
  using Statistics = BoundedCache::Statistics;

  // Holds at most `max_bytes`, 0 for none, spread over shards that are large enough for the largest
  // answers and no more than callers can keep busy.
  explicit AnswerCache(size_t max_bytes)
      : cache_({.max_bytes = max_bytes,
                .shards = std::clamp<size_t>(max_bytes / kLeastShardBytes, 1, kMostShards)}) {}

  bool enabled() const { return cache_.enabled(); }

  // The answer of this key, or null. Counts a hit or a miss.
  Answer Find(std::string_view key) {
    return std::static_pointer_cast<const grpc::ByteBuffer>(cache_.Find(key));
  }

  // Holds `answer`, unless the key is held already, or the cache was cleared since `generation`.
  void Insert(std::string_view key, Answer answer, uint64_t generation = 0) {
    if (answer == nullptr) return;
    const size_t bytes = answer->Length();
    cache_.Insert(key, {.value = std::move(answer), .bytes = bytes}, generation);
  }

  // Drops everything, also what is being answered now: for a redaction, which changes the past.
  void Clear() { cache_.Clear(); }
  // How often it was cleared: taken before the graph is read, given to Insert.
  uint64_t generation() const { return cache_.generation(); }

  Statistics statistics() const { return cache_.statistics(); }

 private:
  static constexpr size_t kLeastShardBytes = size_t{4} << 20;
  static constexpr size_t kMostShards = 16;

  BoundedCache cache_;
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_COMMON_ANSWER_CACHE_H_
