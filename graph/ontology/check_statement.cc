// Checks of nodes and edges against the ontology.

#include <algorithm>
#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "graph/base/strings.h"
#include "graph/base/utf8.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"
#include "graph/model/name.h"
#include "graph/ontology/ontology_tables.h"

namespace attlas::graph {
namespace {

constexpr size_t kMaxTextBytes = 16'384;

template <typename Map>
std::vector<std::string> KeysOf(const Map& map) {
  std::vector<std::string> keys;
  keys.reserve(map.size());
  for (const auto& entry : map) keys.push_back(entry.first);
  std::sort(keys.begin(), keys.end());
  return keys;
}

// Checks one node or edge.
class StatementChecker {
 public:
  StatementChecker(const OntologyTables& tables, std::string_view path,
                   std::vector<FieldViolation>* violations)
      : tables_(tables), report_(path, violations) {}

  void CheckNode(const Node& node);
  void CheckEdge(const Edge& edge);

 private:
  void CheckNodeName(const Node& node, TypeId type);
  void CheckEnd(const std::string& name, const std::string& field, const std::string& edge_type,
                const std::vector<uint8_t>& allowed,
                const google::protobuf::RepeatedPtrField<std::string>& allowed_names);
  void CheckInterval(const Edge& edge, const v1::EdgeType& type);
  void CheckDate(const Date& date, const std::string& field);
  void CheckProperties(const google::protobuf::RepeatedPtrField<Property>& properties,
                       const PropertyTable& table, const std::string& owner);
  void CheckValue(const Value& value, const v1::PropertyType& type, const std::string& field);
  void CheckTexts(const Value& value, const v1::PropertyType& type, const std::string& field);
  void CheckText(const std::string& text, const v1::PropertyType& type, const std::string& field);
  void CheckNumber(double number, const v1::PropertyType& type, const std::string& field);
  void CheckPlainText(const std::string& text, const std::string& field);
  void CheckCitations(const google::protobuf::RepeatedPtrField<Citation>& citations, bool optional);
  void CheckMarking(const Marking& marking);

