#include "graph/query/traverse.h"

#include <algorithm>
#include <map>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/query/random_graph.h"

namespace attlas::testing {
namespace {

using graph::Budget;
using graph::NodeOrdinal;
using graph::QueryLimits;
using graph::TraverseSpec;
using graph::View;
using graph::Visit;

std::map<NodeOrdinal, int> NaiveDepths(const RandomGraph& graph, const graph::ReadRequest& request,
                                       const TraverseSpec& spec,
                                       const std::optional<graph::TypeSet>& types) {
  std::map<NodeOrdinal, int> depths;
  std::vector<NodeOrdinal> frontier;
  for (const NodeOrdinal start : spec.starts) {
    if (graph.Visible(start, request) && depths.emplace(start, 0).second) {
      frontier.push_back(start);
    }
  }
  for (int depth = 1; depth <= spec.max_depth; ++depth) {
    std::vector<NodeOrdinal> next;
    for (const NodeOrdinal node : frontier) {
      for (const PlainStep& step : graph.Steps(node, request, spec.direction, types)) {
        if (depths.emplace(step.to, depth).second) next.push_back(step.to);
      }
    }
    frontier = std::move(next);
  }
  return depths;
}

TEST(TraverseTest, AgreesWithANaiveVisitOnRandomGraphs) {
  for (uint32_t seed = 0; seed < 400; ++seed) {
    RandomGraph graph(seed, 5 + static_cast<int>(seed % 20), static_cast<int>(seed % 60));
    const graph::ReadRequest request = graph.RandomRequest();
    const std::optional<graph::TypeSet> types = graph.RandomTypes();
    TraverseSpec spec;
    spec.starts = {static_cast<NodeOrdinal>(graph.Below(5)),
                   static_cast<NodeOrdinal>(graph.Below(5))};
    spec.edge_types = types.has_value() ? &*types : nullptr;
    spec.direction = graph.RandomDirection();
    spec.max_depth = graph.Below(5);
    TraverseSpec deeper = spec;
    ++deeper.max_depth;
    const auto expected = NaiveDepths(graph, request, spec, types);
    const auto expected_deeper = NaiveDepths(graph, request, deeper, types);
    // A bound that is never reached makes no difference.
    for (const uint32_t fan_out : {0U, 1000U}) {
      std::map<NodeOrdinal, int> found;
      int last = 0;
      Budget budget{QueryLimits{.max_fan_out = fan_out}};
      graph::Traverse(graph.MakeView(request), spec, budget, [&](const Visit& visit) {
        EXPECT_TRUE(found.emplace(visit.node, visit.depth).second);
        EXPECT_GE(visit.depth, last);
        last = visit.depth;
        return true;
      });
      EXPECT_EQ(found, expected) << "seed " << seed;
      // Only the depth can have cut it short, and only where there was more to see.
      EXPECT_EQ(budget.truncated(), expected_deeper.size() > found.size());
    }
  }
}

TEST(TraverseTest, NeighborhoodHoldsEveryVisibleEdgeAmongItsNodes) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    RandomGraph graph(seed, 15, 50);
    const graph::ReadRequest request = graph.RandomRequest();
    TraverseSpec spec;
    spec.starts = {0};
    spec.direction = graph::v1::DIRECTION_EITHER;
    spec.max_depth = 2;
    Budget budget{QueryLimits()};
    const auto found = graph::ExtractNeighborhood(graph.MakeView(request), spec, 1000, budget);
    std::set<NodeOrdinal> inside;
    for (const Visit& visit : found.visits) inside.insert(visit.node);
    std::vector<graph::EdgeOrdinal> expected;
    for (const NodeOrdinal node : inside) {
      for (const PlainStep& step :
           graph.Steps(node, request, graph::v1::DIRECTION_FORWARD, std::nullopt)) {
        if (inside.contains(step.to)) expected.push_back(step.edge->edge);
      }
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found.edges, expected) << "seed " << seed;
  }
}

class BoundTest : public ::testing::Test {
 protected:
  std::vector<graph::v1::Bound> Reached(const QueryLimits& limits) {
    Budget budget(limits);
    TraverseSpec spec;
    spec.starts = {0};
    spec.direction = graph::v1::DIRECTION_EITHER;
    spec.max_depth = 8;
    graph::ReadRequest everything;
    everything.clearance = graph::Clearance::Operator();
    graph::Traverse(graph_.MakeView(everything), spec, budget,
                    [&](const Visit&) { return budget.SpendResult(); });
    cancellation_ = budget.CancellationStatus();
    return budget.reached();
  }

  RandomGraph graph_{1, 3000, 20'000};
  absl::Status cancellation_;
};

TEST_F(BoundTest, ReportsNothingWithinTheLimits) { EXPECT_TRUE(Reached({}).empty()); }

TEST_F(BoundTest, ReportsNodesVisited) {
  EXPECT_EQ(Reached({.max_nodes_visited = 10}), std::vector{graph::v1::BOUND_NODES_VISITED});
}

TEST_F(BoundTest, ReportsResults) {
  EXPECT_EQ(Reached({.max_results = 10}), std::vector{graph::v1::BOUND_RESULTS});
}

TEST_F(BoundTest, ReportsFanOut) {
  EXPECT_THAT(Reached({.max_fan_out = 1}), ::testing::Contains(graph::v1::BOUND_FAN_OUT));
}

TEST_F(BoundTest, ReportsADeadlineThatHasPassed) {
  EXPECT_EQ(Reached({.deadline = absl::InfinitePast()}), std::vector{graph::v1::BOUND_DEADLINE});
}

TEST_F(BoundTest, StopsWhenTheCallerGoesAway) {
  EXPECT_TRUE(Reached({.cancelled = [] { return true; }}).empty());
  EXPECT_EQ(cancellation_.code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace attlas::testing
