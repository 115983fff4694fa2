#include <functional>

#include "graph/ontology/ontology.h"
#include "gtest/gtest.h"
#include "tests/graph/ontology/small_ontology.h"
#include "tests/testing/status_matchers.h"

namespace attlas::graph {
namespace {

using ::attlas::testing::StatusIs;

absl::Status CheckChange(const std::function<void(v1::Ontology*)>& change) {
  v1::Ontology next = SmallOntologyProto();
  next.set_version(2);
  change(&next);
  return SmallOntology()->CheckSuccessor(*OntologyIndex::Create(next).value());
}

TEST(SuccessorTest, MayGrow) {
  EXPECT_OK(CheckChange([](v1::Ontology* o) {
    v1::NodeType* type = o->add_node_types();
    type->set_name("agency");
    type->set_collection("agencies");
    v1::PropertyType* property = o->mutable_node_types(1)->add_properties();
    property->set_name("capital");
    property->set_kind(v1::PROPERTY_KIND_TEXT);
    o->mutable_edge_types(0)->add_from_types("agency");
    o->mutable_taxonomies(0)->add_terms()->set_id("drones");
    o->mutable_node_types(2)->mutable_properties(3)->set_maximum(300);
    o->mutable_node_types(2)->mutable_properties(0)->set_required(false);
    o->mutable_edge_types(0)->mutable_properties(0)->set_opaque(true);
  }));
}

TEST(SuccessorTest, MustNotBreakWhatIsStored) {
  const std::pair<std::function<void(v1::Ontology*)>, std::string> cases[] = {
      {[](v1::Ontology* o) { o->set_version(1); },
       "version: the version 1 is not above the stored version 1; raise it"},
      {[](v1::Ontology* o) { o->mutable_node_types()->SwapElements(0, 1); },
       "node_types[0]: `source` was moved; keep the order and add new types at the end; "
       "node_types[1]: `state` was moved; keep the order and add new types at the end"},
      {[](v1::Ontology* o) { o->mutable_edge_types()->RemoveLast(); },
       "edge_types[1]: `REFERS_TO` was removed or renamed; put it back"},
      {[](v1::Ontology* o) { o->mutable_node_types(1)->set_collection("countries"); },
       "node_types.state: the collection of node type `state` was changed from `states` to "
       "`countries`; put it back"},
      {[](v1::Ontology* o) { o->mutable_node_types(1)->set_id_pattern("[A-Z]{2}"); },
       "node_types.state: the id pattern of node type `state` was changed from `[A-Z]{3}` to "
       "`[A-Z]{2}`; put it back"},
      {[](v1::Ontology* o) { o->mutable_node_types(0)->set_citation_optional(false); },
       "node_types.source: node type `source` now requires citations, which stored nodes may "
       "lack; leave citation_optional on"},
      {[](v1::Ontology* o) { o->mutable_edge_types(1)->mutable_to_types()->RemoveLast(); },
       "edge_types.REFERS_TO: the node type `source`, which edge type `REFERS_TO` may point to, "
       "was removed; put it back"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->set_temporal(false); },
       "edge_types.CONSENTED_TO: edge type `CONSENTED_TO` no longer carries dates, which stored "
       "edges may have; leave temporal on"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->set_max_per_from(1); },
       "edge_types.CONSENTED_TO: the limit max_per_from of edge type `CONSENTED_TO` was lowered to "
       "1; stored edges may exceed it"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->clear_properties(); },
       "edge_types.CONSENTED_TO.action: property `action` of edge type `CONSENTED_TO` was removed "
       "or renamed; put it back"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->mutable_properties(0)->set_repeated(true); },
       "edge_types.CONSENTED_TO.action: property `action` of edge type `CONSENTED_TO` was retyped; "
       "keep its kind, taxonomy and repetition, or add a new property"},
      {[](v1::Ontology* o) { o->mutable_edge_types(0)->mutable_properties(0)->set_required(true); },
       "edge_types.CONSENTED_TO.action: property `action` of edge type `CONSENTED_TO` is now "
       "required, which stored statements may lack; leave it optional"},
      {[](v1::Ontology* o) { o->mutable_node_types(2)->mutable_properties(3)->set_maximum(100); },
       "node_types.instrument.parties: property `parties` of node type `instrument` has narrower "
       "bounds; stored values may lie outside them"},
      {[](v1::Ontology* o) { o->mutable_taxonomies(0)->mutable_terms()->RemoveLast(); },
       "taxonomies.goods.fuel: term `fuel` of taxonomy `goods` was removed or renamed; put it "
       "back"},
      {[](v1::Ontology* o) { o->mutable_taxonomies(0)->mutable_terms(2)->set_broader("arms"); },
       "taxonomies.goods.firearms: term `firearms` of taxonomy `goods` was moved from "
       "`small-arms` to `arms`; put it back"},
  };
  for (const auto& [change, problem] : cases) {
    const absl::Status status = CheckChange(change);
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition,
                                 ::testing::EndsWith("of version 1: " + problem)));
    EXPECT_EQ(GetErrorDetail(status)->reason, "ONTOLOGY_VIOLATION");
  }
}

}  // namespace
}  // namespace attlas::graph
