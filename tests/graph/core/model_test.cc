// Random operations on the real graph and on the reference model, compared after every step: every
// node and edge, through every kind of filter, at the latest and at past revisions, across reopen.
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "google/protobuf/util/message_differencer.h"
#include "graph/graph.h"
#include "graph/model/name.h"
#include "gtest/gtest.h"
#include "tests/graph/core/reference_model.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temporary_directory.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Clearance;
using graph::Edge;
using graph::EdgeRef;
using graph::Graph;
using graph::Node;
using graph::NodeOrdinal;
using graph::View;
using graph::v1::Mutation;

constexpr int kNames = 12;

class RandomOperations {
 public:
  explicit RandomOperations(uint32_t seed) : random_(seed) {}

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  std::string NodeName() {
    const int n = Below(kNames);
    if (n < 6) return std::string("states/AA") + static_cast<char>('A' + n);
    if (n < 10) return "instruments/i" + std::to_string(n);
    return "organizations/o" + std::to_string(n);
  }

  std::string SourceName() { return "sources/s" + std::to_string(Below(3)); }
  std::string NodeOrSourceName() { return Below(5) == 0 ? SourceName() : NodeName(); }

  template <typename Entity>
  void Decorate(Entity* entity) {
    entity->mutable_marking()->set_traffic_light(
        static_cast<graph::v1::TrafficLight>(1 + Below(5)));
    if (Below(4) == 0) {
      entity->mutable_marking()->set_space(Below(2) == 0 ? "spaces/a" : "spaces/b");
    }
    if (entity->citations().empty()) return;
    // Some cite further sources, one of them perhaps twice, before or after the one that stays.
    for (int more = Below(3); more > 0; --more) {
      graph::Citation* citation = entity->add_citations();
      citation->set_source(SourceName());
      citation->set_note("note " + std::to_string(Below(3)));
    }
    if (Below(2) == 0) {
      entity->mutable_citations()->SwapElements(0, entity->citations_size() - 1);
    }
    for (graph::Citation& citation : *entity->mutable_citations()) {
      citation.set_confidence(static_cast<graph::v1::Confidence>(1 + Below(4)));
    }
  }

  Node RandomNode() {
    Node node = MakeNode(NodeOrSourceName(), "version " + std::to_string(Below(4)));
    Decorate(&node);
    return node;
  }

  std::string Year() { return std::to_string(2000 + Below(20)); }

  Edge RandomEdge() {
    Edge edge = MakeEdge("KNOWS", NodeName(), NodeName(), std::to_string(Below(2)));
    Decorate(&edge);
    const int from = 2000 + Below(20);
    if (Below(3) != 0) edge.mutable_valid_from()->set_year(from);
    if (Below(3) == 0) edge.mutable_valid_to()->set_year(from + 1 + Below(10));
    return edge;
  }

  std::string EdgeName() {
    return graph::DeriveEdgeName("KNOWS", NodeName(), NodeName(), std::to_string(Below(2)));
  }

  Mutation RandomMutation() {
    Mutation mutation;
    switch (Below(12)) {
      case 0:
        *mutation.mutable_create_node() = RandomNode();
        break;
      case 1:
        *mutation.mutable_update_node() = RandomNode();
        break;
      case 2:
        mutation.set_delete_node(NodeOrSourceName());
        break;
      case 3:
        *mutation.mutable_create_edge() = RandomEdge();
        break;
      case 4:
        *mutation.mutable_update_edge() = RandomEdge();
        break;
      case 5:
      case 6:
        mutation.set_delete_edge(EdgeName());
        break;
      case 7:
      case 8:
        *mutation.mutable_put_node() = RandomNode();
        break;
      default:
        *mutation.mutable_put_edge() = RandomEdge();
    }
    return mutation;
  }

