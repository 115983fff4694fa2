// The tables behind OntologyIndex. Private to graph/ontology/.
//
// Thread-safety: immutable once built.
#ifndef ATTLAS_GRAPH_ONTOLOGY_ONTOLOGY_TABLES_H_
#define ATTLAS_GRAPH_ONTOLOGY_ONTOLOGY_TABLES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "graph/ontology/ontology.h"
#include "re2/re2.h"

namespace attlas::graph {

// The properties that one type may carry, found by name.
struct PropertyTable {
  absl::flat_hash_map<std::string, const v1::PropertyType*> by_name;
  std::vector<const v1::PropertyType*> required;
};

struct NodeTypeTable {
  PropertyTable properties;
  std::unique_ptr<RE2> id_pattern;
};

struct EdgeTypeTable {
  PropertyTable properties;
  // By node type: whether an edge may start from it, or point to it.
  std::vector<uint8_t> may_start_from;
  std::vector<uint8_t> may_point_to;
};

using TermTable = absl::flat_hash_map<std::string, const v1::Term*>;

// All pointers point into `proto`.
struct OntologyTables {
  v1::Ontology proto;
  absl::flat_hash_map<std::string, TypeId> node_type_ids;
  absl::flat_hash_map<std::string, TypeId> edge_type_ids;
  absl::flat_hash_map<std::string, TypeId> collections;
  absl::flat_hash_map<std::string, TermTable> taxonomies;
  std::vector<NodeTypeTable> node_types;
  std::vector<EdgeTypeTable> edge_types;
};

struct OntologyIndex::Impl : OntologyTables {};

// The pattern of ids of node types that give none.
inline constexpr char kDefaultIdPattern[] = "[a-z0-9][a-z0-9-]{0,62}";

// Appends a violation for everything wrong with the schema itself.
void CheckSchema(const v1::Ontology& ontology, std::vector<FieldViolation>* violations);

// Collects violations whose fields lie under one path.
class ViolationReport {
 public:
  ViolationReport(std::string_view path, std::vector<FieldViolation>* violations)
      : path_(path), violations_(violations) {}

  void Add(const std::string& field, const std::string& description);

 private:
  std::string_view path_;
  std::vector<FieldViolation>* violations_;
};

// The end of a message about an unknown name: `; did you mean ...?`, or the known names if they are
// few, or nothing.
std::string Suggestion(std::string_view name, const std::vector<std::string>& candidates);

// The `name` of each message of a list.
template <typename Message>
std::vector<std::string> NamesOf(const google::protobuf::RepeatedPtrField<Message>& messages) {
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(messages.size()));
  for (const Message& message : messages) names.push_back(message.name());
  return names;
}

// `text` between back-quotes, fit for a message.
std::string Quoted(std::string_view text);

// `TEXT`, `TERM`, ...: the kind as the ontology writes it, without its prefix.
std::string PropertyKindName(v1::PropertyKind kind);

}  // namespace attlas::graph

#endif  // ATTLAS_GRAPH_ONTOLOGY_ONTOLOGY_TABLES_H_
