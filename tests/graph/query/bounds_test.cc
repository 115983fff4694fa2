// Each bound of each query is reported when it is reached, and what is found is true none the less.
#include <algorithm>
#include <memory>
#include <set>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "graph/query/paths.h"
#include "graph/query/pattern.h"
#include "graph/query/traverse.h"
#include "gtest/gtest.h"
#include "tests/graph/query/random_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Budget;
using graph::EdgeOrdinal;
using graph::NodeOrdinal;
using graph::QueryLimits;
using graph::v1::Bound;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

graph::ReadRequest Everything() {
  graph::ReadRequest request;
  request.clearance = graph::Clearance::Operator();
  return request;
}

graph::CompiledPattern AnywherePattern(int hops) {
  graph::CompiledPattern pattern;
  pattern.hops.resize(static_cast<size_t>(hops));
  for (graph::CompiledHop& hop : pattern.hops) hop.direction = graph::v1::DIRECTION_EITHER;
  return pattern;
}

TEST(BudgetTest, RefusesEverythingOnceItIsSpent) {
  Budget budget({.max_nodes_visited = 2});
  EXPECT_TRUE(budget.SpendNode() && budget.SpendNode());
  EXPECT_FALSE(budget.SpendNode());
  EXPECT_TRUE(budget.exhausted());
  EXPECT_FALSE(budget.SpendNode());
  EXPECT_FALSE(budget.SpendEdge());
  EXPECT_FALSE(budget.SpendEdges(0));
  EXPECT_FALSE(budget.SpendResult());
  EXPECT_THAT(budget.reached(), ElementsAre(graph::v1::BOUND_NODES_VISITED));
  EXPECT_OK(budget.CancellationStatus());
}

