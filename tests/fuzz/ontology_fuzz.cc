// The ontology as people write it, in the text format of protobuf.
#include "graph/ontology/ontology.h"

#include <fstream>

#include "google/protobuf/text_format.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::fuzz {
namespace {

using graph::OntologyIndex;

// An ontology that was accepted is accepted again, and may not follow itself.
void CheckAccepted(const OntologyIndex& ontology) {
  const auto again = OntologyIndex::Create(ontology.proto());
  Require(again.ok(), "an accepted ontology is refused");
  Require(!ontology.CheckSuccessor(**again).ok(), "an ontology is its own successor");
  graph::Node node = attlas::testing::MakeNode("states/IDN");
  std::vector<graph::FieldViolation> violations;
  ontology.CheckNode(node, "node", &violations);
  ontology.CheckEdge(attlas::testing::MakeEdge("SIGNED", "states/IDN", "instruments/att"), "edge",
                     &violations);
  for (const auto& taxonomy : ontology.proto().taxonomies()) {
    for (const auto& term : taxonomy.terms()) {
      Require(ontology.IsWithin(taxonomy.name(), term.id(), term.id()), "a term not within itself");
    }
  }
}

}  // namespace

void Fuzz(std::string_view input) {
  static const attlas::testing::TemporaryDirectory directory;
  static const std::string path = directory.file("ontology.textproto");
  std::ofstream(path, std::ios::binary) << input;
  const auto ontology = OntologyIndex::FromTextFile(path);
  if (ontology.ok()) {
    CheckAccepted(**ontology);
  } else {
    Require(ontology.status().message().find("ontology.textproto") != absl::string_view::npos,
            "an error that does not name its file");
  }
}

std::vector<std::string> Seeds() {
  std::string text;
  google::protobuf::TextFormat::PrintToString(attlas::testing::TestOntologyProto(), &text);
  return {text,
          "version: 1\nnode_types { name: \"a\" collection: \"as\" id_pattern: \"[a-z]+\" }\n",
          "taxonomies { name: \"t\" terms { id: \"a\" broader: \"b\" } terms { id: \"b\" } }\n"};
}

}  // namespace attlas::fuzz
