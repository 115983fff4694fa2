// The schema of the graph, indexed for checks.
//
// What: holds one version of the ontology and checks nodes and edges against it.
// When not: it knows nothing of what is stored; cardinality over several edges is checked by the
// writer with `max_per_from`.
// Thread-safety: immutable; share it as shared_ptr<const OntologyIndex>.
//
// Example:
//   ATTLAS_ASSIGN_OR_RETURN(auto ontology, OntologyIndex::FromTextFile("data/ontology.textproto"));
//   std::vector<FieldViolation> violations;
//   ontology->CheckEdge(edge, "mutations[0].create_edge", &violations);
#ifndef ATTLAS_GRAPH_ONTOLOGY_ONTOLOGY_H_
#define ATTLAS_GRAPH_ONTOLOGY_ONTOLOGY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "attlas/graph/v1/ontology.pb.h"
#include "graph/base/error.h"
#include "graph/model/statement.h"

namespace attlas::graph {

// The position of a type in the ontology's list; stable, since types are only ever appended.
using TypeId = uint16_t;

class OntologyIndex {
 public:
  // Checks `ontology` and indexes it. INVALID_ARGUMENT with one violation for each problem:
  // duplicate or malformed names, unknown node types, unknown taxonomies, cycles of terms, a bad
  // id pattern.
  static absl::StatusOr<std::shared_ptr<const OntologyIndex>> Create(v1::Ontology ontology);

  // Reads and indexes a text-format file. Errors name the file, line and column.
  static absl::StatusOr<std::shared_ptr<const OntologyIndex>> FromTextFile(const std::string& path);

  ~OntologyIndex();

  const v1::Ontology& proto() const;

  std::optional<TypeId> NodeTypeId(std::string_view name) const;
  std::optional<TypeId> EdgeTypeId(std::string_view name) const;
  const v1::NodeType& node_type(TypeId id) const;  // REQUIRES: id from NodeTypeId.
  const v1::EdgeType& edge_type(TypeId id) const;  // REQUIRES: id from EdgeTypeId.
  size_t node_type_count() const;
  size_t edge_type_count() const;

  // The node type whose collection is `collection`, if any.
  std::optional<TypeId> NodeTypeOfCollection(std::string_view collection) const;

  // Appends a violation, its field prefixed by `path`, for everything wrong with a canonical node:
  // name, type, properties, citations, marking.
  void CheckNode(const Node& node, std::string_view path,
                 std::vector<FieldViolation>* violations) const;

  // The same for a canonical edge: type, ends by their collections, properties, dates (real, from
  // before to), citations, marking.
  void CheckEdge(const Edge& edge, std::string_view path,
                 std::vector<FieldViolation>* violations) const;

  // Whether `term` is `ancestor` or lies within it in `taxonomy`.
  bool IsWithin(std::string_view taxonomy, std::string_view term, std::string_view ancestor) const;

  // OK if `next` may replace this ontology: its version is higher, and no type, property or term
  // that exists is removed, renamed, moved or retyped. FAILED_PRECONDITION otherwise.
  absl::Status CheckSuccessor(const OntologyIndex& next) const;

 private:
  struct Impl;
  explicit OntologyIndex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The names among `candidates` that are nearest to `name` by edit distance, best first, at most
// `limit`, none farther than a third of its length (at least 2). One that `name` begins, with three
// letters or more, is as near as one of one mistake.
std::vector<std::string> NearestNames(std::string_view name,
                                      const std::vector<std::string>& candidates, size_t limit);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_ONTOLOGY_ONTOLOGY_H_