  Clearance RandomClearance() {
    Clearance clearance;
    clearance.level = static_cast<graph::v1::TrafficLight>(1 + Below(5));
    if (Below(2) == 0) clearance.spaces.emplace_back("spaces/a");
    if (Below(2) == 0) clearance.spaces.emplace_back("spaces/b");
    if (Below(4) == 0) return Clearance::Operator();
    return clearance;
  }

 private:
  std::mt19937 random_;
};

// The source that is always there and in sight, and those that come and go.
std::vector<Mutation> Sources() {
  std::vector<Mutation> sources;
  for (const char* const name : {"sources/test", "sources/s0", "sources/s1", "sources/s2"}) {
    *sources.emplace_back().mutable_create_node() = MakeNode(name);
  }
  return sources;
}

// All edges that a view shows, found from their starts and again from their ends.
void ExpectSameEdges(const Graph& graph, const View& view, const ReferenceState& state,
                     const std::vector<std::string>& expected) {
  for (const auto direction : {graph::v1::DIRECTION_FORWARD, graph::v1::DIRECTION_BACKWARD}) {
    std::vector<std::string> found;
    for (NodeOrdinal node = 0; node < view.node_limit(); ++node) {
      view.ForEachEdge(node, direction, nullptr, [&](const EdgeRef& edge) {
        const auto record = graph.ReadEdge(view, edge.edge);
        EXPECT_OK(record.status());
        if (!record.ok()) return true;
        Edge bare = **record;
        bare.clear_etag();
        EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
            bare, ReferenceModel::Shown(state.edges.at(bare.name()), state,
                                        view.filter().request().clearance)));
        found.push_back(bare.name());
        return true;
      });
    }
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, expected);
  }
}

void ExpectSame(const Graph& graph, uint64_t revision, const ReferenceState& state,
                RandomOperations& random) {
  const Clearance clearance = random.RandomClearance();
  graph::v1::ReadOptions read;
  read.set_at_revision(graph.RevisionToken(revision));
  if (random.Below(2) == 0) read.mutable_as_of()->set_year(2000 + random.Below(25));
  read.set_min_confidence(static_cast<graph::v1::Confidence>(random.Below(5)));
  ASSERT_OK_AND_ASSIGN(const View view, graph.Read(read, clearance));
  ASSERT_EQ(view.revision(), revision);
  std::vector<std::string> nodes;
  for (NodeOrdinal node = 0; node < view.node_limit(); ++node) {
    if (!view.Exists(node)) continue;
    ASSERT_OK_AND_ASSIGN(const graph::SharedNode shared, graph.ReadNode(view, node));
    Node record = *shared;
    nodes.push_back(record.name());
    record.clear_etag();
    ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
        record, ReferenceModel::Shown(state.nodes.at(record.name()), state, clearance)));
    ASSERT_OK_AND_ASSIGN(const NodeOrdinal found, graph.FindNode(view, record.name()));
    ASSERT_EQ(found, node);
  }
  std::sort(nodes.begin(), nodes.end());
  ASSERT_EQ(nodes, ReferenceModel::VisibleNodes(state, clearance));
  const std::vector<std::string> edges = ReferenceModel::VisibleEdges(
      state, clearance,
      read.has_as_of() ? std::optional<graph::v1::Date>(read.as_of()) : std::nullopt,
      read.min_confidence());
  ExpectSameEdges(graph, view, state, edges);
}

// What a change says is what its revision showed.
void ExpectShown(const graph::v1::Change& change, const ReferenceState& state,
                 const Clearance& clearance) {
  using google::protobuf::util::MessageDifferencer;
  if (change.has_node()) {
    Node node = change.node();
    node.clear_etag();
    EXPECT_TRUE(MessageDifferencer::Equals(
        node, ReferenceModel::Shown(state.nodes.at(change.name()), state, clearance)));
  } else {
    Edge edge = change.edge();
    edge.clear_etag();
    EXPECT_TRUE(MessageDifferencer::Equals(
        edge, ReferenceModel::Shown(state.edges.at(change.name()), state, clearance)));
  }
}

class ModelTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  // Every second seed writes its larger commits as files.
  static size_t BulkMutations() { return GetParam() % 2 == 1 ? 1 : 10'000; }

  void Open() {
    graph_.reset();
    ASSERT_OK_AND_ASSIGN(graph_, Graph::Open({.path = directory_.file("store"),
                                              .ontology = TestOntology(),
                                              .bulk_mutations = BulkMutations(),
                                              .past_snapshots = 3}));
  }

  // Commits to both and compares what came of it.
  void Step(std::vector<Mutation> mutations) {
    const std::optional<ReferenceState> expected = model_.Try(mutations);
    const auto output = graph_->Commit({.mutations = mutations, .reason = "step"});
    ASSERT_EQ(output.ok(), expected.has_value()) << output.status();
    if (output.ok() && output->revision > model_.revision()) {
      ASSERT_EQ(output->revision, model_.revision() + 1);
      model_.Push(*expected);
    }
    ASSERT_EQ(graph_->LatestRevision(), model_.revision());
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Graph> graph_;
  ReferenceModel model_;
};

TEST_P(ModelTest, AgreesAfterEveryStep) {
  RandomOperations random(GetParam());
  Open();
  Step(Sources());
  for (int step = 0; step < 150 && !HasFatalFailure(); ++step) {
    std::vector<Mutation> mutations(static_cast<size_t>(1 + random.Below(4)));
    for (Mutation& mutation : mutations) mutation = random.RandomMutation();
    Step(mutations);
    ExpectSame(*graph_, model_.revision(), model_.latest(), random);
    const auto past = static_cast<size_t>(random.Below(static_cast<int>(model_.revision()) + 1));
    ExpectSame(*graph_, past, model_.at(past), random);
    if (random.Below(25) == 0) Open();
  }
  EXPECT_OK(graph_->Verify());
}

// Replaying the changes of every revision, as one caller sees them, ends in what that caller sees.
TEST_P(ModelTest, ChangesAddUpToTheViewForEveryClearance) {
  RandomOperations random(GetParam() + 1000);
  Open();
  Step(Sources());
  for (int step = 0; step < 80 && !HasFatalFailure(); ++step) {
    std::vector<Mutation> mutations(static_cast<size_t>(1 + random.Below(3)));
    for (Mutation& mutation : mutations) mutation = random.RandomMutation();
    Step(mutations);
  }
  for (int i = 0; i < 6; ++i) {
    const Clearance clearance = random.RandomClearance();
    std::map<std::string, graph::v1::Change> seen;
    for (uint64_t revision = 1; revision <= model_.revision(); ++revision) {
      ASSERT_OK_AND_ASSIGN(const auto changes, graph_->ChangesAt(revision, clearance));
      for (const auto& change : changes) {
        if (change.kind() == graph::v1::CHANGE_KIND_DELETED) {
          EXPECT_EQ(seen.erase(change.name()), 1u) << change.name() << " at " << revision;
        } else {
          EXPECT_EQ(seen.contains(change.name()), change.kind() == graph::v1::CHANGE_KIND_UPDATED);
          seen[change.name()] = change;
          ExpectShown(change, model_.at(revision), clearance);
        }
      }
      std::vector<std::string> nodes, edges;
      for (const auto& [name, change] : seen) {
        (change.has_node() ? nodes : edges).push_back(name);
      }
      const ReferenceState& state = model_.at(revision);
      ASSERT_EQ(nodes, ReferenceModel::VisibleNodes(state, clearance));
      ASSERT_EQ(edges, ReferenceModel::VisibleEdges(state, clearance, std::nullopt,
                                                    graph::v1::CONFIDENCE_UNSPECIFIED));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelTest, ::testing::Range(0u, 8u));

}  // namespace
}  // namespace attlas::testing
