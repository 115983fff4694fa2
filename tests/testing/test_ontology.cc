#include "tests/testing/test_ontology.h"

#include <cstdlib>
#include <iostream>

#include "google/protobuf/text_format.h"
#include "graph/model/date.h"
#include "graph/model/name.h"

namespace attlas::testing {
namespace {

constexpr char kOntology[] = R"pb(
  version: 1
  node_types {
    name: "state"
    collection: "states"
    id_pattern: "[A-Z]{3}"
    properties { name: "population" kind: PROPERTY_KIND_INTEGER minimum: 0 }
    properties { name: "region" kind: PROPERTY_KIND_TEXT }
  }
  node_types {
    name: "instrument"
    collection: "instruments"
    properties { name: "adopted" kind: PROPERTY_KIND_DATE }
    properties { name: "goods" kind: PROPERTY_KIND_TERM taxonomy: "goods" repeated: true }
  }
  node_types { name: "organization" collection: "organizations" }
  node_types { name: "source" collection: "sources" citation_optional: true }
  edge_types {
    name: "SIGNED"
    from_types: "state"
    to_types: "instrument"
    temporal: true
    properties { name: "act" kind: PROPERTY_KIND_TEXT }
    sentence: "{from} signed {to}"
  }
  edge_types {
    name: "MEMBER_OF"
    from_types: "state"
    to_types: "organization"
    temporal: true
    properties { name: "role" kind: PROPERTY_KIND_TEXT }
    sentence: "{from} is a member of {to}"
  }
  edge_types {
    name: "KNOWS"
    from_types: [ "state", "instrument", "organization", "source" ]
    to_types: [ "state", "instrument", "organization", "source" ]
    temporal: true
    properties { name: "weight" kind: PROPERTY_KIND_INTEGER }
    sentence: "{from} knows {to}"
  }
  edge_types {
    name: "LEADS"
    from_types: "organization"
    to_types: "instrument"
    max_per_from: 1
    sentence: "{from} leads {to}"
  }
  taxonomies {
    name: "goods"
    terms { id: "small-arms" }
    terms { id: "firearms" broader: "small-arms" }
    terms { id: "ammunition" }
  }
)pb";

// Test data are fixed; a mistake in them is a mistake of the test program.
[[noreturn]] void Abort(std::string_view what) {
  std::cerr << "test data: " << what << "\n";
  std::abort();
}

void Cite(graph::v1::Citation* citation) {
  citation->set_source("sources/test");
  citation->set_confidence(graph::v1::CONFIDENCE_SEEN);
}

graph::Date DateOf(std::string_view text) {
  const auto date = graph::ParseDate(text);
  if (!date.ok()) Abort(text);
  return *date;
}

}  // namespace

const graph::v1::Ontology& TestOntologyProto() {
  static const auto* const ontology = [] {
    auto* parsed = new graph::v1::Ontology;
    if (!google::protobuf::TextFormat::ParseFromString(kOntology, parsed)) Abort("ontology");
    return parsed;
  }();
  return *ontology;
}

std::shared_ptr<const graph::OntologyIndex> TestOntology() {
  static const auto* const index = [] {
    auto created = graph::OntologyIndex::Create(TestOntologyProto());
    if (!created.ok()) Abort(created.status().ToString());
    return new std::shared_ptr<const graph::OntologyIndex>(*std::move(created));
  }();
  return *index;
}

graph::Node MakeNode(std::string_view name, std::string_view display_name) {
  graph::Node node;
  node.set_name(std::string(name));
  node.set_display_name(std::string(display_name));
  const auto parsed = graph::ParseResourceName(name);
  if (!parsed.ok()) Abort(name);
  const auto type = TestOntology()->NodeTypeOfCollection(parsed->collection);
  if (!type.has_value()) Abort(name);
  node.set_type(TestOntology()->node_type(*type).name());
  if (node.type() != "source") Cite(node.add_citations());
  return node;
}

graph::Edge MakeEdge(std::string_view type, std::string_view from, std::string_view to,
                     std::string_view qualifier) {
  graph::Edge edge;
  edge.set_type(std::string(type));
  edge.set_from(std::string(from));
  edge.set_to(std::string(to));
  edge.set_qualifier(std::string(qualifier));
  Cite(edge.add_citations());
  return edge;
}

graph::Edge MakeDatedEdge(std::string_view type, std::string_view from, std::string_view to,
                          std::string_view valid_from, std::string_view valid_to) {
  graph::Edge edge = MakeEdge(type, from, to);
  if (!valid_from.empty()) *edge.mutable_valid_from() = DateOf(valid_from);
  if (!valid_to.empty()) *edge.mutable_valid_to() = DateOf(valid_to);
  return edge;
}

}  // namespace attlas::testing
