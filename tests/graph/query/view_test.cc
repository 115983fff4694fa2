#include "graph/snapshot/view.h"

#include <algorithm>
#include <optional>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/snapshot/snapshot_builder.h"
#include "gtest/gtest.h"
#include "tests/graph/query/random_graph.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::EdgeOrdinal;
using graph::EdgeRef;
using graph::NodeOrdinal;
using graph::TypeId;
using graph::TypeSet;
using graph::View;

std::vector<EdgeOrdinal> EdgesOf(const View& view, NodeOrdinal node, graph::v1::Direction direction,
                                 const TypeSet* types) {
  std::vector<EdgeOrdinal> edges;
  view.ForEachEdge(node, direction, types, [&](const EdgeRef& edge) {
    edges.push_back(edge.edge);
    return true;
  });
  return edges;
}

TEST(ViewTest, ShowsTheEdgesThatANaiveFilterShowsInOrder) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    RandomGraph graph(seed, 1 + static_cast<int>(seed % 6), static_cast<int>(seed % 80));
    const graph::ReadRequest request = graph.RandomRequest();
    const std::optional<TypeSet> types = graph.RandomTypes();
    const graph::v1::Direction direction = graph.RandomDirection();
    const View view = graph.MakeView(request);
    for (NodeOrdinal node = 0; node < graph.size(); ++node) {
      ASSERT_EQ(view.Exists(node), graph.Visible(node, request));
      std::vector<std::tuple<bool, TypeId, NodeOrdinal, EdgeOrdinal>> expected;
      for (const bool backward : {false, true}) {
        if (direction ==
            (backward ? graph::v1::DIRECTION_FORWARD : graph::v1::DIRECTION_BACKWARD)) {
          continue;
        }
        for (const PlainStep& step : graph.Steps(
                 node, request,
                 backward ? graph::v1::DIRECTION_BACKWARD : graph::v1::DIRECTION_FORWARD, types)) {
          expected.emplace_back(backward, step.edge->link.type, step.to, step.edge->edge);
        }
      }
      std::sort(expected.begin(), expected.end());
      std::vector<std::tuple<bool, TypeId, NodeOrdinal, EdgeOrdinal>> found;
      view.ForEachEdge(node, direction, types.has_value() ? &*types : nullptr,
                       [&](const EdgeRef& edge) {
                         found.emplace_back(!edge.forward, edge.type, edge.neighbor, edge.edge);
                         return true;
                       });
      ASSERT_EQ(found, expected) << "seed " << seed << " node " << node;
    }
  }
}

// A node of many edges of many types, so that a narrow set of types leaps over long stretches.
class ManyTypesTest : public ::testing::Test {
 protected:
  static constexpr int kTypes = 40;

  ManyTypesTest() {
    graph::SnapshotBuilder builder(nullptr, TestOntology());
    const graph::AccessId access =
        *builder.access_classes().FindOrAdd({}, graph::v1::CONFIDENCE_SEEN);
    builder.PutNode(0, 0, access);
    builder.PutNode(1, 0, access);
    EdgeOrdinal next = 0;
    for (TypeId type = 0; type < kTypes; ++type) {
      // Some types have no edge, some one, some hundreds.
      const uint32_t count = type % 7 == 3 ? 0 : 1 + Below(type % 5 == 0 ? 700 : 3);
      for (uint32_t i = 0; i < count; ++i) {
        types_.push_back(type);
        builder.PutEdge(next++, {.from = 0, .to = 1, .type = type, .access = access});
      }
    }
    snapshot_ = std::move(builder).Build(1);
  }

  uint32_t Below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }

  View Everything() const {
    graph::ReadRequest request;
    request.clearance = graph::Clearance::Operator();
    return {snapshot_, graph::ReadFilter(request, *snapshot_)};
  }

  std::mt19937 random_{3};
  std::vector<TypeId> types_;  // By edge.
  graph::SnapshotPtr snapshot_;
};

