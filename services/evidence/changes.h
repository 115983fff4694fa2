// What changed in a neighbourhood: in the world, and, apart from it, in what is recorded.
//
// What: the world changes where a statement begins or ends to hold; the record changes where a
// statement is written, replaced or taken back. The two clocks are never mixed: what happened long
// ago may be recorded today, and what is recorded may lie ahead.
// Thread-safety: functions and plain values, which view their indexes.
#ifndef ATTLAS_SERVICES_EVIDENCE_CHANGES_H_
#define ATTLAS_SERVICES_EVIDENCE_CHANGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "attlas/evidence/v1/change.pb.h"
#include "services/common/graph_api.h"
#include "services/domain/scope.h"
#include "services/domain/subgraph_index.h"

namespace attlas::evidence {

// The edge types that a request keeps to; empty for all.
using TypeFilter = absl::flat_hash_set<std::string>;
bool Keeps(const TypeFilter& types, std::string_view type);

// The days of a window in the world, both included.
struct Window {
  graph::DayNumber first;
  graph::DayNumber last;
};

// A statement that began or ended in a window.
struct WorldMove {
  const graph::Edge* edge;
  v1::WorldChangeKind kind;
  bool uncertain;  // Whether the date reaches beyond the window.

  const graph::Date& date() const {
    return kind == v1::WORLD_CHANGE_KIND_BEGAN ? edge->valid_from() : edge->valid_to();
  }
};

// Whether a statement measures a period of a dataset: that a period begins or ends is no change in
// the world.
bool IsMeasured(const graph::Edge& edge);

// The moves of statements that are sure enough, latest first, then by name. O(edges log edges).
std::vector<WorldMove> WorldMovesIn(const domain::SubgraphIndex& index,
                                    const domain::Reading& reading, const Window& window,
                                    const TypeFilter& types);

// A node or an edge that is not the same at two revisions.
struct RecordMove {
  graph::v1::ChangeKind kind;
  const graph::Edge* edge = nullptr;  // As it is or, once deleted, as it was.
  const graph::Node* node = nullptr;  // Where it is no edge.
  graph::v1::Change last;             // The last change of it; empty where that is not visible.

  const std::string& name() const { return edge != nullptr ? edge->name() : node->name(); }
};

// The most of them that an answer tells.
inline constexpr size_t kMostRecordMoves = 1000;

// What differs between the neighbourhood of `node` then and now, by name. Where a bound cut one of
// them short, what seems to be missing there is not told as created or deleted. Of nodes, only
// those that both hold are compared, and `node` itself: others come and go with their statements.
// O(edges).
std::vector<RecordMove> RecordMovesBetween(const domain::SubgraphIndex& then,
                                           const domain::SubgraphIndex& now, std::string_view node,
                                           const TypeFilter& types);

// Looks up when each was recorded, in one graph call each, and puts the last recorded first.
absl::Status DateRecordMoves(services::GraphApi* graph, const services::CallContext& context,
                             const domain::Scope& scope, const std::string& revision,
                             std::vector<RecordMove>* moves);

}  // namespace attlas::evidence

#endif  // ATTLAS_SERVICES_EVIDENCE_CHANGES_H_
