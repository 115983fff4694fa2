// Records that readers share are those that the store would give them, whatever is committed or
// redacted meanwhile.
#include <algorithm>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::Graph;
using graph::NodeOrdinal;
using graph::SharedEdge;
using graph::SharedNode;
using graph::View;
using graph::v1::Mutation;

constexpr char kRoom[] = "spaces/room";
constexpr char kSecret[] = "what was said in the room";

class SharedRecordsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(
        graph_, Graph::Open({.path = directory_.file("store"), .ontology = TestOntology()}));
    Commit({Put(MakeNode("sources/test")), Put(MakeNode("states/IDN", "Indonesia")),
            Put(MakeNode("organizations/asean", "ASEAN")),
            Put(MakeEdge("MEMBER_OF", "states/IDN", "organizations/asean"))});
  }
  uint64_t Commit(std::vector<Mutation> mutations) {
    const auto output = graph_->Commit({.mutations = std::move(mutations)});
    EXPECT_OK(output);
    return output.ok() ? output->revision : 0;
  }
  graph::RedactionOutput RedactRoom(const std::string& history_of = "") {
    const auto output = graph_->Redact(
        {.scopes = {{kRoom, graph_->LatestRevision(), history_of}}, .reason = "retention"});
    EXPECT_OK(output);
    return output.value_or(graph::RedactionOutput());
  }
  View Latest(const Clearance& clearance = Clearance::Operator()) const {
    return *graph_->Read({}, clearance);
  }
  View At(uint64_t revision) const {
    graph::v1::ReadOptions read;
    read.set_at_revision(graph_->RevisionToken(revision));
    return *graph_->Read(read, Clearance::Operator());
  }
  SharedNode Read(const View& view, std::string_view name) const {
    const auto node = graph_->FindNode(view, name);
    EXPECT_OK(node);
    const auto record = graph_->ReadNode(view, node.value_or(0));
    EXPECT_OK(record);
    return record.value_or(SharedNode());
  }
  // The first edge that leaves the node.
  SharedEdge ReadFirstEdge(const View& view, std::string_view from) const {
    SharedEdge found;
    view.ForEachEdge(*graph_->FindNode(view, from), graph::v1::DIRECTION_FORWARD, nullptr,
                     [&](const graph::EdgeRef& edge) {
                       found = *graph_->ReadEdge(view, edge.edge);
                       return false;
                     });
    return found;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Graph> graph_;
};

TEST_F(SharedRecordsTest, AreReadOnceUntilTheyChange) {
  const SharedNode node = Read(Latest(), "states/IDN");
  const SharedEdge edge = ReadFirstEdge(Latest(), "states/IDN");
  ASSERT_TRUE(edge);
  EXPECT_EQ(Read(Latest(), "states/IDN").get(), node.get());
  // A commit to something else leaves them alone.
  Commit({Put(MakeNode("states/PHL", "Philippines"))});
  EXPECT_EQ(Read(Latest(), "states/IDN").get(), node.get());
  EXPECT_EQ(ReadFirstEdge(Latest(), "states/IDN").get(), edge.get());
  Commit({Put(MakeNode("states/IDN", "Republic of Indonesia"))});
  EXPECT_EQ(Read(Latest(), "states/IDN")->display_name(), "Republic of Indonesia");
  EXPECT_EQ(ReadFirstEdge(Latest(), "states/IDN").get(), edge.get());
  // Whoever has it has it still.
  EXPECT_EQ(node->display_name(), "Indonesia");
}

TEST_F(SharedRecordsTest, EveryRevisionHasItsOwnVersion) {
  std::vector<uint64_t> revisions;
  for (int i = 0; i < 3; ++i) {
    revisions.push_back(Commit({Put(MakeNode("states/IDN", absl::StrCat("Version ", i)))}));
    EXPECT_EQ(Read(Latest(), "states/IDN")->display_name(), absl::StrCat("Version ", i));
  }
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 0; i < revisions.size(); ++i) {
      EXPECT_EQ(Read(At(revisions[i]), "states/IDN")->display_name(), absl::StrCat("Version ", i));
    }
  }
}

TEST_F(SharedRecordsTest, WhatIsDeletedAndMadeAnewIsTheNewOne) {
  const uint64_t before = graph_->LatestRevision();
  ASSERT_TRUE(ReadFirstEdge(Latest(), "states/IDN"));
  const std::string name = ReadFirstEdge(Latest(), "states/IDN")->name();
  Commit({Delete(name)});
  EXPECT_FALSE(ReadFirstEdge(Latest(), "states/IDN"));
  graph::Edge again = MakeDatedEdge("MEMBER_OF", "states/IDN", "organizations/asean", "1967");
  Commit({Put(again)});
  EXPECT_EQ(ReadFirstEdge(Latest(), "states/IDN")->valid_from().year(), 1967);
  EXPECT_FALSE(ReadFirstEdge(At(before), "states/IDN")->has_valid_from());
}

