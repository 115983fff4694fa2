#include "graph/query/pattern.h"

#include <algorithm>
#include <functional>
#include <set>

#include "graph/base/error.h"
#include "gtest/gtest.h"
#include "tests/graph/query/random_graph.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_ontology.h"

namespace attlas::testing {
namespace {

using graph::Budget;
using graph::CompiledHop;
using graph::CompiledPattern;
using graph::CompiledSelector;
using graph::EdgeOrdinal;
using graph::MatchedPath;
using graph::NodeOrdinal;
using graph::QueryLimits;
using ::testing::HasSubstr;

CompiledSelector RandomSelector(RandomGraph& graph) {
  CompiledSelector selector;
  selector.type_mask.assign(4, 0);
  if (graph.Below(2) == 0) {
    selector.any_type = false;
    for (uint8_t& bit : selector.type_mask) bit = static_cast<uint8_t>(graph.Below(2));
  }
  return selector;
}

CompiledPattern RandomPattern(RandomGraph& graph) {
  CompiledPattern pattern;
  pattern.start = RandomSelector(graph);
  if (graph.Below(2) == 0) {
    pattern.start.any_node = false;
    pattern.start.nodes = {0, 2};
  }
  for (int hops = graph.Below(3); hops >= 0; --hops) {
    CompiledHop hop;
    hop.edge_types = graph.RandomTypes();
    hop.direction = graph.RandomDirection();
    hop.to = RandomSelector(graph);
    hop.min_repeats = 1 + graph.Below(2);
    hop.max_repeats = hop.min_repeats + graph.Below(2);
    pattern.hops.push_back(std::move(hop));
  }
  return pattern;
}

class Naive {
 public:
  Naive(const RandomGraph& graph, const graph::ReadRequest& request, const CompiledPattern& pattern,
        bool simple)
      : graph_(graph), request_(request), pattern_(pattern), simple_(simple) {
    for (NodeOrdinal node = 0; node < graph.size(); ++node) {
      if (!graph.Visible(node, request) || !Meets(pattern.start, node)) continue;
      path_.nodes = {node};
      Extend(0, 0);
    }
  }

  const std::vector<MatchedPath>& paths() const { return paths_; }

 private:
  bool Meets(const CompiledSelector& selector, NodeOrdinal node) const {
    if (!selector.any_type && !selector.type_mask[graph_.node(node).type]) return false;
    return selector.any_node ||
           std::find(selector.nodes.begin(), selector.nodes.end(), node) != selector.nodes.end();
  }

  void Extend(size_t index, int repeats) {
    if (index == pattern_.hops.size()) {
      paths_.push_back(path_);
      return;
    }
    const CompiledHop& hop = pattern_.hops[index];
    if (repeats >= hop.min_repeats) Extend(index + 1, 0);
    if (repeats == hop.max_repeats) return;
    for (const PlainStep& step :
         graph_.Steps(path_.nodes.back(), request_, hop.direction, hop.edge_types)) {
      if (!Meets(hop.to, step.to)) continue;
      if (simple_ &&
          std::find(path_.nodes.begin(), path_.nodes.end(), step.to) != path_.nodes.end()) {
        continue;
      }
      path_.nodes.push_back(step.to);
      path_.edges.push_back(step.edge->edge);
      Extend(index, repeats + 1);
      path_.nodes.pop_back();
      path_.edges.pop_back();
    }
  }

