#include "services/graph/type_filter.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "services/graph/request_checks.h"

namespace attlas::services {

absl::StatusOr<TypeFilter> TypeFilter::Create(
    std::shared_ptr<const graph::OntologyIndex> ontology,
    const google::protobuf::RepeatedPtrField<std::string>& types, std::string_view field) {
  TypeFilter filter;
  filter.all_ = types.empty();
  filter.nodes_.assign(ontology->node_type_count(), false);
  filter.edges_.assign(ontology->edge_type_count(), false);
  for (int i = 0; i < types.size(); ++i) {
    const std::optional<graph::TypeId> node = ontology->NodeTypeId(types[i]);
    const std::optional<graph::TypeId> edge = ontology->EdgeTypeId(types[i]);
    if (node) filter.nodes_[*node] = true;
    if (edge) filter.edges_[*edge] = true;
    if (node || edge) continue;
    std::vector<std::string> known = NodeTypeNames(*ontology);
    for (std::string& name : EdgeTypeNames(*ontology)) known.push_back(std::move(name));
    return UnknownName(absl::StrCat(graph::ToAbsl(field), "[", i, "]"), "node or edge type",
                       types[i], known);
  }
  filter.ontology_ = std::move(ontology);
  return filter;
}

bool TypeFilter::WantsNodeType(std::string_view type) const {
  const std::optional<graph::TypeId> id = ontology_->NodeTypeId(type);
  return all_ || (id && WantsNodeType(*id));
}

bool TypeFilter::WantsEdgeType(std::string_view type) const {
  const std::optional<graph::TypeId> id = ontology_->EdgeTypeId(type);
  return all_ || (id && WantsEdgeType(*id));
}

bool TypeFilter::WantsCollection(std::string_view collection) const {
  const std::optional<graph::TypeId> id = ontology_->NodeTypeOfCollection(collection);
  return all_ || (id && WantsNodeType(*id));
}

}  // namespace attlas::services
