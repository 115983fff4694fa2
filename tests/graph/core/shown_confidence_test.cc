// A statement is as sure as the sources that a caller sees, wherever confidence is asked about: the
// same as in a graph in which what is hidden was never said.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "graph/query/budget.h"
#include "graph/query/paths.h"
#include "gtest/gtest.h"
#include "tests/testing/mutations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::Confidence;
using graph::Edge;
using graph::Graph;
using graph::Node;
using graph::View;
using graph::v1::Mutation;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kRoom[] = "spaces/room";
constexpr char kHidden[] = "sources/hidden";
const Clearance kOutsider{graph::v1::TRAFFIC_LIGHT_CLEAR, {}, false};
const Clearance kMember{graph::v1::TRAFFIC_LIGHT_CLEAR, {kRoom}, false};

Node HiddenSource(const std::string& space = kRoom) {
  Node source = MakeNode(kHidden, "Hidden");
  source.mutable_marking()->set_space(space);
  return source;
}

// An edge from Indonesia that cites the hidden source as seen, and another source as sure as given.
Edge Citing(const std::string& to, std::optional<Confidence> other) {
  Edge edge = MakeEdge("KNOWS", "states/IDN", to);
  edge.clear_citations();
  const auto cite = [&](const char* source, Confidence confidence) {
    graph::Citation* const citation = edge.add_citations();
    citation->set_source(source);
    citation->set_confidence(confidence);
  };
  cite(kHidden, graph::v1::CONFIDENCE_SEEN);
  if (other.has_value()) cite("sources/test", *other);
  return edge;
}

class ShownConfidenceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(
        graph_, Graph::Open({.path = directory_.file("store"), .ontology = TestOntology()}));
    Commit({Put(MakeNode("sources/test")), Put(MakeNode("states/IDN")),
            Put(MakeNode("instruments/recalled")), Put(MakeNode("instruments/alone")),
            Put(MakeNode("instruments/sure")), Put(HiddenSource()),
            Put(Citing("instruments/recalled", graph::v1::CONFIDENCE_RECALLED)),
            Put(Citing("instruments/alone", std::nullopt)),
            Put(MakeEdge("KNOWS", "states/IDN", "instruments/sure"))});
  }
  uint64_t Commit(std::vector<Mutation> mutations) {
    const auto output = graph_->Commit({.mutations = std::move(mutations)});
    EXPECT_OK(output);
    return output.ok() ? output->revision : 0;
  }
  View Read(const Clearance& clearance, Confidence min_confidence, uint64_t revision = 0) const {
    graph::v1::ReadOptions read;
    read.set_min_confidence(min_confidence);
    if (revision != 0) read.set_at_revision(graph_->RevisionToken(revision));
    return *graph_->Read(read, clearance);
  }
  // The instruments to which an edge of this confidence leads.
  std::vector<std::string> Known(const View& view) const {
    std::vector<std::string> known;
    view.ForEachEdge(*graph_->FindNode(view, "states/IDN"), graph::v1::DIRECTION_FORWARD, nullptr,
                     [&](const graph::EdgeRef& edge) {
                       known.push_back((*graph_->ReadNode(view, edge.neighbor))->name());
                       return true;
                     });
    return known;
  }
  // The cost of the way to an instrument where each grade below `seen` costs 1.
  double CostTo(const std::string& instrument, const Clearance& clearance) const {
    const View view =
        *graph_->WithShownConfidences(Read(clearance, graph::v1::CONFIDENCE_UNSPECIFIED));
    graph::PathSpec spec;
    spec.from = *graph_->FindNode(view, "states/IDN");
    spec.to = *graph_->FindNode(view, instrument);
    spec.confidence_penalty = 1;
    graph::Budget budget({});
    const auto paths = graph::FindPaths(view, spec, budget);
    EXPECT_EQ(paths.size(), 1u);
    return paths.empty() ? 0 : paths[0].cost;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Graph> graph_;
};

TEST_F(ShownConfidenceTest, AHiddenSourceMakesNoEdgeSurer) {
  const View surest = Read(kOutsider, graph::v1::CONFIDENCE_SEEN);
  EXPECT_THAT(Known(surest), ElementsAre("instruments/sure"));
  EXPECT_THAT(Known(Read(kOutsider, graph::v1::CONFIDENCE_RECALLED)),
              ElementsAre("instruments/recalled", "instruments/sure"));
  // An edge that shows no source is unverified.
  for (const Confidence confidence :
       {graph::v1::CONFIDENCE_UNSPECIFIED, graph::v1::CONFIDENCE_UNVERIFIED}) {
    EXPECT_EQ(Known(Read(kOutsider, confidence)).size(), 3u);
  }
  for (const Clearance& clearance : {kMember, Clearance::Operator()}) {
    EXPECT_EQ(Known(Read(clearance, graph::v1::CONFIDENCE_SEEN)).size(), 3u);
  }
}

