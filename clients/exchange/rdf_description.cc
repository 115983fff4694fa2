#include "clients/exchange/rdf_description.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"
#include "graph/ingest/cell.h"
#include "graph/ingest/derive.h"
#include "graph/model/date.h"
#include "graph/model/marking.h"

namespace attlas::exchange {
namespace {

using graph::v1::PropertyType;

RdfName Entity(std::string_view name) { return {"entity", std::string(name)}; }

class Describer {
 public:
  explicit Describer(RdfName subject) { description_.subject = std::move(subject); }

  void SayName(RdfName predicate, RdfName object) {
    description_.statements.push_back(
        {std::move(predicate), {.literal = false, .name = std::move(object)}});
  }

  void SayText(RdfName predicate, std::string_view text, std::string_view datatype = {}) {
    if (text.empty()) return;
    description_.statements.push_back(
        {std::move(predicate), {.literal = true, .text = std::string(text), .datatype = datatype}});
  }

  // A date as precisely as it is known.
  void SayDate(RdfName predicate, const graph::Date& date) {
    if (date.year() == 0) return;
    const std::string_view datatype = date.day() > 0     ? "date"
                                      : date.month() > 0 ? "gYearMonth"
                                                         : "gYear";
    SayText(std::move(predicate), graph::FormatDate(date), datatype);
  }

  void SayA(std::string_view prefix, std::string_view local) {
    SayName({"rdf", "type"}, {prefix, std::string(local)});
  }

  void SayValue(const PropertyType& type, const graph::Value& value) {
    const RdfName predicate{"property", type.name()};
    if (value.kind_case() == graph::Value::kTexts) {
      for (const std::string& text : value.texts().values()) SayOne(predicate, type, text);
      return;
    }
    if (value.kind_case() == graph::Value::kDate) return SayDate(predicate, value.date());
    SayOne(predicate, type, graph::FormatValue(value));
  }

  RdfDescription Take() { return std::move(description_); }

 private:
  void SayOne(const RdfName& predicate, const PropertyType& type, const std::string& text) {
    switch (type.kind()) {
      case graph::v1::PROPERTY_KIND_TERM:
        return SayName(predicate, {"term", absl::StrCat(type.taxonomy(), "/", text)});
      case graph::v1::PROPERTY_KIND_INTEGER:
        return SayText(predicate, text, "integer");
      case graph::v1::PROPERTY_KIND_DECIMAL:
        return SayText(predicate, text, "double");
      case graph::v1::PROPERTY_KIND_BOOLEAN:
        return SayText(predicate, text, "boolean");
      case graph::v1::PROPERTY_KIND_URL:
        return SayText(predicate, text, "anyURI");
      default:
        return SayText(predicate, text);
    }
  }

