#include "services/gateway/json/json_memo.h"

#include <utility>

#include "absl/hash/hash.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "services/gateway/http/compression.h"
#include "services/gateway/json/message_json.h"

namespace attlas::gateway {

using google::protobuf::Descriptor;

namespace {

size_t HashOf(const Descriptor& type, std::string_view bytes, bool gzip) {
  return absl::HashOf(&type, gzip, graph::ToAbsl(bytes));
}

}  // namespace

JsonMemo::Text JsonMemo::Find(const Descriptor& type, const SharedBytes& bytes, bool gzip) {
  if (!IsWorth(bytes)) return nullptr;
  const uint64_t now = time();
  const EntryPtr there = FindPlace({bytes.view().data(), &type, gzip});
  if (there != nullptr && there->bytes.size() == bytes.size()) return there->json;
  const EntryPtr found = FindHash(HashOf(type, bytes.view(), gzip));
  if (found == nullptr || !found->IsOf(type, gzip) || found->bytes.view() != bytes.view()) {
    return nullptr;
  }
  // They come from another place by now, and will again.
  Entry moved = *found;
  moved.bytes = bytes;
  Keep(std::make_shared<const Entry>(std::move(moved)), now);
  return found->json;
}

absl::StatusOr<JsonMemo::Text> JsonMemo::JsonOf(const Descriptor& type, const SharedBytes& bytes,
                                                bool gzip, uint64_t time) {
  if (Text held = Find(type, bytes, gzip); held != nullptr) return held;
  ATTLAS_ASSIGN_OR_RETURN(std::string json, BytesToJson(type, bytes.view()));
  if (gzip) json = Gzip(json, Effort::kQuick);
  Text text = std::make_shared<const std::string>(std::move(json));
  if (IsWorth(bytes)) {
    const size_t hash = HashOf(type, bytes.view(), gzip);
    Keep(std::make_shared<const Entry>(
             Entry{.type = &type, .gzip = gzip, .hash = hash, .bytes = bytes, .json = text}),
         time);
  }
  return text;
}

void JsonMemo::Clear() {
  const absl::MutexLock lock(&mutex_);
  time_.fetch_add(1, std::memory_order_acq_rel);
  entries_.clear();
  by_hash_.clear();
  by_place_.clear();
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

JsonMemo::EntryPtr JsonMemo::FindPlace(const Place& place) {
  const absl::MutexLock lock(&mutex_);
  const auto found = by_place_.find(place);
  if (found == by_place_.end()) return nullptr;
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
  const auto there = by_place_.find(PlaceOf(*entry));
  if (there != by_place_.end()) Drop(there->second);
  held_ += entry->size();
  entries_.push_front(std::move(entry));
  by_hash_[entries_.front()->hash] = entries_.begin();
  by_place_[PlaceOf(*entries_.front())] = entries_.begin();
  while (held_ > max_bytes_) Drop(std::prev(entries_.end()));
}

void JsonMemo::Drop(Entries::iterator entry) {
  held_ -= (*entry)->size();
  by_hash_.erase((*entry)->hash);
  by_place_.erase(PlaceOf(**entry));
  entries_.erase(entry);
}

}  // namespace attlas::gateway
