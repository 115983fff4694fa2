#include "graph/ontology/ontology.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/ontology/small_ontology.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(OntologyTest, FindsTypes) {
  const auto ontology = SmallOntology();
  EXPECT_EQ(ontology->node_type_count(), 3u);
  EXPECT_EQ(ontology->edge_type_count(), 2u);
  EXPECT_EQ(ontology->NodeTypeId("state"), TypeId{1});
  EXPECT_EQ(ontology->EdgeTypeId("REFERS_TO"), TypeId{1});
  EXPECT_EQ(ontology->NodeTypeOfCollection("instruments"), TypeId{2});
  EXPECT_EQ(ontology->NodeTypeId("states"), std::nullopt);
  EXPECT_EQ(ontology->EdgeTypeId("refers_to"), std::nullopt);
  EXPECT_EQ(ontology->node_type(1).collection(), "states");
}

TEST(OntologyTest, TermsLieWithinBroaderTerms) {
  const auto ontology = SmallOntology();
  EXPECT_TRUE(ontology->IsWithin("goods", "firearms", "arms"));
  EXPECT_TRUE(ontology->IsWithin("goods", "firearms", "firearms"));
  EXPECT_FALSE(ontology->IsWithin("goods", "arms", "firearms"));
  EXPECT_FALSE(ontology->IsWithin("goods", "fuel", "arms"));
  EXPECT_FALSE(ontology->IsWithin("goods", "fuel", ""));
  EXPECT_FALSE(ontology->IsWithin("none", "fuel", "arms"));
}

struct BadSchema {
  std::function<void(v1::Ontology*)> spoil;
  std::string message;
};

TEST(OntologyTest, RefusesBadSchemas) {
  const BadSchema cases[] = {
      {[](v1::Ontology* o) { o->set_version(0); },
       "version: the version is 0; start with 1 and raise it with every change"},
      {[](v1::Ontology* o) { o->mutable_node_types(1)->set_name("State"); },
       "node_types[1].name: `State` is malformed; write lower-case words joined by underscores; "
       "edge_types[0].from_types[0]: `state` is not a node type; did you mean `State`?"},
      {[](v1::Ontology* o) { o->mutable_edge_types(1)->set_name("CONSENTED_TO"); },
       "edge_types[1].name: `CONSENTED_TO` is given twice, first at edge_types[0].name; each name "
       "may be given once"},
      {[](v1::Ontology* o) { o->mutable_node_types(1)->set_collection("sources"); },
       "node_types[1].collection: `sources` is given twice, first at node_types[0].collection; "
       "each name may be given once"},
      {[](v1::Ontology* o) { o->mutable_node_types(1)->set_collection("edges"); },
       "node_types[1].collection: `edges` is the collection of edges; choose another"},
      {[](v1::Ontology* o) { o->mutable_node_types(1)->set_id_pattern("[A-Z"); },
       "node_types[1].id_pattern: `[A-Z` is not a regular expression (RE2): missing ]: [A-Z"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->clear_from_types(); },
       "edge_types[0].from_types: is empty; name at least one node type"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->set_to_types(0, "instrumnet"); },
       "edge_types[0].to_types[0]: `instrumnet` is not a node type; did you mean `instrument`?"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->set_max_per_from(-1); },
       "edge_types[0].max_per_from: -1 is negative; 0 sets no limit"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->set_sentence("{from} did"); },
       "edge_types[0].sentence: `{from} did` must hold both {from} and {to}"},
      {[](v1::Ontology* o) {
         o->mutable_node_types(2)->mutable_properties(1)->set_taxonomy("good");
       },
       "node_types[2].properties[1].taxonomy: `good` is not a taxonomy; did you mean `goods`?"},
      {[](v1::Ontology* o) { o->mutable_node_types(2)->mutable_properties(0)->clear_kind(); },
       "node_types[2].properties[0].kind: property `adopted` has no kind; give one, such as "
       "PROPERTY_KIND_TEXT"},
      {[](v1::Ontology* o) { o->mutable_node_types(2)->mutable_properties(0)->set_repeated(true); },
       "node_types[2].properties[0].repeated: property `adopted` is of kind DATE; only TEXT and "
       "TERM may be repeated"},
      {[](v1::Ontology* o) { o->mutable_node_types(2)->mutable_properties(0)->set_opaque(true); },
       "node_types[2].properties[0].opaque: property `adopted` is of kind DATE; only TEXT may be "
       "opaque"},
      {[](v1::Ontology* o) { o->mutable_node_types(2)->mutable_properties(3)->set_minimum(300); },
       "node_types[2].properties[3].maximum: the maximum 200 is below the minimum 300"},
      {[](v1::Ontology* o) { o->mutable_node_types(2)->mutable_properties(0)->set_minimum(3); },
       "node_types[2].properties[0].minimum: a property of kind DATE has no bounds; leave them "
       "out"},
      {[](v1::Ontology* o) { o->mutable_taxonomies(0)->mutable_terms(1)->set_broader("arm"); },
       "taxonomies[0].terms[1].broader: `arm` is not a term of taxonomy `goods`; did you mean "
       "`arms`?"},
      {[](v1::Ontology* o) { o->mutable_taxonomies(0)->mutable_terms(3)->set_broader("fuel"); },
       "taxonomies[0].terms[3].broader: term `fuel` lies within itself; break the cycle of broader "
       "terms"},
  };
  for (const BadSchema& bad : cases) {
    v1::Ontology ontology = SmallOntologyProto();
    bad.spoil(&ontology);
    EXPECT_THAT(OntologyIndex::Create(ontology),
                StatusIs(absl::StatusCode::kInvalidArgument, bad.message));
  }
}

TEST(OntologyTest, ReportsEveryTermOfACycle) {
  v1::Ontology ontology = SmallOntologyProto();
  ontology.mutable_taxonomies(0)->mutable_terms(0)->set_broader("firearms");
  const auto index = OntologyIndex::Create(ontology);
  EXPECT_EQ(GetErrorDetail(index.status())->violations.size(), 3u);
}

TEST(NearestNamesTest, FindsTheNearestFirst) {
  const std::vector<std::string> names = {"state", "source", "instrument", "estate"};
  EXPECT_THAT(NearestNames("state", names, 2), ElementsAre("state", "estate"));
  EXPECT_THAT(NearestNames("sttae", names, 5), ElementsAre("state", "estate"));
  EXPECT_THAT(NearestNames("INSTRUMENTS", names, 5), ElementsAre("instrument"));
  EXPECT_THAT(NearestNames("treaty", names, 5), IsEmpty());
  EXPECT_THAT(NearestNames("", names, 5), IsEmpty());
  EXPECT_THAT(NearestNames("xy", {"ab"}, 5), IsEmpty());
}

}  // namespace
}  // namespace attlas::graph
