// The records and names that were read of the store and may be read again.
//
// What: the current version of nodes and edges, parsed, by ordinal; and what names stand for.
// Superseded versions are not kept. When not: for a walk over the whole store, which would push out
// what is of use.
// Why it is never wrong:
//   1. A version is kept only where the store said that it is the current one, and served only to
//      readers of its revision or a later one.
//   2. Whoever changes a record calls Erase after the store has the change and before readers can
//      know of it; so whoever may read the later version cannot find the earlier one.
//   3. A redaction, which changes the past, clears everything in the same place.
//   4. What was read before such a change is not kept after it (SlotTable).
// It knows no caller: an ordinal that is asked for comes from the view of one who sees it. A name
// that is found here but not seen must be looked up in the store all the same, so that what is
// hidden takes as long as what is missing.
// Threads: thread-safe; reading takes no lock.
#ifndef ATTLAS_GRAPH_RECORDS_RECORD_CACHE_H_
#define ATTLAS_GRAPH_RECORDS_RECORD_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "graph/records/record.h"
#include "graph/records/slot_table.h"
#include "graph/store/record.h"

namespace attlas::graph {

class RecordCache {
 public:
  // Holds at most `max_bytes` in all; 0 turns it off.
  explicit RecordCache(size_t max_bytes);

  // The version in force at `revision`, where it is the current one and kept; null otherwise.
  template <typename Message>
  Shared<Message> Find(uint32_t ordinal, uint64_t revision) const {
    RefPtr<const Record<Message>> record = TableOf<Message>().Find(ordinal);
    if (!record || record->ordinal() != ordinal || record->revision() > revision) return {};
    return Shared<Message>(std::move(record));
  }
  // To be taken before the store is read.
  template <typename Message>
  uint64_t Generation(uint32_t ordinal) const {
    return TableOf<Message>().Generation(ordinal);
  }
  // Keeps a version that the store said is the current one.
  template <typename Message>
  void Insert(RefPtr<const Record<Message>> record, uint64_t generation) {
    const uint32_t ordinal = record->ordinal();
    TableOf<Message>().Insert(ordinal, std::move(record), generation);
  }

  // What a name stands for, where that is kept.
  std::optional<EntityId> FindName(std::string_view name) const;
  uint64_t NameGeneration(std::string_view name) const;
  void InsertName(std::string_view name, EntityId id, uint64_t generation);

  // Drops the versions that a commit superseded. What a name stands for does not change by it.
  void Erase(std::span<const EntityId> superseded);
  // Drops everything: for a redaction.
  void Clear();

  // What is held now.
  size_t bytes() const { return nodes_.bytes() + edges_.bytes() + names_.bytes(); }

 private:
  // A name and what it stands for.
  class NamedEntity final : public SlotEntry<NamedEntity> {
   public:
    NamedEntity(std::string_view name, EntityId id)
        : SlotEntry(sizeof(NamedEntity) + name.size()), name_(name), id_(id) {}
    const std::string& name() const { return name_; }
    EntityId id() const { return id_; }

   private:
    const std::string name_;
    const EntityId id_;
  };

  template <typename Message>
  const SlotTable<Record<Message>>& TableOf() const {
    if constexpr (std::is_same_v<Message, Node>) {
      return nodes_;
    } else {
      return edges_;
    }
  }
  template <typename Message>
  SlotTable<Record<Message>>& TableOf() {
    return const_cast<SlotTable<Record<Message>>&>(std::as_const(*this).TableOf<Message>());
  }

  SlotTable<Record<Node>> nodes_;
  SlotTable<Record<Edge>> edges_;
  SlotTable<NamedEntity> names_;
};

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_RECORDS_RECORD_CACHE_H_
