// The part of a commit that needs no look at the graph, done on the writer's own thread.
//
// Thread-safety: functions only; safe from any thread.
#ifndef ATTLAS_GRAPH_COMMIT_PREPARED_H_
#define ATTLAS_GRAPH_COMMIT_PREPARED_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "attlas/graph/v1/mutation.pb.h"
#include "graph/model/marking.h"
#include "graph/ontology/ontology.h"
#include "graph/store/record.h"

namespace attlas::graph {

// What a mutation asks for, whichever kind of thing it is about.
enum class Verb { kCreate, kUpdate, kPut, kDelete };

// A mutation that is well formed by itself: canonical, checked against the ontology and against
// what the writer may mark.
struct PreparedMutation {
  Verb verb;
  EntityKind kind;
  std::string field;  // Path of the thing in the request, as `mutations[3].create_edge`.
  std::string name;
  std::string expected_etag;  // Empty for any.
  std::string body;           // What will be stored; empty for a deletion.
  HotRecord hot;              // Ends and space are filled in by the committer.
  std::string space;          // The space of the marking.
  std::string from;           // Ends of an edge.
  std::string to;
  std::vector<std::string> sources;  // What the citations name.
  // The numbers of `from`, `to` and `sources` where those names were in use when the commit came
  // in; a name keeps its number for good. Empty, or one for each.
  std::vector<std::optional<EntityId>> known;
};

// Prepares all mutations. INVALID_ARGUMENT with every violation, PERMISSION_DENIED
// (MARKING_ABOVE_CLEARANCE).
absl::StatusOr<std::vector<PreparedMutation>> PrepareMutations(std::vector<v1::Mutation> mutations,
                                                               const OntologyIndex& ontology,
                                                               const Clearance& clearance);

// The etag of something last touched by `revision`.
std::string EtagOf(uint64_t revision);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_COMMIT_PREPARED_H_
