#include "graph/ontology/ontology.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/ontology/ontology_tables.h"

namespace attlas::graph {
namespace {

PropertyTable IndexProperties(
    const google::protobuf::RepeatedPtrField<v1::PropertyType>& properties) {
  PropertyTable table;
  for (const v1::PropertyType& property : properties) {
    table.by_name[property.name()] = &property;
    if (property.required()) table.required.push_back(&property);
  }
  return table;
}

void IndexNodeTypes(OntologyTables* tables) {
  for (const v1::NodeType& type : tables->proto.node_types()) {
    const auto id = static_cast<TypeId>(tables->node_types.size());
    tables->node_type_ids[type.name()] = id;
    tables->collections[type.collection()] = id;
    NodeTypeTable& table = tables->node_types.emplace_back();
    table.properties = IndexProperties(type.properties());
    table.id_pattern = std::make_unique<RE2>(
        type.id_pattern().empty() ? std::string(kDefaultIdPattern) : type.id_pattern());
  }
}

void IndexEdgeTypes(OntologyTables* tables) {
  for (const v1::EdgeType& type : tables->proto.edge_types()) {
    tables->edge_type_ids[type.name()] = static_cast<TypeId>(tables->edge_types.size());
    EdgeTypeTable& table = tables->edge_types.emplace_back();
    table.properties = IndexProperties(type.properties());
    table.may_start_from.resize(tables->node_types.size());
    table.may_point_to.resize(tables->node_types.size());
    for (const std::string& name : type.from_types()) {
      table.may_start_from[tables->node_type_ids.at(name)] = 1;
    }
    for (const std::string& name : type.to_types()) {
      table.may_point_to[tables->node_type_ids.at(name)] = 1;
    }
  }
}

template <typename Map>
std::optional<TypeId> Lookup(const Map& map, std::string_view name) {
  const auto found = map.find(ToAbsl(name));
  if (found == map.end()) return std::nullopt;
  return found->second;
}

}  // namespace

OntologyIndex::OntologyIndex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OntologyIndex::~OntologyIndex() = default;

absl::StatusOr<std::shared_ptr<const OntologyIndex>> OntologyIndex::Create(v1::Ontology ontology) {
  std::vector<FieldViolation> violations;
  CheckSchema(ontology, &violations);
  if (!violations.empty()) return InvalidFields(std::move(violations));

  auto impl = std::make_unique<Impl>();
  impl->proto = std::move(ontology);
  for (const v1::Taxonomy& taxonomy : impl->proto.taxonomies()) {
    TermTable& terms = impl->taxonomies[taxonomy.name()];
    for (const v1::Term& term : taxonomy.terms()) terms[term.id()] = &term;
  }
  IndexNodeTypes(impl.get());
  IndexEdgeTypes(impl.get());
  return std::shared_ptr<const OntologyIndex>(new OntologyIndex(std::move(impl)));
}

const v1::Ontology& OntologyIndex::proto() const { return impl_->proto; }

std::optional<TypeId> OntologyIndex::NodeTypeId(std::string_view name) const {
  return Lookup(impl_->node_type_ids, name);
}

std::optional<TypeId> OntologyIndex::EdgeTypeId(std::string_view name) const {
  return Lookup(impl_->edge_type_ids, name);
}

const v1::NodeType& OntologyIndex::node_type(TypeId id) const {
  return impl_->proto.node_types(id);
}

const v1::EdgeType& OntologyIndex::edge_type(TypeId id) const {
  return impl_->proto.edge_types(id);
}

size_t OntologyIndex::node_type_count() const { return impl_->node_types.size(); }
size_t OntologyIndex::edge_type_count() const { return impl_->edge_types.size(); }

std::optional<TypeId> OntologyIndex::NodeTypeOfCollection(std::string_view collection) const {
  return Lookup(impl_->collections, collection);
}

bool OntologyIndex::IsWithin(std::string_view taxonomy, std::string_view term,
                             std::string_view ancestor) const {
  if (term == ancestor) return true;
  const auto terms = impl_->taxonomies.find(ToAbsl(taxonomy));
  if (terms == impl_->taxonomies.end()) return false;
  auto found = terms->second.find(ToAbsl(term));
  while (found != terms->second.end()) {
    const std::string& broader = found->second->broader();
    if (broader == ancestor && !broader.empty()) return true;
    found = terms->second.find(broader);
  }
  return false;
}

void ViolationReport::Add(const std::string& field, const std::string& description) {
  FieldViolation violation;
  if (path_.empty() || field.empty()) {
    violation.field = std::string(path_) + field;
  } else {
    violation.field = absl::StrCat(ToAbsl(path_), ".", field);
  }
  violation.description = description;
  violations_->push_back(std::move(violation));
}

std::string Quoted(std::string_view text) { return absl::StrCat("`", Printable(text), "`"); }

std::string Suggestion(std::string_view name, const std::vector<std::string>& candidates) {
  constexpr size_t kMostSuggested = 3;
  constexpr size_t kMostListed = 12;
  const auto quote = [](std::string* out, const std::string& text) { *out += Quoted(text); };
  const std::vector<std::string> nearest = NearestNames(name, candidates, kMostSuggested);
  if (!nearest.empty()) {
    return absl::StrCat("; did you mean ", absl::StrJoin(nearest, " or ", quote), "?");
  }
  if (candidates.empty()) return "; there are none";
  if (candidates.size() > kMostListed) return "";
  return absl::StrCat("; known are ", absl::StrJoin(candidates, ", ", quote));
}

std::string PropertyKindName(v1::PropertyKind kind) {
  constexpr std::string_view kPrefix = "PROPERTY_KIND_";
  const std::string& name = v1::PropertyKind_Name(kind);
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

}  // namespace attlas::graph
