#include "clients/exchange/data_package.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/exchange/json_value.h"
#include "graph/base/strings.h"
#include "graph/ingest/dataset.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"

namespace attlas::exchange {
namespace {

using graph::ColumnRole;
using graph::v1::PropertyType;

constexpr char kDatePattern[] = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";
constexpr char kDescription[] =
    "Statements on arms control, each with its sources. An empty cell says nothing. Dates are "
    "YYYY, YYYY-MM or YYYY-MM-DD, as precisely as they are known; a statement holds from "
    "valid_from up to, not including, valid_to. Lists within a cell are separated by semicolons.";

JsonValue Field(std::string_view name, std::string_view type, std::string_view description) {
  JsonValue field = JsonValue::Object();
  field.Set("name", JsonValue::Text(name));
  field.Set("type", JsonValue::Text(type));
  if (!description.empty()) field.Set("description", JsonValue::Text(description));
  return field;
}

JsonValue TermsOf(const graph::v1::Ontology& ontology, const std::string& name) {
  JsonValue terms = JsonValue::Array();
  for (const auto& taxonomy : ontology.taxonomies()) {
    if (taxonomy.name() != name) continue;
    for (const auto& term : taxonomy.terms()) terms.Add(JsonValue::Text(term.id()));
  }
  return terms;
}

// Lists are texts: their items are separated within the cell.
JsonValue PropertyField(const graph::v1::Ontology& ontology, const PropertyType& property) {
  std::string_view type = "string";
  JsonValue constraints = JsonValue::Object();
  if (property.required()) constraints.Set("required", JsonValue::Boolean(true));
  if (!property.repeated()) {
    switch (property.kind()) {
      case graph::v1::PROPERTY_KIND_INTEGER:
        type = "integer";
        break;
      case graph::v1::PROPERTY_KIND_DECIMAL:
        type = "number";
        break;
      case graph::v1::PROPERTY_KIND_BOOLEAN:
        type = "boolean";
        break;
      case graph::v1::PROPERTY_KIND_DATE:
        constraints.Set("pattern", JsonValue::Text(kDatePattern));
        break;
      case graph::v1::PROPERTY_KIND_TERM:
        constraints.Set("enum", TermsOf(ontology, property.taxonomy()));
        break;
      default:
        break;
    }
    if (property.has_minimum()) {
      constraints.Set("minimum", JsonValue::Decimal(property.minimum()));
    }
    if (property.has_maximum()) {
      constraints.Set("maximum", JsonValue::Decimal(property.maximum()));
    }
  }
  JsonValue field = Field(property.name(), type, property.description());
  if (!constraints.empty()) field.Set("constraints", std::move(constraints));
  return field;
}

// A column that every table of its kind has.
JsonValue FixedField(const graph::Column& column, const std::string& id_pattern) {
  JsonValue constraints = JsonValue::Object();
  std::string_view description;
  switch (column.role) {
    case ColumnRole::kId:
      description = "The part of the node's name after the slash.";
      constraints.Set("required", JsonValue::Boolean(true));
      constraints.Set("unique", JsonValue::Boolean(true));
      if (!id_pattern.empty()) constraints.Set("pattern", JsonValue::Text(id_pattern));
      break;
    case ColumnRole::kDisplayName:
      description = "The name that people read.";
      break;
    case ColumnRole::kAliases:
      description = "Other names, separated by semicolons.";
      break;
    case ColumnRole::kFrom:
      description = "The node that the statement is about.";
      constraints.Set("required", JsonValue::Boolean(true));
      break;
    case ColumnRole::kTo:
      description = "The node that it is related to.";
      constraints.Set("required", JsonValue::Boolean(true));
      break;
    case ColumnRole::kQualifier:
      description = "Tells apart statements between the same two nodes.";
      break;
    case ColumnRole::kValidFrom:
      description = "From when it holds; empty where that is not known.";
      constraints.Set("pattern", JsonValue::Text(kDatePattern));
      break;
    case ColumnRole::kValidTo:
      description = "From when it holds no longer; empty where no end is known.";
      constraints.Set("pattern", JsonValue::Text(kDatePattern));
      break;
    case ColumnRole::kSource:
      description = "The sources, separated by semicolons; one row each in the citations.";
      break;
    case ColumnRole::kMarking:
      description = "How widely it may be shared (Traffic Light Protocol); empty for TLP:CLEAR.";
      break;
    default:
      break;
  }
  JsonValue field = Field(column.name, "string", description);
  if (!constraints.empty()) field.Set("constraints", std::move(constraints));
  return field;
}

JsonValue ForeignKey(std::string_view column, std::string_view resource) {
  JsonValue reference = JsonValue::Object();
  reference.Set("resource", JsonValue::Text(resource));
  reference.Set("fields", JsonValue::Texts({"name"}));
  JsonValue key = JsonValue::Object();
  key.Set("fields", JsonValue::Texts({std::string(column)}));
  key.Set("reference", std::move(reference));
  return key;
}

JsonValue Resource(std::string_view name, std::string_view path, std::string_view description,
                   JsonValue schema) {
  JsonValue resource = JsonValue::Object();
  resource.Set("name", JsonValue::Text(name));
  resource.Set("path", JsonValue::Text(path));
  resource.Set("profile", JsonValue::Text("tabular-data-resource"));
  resource.Set("format", JsonValue::Text("csv"));
  resource.Set("mediatype", JsonValue::Text("text/csv"));
  resource.Set("encoding", JsonValue::Text("utf-8"));
  resource.Set("description", JsonValue::Text(description));
  resource.Set("schema", std::move(schema));
  return resource;
}

JsonValue IndexResource(const IndexTable& table) {
  JsonValue schema = JsonValue::Object();
  JsonValue keys = JsonValue::Array();
  for (const IndexTable::IndexColumn& column : table.columns) {
    JsonValue field = Field(column.name, "string", column.description);
    if (column.required) {
      JsonValue constraints = JsonValue::Object();
      constraints.Set("required", JsonValue::Boolean(true));
      field.Set("constraints", std::move(constraints));
    }
    schema.AddTo("fields", std::move(field));
    if (!column.refers_to.empty()) keys.Add(ForeignKey(column.name, column.refers_to));
  }
  if (table.named) schema.Set("primaryKey", JsonValue::Texts({"name"}));
  if (!keys.empty()) schema.Set("foreignKeys", std::move(keys));
  return Resource(table.resource, table.path, table.description, std::move(schema));
}

template <typename Type>
JsonValue TypeSchema(const graph::v1::Ontology& ontology, const Type& type,
                     const std::string& id_pattern) {
  JsonValue schema = JsonValue::Object();
  for (const graph::Column& column : ColumnsOf(type)) {
    schema.AddTo("fields", column.role == ColumnRole::kProperty
                               ? PropertyField(ontology, *column.property)
                               : FixedField(column, id_pattern));
  }
  return schema;
}

JsonValue NodeResource(const graph::v1::Ontology& ontology, const graph::v1::NodeType& type) {
  JsonValue schema = TypeSchema(ontology, type, type.id_pattern());
  schema.Set("primaryKey", JsonValue::Texts({"id"}));
  return Resource(absl::StrCat("nodes.", type.name()),
                  absl::StrCat("nodes/", graph::NodeTableFileName(type.name())), type.description(),
                  std::move(schema));
}

JsonValue EdgeResource(const graph::v1::Ontology& ontology, const graph::v1::EdgeType& type) {
  JsonValue schema = TypeSchema(ontology, type, "");
  schema.Set("primaryKey", JsonValue::Texts({"from", "to", "qualifier"}));
  schema.AddTo("foreignKeys", ForeignKey("from", "names"));
  schema.AddTo("foreignKeys", ForeignKey("to", "names"));
  const std::string file = graph::EdgeTableFileName(type.name());
  return Resource(absl::StrCat("edges.", file.substr(0, file.size() - 4)),
                  absl::StrCat("edges/", file), type.description(), std::move(schema));
}

JsonValue Links(const std::set<DataPackage::Link>& links) {
  JsonValue all = JsonValue::Array();
  for (const DataPackage::Link& link : links) {
    JsonValue one = JsonValue::Object();
    one.Set("title", JsonValue::Text(link.title));
    if (!link.address.empty()) one.Set("path", JsonValue::Text(link.address));
    all.Add(std::move(one));
  }
  return all;
}

}  // namespace

std::vector<std::string> IndexTable::ColumnNames() const {
  std::vector<std::string> names;
  for (const IndexColumn& column : columns) names.emplace_back(column.name);
  return names;
}

const std::vector<IndexTable>& IndexTables() {
  static const auto* const kTables = [] {
    const auto citations = [](std::string_view resource, std::string_view path,
                              std::string_view subject, std::string_view refers_to) {
      return IndexTable{
          .resource = resource,
          .path = path,
          .description = "One row a citation, in the order in which they are given.",
          .columns = {{subject, "What cites.", refers_to, true},
                      {"source", "The source or the rule that is cited.", "names", true},
                      {"locator", "Where in the source."},
                      {"confidence", "How well the source was seen to carry it.", {}, true},
                      {"retrieved", "When it was read, or up to which date it speaks."},
                      {"note", "A qualification of this citation."}}};
    };
    return new std::vector<IndexTable>{
        {.resource = "names",
         .path = kNamesPath,
         .description = "Every node that tables refer to.",
         .named = true,
         .columns = {{"name", "Its full name.", {}, true},
                     {"type", "Its type, which is the name of its table.", {}, true},
                     {"display_name", "The name that people read."}}},
        {.resource = "statements",
         .path = kStatementsPath,
         .description = "Every statement, with its own name.",
         .named = true,
         .columns = {{"name", "Its name, the same wherever the statement is kept.", {}, true},
                     {"type", "Its type, which is the name of its table.", {}, true},
                     {"from", "The node that it is about.", "names", true},
                     {"to", "The node that it is related to.", "names", true},
                     {"qualifier", "Tells apart statements between the same two nodes."}}},
        citations("node-citations", kNodeCitationsPath, "node", "names"),
        citations("statement-citations", kStatementCitationsPath, "statement", "statements")};
  }();
  return *kTables;
}

std::vector<graph::Column> ColumnsOf(const graph::v1::NodeType& type) {
  return graph::NodeColumns(type.properties());
}

std::vector<graph::Column> ColumnsOf(const graph::v1::EdgeType& type) {
  return graph::EdgeColumns(type.properties());
}

void DataPackage::NoteNode(const graph::Node& node, const graph::v1::NodeType& type) {
  node_types.insert(node.type());
  const std::string address(graph::TextProperty(node.properties(), "url"));
  // What may stand without a citation is what others cite.
  if (type.citation_optional() && !address.empty()) {
    sources.push_back({node.display_name(), address});
  }
  const std::string licence(graph::TextProperty(node.properties(), "licence"));
  if (!licence.empty() && !address.empty()) licences.insert({licence, address});
}

std::string FormatDataPackage(const graph::OntologyIndex& ontology, const DataPackage& package) {
  JsonValue file = JsonValue::Object();
  file.Set("profile", JsonValue::Text("data-package"));
  file.Set("name", JsonValue::Text("attlas"));
  file.Set("title", JsonValue::Text("Attlas: commitments in arms control"));
  file.Set("description", JsonValue::Text(kDescription));
  file.Set("version", JsonValue::Text(package.view.revision));
  JsonValue view = JsonValue::Object();
  view.Set("revision", JsonValue::Text(package.view.revision));
  if (package.view.read.has_as_of()) {
    view.Set("as_of", JsonValue::Text(graph::FormatDate(package.view.read.as_of())));
  }
  if (package.view.read.min_confidence() != graph::v1::CONFIDENCE_UNSPECIFIED) {
    view.Set("min_confidence",
             JsonValue::Text(graph::ConfidenceName(package.view.read.min_confidence())));
  }
  view.Set("ontology", JsonValue::Integer(ontology.proto().version()));
  file.Set("attlas", std::move(view));
  if (!package.licences.empty()) file.Set("licenses", Links(package.licences));
  file.Set("sources", Links({package.sources.begin(), package.sources.end()}));
  for (const IndexTable& table : IndexTables()) file.AddTo("resources", IndexResource(table));
  for (const auto& type : ontology.proto().node_types()) {
    if (package.node_types.contains(type.name())) {
      file.AddTo("resources", NodeResource(ontology.proto(), type));
    }
  }
  for (const auto& type : ontology.proto().edge_types()) {
    if (package.edge_types.contains(type.name())) {
      file.AddTo("resources", EdgeResource(ontology.proto(), type));
    }
  }
  return file.Format(true) + "\n";
}

}  // namespace attlas::exchange
