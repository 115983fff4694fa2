// How nodes and edges stand on disk. The byte diagrams are in FORMAT.md; change both together.
//
// Thread-safety: plain values and functions; safe from any thread.
#ifndef ATTLAS_GRAPH_STORE_RECORD_H_
#define ATTLAS_GRAPH_STORE_RECORD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "graph/model/date.h"
#include "graph/model/statement.h"
#include "graph/ontology/ontology.h"

namespace attlas::graph {

// What an ordinal counts.
enum class EntityKind : uint8_t { kNode = 1, kEdge = 2 };

// A node or an edge by its number.
struct EntityId {
  EntityKind kind;
  uint32_t ordinal;

  friend bool operator==(const EntityId&, const EntityId&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const EntityId& id) {
    return H::combine(std::move(state), static_cast<int>(id.kind), id.ordinal);
  }
};

// The number of a space in the store's own list; 0 for none.
using SpaceId = uint16_t;

// The part of a node or an edge that the snapshot is built from. Nodes leave ends and dates alone.
struct HotRecord {
  TypeId type = 0;
  uint8_t level = 0;       // TrafficLight.
  uint8_t confidence = 0;  // Confidence.
  SpaceId space = 0;
  uint32_t from = 0;
  uint32_t to = 0;
  DayNumber valid_from = kBeginningOfTime;
  DayNumber valid_to = kEndOfTime;
};

// One version of a node or an edge.
struct StoredRecord {
  uint64_t revision = 0;  // The revision that made this version.
  bool deleted = false;   // Whether this version says that it is gone; then it has no body.
  HotRecord hot;
  std::string body;       // The serialized v1.Node or v1.Edge, without output-only fields.
  bool redacted = false;  // Whether its content was taken out for good (redaction.h).
  // Whether it was read from the history: a later version stands. Not on disk.
  bool superseded = false;
};

// Appends the bytes of `hot`: 6 for a node, 22 for an edge.
void EncodeHot(EntityKind kind, const HotRecord& hot, std::string* out);
// Reads them. DATA_LOSS for any other number of bytes.
absl::StatusOr<HotRecord> DecodeHot(EntityKind kind, std::string_view bytes);

std::string EncodeRecord(EntityKind kind, const StoredRecord& record);
absl::StatusOr<StoredRecord> DecodeRecord(EntityKind kind, std::string_view bytes);

// Keys. Numbers are big-endian, so that bytes sort as numbers do.
std::string EntityKey(EntityId id);                      // kind, ordinal
std::string HistoryKey(EntityId id, uint64_t revision);  // kind, ordinal, ~revision
std::string RevisionKey(uint64_t revision);              // revision
std::string CitationKey(uint32_t source, EntityId id);   // source, kind, ordinal
absl::StatusOr<EntityId> DecodeEntityKey(std::string_view key);
absl::StatusOr<uint64_t> DecodeHistoryRevision(std::string_view key);
// What cites the source of a citation key.
absl::StatusOr<EntityId> DecodeCitationKey(std::string_view key);
// The ordinal of that source.
absl::StatusOr<uint32_t> DecodeCitedSource(std::string_view key);

// The value of the names column family: what a name stands for.
std::string EncodeEntity(EntityId id);
absl::StatusOr<EntityId> DecodeEntity(std::string_view bytes);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_RECORD_H_
