// An ontology with one of everything, for tests.
#ifndef ATTLAS_TESTS_GRAPH_ONTOLOGY_SMALL_ONTOLOGY_H_
#define ATTLAS_TESTS_GRAPH_ONTOLOGY_SMALL_ONTOLOGY_H_

#include <memory>
#include <string>

#include "google/protobuf/text_format.h"
#include "graph/ontology/ontology.h"
#include "gtest/gtest.h"

namespace attlas::graph {

inline constexpr char kSmallOntology[] = R"pb(
  version: 1
  node_types {
    name: "source"
    collection: "sources"
    citation_optional: true
    properties { name: "url" kind: PROPERTY_KIND_URL }
  }
  node_types { name: "state" collection: "states" id_pattern: "[A-Z]{3}" }
  node_types {
    name: "instrument"
    collection: "instruments"
    properties { name: "adopted" kind: PROPERTY_KIND_DATE required: true }
    properties { name: "goods" kind: PROPERTY_KIND_TERM taxonomy: "goods" repeated: true }
    properties { name: "kind" kind: PROPERTY_KIND_TERM taxonomy: "kinds" }
    properties { name: "parties" kind: PROPERTY_KIND_INTEGER minimum: 0 maximum: 200 }
    properties { name: "share" kind: PROPERTY_KIND_DECIMAL unit: "percent" maximum: 100 }
    properties { name: "open" kind: PROPERTY_KIND_BOOLEAN }
    properties { name: "notes" kind: PROPERTY_KIND_TEXT repeated: true }
  }
  edge_types {
    name: "CONSENTED_TO"
    from_types: "state"
    to_types: "instrument"
    temporal: true
    sentence: "{from} consented to {to}"
    properties { name: "action" kind: PROPERTY_KIND_TEXT }
  }
  edge_types {
    name: "REFERS_TO"
    from_types: "instrument"
    to_types: "instrument"
    to_types: "source"
  }
  taxonomies {
    name: "goods"
    terms { id: "arms" }
    terms { id: "small-arms" broader: "arms" }
    terms { id: "firearms" broader: "small-arms" }
    terms { id: "fuel" }
  }
  taxonomies {
    name: "kinds"
    terms { id: "treaty" }
    terms { id: "political" }
  }
)pb";

inline v1::Ontology SmallOntologyProto() {
  v1::Ontology ontology;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kSmallOntology, &ontology));
  return ontology;
}

inline std::shared_ptr<const OntologyIndex> SmallOntology() {
  return OntologyIndex::Create(SmallOntologyProto()).value();
}

}  // namespace attlas::graph

#endif  // ATTLAS_TESTS_GRAPH_ONTOLOGY_SMALL_ONTOLOGY_H_
