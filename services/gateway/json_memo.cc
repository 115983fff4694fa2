#include "services/gateway/json_memo.h"

#include <utility>

#include "absl/hash/hash.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/gateway/compression.h"
#include "services/gateway/message_json.h"

namespace attlas::gateway {

using google::protobuf::Descriptor;

namespace {

size_t HashOf(const Descriptor& type, std::string_view bytes, bool gzip) {
  return absl::HashOf(&type, gzip, graph::ToAbsl(bytes));
}

}  // namespace

JsonMemo::Text JsonMemo::Find(const Descriptor& type, std::string_view bytes, bool gzip) {
  if (!IsWorth(bytes)) return nullptr;
  const EntryPtr found = FindHash(HashOf(type, bytes, gzip));
  return found != nullptr && found->Is(type, bytes, gzip) ? found->json : nullptr;
}

absl::StatusOr<JsonMemo::Text> JsonMemo::JsonOf(const Descriptor& type, std::string bytes,
                                                bool gzip, uint64_t time) {
  if (Text held = Find(type, bytes, gzip); held != nullptr) return held;
  ATTLAS_ASSIGN_OR_RETURN(std::string json, BytesToJson(type, bytes));
  if (gzip) json = Gzip(json, Effort::kQuick);
  Text text = std::make_shared<const std::string>(std::move(json));
  if (IsWorth(bytes)) {
    const size_t hash = HashOf(type, bytes, gzip);
    Keep(std::make_shared<const Entry>(Entry{
             .type = &type, .gzip = gzip, .hash = hash, .bytes = std::move(bytes), .json = text}),
         time);
  }
  return text;
}

void JsonMemo::Clear() {
  const absl::MutexLock lock(&mutex_);
  time_.fetch_add(1, std::memory_order_acq_rel);
  entries_.clear();
  by_hash_.clear();
  held_ = 0;
}

size_t JsonMemo::held() const {
  const absl::MutexLock lock(&mutex_);
  return held_;
}

JsonMemo::EntryPtr JsonMemo::FindHash(size_t hash) {
  const absl::MutexLock lock(&mutex_);
  const auto found = by_hash_.find(hash);
  if (found == by_hash_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return *found->second;
}

void JsonMemo::Keep(EntryPtr entry, uint64_t time) {
  // One answer may not push out all others.
  if (entry->size() > max_bytes_ / 4) return;
  const absl::MutexLock lock(&mutex_);
  if (time != time_.load(std::memory_order_acquire)) return;
  const auto same = by_hash_.find(entry->hash);
  if (same != by_hash_.end()) Drop(same->second);
  held_ += entry->size();
  entries_.push_front(std::move(entry));
  by_hash_[entries_.front()->hash] = entries_.begin();
  while (held_ > max_bytes_) Drop(std::prev(entries_.end()));
}

void JsonMemo::Drop(Entries::iterator entry) {
  held_ -= (*entry)->size();
  by_hash_.erase((*entry)->hash);
  entries_.erase(entry);
}

}  // namespace attlas::gateway
