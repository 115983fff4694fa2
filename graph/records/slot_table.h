// A bounded table of immutable entries that is read without a lock.
//
// What: each key has one slot, which it shares with others; the caller compares keys. A slot holds
// the entry that came last, but one that was of use since somebody else wanted its slot, or since
// room was last looked for, stays once more. Find is wait-free but for what Published says;
// Insert, Erase and Clear take one lock.
// How stale entries stay out: whoever reads what it will insert takes the generation of the slot
// first. Erase and Clear begin a new one, so that what was read before them is not inserted after.
// Invariants:
//   1. bytes() is the sum over the entries that stand in slots, and not above the bound.
//   2. After Erase has returned, Find does not return what stood in the slot before.
// Threads: thread-safe.
#ifndef ATTLAS_GRAPH_RECORDS_SLOT_TABLE_H_
#define ATTLAS_GRAPH_RECORDS_SLOT_TABLE_H_

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "graph/base/mutex.h"
#include "graph/base/ref_counted.h"
#include "graph/snapshot/published.h"

namespace attlas::graph {

// `Entry` derives from SlotEntry (record.h).
template <typename Entry>
class SlotTable {
 public:
  // Holds at most `max_bytes`, in slots for entries of `usual_bytes`; 0 holds nothing.
  SlotTable(size_t max_bytes, size_t usual_bytes)
      : max_bytes_(max_bytes),
        slot_count_(max_bytes == 0 ? 0 : std::bit_ceil(1 + max_bytes / usual_bytes)),
        slots_(slot_count_ == 0 ? nullptr : new Published<Entry>[slot_count_]),
        sizes_(slot_count_, 0) {}
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;

  // What stands in the slot of `key`, which may be of another key; null for nothing.
  RefPtr<const Entry> Find(uint64_t key) const {
    if (slot_count_ == 0) return nullptr;
    RefPtr<const Entry> entry = slots_[SlotOf(key)].Load();
    if (entry) entry->MarkUsed();
    return entry;
  }

  // To be taken before the store is read, and given to Insert.
  uint64_t Generation(uint64_t key) const {
    return generations_[StripeOf(key)].load(std::memory_order_acquire);
  }

  // Puts the entry into the slot of `key`, unless something was erased there since `generation`.
  void Insert(uint64_t key, RefPtr<const Entry> entry, uint64_t generation)
      ATTLAS_EXCLUDES(mutex_) {
    const size_t bytes = entry->bytes() + kOverheadBytes;
    if (bytes > max_bytes_) return;
    MutexLock lock(mutex_);
    if (generation != generations_[StripeOf(key)].load(std::memory_order_relaxed)) return;
    const size_t slot = SlotOf(key);
    if (TakeUsed(slot)) return;
    Drop(slot);
    MakeRoom(bytes);
    sizes_[slot] = bytes;
    bytes_ += bytes;
    slots_[slot].Publish(std::move(entry));
  }

  // Drops what stands in the slot of `key`.
  void Erase(uint64_t key) ATTLAS_EXCLUDES(mutex_) {
    if (slot_count_ == 0) return;
    MutexLock lock(mutex_);
    generations_[StripeOf(key)].fetch_add(1, std::memory_order_acq_rel);
    Drop(SlotOf(key));
  }

  // Drops everything. O(slots).
  void Clear() ATTLAS_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    for (std::atomic<uint64_t>& generation : generations_) {
      generation.fetch_add(1, std::memory_order_acq_rel);
    }
    for (size_t slot = 0; slot < slot_count_; ++slot) Drop(slot);
  }

  size_t bytes() const ATTLAS_EXCLUDES(mutex_) {
    MutexLock lock(mutex_);
    return bytes_;
  }

 private:
  // Generations are kept by stripe: an erasure keeps some neighbours of the slot from being
  // inserted, which costs them one more reading.
  static constexpr size_t kStripes = 256;
  // What an entry costs beside its content.
  static constexpr size_t kOverheadBytes = 64;

  size_t SlotOf(uint64_t key) const { return static_cast<size_t>(key) & (slot_count_ - 1); }
  static size_t StripeOf(uint64_t key) { return static_cast<size_t>(key) % kStripes; }

  // Whether what stands there was of use since this was last asked.
  bool TakeUsed(size_t slot) const ATTLAS_REQUIRES(mutex_) {
    if (sizes_[slot] == 0) return false;
    const RefPtr<const Entry> entry = slots_[slot].Load();
    return entry && entry->TakeUsed();
  }

  void Drop(size_t slot) ATTLAS_REQUIRES(mutex_) {
    if (sizes_[slot] == 0) return;
    bytes_ -= std::exchange(sizes_[slot], 0);
    slots_[slot].Publish(nullptr);
  }

  // Goes on around the table until there is room. What was of use is passed over once, however
  // often readers mark it meanwhile.
  void MakeRoom(size_t bytes) ATTLAS_REQUIRES(mutex_) {
    for (size_t passed = 0; bytes_ + bytes > max_bytes_; ++passed) {
      hand_ = (hand_ + 1) & (slot_count_ - 1);
      if (passed >= slot_count_ || !TakeUsed(hand_)) Drop(hand_);
    }
  }

  const size_t max_bytes_;
  const size_t slot_count_;  // A power of two, or 0.
  const std::unique_ptr<Published<Entry>[]> slots_;
  std::array<std::atomic<uint64_t>, kStripes> generations_{};

  mutable Mutex mutex_;
  std::vector<size_t> sizes_ ATTLAS_GUARDED_BY(mutex_);  // By slot; 0 for an empty one.
  size_t bytes_ ATTLAS_GUARDED_BY(mutex_) = 0;
  size_t hand_ ATTLAS_GUARDED_BY(mutex_) = 0;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_RECORDS_SLOT_TABLE_H_
