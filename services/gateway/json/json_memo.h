// The JSON of large answers that was written before.
//
// What: JSON is made of the bytes of an answer and of nothing else, so that equal bytes have equal
// JSON, whoever asked. Services give the same bytes to the same question, and to write them as JSON
// is then the dearest part of an answer over HTTP. Found by all of the bytes, never by their hash
// alone: nobody gets what was not in the answer to their own call. Bytes that a service gives out
// again from the same place are known by that: the memo shares them, so that nothing else can be
// there. Complexity: O(1) for those, O(bytes) for others.
// Threads: thread-safe.
#ifndef ATTLAS_SERVICES_GATEWAY_JSON_JSON_MEMO_H_
#define ATTLAS_SERVICES_GATEWAY_JSON_JSON_MEMO_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <tuple>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/http/shared_bytes.h"

namespace attlas::gateway {

class JsonMemo {
 public:
  using Text = std::shared_ptr<const std::string>;

  // Shorter answers are written as quickly as they are found.
  static constexpr size_t kWorthKeeping = 4 << 10;

  // Holds up to `max_bytes`, of answers and of their JSON; 0 to hold nothing.
  explicit JsonMemo(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Moves with each Clear. Taken before a question is asked.
  uint64_t time() const { return time_.load(std::memory_order_acquire); }

  // The JSON of a message, in gzip or as it is, where it is held; null otherwise.
  Text Find(const google::protobuf::Descriptor& type, const SharedBytes& bytes, bool gzip)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // The same, written where it is not held. Errors as BytesToJson. Kept unless there was a Clear
  // since `time`.
  absl::StatusOr<Text> JsonOf(const google::protobuf::Descriptor& type, const SharedBytes& bytes,
                              bool gzip, uint64_t time) ABSL_LOCKS_EXCLUDED(mutex_);

  // Drops everything: some of it may have been erased from the record.
  void Clear() ABSL_LOCKS_EXCLUDED(mutex_);

  // Bytes that are held.
  size_t held() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Entry {
    const google::protobuf::Descriptor* type;
    bool gzip;
    size_t hash;
    SharedBytes bytes;
    Text json;
    bool IsOf(const google::protobuf::Descriptor& of, bool compressed) const {
      return type == &of && gzip == compressed;
    }
    size_t size() const { return bytes.size() + json->size(); }
  };
  // Where the bytes of an entry are, and what they were made into.
  using Place = std::tuple<const char*, const google::protobuf::Descriptor*, bool>;
  using EntryPtr = std::shared_ptr<const Entry>;
  using Entries = std::list<EntryPtr>;

  bool IsWorth(const SharedBytes& bytes) const {
    return max_bytes_ > 0 && bytes.size() >= kWorthKeeping;
  }
  static Place PlaceOf(const Entry& entry) {
    return {entry.bytes.view().data(), entry.type, entry.gzip};
  }
  EntryPtr FindHash(size_t hash) ABSL_LOCKS_EXCLUDED(mutex_);
  EntryPtr FindPlace(const Place& place) ABSL_LOCKS_EXCLUDED(mutex_);
  void Keep(EntryPtr entry, uint64_t time) ABSL_LOCKS_EXCLUDED(mutex_);
  void Drop(Entries::iterator entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t max_bytes_;
  std::atomic<uint64_t> time_{0};
  mutable absl::Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);  // The last used first.
  // By hash; of two with the same the later one is kept.
  absl::flat_hash_map<size_t, Entries::iterator> by_hash_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<Place, Entries::iterator> by_place_ ABSL_GUARDED_BY(mutex_);
  size_t held_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace attlas::gateway

#endif  // ATTLAS_SERVICES_GATEWAY_JSON_JSON_MEMO_H_