TEST(BudgetTest, LooksAtTheCallerEveryFewThousandEdges) {
  int looks = 0;
  Budget budget({.cancelled = [&] { return ++looks == 4; }});
  int edges = 0;
  while (budget.SpendEdge()) ++edges;
  EXPECT_GT(edges, 10'000);
  EXPECT_LT(edges, 15'000);
  EXPECT_FALSE(budget.truncated());
  EXPECT_THAT(budget.CancellationStatus(), StatusIs(absl::StatusCode::kCancelled));
}

TEST(BudgetTest, SeesADeadlinePassWhileItWorks) {
  Budget budget({.deadline = absl::Now() + absl::Milliseconds(5)});
  while (budget.SpendEdges(1000)) {
  }
  EXPECT_THAT(budget.reached(), ElementsAre(graph::v1::BOUND_DEADLINE));
}

TEST(BudgetTest, ReportsEachBoundOnceInTheirOrder) {
  Budget budget{QueryLimits()};
  for (const Bound bound : {graph::v1::BOUND_RESULTS, graph::v1::BOUND_DEPTH,
                            graph::v1::BOUND_RESULTS, graph::v1::BOUND_FAN_OUT}) {
    budget.Reach(bound);
  }
  EXPECT_THAT(budget.reached(), ElementsAre(graph::v1::BOUND_DEPTH, graph::v1::BOUND_FAN_OUT,
                                            graph::v1::BOUND_RESULTS));
  EXPECT_TRUE(budget.truncated());
  EXPECT_FALSE(budget.exhausted());
}

class DenseGraphTest : public ::testing::Test {
 protected:
  graph::View view() const { return graph_.MakeView(Everything()); }

  RandomGraph graph_{5, 400, 6000};
  PlainRecords records_;
};

TEST_F(DenseGraphTest, NeighborhoodKeepsTheWayToEveryNodeWhenItIsCut) {
  graph::TraverseSpec spec;
  spec.starts = {0};
  spec.direction = graph::v1::DIRECTION_EITHER;
  spec.max_depth = 8;
  for (uint64_t nodes = 1; nodes < 60; ++nodes) {
    for (const bool by_results : {false, true}) {
      Budget budget({.max_nodes_visited = by_results ? 1'000'000 : nodes, .max_fan_out = 3});
      const auto found =
          graph::ExtractNeighborhood(view(), spec, by_results ? nodes : 1000, budget);
      ASSERT_EQ(found.visits.size(), nodes);
      EXPECT_THAT(budget.reached(),
                  Contains(by_results ? graph::v1::BOUND_RESULTS : graph::v1::BOUND_NODES_VISITED));
      std::set<NodeOrdinal> inside;
      for (const graph::Visit& visit : found.visits) inside.insert(visit.node);
      for (const graph::Visit& visit : found.visits) {
        EXPECT_EQ(visit.via() == graph::kNoEdge, visit.depth == 0);
        EXPECT_TRUE(visit.depth == 0 ||
                    std::binary_search(found.edges.begin(), found.edges.end(), visit.via()));
      }
      for (const EdgeOrdinal edge : found.edges) {
        EXPECT_TRUE(inside.contains(graph_.edges()[edge].link.from) &&
                    inside.contains(graph_.edges()[edge].link.to));
      }
    }
  }
}

TEST_F(DenseGraphTest, FanOutFollowsTheFirstEdgesOfEachNode) {
  graph::TraverseSpec spec;
  spec.starts = {0};
  spec.direction = graph::v1::DIRECTION_EITHER;
  Budget budget({.max_fan_out = 2});
  std::vector<EdgeOrdinal> via;
  graph::Traverse(view(), spec, budget, [&](const graph::Visit& visit) {
    if (visit.depth == 1) via.push_back(visit.via());
    return true;
  });
  EXPECT_LE(via.size(), 2u);
  EXPECT_THAT(budget.reached(), Contains(graph::v1::BOUND_FAN_OUT));
}

// Runs both modes of a pattern; the bounds that each reaches.
std::pair<std::vector<Bound>, std::vector<Bound>> Match(const graph::View& view,
                                                        const graph::RecordSource& records,
                                                        const QueryLimits& limits) {
  const graph::CompiledPattern pattern = AnywherePattern(2);
  Budget paths(limits);
  EXPECT_OK(graph::MatchPaths(view, records, pattern, paths,
                              [](const graph::MatchedPath&) { return true; }));
  Budget subgraph(limits);
  EXPECT_OK(graph::MatchSubgraph(view, records, pattern, subgraph));
  return {paths.reached(), subgraph.reached()};
}

TEST_F(DenseGraphTest, PatternsReportEachBound) {
  const auto match = [this](const QueryLimits& limits) { return Match(view(), records_, limits); };
  QueryLimits limits;
  limits.max_results = 10'000'000;
  limits.max_nodes_visited = 10'000'000;
  EXPECT_EQ(match(limits), (std::pair<std::vector<Bound>, std::vector<Bound>>()));
  QueryLimits few_results = limits;
  few_results.max_results = 100;
  EXPECT_THAT(match(few_results).first, ElementsAre(graph::v1::BOUND_RESULTS));
  QueryLimits few_nodes = limits;
  few_nodes.max_nodes_visited = 450;
  EXPECT_THAT(match(few_nodes).first, ElementsAre(graph::v1::BOUND_NODES_VISITED));
  EXPECT_THAT(match(few_nodes).second, ElementsAre(graph::v1::BOUND_NODES_VISITED));
  QueryLimits narrow = limits;
  narrow.max_fan_out = 2;
  EXPECT_THAT(match(narrow).first, ElementsAre(graph::v1::BOUND_FAN_OUT));
  EXPECT_THAT(match(narrow).second, ElementsAre(graph::v1::BOUND_FAN_OUT));
  QueryLimits late = limits;
  late.deadline = absl::InfinitePast();
  EXPECT_THAT(match(late).first, ElementsAre(graph::v1::BOUND_DEADLINE));
  EXPECT_THAT(match(late).second, ElementsAre(graph::v1::BOUND_DEADLINE));
}

TEST_F(DenseGraphTest, PatternsStopWhenTheCallerGoesAway) {
  const QueryLimits limits{.cancelled = [] { return true; }};
  const graph::CompiledPattern pattern = AnywherePattern(2);
  Budget paths(limits);
  int taken = 0;
  EXPECT_THAT(graph::MatchPaths(view(), records_, pattern, paths,
                                [&](const graph::MatchedPath&) { return ++taken > 0; }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(taken, 0);
  Budget subgraph(limits);
  EXPECT_THAT(graph::MatchSubgraph(view(), records_, pattern, subgraph),
              StatusIs(absl::StatusCode::kCancelled));
}

// A chain 0 -> 1 -> … -> 9 and a dear way round from 0 to 9.
class ChainTest : public ::testing::Test {
 protected:
  ChainTest() {
    graph::SnapshotBuilder builder(nullptr, TestOntology());
    const auto access = *builder.access_classes().FindOrAdd({}, graph::v1::CONFIDENCE_SEEN);
    for (NodeOrdinal node = 0; node < 11; ++node) builder.PutNode(node, 0, access);
    for (NodeOrdinal node = 0; node < 9; ++node) {
      builder.PutEdge(node, {.from = node, .to = node + 1, .type = 0, .access = access});
    }
    builder.PutEdge(9, {.from = 0, .to = 10, .type = 1, .access = access});
    builder.PutEdge(10, {.from = 10, .to = 9, .type = 1, .access = access});
    snapshot_ = std::move(builder).Build(1);
    spec_.from = 0;
    spec_.to = 9;
    spec_.direction = graph::v1::DIRECTION_FORWARD;
  }

  std::vector<graph::ScoredPath> Find(const QueryLimits& limits = {}) {
    Budget budget(limits);
    auto paths =
        graph::FindPaths({snapshot_, graph::ReadFilter(Everything(), *snapshot_)}, spec_, budget);
    reached_ = budget.reached();
    cancellation_ = budget.CancellationStatus();
    return paths;
  }

  graph::SnapshotPtr snapshot_;
  graph::PathSpec spec_;
  std::vector<Bound> reached_;
  absl::Status cancellation_;
};

TEST_F(ChainTest, APathTooLongIsReportedAsDepth) {
  for (const int max_paths : {1, 3}) {
    spec_.to = 8;
    spec_.max_paths = max_paths;
    spec_.max_hops = 7;
    EXPECT_THAT(Find(), IsEmpty());
    EXPECT_THAT(reached_, ElementsAre(graph::v1::BOUND_DEPTH));
    spec_.max_hops = 8;
    EXPECT_EQ(Find().size(), 1u);
  }
}

TEST_F(ChainTest, ACheaperPathThatIsTooLongIsReportedAsDepth) {
  spec_.type_costs = {1, 20, 1, 1};
  spec_.max_hops = 8;
  ASSERT_EQ(Find().size(), 1u);
  EXPECT_EQ(Find()[0].edges, (std::vector<EdgeOrdinal>{9, 10}));
  EXPECT_THAT(reached_, ElementsAre(graph::v1::BOUND_DEPTH));
  spec_.max_hops = 9;
  EXPECT_EQ(Find()[0].cost, 9);
  EXPECT_THAT(reached_, IsEmpty());
}

TEST_F(ChainTest, ReportsNodesDeadlineAndCancellation) {
  for (const int max_paths : {1, 3}) {
    spec_.max_paths = max_paths;
    spec_.max_hops = 9;
    EXPECT_THAT(Find({.max_nodes_visited = 1}), IsEmpty());
    EXPECT_THAT(reached_, ElementsAre(graph::v1::BOUND_NODES_VISITED));
    Find({.deadline = absl::InfinitePast()});
    EXPECT_THAT(reached_, ElementsAre(graph::v1::BOUND_DEADLINE));
    Find({.max_fan_out = 1});
    EXPECT_THAT(reached_, Contains(graph::v1::BOUND_FAN_OUT));
    Find({.cancelled = [] { return true; }});
    EXPECT_THAT(cancellation_, StatusIs(absl::StatusCode::kCancelled));
  }
}

TEST_F(ChainTest, CostsThatDifferByRoundingAloneAreEqual) {
  // 9 times 0.1 is not 0.9 in binary, so that the order would hang on the rounding.
  spec_.type_costs = {0.1, 0.45, 1, 1};
  spec_.max_hops = 9;
  spec_.max_paths = 2;
  const auto found = Find();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].edges.size(), 2u);
}

TEST_F(ChainTest, FromANodeToItselfIsAPathOfNoHops) {
  spec_.to = 0;
  const auto found = Find();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].nodes, ElementsAre(0u));
  spec_.to = 99;
  EXPECT_THAT(Find(), IsEmpty());
}

}  // namespace
}  // namespace attlas::testing
