#include "graph/query/paths.h"

#include <algorithm>
#include <tuple>

#include "gtest/gtest.h"
#include "tests/graph/query/random_graph.h"

namespace attlas::testing {
namespace {

using graph::Budget;
using graph::NodeOrdinal;
using graph::PathSpec;
using graph::QueryLimits;
using graph::ScoredPath;

struct Search {
  const RandomGraph& graph;
  const graph::ReadRequest& request;
  const PathSpec& spec;
  const std::optional<graph::TypeSet>& types;
};

double CostOf(const PathSpec& spec, const PlainEdge& edge) {
  const double cost = spec.type_costs.empty() ? 1 : spec.type_costs[edge.link.type];
  return cost + spec.confidence_penalty * (graph::v1::CONFIDENCE_SEEN - edge.confidence);
}

// Every simple path, by trying everything.
void Enumerate(const Search& search, ScoredPath& path, std::vector<ScoredPath>& all) {
  const NodeOrdinal here = path.nodes.back();
  if (here == search.spec.to) {
    all.push_back(path);
    return;
  }
  if (static_cast<int>(path.edges.size()) == search.spec.max_hops) return;
  for (const PlainStep& step :
       search.graph.Steps(here, search.request, search.spec.direction, search.types)) {
    if (std::find(path.nodes.begin(), path.nodes.end(), step.to) != path.nodes.end()) continue;
    const auto& avoid = search.spec.avoid_node_types;
    if (step.to != search.spec.to && !avoid.empty() && avoid[search.graph.node(step.to).type]) {
      continue;
    }
    const double cost = CostOf(search.spec, *step.edge);
    path.nodes.push_back(step.to);
    path.edges.push_back(step.edge->edge);
    path.cost += cost;
    Enumerate(search, path, all);
    path.cost -= cost;
    path.nodes.pop_back();
    path.edges.pop_back();
  }
}

std::vector<ScoredPath> Naive(const Search& search) {
  std::vector<ScoredPath> all;
  if (!search.graph.Visible(search.spec.from, search.request) ||
      !search.graph.Visible(search.spec.to, search.request)) {
    return all;
  }
  ScoredPath path{{search.spec.from}, {}, 0};
  Enumerate(search, path, all);
  std::sort(all.begin(), all.end(), [](const ScoredPath& a, const ScoredPath& b) {
    if (std::abs(a.cost - b.cost) > 1e-9) return a.cost < b.cost;
    if (a.edges.size() != b.edges.size()) return a.edges.size() < b.edges.size();
    return a.edges < b.edges;
  });
  return all;
}

PathSpec RandomSpec(RandomGraph& graph, const std::optional<graph::TypeSet>& types) {
  PathSpec spec;
  spec.from = static_cast<NodeOrdinal>(graph.Below(8));
  spec.to = static_cast<NodeOrdinal>(graph.Below(8));
  spec.edge_types = types.has_value() ? &*types : nullptr;
  spec.direction = graph.RandomDirection();
  spec.max_hops = 1 + graph.Below(4);
  if (graph.Below(3) == 0) spec.avoid_node_types = {0, 1, 0, 0};
  return spec;
}

TEST(PathsTest, KBestAgreeWithBruteForce) {
  for (uint32_t seed = 0; seed < 500; ++seed) {
    RandomGraph graph(seed, 8, 8 + static_cast<int>(seed % 18));
    const graph::ReadRequest request = graph.RandomRequest();
    const std::optional<graph::TypeSet> types = graph.RandomTypes();
    PathSpec spec = RandomSpec(graph, types);
    spec.max_paths = 2 + graph.Below(6);
    if (graph.Below(2) == 0) spec.type_costs = {0.5, 2, 1, 1.5};
    if (graph.Below(2) == 0) spec.confidence_penalty = 0.25;
    Budget budget{QueryLimits()};
    const auto found = graph::FindPaths(graph.MakeView(request), spec, budget);
    const auto all = Naive({graph, request, spec, types});
    ASSERT_EQ(found.size(), std::min(all.size(), static_cast<size_t>(spec.max_paths)))
        << "seed " << seed;
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_NEAR(found[i].cost, all[i].cost, 1e-9);
      EXPECT_EQ(found[i].edges, all[i].edges) << "seed " << seed << " path " << i;
      EXPECT_EQ(found[i].nodes, all[i].nodes);
    }
  }
}

TEST(PathsTest, TheShortestIsAsShortAsBruteForceFinds) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    RandomGraph graph(seed, 8, 4 + static_cast<int>(seed % 20));
    const graph::ReadRequest request = graph.RandomRequest();
    const std::optional<graph::TypeSet> types = graph.RandomTypes();
    const PathSpec spec = RandomSpec(graph, types);
    Budget budget{QueryLimits()};
    const auto found = graph::FindPaths(graph.MakeView(request), spec, budget);
    const auto all = Naive({graph, request, spec, types});
    ASSERT_EQ(found.empty(), all.empty()) << "seed " << seed;
    if (all.empty()) continue;
    ASSERT_EQ(found[0].edges.size(), all[0].edges.size()) << "seed " << seed;
    // It is one of the true paths.
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const ScoredPath& path) {
      return path.edges == found[0].edges && path.nodes == found[0].nodes;
    }));
  }
}

}  // namespace
}  // namespace attlas::testing