TEST_F(ShownConfidenceTest, PathsCostWhatTheShownSourcesCost) {
  EXPECT_DOUBLE_EQ(CostTo("instruments/sure", kOutsider), 1);
  EXPECT_DOUBLE_EQ(CostTo("instruments/recalled", kOutsider), 3);
  EXPECT_DOUBLE_EQ(CostTo("instruments/alone", kOutsider), 4);
  for (const char* instrument : {"instruments/recalled", "instruments/alone"}) {
    EXPECT_DOUBLE_EQ(CostTo(instrument, kMember), 1);
    EXPECT_DOUBLE_EQ(CostTo(instrument, Clearance::Operator()), 1);
  }
}

TEST_F(ShownConfidenceTest, FindsNoEdgeByNameThatIsNotSureEnough) {
  const View all = Read(kMember, graph::v1::CONFIDENCE_SEEN);
  const View few = Read(kOutsider, graph::v1::CONFIDENCE_SEEN);
  size_t hidden = 0;
  all.ForEachEdge(*graph_->FindNode(all, "states/IDN"), graph::v1::DIRECTION_FORWARD, nullptr,
                  [&](const graph::EdgeRef& edge) {
                    const std::string name = (*graph_->ReadEdge(all, edge.edge))->name();
                    hidden += graph_->FindEdge(few, name).ok() ? 0 : 1;
                    return true;
                  });
  EXPECT_EQ(hidden, 2u);
}

TEST_F(ShownConfidenceTest, FollowsTheSourceInAndOutOfSight) {
  const uint64_t hidden = graph_->LatestRevision();
  const auto surest = [&](uint64_t revision) {
    return Known(Read(kOutsider, graph::v1::CONFIDENCE_SEEN, revision)).size();
  };
  EXPECT_EQ(surest(0), 1u);
  const uint64_t shown = Commit({Put(HiddenSource(""))});
  EXPECT_EQ(surest(0), 3u);
  const uint64_t deleted = Commit({Delete(kHidden)});
  EXPECT_EQ(surest(0), 1u);
  EXPECT_EQ(Known(Read(kMember, graph::v1::CONFIDENCE_SEEN)).size(), 1u);
  // Past revisions as they were, in any order.
  EXPECT_EQ(surest(shown), 3u);
  EXPECT_EQ(surest(hidden), 1u);
  EXPECT_EQ(surest(deleted), 1u);
  EXPECT_EQ(surest(shown), 3u);
}

TEST_F(ShownConfidenceTest, ListsWhatCitesASourceBySourcesThatAreShown) {
  const auto citing = [&](const Clearance& clearance, Confidence confidence) {
    const View view = Read(clearance, confidence);
    return graph_->CitingEdges(view, *graph_->FindNode(view, "sources/test"), 0)->found.size();
  };
  EXPECT_EQ(citing(kOutsider, graph::v1::CONFIDENCE_RECALLED), 2u);
  EXPECT_EQ(citing(kOutsider, graph::v1::CONFIDENCE_STRUCTURE_SEEN), 1u);
  EXPECT_EQ(citing(kMember, graph::v1::CONFIDENCE_SEEN), 2u);
}

TEST_F(ShownConfidenceTest, ARedactionLeavesNothingKept) {
  const uint64_t before = graph_->LatestRevision();
  EXPECT_EQ(Known(Read(kOutsider, graph::v1::CONFIDENCE_RECALLED, before)).size(), 2u);
  ASSERT_OK(graph_->Redact({.scopes = {{.space = kRoom, .through_revision = before}}}));
  for (const Clearance& clearance : {kOutsider, Clearance::Operator()}) {
    EXPECT_EQ(Known(Read(clearance, graph::v1::CONFIDENCE_RECALLED, before)).size(), 2u);
    EXPECT_EQ(Known(Read(clearance, graph::v1::CONFIDENCE_SEEN, before)).size(), 1u);
  }
}

}  // namespace
}  // namespace attlas::testing
