// The index and its table of acts, beside a look at every edge.
#include "services/domain/subgraph_index.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "services/domain/act_table.h"
#include "services/domain/patterns.h"
#include "services/domain/question.h"
#include "tests/services/domain/curated_graph.h"
#include "tests/testing/status_matchers.h"

namespace attlas::domain {
namespace {

using attlas::testing::AsOf;
using attlas::testing::CuratedGraph;
using attlas::testing::OperatorCall;
using graph::Edge;
using Edges = std::vector<const Edge*>;

// All acts, memberships and agencies of the curated graph.
class SubgraphIndexTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto scope = MakeScope(AsOf("2026-02-03"));
    ASSERT_OK(scope);
    std::vector<NameArgument> none;
    const auto asked = Ask(&CuratedGraph(), OperatorCall(), *scope, &none, [](auto* question) {
      *question->add_patterns() = PatternFromType("state", {Forward(kActTypes)});
      *question->add_patterns() = PatternFromType("state", {Forward(kMemberOfGrouping)});
      *question->add_patterns() = PatternFromType("state", {Backward(kAgencyOf)});
    });
    ASSERT_OK(asked);
    index_ = new std::shared_ptr<const SubgraphIndex>(*asked);
  }
  static void TearDownTestSuite() { delete index_; }

  static const SubgraphIndex& index() { return **index_; }
  // Those that pass, by their start, then by their end, then by name.
  template <typename Passes>
  static Edges Those(Passes passes) {
    Edges found;
    for (const Edge& edge : index().response().subgraph().edges()) {
      if (passes(edge)) found.push_back(&edge);
    }
    std::sort(found.begin(), found.end(), [](const Edge* a, const Edge* b) {
      return std::tie(a->from(), a->to(), a->name()) < std::tie(b->from(), b->to(), b->name());
    });
    return found;
  }
  static Edges ListOf(std::span<const Edge* const> edges) { return {edges.begin(), edges.end()}; }

  static std::shared_ptr<const SubgraphIndex>* index_;
};

std::shared_ptr<const SubgraphIndex>* SubgraphIndexTest::index_ = nullptr;

TEST_F(SubgraphIndexTest, FindsTheEdgesOfEachEndAndType) {
  std::set<std::string> types = {"NO_SUCH_TYPE"};
  for (const Edge& edge : index().response().subgraph().edges()) types.insert(edge.type());
  ASSERT_GT(types.size(), 6u);
  size_t found = 0;
  for (const std::string& type : types) {
    EXPECT_EQ(ListOf(index().OfType(type)),
              Those([&](const Edge& edge) { return edge.type() == type; }));
    for (const graph::Node& node : index().response().subgraph().nodes()) {
      const Edges out = ListOf(index().Out(node.name(), type));
      EXPECT_EQ(out, Those([&](const Edge& edge) {
                  return edge.type() == type && edge.from() == node.name();
                }));
      EXPECT_EQ(ListOf(index().In(node.name(), type)), Those([&](const Edge& edge) {
                  return edge.type() == type && edge.to() == node.name();
                }));
      found += out.size();
    }
  }
  EXPECT_EQ(found, static_cast<size_t>(index().response().subgraph().edges_size()));
  EXPECT_TRUE(index().Out("states/XQQ", kSigned).empty());
}

TEST_F(SubgraphIndexTest, NumbersEndsInTheOrderOfTheirNames) {
  EXPECT_TRUE(std::is_sorted(index().EndNames().begin(), index().EndNames().end()));
  for (uint32_t number = 0; number < index().end_count(); ++number) {
    EXPECT_EQ(index().NumberOf(index().EndNames()[number]), number);
  }
  ASSERT_EQ(index().ByEnds().size(), Those([](const Edge&) { return true; }).size());
  for (const NumberedEdge& edge : index().ByEnds()) {
    EXPECT_EQ(index().EndNames()[edge.from], edge.edge->from());
    EXPECT_EQ(index().EndNames()[edge.to], edge.edge->to());
  }
}

TEST_F(SubgraphIndexTest, TellsTheActsBetweenAnyStateAndInstrument) {
  size_t acts = 0;
  for (const graph::Node* state : index().NodesOfType("state")) {
    for (const graph::Node* instrument : index().NodesOfType("instrument")) {
      Edges expected;
      for (std::string_view type : kActTypes) {
        for (const Edge* edge : index().Out(state->name(), type)) {
          if (edge->to() == instrument->name()) expected.push_back(edge);
        }
      }
      EXPECT_EQ(ListOf(ActsBetween(index(), state->name(), instrument->name())), expected);
      acts += expected.size();
    }
  }
  EXPECT_GT(acts, 5'000u);
  EXPECT_TRUE(ActsBetween(index(), "states/XQQ", "instruments/att").empty());
}

TEST_F(SubgraphIndexTest, GroupsActsByStateAndByInstrument) {
  for (const graph::Node* instrument : index().NodesOfType("instrument")) {
    NamedActs expected;
    for (const graph::Node* state : index().NodesOfType("state")) {
      const Acts acts = ActsBetween(index(), state->name(), instrument->name());
      if (!acts.empty()) expected.emplace_back(state->name(), acts);
    }
    const NamedActs found = ActsByState(index(), instrument->name());
    ASSERT_EQ(found.size(), expected.size()) << instrument->name();
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].first, expected[i].first);
      EXPECT_EQ(ListOf(found[i].second), ListOf(expected[i].second));
    }
  }
  for (const graph::Node* state : index().NodesOfType("state")) {
    size_t acts = 0;
    for (const auto& [instrument, of_one] : ActsByInstrument(index(), state->name())) {
      EXPECT_EQ(ListOf(of_one), ListOf(ActsBetween(index(), state->name(), instrument)));
      acts += of_one.size();
    }
    EXPECT_EQ(acts, Those([&](const Edge& edge) {
                      return edge.from() == state->name() && edge.type() != kMemberOfGrouping;
                    }).size());
  }
}

}  // namespace
}  // namespace attlas::domain
