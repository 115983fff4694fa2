// Patterns of typed hops: which paths, or which subgraph, match.
//
// What: a compiled pattern is matched hop by hop. The paths mode lists every match (a node may
// stand in a path once only); the subgraph mode marks what lies on some match by one pass forwards
// and one back, so that its cost does not grow with the number of matches: O(hops * edges
// examined). Threads: functions; a CompiledPattern is immutable.
#ifndef ATTLAS_GRAPH_QUERY_PATTERN_H_
#define ATTLAS_GRAPH_QUERY_PATTERN_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/subgraph.pb.h"
#include "graph/query/budget.h"
#include "graph/records/record.h"
#include "graph/snapshot/view.h"

namespace attlas::graph {

// What patterns need beyond the snapshot: names and properties, which live in the store.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  // The ordinal of a visible node; NOT_FOUND otherwise.
  virtual absl::StatusOr<NodeOrdinal> FindNode(const View& view, std::string_view name) const = 0;
  virtual absl::StatusOr<SharedNode> ReadNode(const View& view, NodeOrdinal node) const = 0;
  virtual absl::StatusOr<SharedEdge> ReadEdge(const View& view, EdgeOrdinal edge) const = 0;
};

// A node condition with names and types resolved.
struct CompiledSelector {
  std::vector<NodeOrdinal> nodes;  // Sorted; with `any_node`, not used.
  bool any_node = true;
  std::vector<uint8_t> type_mask;  // By node type; with `any_type`, not used.
  bool any_type = true;
  std::vector<v1::PropertyPredicate> predicates;
};

// A hop is taken min_repeats to max_repeats times in a row; each node that it reaches on the way,
// not the last alone, must meet `to`.
struct CompiledHop {
  std::optional<TypeSet> edge_types;  // None for any.
  v1::Direction direction = v1::DIRECTION_FORWARD;
  CompiledSelector to;
  std::vector<v1::PropertyPredicate> edge_predicates;
  int min_repeats = 1;
  int max_repeats = 1;
};

struct CompiledPattern {
  CompiledSelector start;
  std::vector<CompiledHop> hops;
};

// Resolves a pattern against the view's ontology and nodes. `path` prefixes the fields of errors:
// INVALID_ARGUMENT (unknown type, with suggestions; predicate on an unknown property or of the
// wrong kind; depth over max_depth; a start that names neither nodes nor types), NOT_FOUND (a named
// start node; a named node of a later hop that is missing just matches nothing).
absl::StatusOr<CompiledPattern> CompilePattern(const View& view, const RecordSource& records,
                                               const v1::Pattern& pattern, int max_depth,
                                               std::string_view path);

// Resolves edge type names of a request field, with suggestions for unknown ones. Empty: none.
absl::StatusOr<std::optional<TypeSet>> CompileEdgeTypes(
    const OntologyIndex& ontology, const google::protobuf::RepeatedPtrField<std::string>& names,
    std::string_view path);

// Compiles a selector alone (ListNodes). Errors as CompilePattern.
absl::StatusOr<CompiledSelector> CompileSelector(const View& view, const RecordSource& records,
                                                 const v1::NodeSelector& selector,
                                                 std::string_view path, bool names_must_exist);

// Whether a visible node meets a selector; reads its record only where there are predicates.
absl::StatusOr<bool> Meets(const View& view, const RecordSource& records,
                           const CompiledSelector& selector, NodeOrdinal node);

// Whether an edge meets predicates; reads its record only where there are any.
absl::StatusOr<bool> MeetsEdge(const View& view, const RecordSource& records,
                               const std::vector<v1::PropertyPredicate>& predicates,
                               EdgeOrdinal edge);

// One matching path: nodes[i] -edges[i]- nodes[i + 1].
struct MatchedPath {
  std::vector<NodeOrdinal> nodes;
  std::vector<EdgeOrdinal> edges;
};

// Calls `take` for each matching path, each once however its hops may be told apart, in a stable
// order, until it returns false or the budget is spent.
absl::Status MatchPaths(const View& view, const RecordSource& records,
                        const CompiledPattern& pattern, Budget& budget,
                        absl::FunctionRef<bool(const MatchedPath&)> take);

// What lies on some match: nodes and edges, each once, sorted. A walk may pass a node twice here.
struct MatchedSubgraph {
  std::vector<NodeOrdinal> nodes;
  std::vector<EdgeOrdinal> edges;
};
absl::StatusOr<MatchedSubgraph> MatchSubgraph(const View& view, const RecordSource& records,
                                              const CompiledPattern& pattern, Budget& budget);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_QUERY_PATTERN_H_