TEST_F(SharedRecordsTest, ARedactionTakesWhatWasReadBefore) {
  Commit({Put(InSpace(MakeNode("organizations/held", kSecret))),
          Put(InSpace(MakeEdge("MEMBER_OF", "states/IDN", "organizations/held", "secret")))});
  const View before = Latest();
  ASSERT_OK_AND_ASSIGN(const NodeOrdinal node, graph_->FindNode(before, "organizations/held"));
  std::vector<graph::EdgeOrdinal> edges;
  before.ForEachEdge(node, graph::v1::DIRECTION_BACKWARD, nullptr, [&](const auto& edge) {
    edges.push_back(edge.edge);
    return true;
  });
  ASSERT_EQ(edges.size(), 1u);
  ASSERT_EQ(Read(before, "organizations/held")->display_name(), kSecret);
  ASSERT_OK(graph_->ReadEdges(before, edges));
  ASSERT_EQ(RedactRoom().erased, 2u);
  // Also for whoever looked at the graph before, and held on to it.
  EXPECT_THAT(graph_->ReadNode(before, node), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(graph_->ReadEdges(before, edges), StatusIs(absl::StatusCode::kUnavailable));
  for (const View& view : {before, Latest(), At(before.revision())}) {
    EXPECT_FALSE(graph_->FindNode(view, "organizations/held").ok() &&
                 graph_->ReadNode(view, node).ok());
  }
  EXPECT_THAT(graph_->FindNode(Latest(), "organizations/held"),
              StatusIs(absl::StatusCode::kNotFound));
  // The name is free, and stands for the new node.
  Commit({Put(MakeNode("organizations/held", "Anew"))});
  EXPECT_EQ(Read(Latest(), "organizations/held")->display_name(), "Anew");
}

TEST_F(SharedRecordsTest, ARedactionEmptiesThePastThatWasRead) {
  const uint64_t inside = Commit({Put(InSpace(MakeNode("organizations/moved", kSecret)))});
  const View then = Latest();
  ASSERT_EQ(Read(then, "organizations/moved")->display_name(), kSecret);
  Commit({Put(MakeNode("organizations/moved", "Shown"))});
  ASSERT_EQ(Read(then, "organizations/moved")->display_name(), kSecret);
  ASSERT_EQ(RedactRoom().emptied, 1u);
  EXPECT_EQ(Read(then, "organizations/moved")->display_name(), "");
  EXPECT_EQ(Read(At(inside), "organizations/moved")->display_name(), "");
  EXPECT_EQ(Read(Latest(), "organizations/moved")->display_name(), "Shown");
}

TEST_F(SharedRecordsTest, WhoMayNotSeeANameDoesNotFindItHoweverOftenOthersDo) {
  Commit({Put(InSpace(MakeNode("organizations/held", kSecret)))});
  const View outside = Latest(Clearance{graph::v1::TRAFFIC_LIGHT_RED, {}, false});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Read(Latest(), "organizations/held")->display_name(), kSecret);
    EXPECT_THAT(graph_->FindNode(outside, "organizations/held"),
                StatusIs(absl::StatusCode::kNotFound));
  }
}

// All nodes of one commit say the same number. Readers of any revision see one number, never one
// that is older than what they saw before, and none that was redacted.
class SharedRecordsRaceTest : public SharedRecordsTest {
 protected:
  static constexpr int kNodes = 8;

  static std::string NodeName(int i) { return absl::StrCat("organizations/o", i); }
  std::vector<Mutation> AllSay(int number) const {
    std::vector<Mutation> mutations;
    for (int i = 0; i < kNodes; ++i) {
      graph::Node node = MakeNode(NodeName(i), absl::StrCat(number));
      mutations.push_back(Put(std::move(node)));
    }
    return mutations;
  }
  // The number that all say at this view; -1 where they differ.
  int NumberAt(const View& view) const {
    std::vector<NodeOrdinal> ordinals;
    for (int i = 0; i < kNodes; ++i) ordinals.push_back(*graph_->FindNode(view, NodeName(i)));
    const auto nodes = graph_->ReadNodes(view, ordinals);
    EXPECT_OK(nodes);
    if (!nodes.ok()) return -1;
    for (const SharedNode& node : *nodes) {
      if (node->display_name() != nodes->front()->display_name()) return -1;
    }
    return std::stoi(nodes->front()->display_name());
  }
};

TEST_F(SharedRecordsRaceTest, ReadersSeeWholeCommitsAndNoRedactedContent) {
  Commit(AllSay(0));
  std::vector<std::jthread> readers;  // Told to stop, and waited for, when the test ends.
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&](const std::stop_token& stop) {
      int last = 0;
      while (!stop.stop_requested()) {
        const View view = Latest();
        const int number = NumberAt(view);
        EXPECT_GE(number, last);
        EXPECT_EQ(NumberAt(view), number);
        last = std::max(last, number);
      }
    });
  }
  // One reads what is about to be redacted, from views that were opened before.
  readers.emplace_back([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const View view = Latest();
      const auto node = graph_->FindNode(view, "organizations/held");
      if (!node.ok()) continue;
      const auto record = graph_->ReadNode(view, *node);
      if (!record.ok()) continue;
      EXPECT_EQ((*record)->display_name(), kSecret);
    }
  });
  for (int number = 1; number <= 150; ++number) {
    Commit(AllSay(number));
    EXPECT_EQ(NumberAt(Latest()), number);
    if (number % 10 != 0) continue;
    Commit({Put(InSpace(MakeNode("organizations/held", kSecret)))});
    const View before = Latest();
    const auto node = graph_->FindNode(before, "organizations/held");
    ASSERT_OK(node);
    ASSERT_OK(graph_->ReadNode(before, *node));
    ASSERT_EQ(RedactRoom().erased, 1u);
    EXPECT_THAT(graph_->ReadNode(before, *node), StatusIs(absl::StatusCode::kUnavailable));
  }
}

}  // namespace
}  // namespace attlas::testing