TEST_F(ManyTypesTest, ANarrowSetOfTypesFindsAllOfThemAndNoOther) {
  const View view = Everything();
  for (int round = 0; round < 3000; ++round) {
    std::vector<TypeId> wanted;
    for (uint32_t i = Below(6); i > 0; --i) {
      wanted.push_back(static_cast<TypeId>(Below(kTypes + 5)));
    }
    const TypeSet types(wanted);
    std::vector<EdgeOrdinal> expected;
    for (EdgeOrdinal edge = 0; edge < types_.size(); ++edge) {
      if (types.Contains(types_[edge])) expected.push_back(edge);
    }
    ASSERT_EQ(EdgesOf(view, 0, graph::v1::DIRECTION_FORWARD, &types), expected);
    ASSERT_EQ(EdgesOf(view, 1, graph::v1::DIRECTION_BACKWARD, &types), expected);
    ASSERT_TRUE(EdgesOf(view, 1, graph::v1::DIRECTION_FORWARD, &types).empty());
  }
}

TEST_F(ManyTypesTest, StopsWhereItIsTold) {
  int visits = 0;
  Everything().ForEachEdge(0, graph::v1::DIRECTION_EITHER, nullptr,
                           [&](const EdgeRef&) { return ++visits < 5; });
  EXPECT_EQ(visits, 5);
}

TEST_F(ManyTypesTest, KnowsNoEdgesOfANodeThatIsNotThere) {
  EXPECT_TRUE(EdgesOf(Everything(), 2, graph::v1::DIRECTION_EITHER, nullptr).empty());
  EXPECT_TRUE(EdgesOf(Everything(), 1'000'000, graph::v1::DIRECTION_EITHER, nullptr).empty());
}

// Nodes over several groups of pages, few of them marked, as commits mark, open, remove and bring
// them back.
class MarkedNodesTest : public ::testing::Test {
 protected:
  static constexpr NodeOrdinal kNodes = 9000;
  static constexpr NodeOrdinal kLinked = 8000;  // Those after it have no edges and come and go.
  using Markings = std::vector<std::optional<graph::Marking>>;  // By node; none where it is not.

  NodeOrdinal Below(NodeOrdinal limit) { return static_cast<NodeOrdinal>(random_() % limit); }

  graph::Marking RandomMarking() {
    graph::Marking marking;
    marking.set_traffic_light(static_cast<graph::v1::TrafficLight>(1 + Below(5)));
    if (Below(3) == 0) marking.set_space(Below(2) == 0 ? "spaces/a" : "spaces/b");
    return marking;
  }

  void Put(NodeOrdinal node, const graph::Marking& marking, graph::SnapshotBuilder* builder) {
    builder->PutNode(node, 0,
                     *builder->access_classes().FindOrAdd(marking, graph::v1::CONFIDENCE_SEEN));
    markings_[node] = marking;
  }

  void Make() {
    graph::SnapshotBuilder builder(nullptr, TestOntology());
    markings_.resize(kNodes);
    for (NodeOrdinal node = 0; node < kNodes; ++node) {
      Put(node, Below(200) == 0 ? RandomMarking() : graph::Marking(), &builder);
    }
    const graph::AccessId open =
        *builder.access_classes().FindOrAdd({}, graph::v1::CONFIDENCE_SEEN);
    for (EdgeOrdinal edge = 0; edge < 4 * kLinked; ++edge) {
      ends_.emplace_back(edge % kLinked, Below(kLinked));
      builder.PutEdge(edge, {.from = ends_[edge].first, .to = ends_[edge].second, .access = open});
    }
    snapshot_ = std::move(builder).Build(1);
  }

  void ChangeSome() {
    graph::SnapshotBuilder builder(snapshot_, snapshot_->ontology());
    for (int i = 0; i < 30; ++i) {
      Put(Below(kLinked), Below(2) == 0 ? RandomMarking() : graph::Marking(), &builder);
      const NodeOrdinal comes_and_goes = kLinked + Below(kNodes - kLinked);
      if (Below(2) == 0) {
        builder.RemoveNode(comes_and_goes);
        markings_[comes_and_goes].reset();
      } else {
        Put(comes_and_goes, RandomMarking(), &builder);
      }
    }
    snapshot_ = std::move(builder).Build(snapshot_->revision() + 1);
  }