  RdfDescription description_;
};

RdfDescription DescribeCitation(const std::string& name, const graph::Citation& citation) {
  Describer say(Entity(name));
  say.SayA("prov", "PrimarySource");
  say.SayName({"prov", "entity"}, Entity(citation.source()));
  say.SayText({"say", "locator"}, citation.locator());
  say.SayText({"say", "confidence"}, graph::ConfidenceName(citation.confidence()));
  say.SayDate({"say", "retrieved"}, citation.retrieved());
  say.SayText({"rdfs", "comment"}, citation.note());
  return say.Take();
}

// What nodes and statements have in common: properties, marking and citations.
template <typename Statement, typename Properties>
std::vector<RdfDescription> Complete(const Statement& statement, const Properties& properties,
                                     Describer say) {
  for (const PropertyType& type : properties) {
    const graph::Value* value = graph::FindProperty(statement.properties(), type.name());
    if (value != nullptr) say.SayValue(type, *value);
  }
  const graph::Marking& marking = statement.marking();
  say.SayText({"say", "marking"},
              graph::TrafficLightName(graph::EffectiveLevel(marking.traffic_light())));
  if (!marking.space().empty()) say.SayName({"say", "space"}, Entity(marking.space()));
  if (!statement.citations().empty()) {
    say.SayText({"say", "confidence"},
                graph::ConfidenceName(graph::BestConfidence(statement.citations())));
  }
  std::vector<RdfDescription> citations;
  for (const graph::Citation& citation : statement.citations()) {
    const std::string name = absl::StrCat(statement.name(), "#citation-", citations.size() + 1);
    say.SayName({"prov", "hadPrimarySource"}, Entity(citation.source()));
    say.SayName({"prov", "qualifiedPrimarySource"}, Entity(name));
    citations.push_back(DescribeCitation(name, citation));
  }
  std::vector<RdfDescription> all;
  all.push_back(say.Take());
  for (RdfDescription& citation : citations) all.push_back(std::move(citation));
  return all;
}

// A class or a property of the ontology.
template <typename Type>
RdfDescription DescribeType(std::string_view prefix, const RdfName& kind, const Type& type) {
  Describer say({prefix, type.name()});
  say.SayA(kind.prefix, kind.local);
  say.SayText({"rdfs", "label"}, type.name());
  say.SayText({"rdfs", "comment"}, type.description());
  return say.Take();
}

}  // namespace

RdfDescription DescribeView(const ExportedView& view) {
  Describer say(Entity(absl::StrCat("revisions/", view.revision)));
  say.SayA("prov", "Entity");
  say.SayText({"say", "revision"}, view.revision);
  say.SayDate({"say", "asOf"}, view.read.as_of());
  if (view.read.min_confidence() != graph::v1::CONFIDENCE_UNSPECIFIED) {
    say.SayText({"say", "minConfidence"}, graph::ConfidenceName(view.read.min_confidence()));
  }
  return say.Take();
}

std::vector<RdfDescription> DescribeOntology(const graph::v1::Ontology& ontology) {
  std::vector<RdfDescription> all;
  for (const auto& type : ontology.node_types()) {
    all.push_back(DescribeType("type", {"rdfs", "Class"}, type));
  }
  for (const auto& type : ontology.edge_types()) {
    all.push_back(DescribeType("relation", {"rdf", "Property"}, type));
  }
  for (const auto& taxonomy : ontology.taxonomies()) {
    for (const auto& term : taxonomy.terms()) {
      Describer say({"term", absl::StrCat(taxonomy.name(), "/", term.id())});
      say.SayA("skos", "Concept");
      say.SayText({"skos", "notation"}, term.id());
      say.SayText({"skos", "prefLabel"}, term.display_name());
      say.SayText({"skos", "definition"}, term.description());
      if (!term.broader().empty()) {
        say.SayName({"skos", "broader"},
                    {"term", absl::StrCat(taxonomy.name(), "/", term.broader())});
      }
      all.push_back(say.Take());
    }
  }
  return all;
}

std::vector<RdfDescription> Describe(const graph::OntologyIndex& ontology,
                                     const graph::Node& node) {
  Describer say(Entity(node.name()));
  say.SayA("type", node.type());
  say.SayA("prov", "Entity");
  say.SayText({"rdfs", "label"}, node.display_name());
  for (const std::string& alias : node.aliases()) say.SayText({"skos", "altLabel"}, alias);
  const auto type = ontology.NodeTypeId(node.type());
  if (!type.has_value()) return {};
  return Complete(node, ontology.node_type(*type).properties(), std::move(say));
}

std::vector<RdfDescription> Describe(const graph::OntologyIndex& ontology,
                                     const graph::Edge& edge) {
  Describer say(Entity(edge.name()));
  say.SayA("rdf", "Statement");
  say.SayA("prov", "Entity");
  say.SayName({"rdf", "subject"}, Entity(edge.from()));
  say.SayName({"rdf", "predicate"}, {"relation", edge.type()});
  say.SayName({"rdf", "object"}, Entity(edge.to()));
  say.SayText({"say", "qualifier"}, edge.qualifier());
  say.SayDate({"say", "validFrom"}, edge.valid_from());
  say.SayDate({"say", "validTo"}, edge.valid_to());
  say.SayText({"say", "derived"}, graph::IsDerived(edge) ? "true" : "false", "boolean");
  const auto type = ontology.EdgeTypeId(edge.type());
  if (!type.has_value()) return {};
  return Complete(edge, ontology.edge_type(*type).properties(), std::move(say));
}

}  // namespace attlas::exchange
