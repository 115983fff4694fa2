// A citation is shown to those who see its source, wherever it is read, and outlasts the writing of
// those who do not.
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "gtest/gtest.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::Edge;
using graph::Graph;
using graph::Node;
using graph::NodeOrdinal;
using graph::View;
using graph::v1::Mutation;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kRoom[] = "spaces/room";
constexpr char kHidden[] = "sources/hidden";

template <typename Entity>
void Cite(Entity* entity, const std::string& source, const std::string& note) {
  graph::Citation& citation = *entity->add_citations();
  citation.set_source(source);
  citation.set_note(note);
  citation.set_confidence(graph::v1::CONFIDENCE_UNVERIFIED);
}

template <typename Entity>
std::vector<std::string> Cited(const Entity& entity) {
  std::vector<std::string> sources;
  for (const graph::Citation& citation : entity.citations()) sources.push_back(citation.source());
  return sources;
}

Node Source(const std::string& name, const std::string& space) {
  Node source = MakeNode(name, name);
  source.mutable_marking()->set_space(space);
  return source;
}

// Cites the hidden source twice, around the one that all see.
template <typename Entity>
Entity CitingHidden(Entity entity) {
  Entity cites = entity;
  cites.clear_citations();
  Cite(&cites, kHidden, "first");
  *cites.add_citations() = entity.citations(0);
  Cite(&cites, kHidden, "last");
  return cites;
}

const std::vector<std::string>& All() {
  static const auto* const all = new std::vector<std::string>{kHidden, "sources/test", kHidden};
  return *all;
}

class CitedSourcesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(Open());
    Commit({Put(MakeNode("sources/test")), Put(MakeNode("organizations/asean", "ASEAN")),
            Put(Source(kHidden, kRoom)), Put(CitingHidden(MakeNode("states/IDN", "Indonesia"))),
            Put(CitingHidden(MakeEdge("MEMBER_OF", "states/IDN", "organizations/asean")))});
  }
  void Open() {
    graph_.reset();
    ASSERT_OK_AND_ASSIGN(
        graph_, Graph::Open({.path = directory_.file("store"), .ontology = TestOntology()}));
  }
  uint64_t Commit(std::vector<Mutation> mutations,
                  const Clearance& clearance = Clearance::Operator()) {
    const auto output = graph_->Commit({.mutations = std::move(mutations), .clearance = clearance});
    EXPECT_OK(output);
    return output.ok() ? output->revision : 0;
  }
  View ViewOf(const Clearance& clearance, uint64_t revision = 0) const {
    graph::v1::ReadOptions read;
    if (revision != 0) read.set_at_revision(graph_->RevisionToken(revision));
    return *graph_->Read(read, clearance);
  }
  static std::vector<graph::EdgeOrdinal> EdgesOf(const View& view, NodeOrdinal node) {
    std::vector<graph::EdgeOrdinal> edges;
    view.ForEachEdge(node, graph::v1::DIRECTION_FORWARD, nullptr, [&](const auto& edge) {
      edges.push_back(edge.edge);
      return true;
    });
    return edges;
  }
  Node ReadState(const View& view) const {
    return **graph_->ReadNode(view, *graph_->FindNode(view, "states/IDN"));
  }

  // Every way to read the state and its edge cites these sources.
  void ExpectEverywhere(const View& view, const std::vector<std::string>& cited) const {
    ASSERT_OK_AND_ASSIGN(const NodeOrdinal node, graph_->FindNode(view, "states/IDN"));
    const std::vector<graph::EdgeOrdinal> edges = EdgesOf(view, node);
    ASSERT_EQ(edges.size(), 1u);
    ASSERT_OK_AND_ASSIGN(const auto one, graph_->ReadNode(view, node));
    EXPECT_EQ(Cited(*one), cited);
    ASSERT_OK_AND_ASSIGN(const auto nodes, graph_->ReadNodes(view, std::span(&node, 1)));
    EXPECT_EQ(Cited(*nodes.at(0)), cited);
    EXPECT_THAT(Cited(*nodes.at(0).WithoutCitations()), IsEmpty());
    ASSERT_OK_AND_ASSIGN(const auto edge, graph_->ReadEdge(view, edges[0]));
    EXPECT_EQ(Cited(*edge), cited);
    ASSERT_OK_AND_ASSIGN(const auto read, graph_->ReadEdges(view, edges));
    EXPECT_EQ(Cited(*read.at(0)), cited);
    EXPECT_OK(graph_->ScanNodes(view, std::span(&node, 1),
                                [&](size_t, Node&& scanned) { EXPECT_EQ(Cited(scanned), cited); }));
    EXPECT_OK(graph_->ScanEdges(view, edges,
                                [&](size_t, Edge&& scanned) { EXPECT_EQ(Cited(scanned), cited); }));
    ASSERT_OK_AND_ASSIGN(const NodeOrdinal source, graph_->FindNode(view, "sources/test"));
    ASSERT_OK_AND_ASSIGN(const auto citing_edges, graph_->CitingEdges(view, source, 0));
    ASSERT_EQ(citing_edges.found.size(), 1u);
    EXPECT_EQ(Cited(*citing_edges.found[0].second), cited);
    ASSERT_OK_AND_ASSIGN(const auto citing_nodes, graph_->CitingNodes(view, source, 0));
    for (const auto& [ordinal, citing] : citing_nodes.found) {
      if (ordinal == node) {
        EXPECT_EQ(Cited(*citing), cited);
      }
    }
  }
  // What the history of the state says last, and what its revision says of the state.
  void ExpectInChanges(const Clearance& clearance, const std::vector<std::string>& cited) const {
    ASSERT_OK_AND_ASSIGN(const auto history,
                         graph_->History(ViewOf(clearance), "states/IDN", 0, 1));
    ASSERT_EQ(history.size(), 1u);
    EXPECT_EQ(Cited(history[0].node()), cited);
    ASSERT_OK_AND_ASSIGN(const uint64_t revision,
                         graph_->ParseRevisionToken(history[0].revision(), ""));
    ASSERT_OK_AND_ASSIGN(const auto changes, graph_->ChangesAt(revision, clearance));
    for (const graph::v1::Change& change : changes) {
      if (change.name() == "states/IDN") {
        EXPECT_EQ(Cited(change.node()), cited);
      }
    }
  }

  const Clearance outside_{graph::v1::TRAFFIC_LIGHT_RED, {}, false};
  const Clearance inside_{graph::v1::TRAFFIC_LIGHT_CLEAR, {kRoom}, false};
  TemporaryDirectory directory_;
  std::unique_ptr<Graph> graph_;
};

