// GraphML: one directed graph, with the names of nodes and statements as ids.
//
// Lists within a value are separated as in the tables of a dataset (graph/ingest/cell.h), and
// citations are JSON: GraphML has neither. Dates are texts, since they may be years alone.
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/exchange/citation_json.h"
#include "clients/exchange/stream_writer.h"
#include "clients/exchange/xml_text.h"
#include "graph/base/status_macros.h"
#include "graph/base/strings.h"
#include "graph/ingest/cell.h"
#include "graph/ingest/derive.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"

namespace attlas::exchange {
namespace {

using graph::ToAbsl;
using graph::v1::PropertyType;

constexpr char kStart[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
    "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
    "    xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
    "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";

// What every node and every edge may say, beside its properties.
constexpr std::string_view kOfNodes[] = {"type",       "display_name", "aliases", "citations",
                                         "confidence", "marking",      "space"};
constexpr std::string_view kOfEdges[] = {"type",     "qualifier", "valid_from",
                                         "valid_to", "citations", "confidence",
                                         "marking",  "space",     "derived"};

std::string_view XmlType(const PropertyType& property) {
  if (property.repeated()) return "string";
  switch (property.kind()) {
    case graph::v1::PROPERTY_KIND_INTEGER:
      return "long";
    case graph::v1::PROPERTY_KIND_DECIMAL:
      return "double";
    case graph::v1::PROPERTY_KIND_BOOLEAN:
      return "boolean";
    default:
      return "string";
  }
}

// The declared attributes of nodes or of edges. One name may be of several types, as properties of
// different types of nodes are: each is an attribute of its own.
class Keys {
 public:
  // `letter` begins the ids, and `domain` is `node` or `edge`.
  Keys(char letter, std::string_view domain) : letter_(letter), domain_(domain) {}

  void Declare(std::string_view name, std::string_view type, std::string* out) {
    const auto [key, is_new] = ids_.try_emplace({std::string(name), std::string(type)});
    if (!is_new) return;
    key->second = absl::StrCat(std::string(1, letter_), ids_.size());
    absl::StrAppend(out, "<key id=\"", key->second, "\" for=\"", ToAbsl(domain_), "\" attr.name=\"",
                    ToAbsl(name), "\" attr.type=\"", ToAbsl(type), "\"/>\n");
  }

  void Append(std::string_view name, std::string_view type, std::string_view value,
              std::string* out) const {
    if (value.empty()) return;
    absl::StrAppend(out, "<data key=\"", ids_.at({std::string(name), std::string(type)}), "\">");
    AppendXmlText(value, out);
    *out += "</data>";
  }

 private:
  const char letter_;
  const std::string_view domain_;
  std::map<std::pair<std::string, std::string>, std::string> ids_;
};

class GraphmlWriter : public StreamWriter {
 public:
  explicit GraphmlWriter(Sink* sink) : StreamWriter(sink) {}

  absl::Status Begin(const graph::OntologyIndex& ontology, const ExportedView& view) override {
    ontology_ = &ontology;
    text() += kStart;
    for (const char* name : {"revision", "as_of", "min_confidence"}) {
      graph_keys_.Declare(name, "string", &text());
    }
    for (const std::string_view name : kOfNodes) node_keys_.Declare(name, "string", &text());
    for (const auto& type : ontology.proto().node_types()) {
      DeclareProperties(type.properties(), &node_keys_);
    }
    for (const std::string_view name : kOfEdges) {
      edge_keys_.Declare(name, name == "derived" ? "boolean" : "string", &text());
    }
    for (const auto& type : ontology.proto().edge_types()) {
      DeclareProperties(type.properties(), &edge_keys_);
    }
    text() += "<graph id=\"attlas\" edgedefault=\"directed\">\n";
    graph_keys_.Append("revision", "string", view.revision, &text());
    graph_keys_.Append("as_of", "string", graph::FormatDate(view.read.as_of()), &text());
    if (view.read.min_confidence() != graph::v1::CONFIDENCE_UNSPECIFIED) {
      graph_keys_.Append("min_confidence", "string",
                         graph::ConfidenceName(view.read.min_confidence()), &text());
    }
    text() += '\n';
    return FlushIfLarge();
  }

  absl::Status AddNode(const graph::Node& node) override {
    text() += "<node id=\"";
    AppendXmlText(node.name(), &text());
    text() += "\">";
    Say(node_keys_, "type", node.type());
    Say(node_keys_, "display_name", node.display_name());
    Say(node_keys_, "aliases", graph::JoinList({node.aliases().begin(), node.aliases().end()}));
    const auto type = ontology_->NodeTypeId(node.type());
    if (!type.has_value()) return absl::InternalError("a node of no type of the ontology");
    SayProperties(ontology_->node_type(*type).properties(), node, node_keys_);
    SayWhence(node, node_keys_);
    text() += "</node>\n";
    return FlushIfLarge();
  }

  absl::Status AddEdge(const graph::Edge& edge) override {
    text() += "<edge id=\"";
    AppendXmlText(edge.name(), &text());
    text() += "\" source=\"";
    AppendXmlText(edge.from(), &text());
    text() += "\" target=\"";
    AppendXmlText(edge.to(), &text());
    text() += "\">";
    Say(edge_keys_, "type", edge.type());
    Say(edge_keys_, "qualifier", edge.qualifier());
    Say(edge_keys_, "valid_from", graph::FormatDate(edge.valid_from()));
    Say(edge_keys_, "valid_to", graph::FormatDate(edge.valid_to()));
    const auto type = ontology_->EdgeTypeId(edge.type());
    if (!type.has_value()) return absl::InternalError("a statement of no type of the ontology");
    SayProperties(ontology_->edge_type(*type).properties(), edge, edge_keys_);
    SayWhence(edge, edge_keys_);
    edge_keys_.Append("derived", "boolean", graph::IsDerived(edge) ? "true" : "false", &text());
    text() += "</edge>\n";
    return FlushIfLarge();
  }

  absl::Status Finish() override {
    text() += "</graph>\n</graphml>\n";
    return Flush();
  }

 private:
  using Properties = google::protobuf::RepeatedPtrField<PropertyType>;

  void DeclareProperties(const Properties& properties, Keys* keys) {
    for (const PropertyType& property : properties) {
      keys->Declare(property.name(), XmlType(property), &text());
    }
  }

  void Say(const Keys& keys, std::string_view name, std::string_view value) {
    keys.Append(name, "string", value, &text());
  }

  template <typename Statement>
  void SayProperties(const Properties& properties, const Statement& statement, const Keys& keys) {
    for (const PropertyType& property : properties) {
      const graph::Value* value = graph::FindProperty(statement.properties(), property.name());
      if (value == nullptr) continue;
      keys.Append(property.name(), XmlType(property), graph::FormatValue(*value), &text());
    }
  }

  template <typename Statement>
  void SayWhence(const Statement& statement, const Keys& keys) {
    if (!statement.citations().empty()) {
      Say(keys, "citations", CitationsAsJson(statement.citations()).Format());
      Say(keys, "confidence", graph::ConfidenceName(graph::BestConfidence(statement.citations())));
    }
    Say(keys, "marking",
        graph::TrafficLightName(graph::EffectiveLevel(statement.marking().traffic_light())));
    Say(keys, "space", statement.marking().space());
  }

  const graph::OntologyIndex* ontology_ = nullptr;
  Keys graph_keys_{'g', "graph"};
  Keys node_keys_{'n', "node"};
  Keys edge_keys_{'e', "edge"};
};

}  // namespace

std::unique_ptr<ExportWriter> NewGraphmlWriter(Sink* sink) {
  return std::make_unique<GraphmlWriter>(sink);
}

}  // namespace attlas::exchange
