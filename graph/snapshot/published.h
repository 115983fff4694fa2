// The pointer by which a writer shows readers the latest snapshot.
//
// What: Load gives a reader its own reference with one atomic addition and no loop that a writer
// could hold up; Publish swaps in the next object. No lock on either side.
// How: the pointer and a count of loads under way share one 64-bit word. A load adds one to the
// count, so the object cannot go away between finding it and referring to it. While it is published
// an object holds a reference in advance for every load there could be; the publication of the next
// takes back all but those of the loads under way, which give up their own.
// Invariants:
//   1. An object is published at most once.
//   2. A load whose unit is still in the word gives it back there; one that finds another object in
//      the word drops one of the references held in advance instead.
// Limits: 65,535 loads at the very same instant; addresses of 48 bits (x86-64 and AArch64 user
// space).
#ifndef ATTLAS_GRAPH_SNAPSHOT_PUBLISHED_H_
#define ATTLAS_GRAPH_SNAPSHOT_PUBLISHED_H_

#include <atomic>
#include <cstdint>

#include "graph/base/ref_counted.h"

namespace attlas::graph {

template <typename T>
class Published {
 public:
  Published() = default;
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;
  ~Published() { Publish(nullptr); }

  // The object published last; null before the first. Wait-free but for giving the unit back.
  RefPtr<const T> Load() const {
    uint64_t word = word_.fetch_add(1, std::memory_order_acquire) + 1;
    const T* object = ObjectOf(word);
    if (object == nullptr) {
      GiveBack(word, object);
      return nullptr;
    }
    object->AddRef();
    if (!GiveBack(word, object)) object->DropRef();
    return RefPtr<const T>::Adopt(object);
  }

  // Shows `next` to every later Load. Calls from several writers are ordered by the caller.
  void Publish(RefPtr<const T> next) {
    if (next) next->AddRef(kAdvance);
    const uint64_t old = word_.exchange(reinterpret_cast<uint64_t>(next.Release()) << kCountBits,
                                        std::memory_order_acq_rel);
    const T* object = ObjectOf(old);
    if (object == nullptr) return;
    const auto under_way = static_cast<uint32_t>(old & kCountMask);
    object->DropRef(1 + kAdvance - under_way);
  }

 private:
  static constexpr int kCountBits = 16;
  static constexpr uint64_t kCountMask = (uint64_t{1} << kCountBits) - 1;
  // References held in advance: as many as the count can tell.
  static constexpr uint32_t kAdvance = kCountMask;

  static const T* ObjectOf(uint64_t word) { return reinterpret_cast<const T*>(word >> kCountBits); }

  // Takes this load's unit out of the word; false when a publication moved it.
  bool GiveBack(uint64_t word, const T* object) const {
    while (ObjectOf(word) == object && (word & kCountMask) != 0) {
      if (word_.compare_exchange_weak(word, word - 1, std::memory_order_acq_rel,
                                      std::memory_order_acquire)) {
        return true;
      }
    }
    return false;
  }

  mutable std::atomic<uint64_t> word_{0};
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_SNAPSHOT_PUBLISHED_H_