TEST_F(CitedSourcesTest, AreCitedToThoseWhoSeeThem) {
  // Twice and after an opening: from the store, and from what is kept for others.
  for (int round = 0; round < 4; ++round) {
    ExpectEverywhere(ViewOf(outside_), {"sources/test"});
    ExpectEverywhere(ViewOf(inside_), All());
    ExpectEverywhere(ViewOf(Clearance::Operator()), All());
    ExpectInChanges(outside_, {"sources/test"});
    ExpectInChanges(inside_, All());
    if (round == 1) {
      ASSERT_NO_FATAL_FAILURE(Open());
    }
  }
}

TEST_F(CitedSourcesTest, AreLentAsTheyAreWhereAllIsSeen) {
  const View view = ViewOf(inside_);
  ASSERT_OK_AND_ASSIGN(const NodeOrdinal node, graph_->FindNode(view, "states/IDN"));
  ASSERT_OK_AND_ASSIGN(const auto first, graph_->ReadNode(view, node));
  ASSERT_OK_AND_ASSIGN(const auto second, graph_->ReadNode(view, node));
  EXPECT_EQ(first.get(), second.get());
  // Also for those to whom something else is hidden.
  const View outside = ViewOf(outside_);
  ASSERT_OK_AND_ASSIGN(const NodeOrdinal asean, graph_->FindNode(outside, "organizations/asean"));
  ASSERT_OK_AND_ASSIGN(const auto shown, graph_->ReadNode(outside, asean));
  ASSERT_OK_AND_ASSIGN(const auto again, graph_->ReadNode(outside, asean));
  EXPECT_EQ(shown.get(), again.get());
}

TEST_F(CitedSourcesTest, FollowTheMarkingOfTheSourceAtEachRevision) {
  const uint64_t hidden = graph_->LatestRevision();
  const uint64_t shown = Commit({Put(Source(kHidden, ""))});
  ExpectEverywhere(ViewOf(outside_), All());
  const uint64_t again = Commit({Put(Source(kHidden, kRoom))});
  for (int round = 0; round < 2; ++round) {
    ExpectEverywhere(ViewOf(outside_, hidden), {"sources/test"});
    ExpectEverywhere(ViewOf(outside_, shown), All());
    ExpectEverywhere(ViewOf(outside_, again), {"sources/test"});
  }
}