  const RandomGraph& graph_;
  const graph::ReadRequest& request_;
  const CompiledPattern& pattern_;
  const bool simple_;
  MatchedPath path_;
  std::vector<MatchedPath> paths_;
};

using PathKey = std::pair<std::vector<NodeOrdinal>, std::vector<EdgeOrdinal>>;

TEST(PatternTest, PathsAgreeWithBruteForce) {
  const PlainRecords records;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    RandomGraph graph(seed, 7, 5 + static_cast<int>(seed % 15));
    const graph::ReadRequest request = graph.RandomRequest();
    const CompiledPattern pattern = RandomPattern(graph);
    std::vector<PathKey> found;
    Budget budget{QueryLimits()};
    ASSERT_OK(graph::MatchPaths(graph.MakeView(request), records, pattern, budget,
                                [&](const MatchedPath& path) {
                                  found.emplace_back(path.nodes, path.edges);
                                  return true;
                                }));
    // A path that several counts of repeats lead to is one match.
    std::set<PathKey> expected;
    const Naive naive(graph, request, pattern, true);
    for (const MatchedPath& path : naive.paths()) {
      expected.insert({path.nodes, path.edges});
    }
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, std::vector<PathKey>(expected.begin(), expected.end())) << "seed " << seed;
  }
}

TEST(PatternTest, TheSubgraphIsTheUnionOfAllWalks) {
  const PlainRecords records;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    RandomGraph graph(seed, 7, 5 + static_cast<int>(seed % 12));
    const graph::ReadRequest request = graph.RandomRequest();
    const CompiledPattern pattern = RandomPattern(graph);
    Budget budget{QueryLimits()};
    ASSERT_OK_AND_ASSIGN(const auto found,
                         graph::MatchSubgraph(graph.MakeView(request), records, pattern, budget));
    std::set<NodeOrdinal> nodes;
    std::set<EdgeOrdinal> edges;
    const Naive naive(graph, request, pattern, false);
    for (const MatchedPath& path : naive.paths()) {
      nodes.insert(path.nodes.begin(), path.nodes.end());
      edges.insert(path.edges.begin(), path.edges.end());
    }
    ASSERT_EQ(found.nodes, std::vector<NodeOrdinal>(nodes.begin(), nodes.end())) << seed;
    ASSERT_EQ(found.edges, std::vector<EdgeOrdinal>(edges.begin(), edges.end())) << seed;
  }
}

class CompileTest : public ::testing::Test {
 protected:
  absl::Status Compile(const graph::v1::Pattern& pattern, int max_depth = 8) {
    graph::ReadRequest request;
    request.clearance = graph::Clearance::Operator();
    return graph::CompilePattern(graph_.MakeView(request), records_, pattern, max_depth,
                                 "patterns[0]")
        .status();
  }

  static std::string Field(const absl::Status& status) {
    const auto detail = graph::GetErrorDetail(status);
    return detail.has_value() && !detail->violations.empty() ? detail->violations[0].field : "";
  }

  RandomGraph graph_{1, 5, 5};
  PlainRecords records_;
};

TEST_F(CompileTest, RefusesAPatternThatStartsAnywhere) {
  EXPECT_EQ(Field(Compile(graph::v1::Pattern())), "patterns[0].start");
}

TEST_F(CompileTest, SuggestsTheNearestEdgeType) {
  graph::v1::Pattern pattern;
  pattern.mutable_start()->add_types("state");
  pattern.add_hops()->add_edge_types("SIGNS");
  const absl::Status status = Compile(pattern);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("no edge type 'SIGNS'; did you mean SIGNED?")));
  EXPECT_EQ(Field(status), "patterns[0].hops[0].edge_types[0]");
}

TEST_F(CompileTest, RefusesAPatternDeeperThanTheLimit) {
  graph::v1::Pattern pattern;
  pattern.mutable_start()->add_types("state");
  pattern.add_hops()->set_max_repeats(9);
  EXPECT_THAT(Compile(pattern),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at most 8 hops deep")));
}

TEST_F(CompileTest, RefusesConditionsOnUnknownProperties) {
  graph::v1::Pattern pattern;
  pattern.mutable_start()->add_types("state");
  pattern.mutable_start()->add_predicates()->set_property("colour");
  EXPECT_EQ(Field(Compile(pattern)), "patterns[0].start.predicates[0].property");
}

TEST_F(CompileTest, RefusesAStartThatIsNotThere) {
  graph::v1::Pattern pattern;
  pattern.mutable_start()->add_names("n99");
  EXPECT_THAT(Compile(pattern), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace attlas::testing
