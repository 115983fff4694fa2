// What the documents of an index are made of, over a small graph.
#include "services/search/gather.h"

#include "gmock/gmock.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "services/graph/local_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::search {
namespace {

using attlas::testing::MakeEdge;
using attlas::testing::MakeNode;
using ::testing::Contains;
using ::testing::Not;

constexpr char kHash[] = "9f86d081884c7d659a2feaa0c55ad015";

void AddText(const std::string& name, bool required, bool opaque,
             google::protobuf::RepeatedPtrField<graph::v1::PropertyType>* properties) {
  graph::v1::PropertyType* property = properties->Add();
  property->set_name(name);
  property->set_kind(graph::v1::PROPERTY_KIND_TEXT);
  property->set_required(required);
  property->set_opaque(opaque);
}

void Say(const std::string& name, const std::string& text,
         google::protobuf::RepeatedPtrField<graph::v1::Property>* properties) {
  graph::v1::Property* property = properties->Add();
  property->set_name(name);
  property->mutable_value()->set_text(text);
}

// Organizations may have a motto and a key, a membership must have a ground and a key, and what
// leads must have a key alone; nobody searches for a key.
graph::v1::Ontology OntologyWithKeys() {
  graph::v1::Ontology ontology = attlas::testing::TestOntologyProto();
  for (auto& type : *ontology.mutable_node_types()) {
    if (type.name() != "organization") continue;
    AddText("motto", false, false, type.mutable_properties());
    AddText("key_hash", false, true, type.mutable_properties());
  }
  for (auto& type : *ontology.mutable_edge_types()) {
    if (type.name() == "MEMBER_OF") AddText("ground", true, false, type.mutable_properties());
    if (type.name() == "MEMBER_OF" || type.name() == "LEADS") {
      AddText("key_hash", true, true, type.mutable_properties());
    }
  }
  return ontology;
}

class GatherTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(const auto ontology, graph::OntologyIndex::Create(OntologyWithKeys()));
    ASSERT_OK_AND_ASSIGN(
        graph_, graph::Graph::Open({.path = directory_.file("store"), .ontology = ontology}));
    local_ = std::make_unique<services::LocalGraph>(
        graph_.get(), services::ServiceLimits(),
        services::PageTokenCodec(services::PageTokenKey::Random()));
    std::vector<graph::v1::Mutation> mutations;
    for (const char* name :
         {"sources/test", "states/IDN", "instruments/att", "organizations/asean"}) {
      graph::Node& node = *mutations.emplace_back().mutable_put_node();
      node = MakeNode(name);
      if (node.type() != "organization") continue;
      Say("motto", "One vision", node.mutable_properties());
      Say("key_hash", kHash, node.mutable_properties());
    }
    graph::Edge& member = *mutations.emplace_back().mutable_put_edge();
    member = MakeEdge("MEMBER_OF", "states/IDN", "organizations/asean");
    Say("ground", "A founding member", member.mutable_properties());
    Say("key_hash", kHash, member.mutable_properties());
    graph::Edge& leads = *mutations.emplace_back().mutable_put_edge();
    leads = MakeEdge("LEADS", "organizations/asean", "instruments/att");
    Say("key_hash", kHash, leads.mutable_properties());
    ASSERT_OK(graph_->Commit({.mutations = std::move(mutations)}));
  }

  attlas::testing::TemporaryDirectory directory_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<services::LocalGraph> local_;
};

TEST_F(GatherTest, WhatIsForMachinesIsNoText) {
  services::CallContext context;
  context.clearance = graph::Clearance::Operator();
  ASSERT_OK_AND_ASSIGN(const Gathered gathered, GatherDocuments(local_.get(), context, {}, 100));
  std::vector<std::string> texts;
  for (const Document& document : gathered.documents) {
    EXPECT_THAT(document.words, Not(Contains(kHash))) << document.name;
    for (const FieldText& text : document.texts) texts.push_back(text.field + ": " + text.text);
  }
  EXPECT_THAT(texts,
              ::testing::UnorderedElementsAre("motto: One vision", "ground: A founding member"));
}

TEST_F(GatherTest, AStatementThatSaysNothingElseIsNotSearched) {
  services::CallContext context;
  context.clearance = graph::Clearance::Operator();
  ASSERT_OK_AND_ASSIGN(const Gathered gathered, GatherDocuments(local_.get(), context, {}, 100));
  EXPECT_THAT(gathered.types, Contains("MEMBER_OF"));
  EXPECT_THAT(gathered.types, Not(Contains("LEADS")));
  for (const Document& document : gathered.documents) EXPECT_NE(document.type, "LEADS");
}

}  // namespace
}  // namespace attlas::search