// Whether a source was hidden or public before it was deleted shows in nothing.
TEST_F(CitedSourcesTest, ThatAreDeletedAreAsThoseThatAreHidden) {
  Commit({Delete(kHidden)});
  for (int round = 0; round < 2; ++round) {
    ExpectEverywhere(ViewOf(outside_), {"sources/test"});
    ExpectEverywhere(ViewOf(inside_), {"sources/test"});
    ExpectEverywhere(ViewOf(Clearance::Operator()), All());
    ASSERT_NO_FATAL_FAILURE(Open());
  }
}

TEST_F(CitedSourcesTest, ThatAreErasedAreCitedNoMore) {
  const uint64_t before = graph_->LatestRevision();
  ASSERT_OK_AND_ASSIGN(
      const auto redacted,
      graph_->Redact({.scopes = {{kRoom, graph_->LatestRevision(), ""}}, .reason = "retention"}));
  ASSERT_EQ(redacted.erased, 1u);
  for (const uint64_t revision : {before, redacted.revision}) {
    ExpectEverywhere(ViewOf(outside_, revision), {"sources/test"});
    ExpectEverywhere(ViewOf(inside_, revision), {"sources/test"});
  }
  ExpectInChanges(inside_, {"sources/test"});
}

TEST_F(CitedSourcesTest, AStatementThatCitesNothingElseStays) {
  Edge edge = MakeEdge("KNOWS", "states/IDN", "states/IDN");
  edge.mutable_citations(0)->set_source(kHidden);
  Commit({Put(edge)});
  const View view = ViewOf(outside_);
  const auto edges = EdgesOf(view, *graph_->FindNode(view, "states/IDN"));
  ASSERT_EQ(edges.size(), 2u);
  ASSERT_OK_AND_ASSIGN(const auto records, graph_->ReadEdges(view, edges));
  for (const graph::SharedEdge& record : records) {
    if (record->type() == "KNOWS") {
      EXPECT_THAT(Cited(*record), IsEmpty());
    }
  }
}

TEST_F(CitedSourcesTest, OutlastTheWritingOfThoseWhoDoNotSeeThem) {
  const uint64_t before = graph_->LatestRevision();
  // What was read and is written as it was changes nothing.
  Node node = ReadState(ViewOf(outside_));
  node.clear_etag();
  EXPECT_EQ(Commit({Put(node)}, outside_), before);
  node.set_display_name("Republic of Indonesia");
  Cite(&node, "sources/test", "added");
  EXPECT_GT(Commit({Put(node)}, outside_), before);
  EXPECT_THAT(Cited(ReadState(ViewOf(outside_))), ElementsAre("sources/test", "sources/test"));
  const Node whole = ReadState(ViewOf(inside_));
  EXPECT_EQ(whole.display_name(), "Republic of Indonesia");
  EXPECT_THAT(Cited(whole), ElementsAre(kHidden, "sources/test", kHidden, "sources/test"));
  EXPECT_EQ(whole.citations(0).note(), "first");
  EXPECT_EQ(whole.citations(2).note(), "last");
  // Who sees them may drop them.
  node.mutable_citations()->DeleteSubrange(1, 1);
  Commit({Put(node)}, inside_);
  EXPECT_THAT(Cited(ReadState(ViewOf(inside_))), ElementsAre("sources/test"));
  EXPECT_OK(graph_->Verify());
}

TEST_F(CitedSourcesTest, EdgesKeepThemToo) {
  const View view = ViewOf(outside_);
  const auto edges = EdgesOf(view, *graph_->FindNode(view, "states/IDN"));
  Edge edge = **graph_->ReadEdge(view, edges.at(0));
  edge.clear_etag();
  edge.mutable_citations(0)->set_note("read again");
  Commit({Put(edge)}, outside_);
  ExpectEverywhere(ViewOf(outside_), {"sources/test"});
  ExpectEverywhere(ViewOf(inside_), All());
  EXPECT_OK(graph_->Verify());
}

}  // namespace
}  // namespace attlas::testing
