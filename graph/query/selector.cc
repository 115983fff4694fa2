// Names, types and conditions of patterns, resolved against the ontology.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"
#include "graph/query/pattern.h"

namespace attlas::graph {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

template <typename Types>
std::vector<std::string> NamesOf(const Types& types) {
  std::vector<std::string> names;
  for (const auto& type : types) names.push_back(type.name());
  return names;
}

absl::Status UnknownType(std::string_view field, std::string_view kind, std::string_view name,
                         const std::vector<std::string>& known) {
  const std::vector<std::string> nearest = NearestNames(name, known, 3);
  std::string text =
      absl::StrCat("there is no ", std::string(kind), " type '", std::string(name), "'");
  if (!nearest.empty())
    absl::StrAppend(&text, "; did you mean ", absl::StrJoin(nearest, " or "), "?");
  return InvalidField(field, text);
}

// The declarations of a property by the types that `names` lists; by all types where it is empty.
template <typename Types>
std::vector<const v1::PropertyType*> DeclarationsOf(const Types& types, const Names& names,
                                                    const std::string& property) {
  std::vector<const v1::PropertyType*> found;
  for (const auto& type : types) {
    if (!names.empty() && std::find(names.begin(), names.end(), type.name()) == names.end())
      continue;
    for (const v1::PropertyType& known : type.properties()) {
      if (known.name() == property) found.push_back(&known);
    }
  }
  return found;
}

Value::KindCase KindOf(const v1::PropertyType& property) {
  switch (property.kind()) {
    case v1::PROPERTY_KIND_INTEGER:
      return Value::kInteger;
    case v1::PROPERTY_KIND_DECIMAL:
      return Value::kDecimal;
    case v1::PROPERTY_KIND_BOOLEAN:
      return Value::kBoolean;
    case v1::PROPERTY_KIND_DATE:
      return Value::kDate;
    default:
      return Value::kText;
  }
}

bool IsOrdering(v1::Comparison comparison) {
  return comparison != v1::COMPARISON_EQUAL && comparison != v1::COMPARISON_NOT_EQUAL &&
         comparison != v1::COMPARISON_PRESENT;
}

// Whether the condition means anything for a property so declared.
bool Fits(const v1::PropertyPredicate& predicate, const v1::PropertyType& property) {
  if (predicate.comparison() == v1::COMPARISON_PRESENT) return true;
  const Value::KindCase given = predicate.value().kind_case();
  const bool ordering = IsOrdering(predicate.comparison());
  if (property.repeated()) return !ordering && (given == Value::kText || given == Value::kTexts);
  return given == KindOf(property) && !(ordering && given == Value::kBoolean);
}

absl::Status CheckPredicate(const std::vector<const v1::PropertyType*>& declarations,
                            const v1::PropertyPredicate& predicate, const std::string& field) {
  if (declarations.empty()) {
    return InvalidField(field + ".property",
                        absl::StrCat("there is no property '", predicate.property(), "' here"));
  }
  if (predicate.comparison() == v1::COMPARISON_UNSPECIFIED ||
      !v1::Comparison_IsValid(predicate.comparison())) {
    return InvalidField(field + ".comparison", "must be set, such as COMPARISON_EQUAL");
  }
  if (std::none_of(declarations.begin(), declarations.end(),
                   [&](const v1::PropertyType* known) { return Fits(predicate, *known); })) {
    return InvalidField(field + ".value",
                        absl::StrCat("must be of the kind of '", predicate.property(), "', ",
                                     v1::PropertyKind_Name(declarations[0]->kind()),
                                     ", and one that the comparison takes"));
  }
  return absl::OkStatus();
}

template <typename Types>
absl::Status CheckPredicates(
    const Types& types, const Names& names,
    const google::protobuf::RepeatedPtrField<v1::PropertyPredicate>& predicates,
    std::string_view path) {
  for (int i = 0; i < predicates.size(); ++i) {
    ATTLAS_RETURN_IF_ERROR(CheckPredicate(DeclarationsOf(types, names, predicates[i].property()),
                                          predicates[i],
                                          absl::StrCat(std::string(path), "[", i, "]")));
  }
  return absl::OkStatus();
}

template <typename Entity>
bool AllHold(const Entity& entity, const std::vector<v1::PropertyPredicate>& predicates) {
  for (const v1::PropertyPredicate& predicate : predicates) {
    const Value* value = FindProperty(entity.properties(), predicate.property());
    const absl::StatusOr<bool> holds = Satisfies(value, predicate.comparison(), predicate.value());
    // Another type may declare the property with another kind; its values never equal this one.
    if (!holds.ok() ? predicate.comparison() != v1::COMPARISON_NOT_EQUAL : !*holds) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::optional<TypeSet>> CompileEdgeTypes(
    const OntologyIndex& ontology, const google::protobuf::RepeatedPtrField<std::string>& names,
    std::string_view path) {
  if (names.empty()) return std::nullopt;
  std::vector<TypeId> types;
  for (int i = 0; i < names.size(); ++i) {
    const std::optional<TypeId> type = ontology.EdgeTypeId(names[i]);
    if (!type.has_value()) {
      return UnknownType(absl::StrCat(std::string(path), "[", i, "]"), "edge", names[i],
                         NamesOf(ontology.proto().edge_types()));
    }
    types.push_back(*type);
  }
  return TypeSet(std::move(types));
}

absl::StatusOr<CompiledSelector> CompileSelector(const View& view, const RecordSource& records,
                                                 const v1::NodeSelector& selector,
                                                 std::string_view path, bool names_must_exist) {
  const OntologyIndex& ontology = *view.snapshot().ontology();
  const std::string prefix(path);
  CompiledSelector compiled;
  compiled.any_node = selector.names().empty();
  for (const std::string& name : selector.names()) {
    const absl::StatusOr<NodeOrdinal> node = records.FindNode(view, name);
    if (node.ok()) {
      compiled.nodes.push_back(*node);
    } else if (!absl::IsNotFound(node.status()) || names_must_exist) {
      return node.status();
    }
  }
  std::sort(compiled.nodes.begin(), compiled.nodes.end());
  compiled.nodes.erase(std::unique(compiled.nodes.begin(), compiled.nodes.end()),
                       compiled.nodes.end());
  compiled.any_type = selector.types().empty();
  compiled.type_mask.resize(ontology.node_type_count(), 0);
  for (int i = 0; i < selector.types_size(); ++i) {
    const std::optional<TypeId> type = ontology.NodeTypeId(selector.types(i));
    if (!type.has_value()) {
      return UnknownType(absl::StrCat(prefix, ".types[", i, "]"), "node", selector.types(i),
                         NamesOf(ontology.proto().node_types()));
    }
    compiled.type_mask[*type] = 1;
  }
  ATTLAS_RETURN_IF_ERROR(CheckPredicates(ontology.proto().node_types(), selector.types(),
                                         selector.predicates(), prefix + ".predicates"));
  compiled.predicates.assign(selector.predicates().begin(), selector.predicates().end());
  return compiled;
}

namespace {

absl::StatusOr<CompiledHop> CompileHop(const View& view, const RecordSource& records,
                                       const v1::Hop& hop, const std::string& field) {
  const OntologyIndex& ontology = *view.snapshot().ontology();
  CompiledHop compiled;
  ATTLAS_ASSIGN_OR_RETURN(compiled.edge_types,
                          CompileEdgeTypes(ontology, hop.edge_types(), field + ".edge_types"));
  if (!v1::Direction_IsValid(hop.direction())) {
    return InvalidField(field + ".direction",
                        absl::StrCat(static_cast<int>(hop.direction()),
                                     " is no direction; use FORWARD, BACKWARD or EITHER"));
  }
  if (hop.direction() != v1::DIRECTION_UNSPECIFIED) compiled.direction = hop.direction();
  ATTLAS_ASSIGN_OR_RETURN(compiled.to,
                          CompileSelector(view, records, hop.to(), field + ".to", false));
  ATTLAS_RETURN_IF_ERROR(CheckPredicates(ontology.proto().edge_types(), hop.edge_types(),
                                         hop.edge_predicates(), field + ".edge_predicates"));
  compiled.edge_predicates.assign(hop.edge_predicates().begin(), hop.edge_predicates().end());
  compiled.min_repeats = std::max(hop.min_repeats(), 1);
  compiled.max_repeats = hop.max_repeats() == 0 ? compiled.min_repeats : hop.max_repeats();
  if (hop.min_repeats() < 0 || compiled.max_repeats < compiled.min_repeats) {
    return InvalidField(field + ".max_repeats",
                        "must be at least min_repeats, and neither may be negative");
  }
  return compiled;
}

}  // namespace

absl::StatusOr<CompiledPattern> CompilePattern(const View& view, const RecordSource& records,
                                               const v1::Pattern& pattern, int max_depth,
                                               std::string_view path) {
  const std::string prefix(path);
  CompiledPattern compiled;
  if (pattern.start().names().empty() && pattern.start().types().empty()) {
    return InvalidField(prefix + ".start", "must name nodes or node types to start from");
  }
  ATTLAS_ASSIGN_OR_RETURN(compiled.start,
                          CompileSelector(view, records, pattern.start(), prefix + ".start", true));
  int depth = 0;
  for (int i = 0; i < pattern.hops_size(); ++i) {
    const std::string field = absl::StrCat(prefix, ".hops[", i, "]");
    ATTLAS_ASSIGN_OR_RETURN(CompiledHop next, CompileHop(view, records, pattern.hops(i), field));
    if (next.max_repeats > max_depth || (depth += next.max_repeats) > max_depth) {
      return InvalidField(field, absl::StrCat("the pattern may be at most ", max_depth,
                                              " hops deep, repeats included"));
    }
    compiled.hops.push_back(std::move(next));
  }
  return compiled;
}

absl::StatusOr<bool> Meets(const View& view, const RecordSource& records,
                           const CompiledSelector& selector, NodeOrdinal node) {
  if (!selector.any_type && selector.type_mask[view.NodeType(node)] == 0) return false;
  if (!selector.any_node &&
      !std::binary_search(selector.nodes.begin(), selector.nodes.end(), node)) {
    return false;
  }
  if (selector.predicates.empty()) return true;
  ATTLAS_ASSIGN_OR_RETURN(const SharedNode record, records.ReadNode(view, node));
  return AllHold(*record, selector.predicates);
}

absl::StatusOr<bool> MeetsEdge(const View& view, const RecordSource& records,
                               const std::vector<v1::PropertyPredicate>& predicates,
                               EdgeOrdinal edge) {
  if (predicates.empty()) return true;
  ATTLAS_ASSIGN_OR_RETURN(const SharedEdge record, records.ReadEdge(view, edge));
  return AllHold(*record, predicates);
}

}  // namespace attlas::graph