  const OntologyTables& tables_;
  ViolationReport report_;
};

void StatementChecker::CheckNode(const Node& node) {
  const auto type = tables_.node_type_ids.find(node.type());
  if (type == tables_.node_type_ids.end()) {
    report_.Add("type", absl::StrCat(Quoted(node.type()), " is not a node type of the ontology",
                                     Suggestion(node.type(), NamesOf(tables_.proto.node_types()))));
  } else {
    CheckNodeName(node, type->second);
    CheckProperties(node.properties(), tables_.node_types[type->second].properties,
                    absl::StrCat("node type ", Quoted(node.type())));
    CheckCitations(node.citations(), tables_.proto.node_types(type->second).citation_optional());
  }
  CheckPlainText(node.display_name(), "display_name");
  for (int i = 0; i < node.aliases_size(); ++i) {
    const std::string field = absl::StrCat("aliases[", i, "]");
    if (node.aliases(i).empty()) report_.Add(field, "is empty; leave it out");
    CheckPlainText(node.aliases(i), field);
  }
  CheckMarking(node.marking());
}

void StatementChecker::CheckNodeName(const Node& node, TypeId type) {
  const v1::NodeType& node_type = tables_.proto.node_types(type);
  const absl::StatusOr<ResourceName> name = ParseResourceName(node.name());
  if (!name.ok()) {
    report_.Add("name", std::string(name.status().message()));
    return;
  }
  if (name->collection != node_type.collection()) {
    report_.Add("name",
                absl::StrCat(Quoted(node.name()), " is not in the collection of node type ",
                             Quoted(node.type()), "; write ", node_type.collection(), "/<id>"));
    return;
  }
  const RE2& pattern = *tables_.node_types[type].id_pattern;
  if (!RE2::FullMatch(re2::StringPiece(name->id.data(), name->id.size()), pattern)) {
    report_.Add("name", absl::StrCat("the id ", Quoted(name->id), " of node type ",
                                     Quoted(node.type()), " must match ", pattern.pattern()));
  }
}

void StatementChecker::CheckEdge(const Edge& edge) {
  if (!edge.name().empty() && !IsEdgeName(edge.name())) {
    report_.Add("name", absl::StrCat(Quoted(edge.name()),
                                     " is not the name of an edge; leave it empty to have it "
                                     "derived"));
  }
  const auto type = tables_.edge_type_ids.find(edge.type());
  if (type == tables_.edge_type_ids.end()) {
    report_.Add("type", absl::StrCat(Quoted(edge.type()), " is not an edge type of the ontology",
                                     Suggestion(edge.type(), NamesOf(tables_.proto.edge_types()))));
  } else {
    const v1::EdgeType& edge_type = tables_.proto.edge_types(type->second);
    const EdgeTypeTable& table = tables_.edge_types[type->second];
    CheckEnd(edge.from(), "from", edge.type(), table.may_start_from, edge_type.from_types());
    CheckEnd(edge.to(), "to", edge.type(), table.may_point_to, edge_type.to_types());
    CheckInterval(edge, edge_type);
    CheckProperties(edge.properties(), table.properties,
                    absl::StrCat("edge type ", Quoted(edge.type())));
  }
  CheckPlainText(edge.qualifier(), "qualifier");
  CheckCitations(edge.citations(), false);
  CheckMarking(edge.marking());
}

void StatementChecker::CheckEnd(
    const std::string& name, const std::string& field, const std::string& edge_type,
    const std::vector<uint8_t>& allowed,
    const google::protobuf::RepeatedPtrField<std::string>& allowed_names) {
  const absl::StatusOr<ResourceName> parsed = ParseResourceName(name);
  if (!parsed.ok()) {
    report_.Add(field, std::string(parsed.status().message()));
    return;
  }
  const auto type = tables_.collections.find(ToAbsl(parsed->collection));
  if (type == tables_.collections.end()) {
    report_.Add(field, absl::StrCat(Quoted(name), " is in no collection of the ontology",
                                    Suggestion(parsed->collection, KeysOf(tables_.collections))));
  } else if (!allowed[type->second]) {
    report_.Add(field, absl::StrCat(Quoted(name), " is of node type ",
                                    tables_.proto.node_types(type->second).name(), ", but ",
                                    edge_type, field == "from" ? " starts from " : " points to ",
                                    absl::StrJoin(allowed_names, " or ")));
  }
}

void StatementChecker::CheckInterval(const Edge& edge, const v1::EdgeType& type) {
  if (!type.temporal() && (edge.has_valid_from() || edge.has_valid_to())) {
    report_.Add(edge.has_valid_from() ? "valid_from" : "valid_to",
                absl::StrCat("edge type ", Quoted(type.name()), " carries no dates; leave it out"));
    return;
  }
  if (edge.has_valid_from()) CheckDate(edge.valid_from(), "valid_from");
  if (edge.has_valid_to()) CheckDate(edge.valid_to(), "valid_to");
  if (!edge.has_valid_from() || !edge.has_valid_to() || !IsValidDate(edge.valid_from()) ||
      !IsValidDate(edge.valid_to())) {
    return;
  }
  if (FirstDay(edge.valid_from()) >= FirstDay(edge.valid_to())) {
    report_.Add("valid_to",
                absl::StrCat("the end ", FormatDate(edge.valid_to()), " is not after the start ",
                             FormatDate(edge.valid_from()),
                             "; a statement holds from its start until the day before its end"));
  }
}

void StatementChecker::CheckDate(const Date& date, const std::string& field) {
  if (IsValidDate(date)) return;
  report_.Add(field, absl::StrCat("year ", date.year(), ", month ", date.month(), ", day ",
                                  date.day(), " is not a date of the years 1 to 9999"));
}

void StatementChecker::CheckProperties(
    const google::protobuf::RepeatedPtrField<Property>& properties, const PropertyTable& table,
    const std::string& owner) {
  for (int i = 0; i < properties.size(); ++i) {
    const std::string& name = properties[i].name();
    const auto type = table.by_name.find(name);
    if (type == table.by_name.end()) {
      report_.Add(absl::StrCat("properties[", i, "].name"),
                  absl::StrCat(owner, " has no property ", Quoted(name),
                               Suggestion(name, KeysOf(table.by_name))));
    } else if (i > 0 && properties[i - 1].name() == name) {
      report_.Add(absl::StrCat("properties[", i, "].name"),
                  absl::StrCat("property ", Quoted(name), " is given twice; give it once"));
    } else {
      CheckValue(properties[i].value(), *type->second, absl::StrCat("properties[", i, "].value"));
    }
  }
  for (const v1::PropertyType* required : table.required) {
    if (FindProperty(properties, required->name()) == nullptr) {
      report_.Add(
          "properties." + required->name(),
          absl::StrCat(owner, " requires the property ", Quoted(required->name()), "; add it"));
    }
  }
}

void StatementChecker::CheckValue(const Value& value, const v1::PropertyType& type,
                                  const std::string& field) {
  switch (type.kind()) {
    case v1::PROPERTY_KIND_INTEGER:
      if (value.kind_case() != Value::kInteger) break;
      return CheckNumber(static_cast<double>(value.integer()), type, field);
    case v1::PROPERTY_KIND_DECIMAL:
      if (value.kind_case() != Value::kDecimal) break;
      return CheckNumber(value.decimal(), type, field);
    case v1::PROPERTY_KIND_BOOLEAN:
      if (value.kind_case() != Value::kBoolean) break;
      return;
    case v1::PROPERTY_KIND_DATE:
      if (value.kind_case() != Value::kDate) break;
      return CheckDate(value.date(), field);
    default:
      if (value.kind_case() != (type.repeated() ? Value::kTexts : Value::kText)) break;
      return CheckTexts(value, type, field);
  }
  report_.Add(field, absl::StrCat("property ", Quoted(type.name()), " takes ",
                                  type.repeated() ? "a list of values" : "one value", " of kind ",
                                  PropertyKindName(type.kind()), "; the value is of another kind"));
}

void StatementChecker::CheckTexts(const Value& value, const v1::PropertyType& type,
                                  const std::string& field) {
  if (!type.repeated()) return CheckText(value.text(), type, field);
  if (value.texts().values().empty()) {
    report_.Add(field, absl::StrCat("property ", Quoted(type.name()),
                                    " is an empty list; leave the property out"));
  }
  for (int i = 0; i < value.texts().values_size(); ++i) {
    CheckText(value.texts().values(i), type, absl::StrCat(field, ".texts[", i, "]"));
  }
}

void StatementChecker::CheckText(const std::string& text, const v1::PropertyType& type,
                                 const std::string& field) {
  if (text.empty()) {
    report_.Add(field, absl::StrCat("property ", Quoted(type.name()),
                                    " is empty; leave out what is not known"));
    return;
  }
  CheckPlainText(text, field);
  if (type.kind() == v1::PROPERTY_KIND_TERM) {
    const TermTable& terms = tables_.taxonomies.at(type.taxonomy());
    if (!terms.contains(text)) {
      report_.Add(field, absl::StrCat(Quoted(text), " is not a term of taxonomy ",
                                      Quoted(type.taxonomy()), Suggestion(text, KeysOf(terms))));
    }
  } else if (type.kind() == v1::PROPERTY_KIND_URL) {
    const bool has_scheme = absl::StartsWith(text, "https://") || absl::StartsWith(text, "http://");
    const size_t host = text.find("//") + 2;
    if (!has_scheme || host >= text.size() || text.find_first_of(" \t\r\n") != text.npos) {
      report_.Add(field, absl::StrCat(Quoted(text),
                                      " is not an address; write http://... or "
                                      "https://... without blanks"));
    }
  }
}

void StatementChecker::CheckNumber(double number, const v1::PropertyType& type,
                                   const std::string& field) {
  const std::string unit = type.unit().empty() ? "" : absl::StrCat(" ", type.unit());
  if (!std::isfinite(number)) {
    report_.Add(field, absl::StrCat("property ", Quoted(type.name()),
                                    " must be a finite number; leave out what is not known"));
  } else if (type.has_minimum() && number < type.minimum()) {
    report_.Add(field, absl::StrCat(Quoted(type.name()), " is ", number, unit,
                                    ", below its minimum of ", type.minimum(), unit));
  } else if (type.has_maximum() && number > type.maximum()) {
    report_.Add(field, absl::StrCat(Quoted(type.name()), " is ", number, unit,
                                    ", above its maximum of ", type.maximum(), unit));
  }
}

void StatementChecker::CheckPlainText(const std::string& text, const std::string& field) {
  if (text.size() > kMaxTextBytes) {
    report_.Add(field, absl::StrCat("is ", text.size(), " bytes long; at most ", kMaxTextBytes,
                                    " are allowed"));
  }
  if (const size_t valid = ValidUtf8Prefix(text); valid != text.size()) {
    report_.Add(field,
                absl::StrCat("is not UTF-8 from byte ", valid + 1, " on; write it in UTF-8"));
  }
}

void StatementChecker::CheckCitations(const google::protobuf::RepeatedPtrField<Citation>& citations,
                                      bool optional) {
  if (citations.empty() && !optional) {
    report_.Add("citations", "there is no citation; name at least one source");
  }
  for (int i = 0; i < citations.size(); ++i) {
    const Citation& citation = citations[i];
    const std::string field = absl::StrCat("citations[", i, "]");
    const absl::StatusOr<ResourceName> source = ParseResourceName(citation.source());
    if (!source.ok() || (source->collection != "sources" && source->collection != "rules")) {
      report_.Add(field + ".source", absl::StrCat(Quoted(citation.source()),
                                                  " is not a source; write sources/<id> or "
                                                  "rules/<id>"));
    }
    if (citation.confidence() == v1::CONFIDENCE_UNSPECIFIED ||
        !v1::Confidence_IsValid(citation.confidence())) {
      report_.Add(field + ".confidence",
                  "there is no confidence; give seen, structure-seen, recalled or unverified");
    }
    if (citation.has_retrieved()) CheckDate(citation.retrieved(), field + ".retrieved");
    CheckPlainText(citation.locator(), field + ".locator");
    CheckPlainText(citation.note(), field + ".note");
  }
}

void StatementChecker::CheckMarking(const Marking& marking) {
  if (!v1::TrafficLight_IsValid(marking.traffic_light())) {
    report_.Add("marking.traffic_light",
                absl::StrCat(static_cast<int>(marking.traffic_light()),
                             " is not a traffic light; give clear, green, amber, amber+strict or "
                             "red"));
  }
  if (marking.space().empty()) return;
  const absl::StatusOr<ResourceName> space = ParseResourceName(marking.space());
  if (!space.ok() || space->collection != "spaces") {
    report_.Add("marking.space",
                absl::StrCat(Quoted(marking.space()), " is not a space; write spaces/<id>"));
  }
}

}  // namespace

void OntologyIndex::CheckNode(const Node& node, std::string_view path,
                              std::vector<FieldViolation>* violations) const {
  StatementChecker(*impl_, path, violations).CheckNode(node);
}

void OntologyIndex::CheckEdge(const Edge& edge, std::string_view path,
                              std::vector<FieldViolation>* violations) const {
  StatementChecker(*impl_, path, violations).CheckEdge(edge);
}

}  // namespace attlas::graph
