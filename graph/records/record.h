// One version of a node or an edge, parsed, and shared by all who read it.
//
// Threads: a Record is immutable once made, and whoever drops the last reference frees it; a Shared
// is a value like any other.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(const SharedNode node, graph.ReadNode(view, ordinal));
//   Show(node->display_name());
#ifndef ATTLAS_GRAPH_RECORDS_RECORD_H_
#define ATTLAS_GRAPH_RECORDS_RECORD_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "graph/base/ref_counted.h"
#include "graph/model/statement.h"
#include "graph/store/record.h"

namespace attlas::graph {

// What stands in a slot of a SlotTable: it counts its references, knows its size, and remembers
// whether it was of use since it was last asked.
template <typename T>
class SlotEntry : public RefCounted<T> {
 public:
  explicit SlotEntry(size_t bytes) : bytes_(bytes) {}

  size_t bytes() const { return bytes_; }
  void MarkUsed() const {
    // Most readers find it marked, and leave the line of memory as it is.
    if (!used_.load(std::memory_order_relaxed)) used_.store(true, std::memory_order_relaxed);
  }
  bool TakeUsed() const { return used_.exchange(false, std::memory_order_relaxed); }

 protected:
  ~SlotEntry() = default;

 private:
  const size_t bytes_;
  mutable std::atomic<bool> used_{false};
};

// `Message` is Node or Edge.
template <typename Message>
class Record final : public SlotEntry<Record<Message>> {
 public:
  Record(uint32_t ordinal, uint64_t revision, const HotRecord& hot, Message message)
      : SlotEntry<Record>(MemoryOf(message)),
        ordinal_(ordinal),
        revision_(revision),
        hot_(hot),
        message_(std::move(message)) {}
  ~Record() {
    delete bare_.load(std::memory_order_acquire);
    delete sources_.load(std::memory_order_acquire);
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  uint32_t ordinal() const { return ordinal_; }
  // The revision that made this version.
  uint64_t revision() const { return revision_; }
  // What the store keeps of it beside the message.
  const HotRecord& hot() const { return hot_; }
  const Message& message() const { return message_; }

  // The same without citations; made on first use.
  const Message& bare() const {
    const Message* bare = bare_.load(std::memory_order_acquire);
    if (bare != nullptr) return *bare;
    auto made = std::make_unique<Message>(message_);
    made->clear_citations();
    if (bare_.compare_exchange_strong(bare, made.get(), std::memory_order_acq_rel,
                                      std::memory_order_acquire)) {
      return *made.release();
    }
    return *bare;  // Another reader was quicker.
  }

  // The numbers of what its citations name, one a citation; null until they were looked up.
  const std::vector<uint32_t>* sources() const { return sources_.load(std::memory_order_acquire); }
  // Keeps them, and returns what is kept. They are the same whoever looks them up.
  const std::vector<uint32_t>& SetSources(std::vector<uint32_t> sources) const {
    auto made = std::make_unique<const std::vector<uint32_t>>(std::move(sources));
    const std::vector<uint32_t>* kept = nullptr;
    if (sources_.compare_exchange_strong(kept, made.get(), std::memory_order_acq_rel,
                                         std::memory_order_acquire)) {
      return *made.release();
    }
    return *kept;  // Another reader was quicker.
  }

 private:
  // Of the message and of what may be made later: a node's bare copy, and the sources.
  static size_t MemoryOf(const Message& message) {
    return sizeof(Record) + (std::is_same_v<Message, Node> ? 2 : 1) * message.SpaceUsedLong() +
           sizeof(std::vector<uint32_t>) +
           static_cast<size_t>(message.citations_size()) * sizeof(uint32_t);
  }

  const uint32_t ordinal_;
  const uint64_t revision_;
  const HotRecord hot_;
  const Message message_;
  mutable std::atomic<const Message*> bare_{nullptr};
  mutable std::atomic<const std::vector<uint32_t>*> sources_{nullptr};
};

// A reader's share of a record: as a pointer to a constant message. Null where made without one.
template <typename Message>
class Shared {
 public:
  Shared() = default;
  explicit Shared(RefPtr<const Record<Message>> record)
      : record_(std::move(record)), message_(record_ ? &record_->message() : nullptr) {}
  // Of a message that stands in no store.
  static Shared Of(Message message) {
    return Shared(MakeRef<const Record<Message>>(0, 0, HotRecord(), std::move(message)));
  }

  const Message& operator*() const { return *message_; }
  const Message* operator->() const { return message_; }
  const Message* get() const { return message_; }
  explicit operator bool() const { return message_ != nullptr; }

  // What it is a share of. REQUIRES: not null.
  const Record<Message>& record() const { return *record_; }

  // The same record without citations.
  Shared WithoutCitations() const {
    Shared bare = *this;
    bare.message_ = &record_->bare();
    return bare;
  }

 private:
  RefPtr<const Record<Message>> record_;
  const Message* message_ = nullptr;
};

using SharedNode = Shared<Node>;
using SharedEdge = Shared<Edge>;

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_RECORDS_RECORD_H_