  // Whether each node and edge is seen by just those who may see it.
  void Check(const graph::SnapshotPtr& snapshot, const Markings& markings,
             const graph::Clearance& clearance) const {
    graph::ReadRequest request;
    request.clearance = clearance;
    const View view(snapshot, graph::ReadFilter(request, *snapshot));
    const auto is_seen = [&](NodeOrdinal node) {
      return markings[node].has_value() && graph::CanSee(clearance, *markings[node]);
    };
    std::vector<EdgeOrdinal> expected;
    for (EdgeOrdinal edge = 0; edge < ends_.size(); ++edge) {
      if (is_seen(ends_[edge].first) && is_seen(ends_[edge].second)) expected.push_back(edge);
    }
    for (const auto direction : {graph::v1::DIRECTION_FORWARD, graph::v1::DIRECTION_BACKWARD}) {
      std::vector<EdgeOrdinal> found;
      for (NodeOrdinal node = 0; node < kNodes; ++node) {
        ASSERT_EQ(view.Exists(node), is_seen(node)) << node;
        ASSERT_EQ(view.Hides(node), markings[node].has_value() && !is_seen(node)) << node;
        const std::vector<EdgeOrdinal> edges = EdgesOf(view, node, direction, nullptr);
        found.insert(found.end(), edges.begin(), edges.end());
      }
      std::sort(found.begin(), found.end());
      ASSERT_EQ(found, expected);
    }
  }

  std::mt19937 random_{5};
  Markings markings_;
  std::vector<std::pair<NodeOrdinal, NodeOrdinal>> ends_;  // By edge.
  graph::SnapshotPtr snapshot_;
};

TEST_F(MarkedNodesTest, HidesTheSameInEverySnapshotAfterAnyChange) {
  graph::Clearance in_space;
  in_space.level = graph::v1::TRAFFIC_LIGHT_AMBER;
  in_space.spaces = {"spaces/a"};
  const std::vector<graph::Clearance> clearances = {graph::Clearance(), in_space,
                                                    graph::Clearance::Operator()};
  Make();
  std::vector<std::pair<graph::SnapshotPtr, Markings>> past;
  for (int round = 0; round < 12; ++round) {
    past.emplace_back(snapshot_, markings_);
    ChangeSome();
  }
  past.emplace_back(snapshot_, markings_);
  for (const auto& [snapshot, markings] : past) {
    for (const graph::Clearance& clearance : clearances) Check(snapshot, markings, clearance);
  }
}

TEST_F(MarkedNodesTest, NoNodeIsHiddenFromTheLeastCallerWhereAllAreOpen) {
  graph::SnapshotBuilder builder(nullptr, TestOntology());
  markings_.resize(kNodes);
  for (NodeOrdinal node = 0; node < kNodes; ++node) Put(node, {}, &builder);
  const graph::SnapshotPtr snapshot = std::move(builder).Build(1);
  for (NodeOrdinal node = 0; node < kNodes; ++node) ASSERT_FALSE(snapshot->IsMarked(node));
  Check(snapshot, markings_, graph::Clearance());
}

TEST(TypeSetTest, JoinsNeighboursToRuns) {
  const TypeSet types({5, 1, 2, 2, 3, 9});
  ASSERT_EQ(types.runs().size(), 3u);
  EXPECT_EQ(types.runs()[0].first, 1);
  EXPECT_EQ(types.runs()[0].last, 3);
  EXPECT_EQ(types.runs()[1].first, 5);
  EXPECT_EQ(types.runs()[2].last, 9);
  EXPECT_FALSE(types.Contains(4));
  EXPECT_FALSE(types.Contains(10));
}

}  // namespace
}  // namespace attlas::testing
