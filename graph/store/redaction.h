// What a redaction takes out of the store for good. FORMAT.md says what it leaves.
//
// What: a rule names the versions of a space that are old enough. Nodes and edges that are in the
// space now (or were, when they were deleted) go as a whole, with every edge that touches such a
// node; what has left the space keeps its other versions and loses what it said while it was there.
// What cites a node that goes keeps everything but those citations, in all its versions: they name
// the node, and say where in it.
// Thread-safety: plain values.
#ifndef ATTLAS_GRAPH_STORE_REDACTION_H_
#define ATTLAS_GRAPH_STORE_REDACTION_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/store/record.h"

namespace attlas::graph {

struct RedactionRule {
  SpaceId space = 0;     // Versions of this marking; 0 for none.
  uint64_t through = 0;  // The last revision whose versions are taken out.
  // What also loses the content of its superseded versions, whatever their marking.
  std::optional<EntityId> history_of;
};

// Something that stays and loses its citations of these sources, which go.
struct CitationCut {
  EntityId id;
  std::vector<std::string> sources;  // By name.
};

struct RedactionPlan {
  // What goes as a whole: edges before nodes.
  std::vector<EntityId> whole;
  // Superseded versions of other things, by their revision: their content goes.
  std::vector<std::pair<EntityId, uint64_t>> versions;
  // What loses citations, and the nodes that go of which there are any, by number.
  std::vector<CitationCut> cuts;
  std::vector<uint32_t> sources;
  // The commits that made what is taken out. Sorted, each once.
  std::vector<uint64_t> commits;

  bool empty() const { return whole.empty() && versions.empty(); }
};

// Drops the citations of `sources` from a version, whose confidence becomes that of the rest.
// Whether there were any. DATA_LOSS for a damaged body.
absl::StatusOr<bool> CutCitations(EntityKind kind, std::span<const std::string> sources,
                                  StoredRecord* record);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_STORE_REDACTION_H_
