// Which node and edge types a stream reports: the field `types` of Watch and Export.
//
// Threads: immutable.
#ifndef ATTLAS_SERVICES_GRAPH_TYPE_FILTER_H_
#define ATTLAS_SERVICES_GRAPH_TYPE_FILTER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "graph/ontology/ontology.h"

namespace attlas::services {

class TypeFilter {
 public:
  // Types by name; none for all. INVALID_FIELD (`field[i]`) for an unknown one, with suggestions.
  static absl::StatusOr<TypeFilter> Create(
      std::shared_ptr<const graph::OntologyIndex> ontology,
      const google::protobuf::RepeatedPtrField<std::string>& types, std::string_view field);

  bool all() const { return all_; }
  bool WantsNodeType(graph::TypeId type) const { return Wants(nodes_, type); }
  bool WantsEdgeType(graph::TypeId type) const { return Wants(edges_, type); }
  // The same by name; a type that came with a later ontology is wanted by `all` alone.
  bool WantsNodeType(std::string_view type) const;
  bool WantsEdgeType(std::string_view type) const;
  // Whether nodes of this collection are wanted.
  bool WantsCollection(std::string_view collection) const;

 private:
  bool Wants(const std::vector<bool>& mask, graph::TypeId type) const {
    return all_ || (type < mask.size() && mask[type]);
  }

  std::shared_ptr<const graph::OntologyIndex> ontology_;
  bool all_ = true;
  std::vector<bool> nodes_;  // By node type.
  std::vector<bool> edges_;  // By edge type.
};

}  // namespace attlas::services

#endif  // ATTLAS_SERVICES_GRAPH_TYPE_FILTER_H_
